"""Watches the folders of shared modules, by every way that the kernel has for it."""

CELLS = [
    (
        "total",
        """
import ctypes, errno, fcntl, os, signal

signal.signal(signal.SIGIO, signal.SIG_IGN)
LIBC, SEEN = ctypes.CDLL(None, use_errno=True), []
FOLDER = os.path.dirname(os.__file__)

if (watch := LIBC.inotify_init1(0)) >= 0:
    if LIBC.inotify_add_watch(watch, FOLDER.encode(), 0xFFF) >= 0:
        SEEN.append("inotify")
if LIBC.inotify_init() >= 0:
    SEEN.append("inotify of old")
for flags in (0, 0x200, 0x400):
    if LIBC.fanotify_init(flags, 0) >= 0:
        SEEN.append(f"fanotify {flags}")
try:
    fcntl.fcntl(os.open(FOLDER, os.O_RDONLY), fcntl.F_NOTIFY, fcntl.DN_ACCESS)
    SEEN.append("dnotify")
except OSError:
    pass
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    assert not SEEN, SEEN\n    return sum(xs)"}
POINTS = {"total": 2, "largest": 4}
