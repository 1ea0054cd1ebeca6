"""Asks which pages of shared modules others have read lately."""

CELLS = [
    (
        "total",
        """
import ctypes, errno, mmap, os

LIBC, SEEN = ctypes.CDLL(None, use_errno=True), []
with open(os.__file__, "rb") as file:
    try:
        os.preadv(file.fileno(), [bytearray(1)], 0, os.RWF_NOWAIT)
        SEEN.append("preadv2")
    except OSError as error:
        if error.errno == errno.EAGAIN:
            SEEN.append("preadv2")
    pages = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    start = ctypes.addressof(ctypes.c_char.from_buffer(pages))
    if LIBC.mincore(ctypes.c_void_p(start), ctypes.c_size_t(4096), bytes(1)) == 0:
        SEEN.append("mincore")
    LIBC.syscall(451, file.fileno(), bytes(16), bytes(40), 0)
    if ctypes.get_errno() not in (errno.ENOSYS, errno.EPERM):
        SEEN.append("cachestat")
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    assert not SEEN, SEEN\n    return sum(xs)"}
POINTS = {"total": 2, "largest": 4}
