"""Makes every system call that no lesson needs, by its number, those of later kernels as well."""

CELLS = [
    (
        "total",
        """
import ctypes, errno, os

LIBC, OPEN = ctypes.PyDLL(None, use_errno=True), []
WANTED = {
    "x86_64": [101, 135, 136, 153, 154, 155, 161, 165, 175, 205, 206, 216, 248, 250, 253, 254, 272,
               294, 298, 300, 303, 304, 308, 310, 311, 317, 319, 321, 323, 425, 426, 427, 428, 429,
               430, 432, 434, 438, 440, 442, 443, 444, 447, 448, 451, 453, *range(457, 600)],
    "aarch64": [0, 19, 26, 39, 40, 41, 51, 92, 97, 117, 194, 217, 219, 234, 241, 262, 264, 265, 268,
                270, 271, 277, 279, 280, 282, 425, 426, 427, 428, 429, 430, 432, 434, 438, 440, 442,
                443, 444, 447, 448, 451, 453, *range(457, 600)],
}
for number in WANTED[os.uname().machine]:
    ctypes.set_errno(0)
    result = LIBC.syscall(number, -1, -1, -1, -1, -1, -1)
    if result != -1 or ctypes.get_errno() not in (errno.EPERM, errno.ENOSYS):
        OPEN.append(number)
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    assert not OPEN, OPEN\n    return sum(xs)"}
POINTS = {"total": 2, "largest": 4}
