"""The cells that try the walls of the sandbox (`probes`), as a student could write them.

Each prints what it reached, and nothing where the wall holds. It is told what there is to be
reached (`bait`), or the `limits`; one that tries a limit stops by itself somewhat beyond it.
"""

NETWORK = """
import socket
for family, address in ((2, tuple(bait["address"])), (2, ("192.0.2.1", 80)), (40, (2, 80))):
    try:
        with socket.socket(family, socket.SOCK_STREAM) as s:
            s.settimeout(1)
            s.connect(address)
        print("connected to", address)
    except OSError:
        pass
"""

FILES = """
import os
for path in bait["files"]:
    if os.path.exists(path):
        print("sees", path)
for folder, _, names in os.walk(bait["inside"]):
    for name in names:
        path = os.path.join(folder, name)
        own = os.path.relpath(path, bait["inside"])
        if not any(own == shown or own.startswith(shown + "/") for shown in bait["shown"]):
            print("sees", path)
"""

ENVIRONMENT = """
import os
seen = [bait["variable"] in os.environ]
for process in ("self", "1", str(os.getppid())):
    try:
        seen.append(bait["word"].encode() in open(f"/proc/{process}/environ", "rb").read())
    except OSError:
        pass
if any(seen):
    print("reads the instructor's variables")
"""

NEIGHBOURS = """
import os
for name in ("ipc", "mnt", "net", "pid", "uts"):
    print(os.readlink(f"/proc/self/ns/{name}"))
print("terminals:", os.stat("/dev/pts").st_dev, sep="")
"""

PROCESSES = """
import os
others = [name for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]
if others:
    print("sees", len(others), "processes")
"""

RIGHTS = """
lines = open("/proc/self/status").read().splitlines()
state = {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
wanted = dict.fromkeys(("CapEff", "CapPrm", "CapInh", "CapBnd", "CapAmb"), "0" * 16)
for name, value in (wanted | {"NoNewPrivs": "1", "Seccomp": "2"}).items():
    if state.get(name) != value:
        print(name, "is", state.get(name))
import os, resource
whole = "4294967295" in open("/proc/self/uid_map").read()
if whole and 0 in (os.getuid(), os.geteuid(), os.getgid(), *os.getgroups()):
    print("is root, or in its group")
if sum(int(number) > 2 for number in os.listdir("/proc/self/fd")) > 2:  # the list's own is one
    print("has more descriptors than its connection")
if os.getsid(0) != os.getpid():
    print("has the session of another process")
for name in ("CORE", "FSIZE", "NOFILE", "CPU", "NPROC", "AS"):
    if resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[1] == resource.RLIM_INFINITY:
        print("has no limit of", name)
"""

CALLS = """
import ctypes, errno, os, socket
libc = ctypes.PyDLL(None, use_errno=True)  # keeps other threads out while a process is copied
if "clone" in bait["numbers"]:
    for flag in (0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000):
        started = libc.syscall(bait["numbers"]["clone"], flag | 17, 0, 0, 0, 0)
        if started == 0:
            os._exit(0)
        if started > 0:
            os.waitpid(started, 0)
            print("clone with", hex(flag))
for family in (16, 17, 38, 40):
    try:
        socket.socket(family, socket.SOCK_RAW).close()
        print("a socket of the family", family)
    except OSError:
        pass
for number, name in bait["refused"].items():  # senseless arguments: nothing happens if it is open
    ctypes.set_errno(0)
    result = libc.syscall(number, -1, -1, -1, -1, -1, -1)
    if result != -1 or ctypes.get_errno() not in (errno.EPERM, errno.ENOSYS):
        print(name)
"""

WATCHING = """
import ctypes, errno, fcntl, os, signal
libc = ctypes.CDLL(None, use_errno=True)
signal.signal(signal.SIGIO, signal.SIG_IGN)
path = os.path.dirname(os.__file__).encode()  # where a neighbour imports, too
for name in ("inotify_init", "inotify_init1"):
    watch = getattr(libc, name)(0)
    if watch >= 0 and libc.inotify_add_watch(watch, path, 0xFFF) >= 0:
        print(name, "sees what others read")
watch = libc.fanotify_init(0x200, 0)
if watch >= 0:
    print("fanotify sees what others read")
try:
    fcntl.fcntl(os.open(path, os.O_RDONLY), fcntl.F_NOTIFY, fcntl.DN_ACCESS)
    print("fcntl sees what others read")
except OSError:
    pass
with open(os.__file__, "rb") as file:
    try:
        os.preadv(file.fileno(), [bytearray(1)], 0, os.RWF_NOWAIT)
        print("preadv2 sees what others have read")
    except OSError as error:
        if error.errno == errno.EAGAIN:
            print("preadv2 sees what others have not read")
"""

WRITING = """
import os, sys
for folder in ("/", "/usr", "/etc", "/dev", bait["inside"], sys.prefix, sys.base_prefix):
    try:
        open(os.path.join(folder, "probe"), "w").close()
        print("writes to", folder)
    except OSError:
        pass
"""

MEMORY = """
import time
held = []
try:
    while len(held) < 8:
        held.append(b"x" * (limits["memory"] // 2))
    print("holds", 4 * limits["memory"] // 2**20, "MiB")
except MemoryError:
    time.sleep(10)  # more than it may have is there already
"""

FORKS = """
import os, time
started = 0
try:
    for _ in range(4 * limits["processes"]):
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
        started += 1
    time.sleep(10)
    print("has started", started, "processes")
except BlockingIOError:
    pass
"""

DISK = """
import os
for place in ("/tmp", os.path.expanduser("~"), "/dev/shm"):
    written = 0
    try:
        for number in range(4):
            with open(f"{place}/{number}", "wb") as file:
                written += file.write(bytes(limits["disk"]))
        print("writes", written // 2**20, "MiB to", place)
    except OSError:
        pass
"""

LEAVING = """
import os, time
for place in ("/tmp", os.path.expanduser("~"), "/dev/shm"):
    open(f"{place}/left", "w").close()
if os.fork() == 0:
    os.setsid()
    time.sleep(60)
"""

FINDING = """
import os
for place in ("/tmp", os.path.expanduser("~"), "/dev/shm"):
    if "left" in os.listdir(place):
        print("finds a file of the one before in", place)
"""

ASKING = {
    "no network": NETWORK,
    "no files of the course, no oracle": FILES,
    "no variables of the instructor": ENVIRONMENT,
    "no other processes": PROCESSES,
    "no rights": RIGHTS,
    "no system calls beyond a lesson's": CALLS,
    "no watching of what others read": WATCHING,
    "nothing of the system can be changed": WRITING,
}
"""Probes that only ask."""
