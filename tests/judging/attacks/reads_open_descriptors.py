"""Looks for open files, folders and sockets that it may have of the processes before it."""

CELLS = [
    (
        "total",
        """
import os, socket, stat

def mode_of(number):
    try:
        return os.fstat(number).st_mode
    except OSError:
        return None

FOUND, SOCKETS = [], []
MODES = {number: mode_of(number) for number in range(3, 256)}
for number, mode in MODES.items():
    if mode is None:
        continue
    if stat.S_ISSOCK(mode):
        SOCKETS.append(number)
        other = socket.socket(fileno=os.dup(number))
        try:
            waiting = other.recv(100, socket.MSG_PEEK | socket.MSG_DONTWAIT)
            FOUND.append(waiting)
        except BlockingIOError:
            pass
    elif stat.S_ISDIR(mode):
        FOUND.append(f"folder {number}")
    elif stat.S_ISREG(mode):
        FOUND.append(os.readlink(f"/proc/self/fd/{number}"))
if len(SOCKETS) != 1:
    FOUND.append(SOCKETS)
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    assert not FOUND, FOUND\n    return sum(xs)"}
POINTS = {"total": 2, "largest": 4}
