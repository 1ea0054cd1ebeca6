"""Keeps memory in the kernel's own queues, semaphores and pipes, where no process has it."""

CELLS = [
    (
        "total",
        """
import ctypes, mmap, os

LIBC, MADE = ctypes.CDLL(None, use_errno=True), []
for name, arguments in {
    "msgget": (0, 0o1600),
    "semget": (0, 32000, 0o1600),
    "shmget": (0, 100_000_000, 0o1600),
    "memfd_create": (b"kept", 0),
}.items():
    if getattr(LIBC, name)(*arguments) >= 0:
        MADE.append(name)
if LIBC.mq_open(b"/kept", os.O_CREAT | os.O_RDWR, 0o600, None) >= 0:
    MADE.append("mq_open")
reader, writer = os.pipe()
page = mmap.mmap(-1, mmap.PAGESIZE)
start = ctypes.addressof(ctypes.c_char.from_buffer(page))
part = (ctypes.c_size_t * 2)(start, mmap.PAGESIZE)
if LIBC.vmsplice(writer, part, 1, 0) > 0:
    MADE.append("vmsplice")
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    assert not MADE, MADE\n    return sum(xs)"}
POINTS = {"total": 2, "largest": 4}
