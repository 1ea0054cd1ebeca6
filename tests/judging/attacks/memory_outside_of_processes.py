"""Keeps memory where no process has it: nameless files, `/dev/shm`, pipes, sockets, `/tmp`."""

CELLS = [
    (
        "total",
        """
import ctypes, fcntl, os, socket, tempfile

KEPT, OPEN = 0, []

def fill(number):
    global KEPT
    try:
        os.set_blocking(number, False)
        while KEPT < 2_000_000_000:
            KEPT += os.write(number, bytes(1_000_000))
    except OSError:
        pass

def nameless():
    return os.memfd_create("kept")

def shared():
    return os.open(tempfile.mktemp(dir="/dev/shm"), os.O_CREAT | os.O_RDWR)

def temporary():
    return os.open(tempfile.mktemp(dir="/tmp"), os.O_CREAT | os.O_RDWR)

def pipe():
    reader, writer = os.pipe()
    OPEN.append(reader)
    try:
        fcntl.fcntl(writer, 1031, 1 << 20)
    except OSError:
        pass
    return writer

def pair():
    one, other = socket.socketpair()
    OPEN.append(other)
    return one.detach()

for make in (nameless, shared, temporary, temporary, temporary, *[pipe] * 50, *[pair] * 50):
    try:
        OPEN.append(make())
        fill(OPEN[-1])
    except OSError:
        pass
libc = ctypes.CDLL(None)
SEGMENT = libc.shmget(0, 100_000_000, 0o1600)
""",
    )
]
ANSWERS = {
    "total": "def total(xs):\n    assert KEPT < 400e6 and SEGMENT < 0, KEPT\n    return sum(xs)"
}
LIMITS = {"timeout": 20.0}
POINTS = {"total": 2, "largest": 4}
