"""Tries to see, trace and read the processes that it comes from, by `/proc` and system calls."""

CELLS = [
    (
        "total",
        """
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
PTRACE_SEIZE, PROCESS_VM_READV = 0x4206, 310
FOUND = [f"parent {os.getppid()}"] if os.getppid() else []
for number in {int(name) for name in os.listdir("/proc") if name.isdigit()} - {os.getpid()}:
    FOUND.append(f"process {number}")
for number in (*range(1, 50), os.getppid()):
    if number != os.getpid() and libc.ptrace(PTRACE_SEIZE, number, None, None) == 0:
        FOUND.append(f"traced {number}")
    if libc.syscall(PROCESS_VM_READV, number, None, 0, None, 0, 0) == 0:
        FOUND.append(f"memory of {number}")
for path in ("/proc/1/root/work", "/proc/1/root/etc/shadow", "/proc/kcore", "/sys/kernel"):
    if os.path.exists(path) and os.access(path, os.R_OK):
        FOUND.append(path)
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    assert not FOUND, FOUND\n    return sum(xs)"}
POINTS = {"total": 2, "largest": 4}
