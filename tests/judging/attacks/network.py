"""Tries to reach this machine, others, name servers and the sockets of services."""

CELLS = [
    (
        "total",
        """
import glob, os, socket, stat, urllib.request

REACHED = []
PLACES = [("127.0.0.1", 22), ("127.0.0.1", 5432), ("127.0.0.1", 8888), ("10.0.2.2", 80),
          ("169.254.169.254", 80), ("::1", 80), ("192.0.2.1", 443)]

def attempt(name, action):
    try:
        action()
        REACHED.append(name)
    except (OSError, ValueError):
        pass

for place in PLACES:
    attempt(place, lambda: socket.create_connection(place, timeout=0.2))
attempt("names", lambda: socket.getaddrinfo("example.org", 80))
attempt("web", lambda: urllib.request.urlopen("http://192.0.2.1/", timeout=0.2))
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
attempt("datagram", lambda: udp.sendto(b"x", ("192.0.2.1", 53)))
attempt("raw", lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW))
for folder in ("/run", "/var/run", "/tmp", "/dev", os.path.expanduser("~")):
    for path in glob.glob(folder + "/**", recursive=True):
        if os.path.exists(path) and stat.S_ISSOCK(os.stat(path).st_mode):
            attempt(path, lambda: socket.socket(socket.AF_UNIX).connect(path))
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    assert not REACHED, REACHED\n    return sum(xs)"}
LIMITS = {"timeout": 20.0}
POINTS = {"total": 2, "largest": 4}
