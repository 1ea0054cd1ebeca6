"""Tries kinds of sockets that have no network's namespace: virtual machines, kernel, radio."""

CELLS = [
    (
        "total",
        """
import socket

REACHED = []
for family, kind, address in (
    ("AF_VSOCK", socket.SOCK_STREAM, (2, 1024)),
    ("AF_VSOCK", socket.SOCK_STREAM, (1, 2024)),
    ("AF_ALG", socket.SOCK_SEQPACKET, ("hash", "sha256")),
    ("AF_BLUETOOTH", socket.SOCK_RAW, (0,)),
    ("AF_TIPC", socket.SOCK_RDM, None),
):
    try:
        number = getattr(socket, family)
        line = socket.socket(number, kind)
        REACHED.append(family)
    except (OSError, AttributeError):
        pass
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    assert not REACHED, REACHED\n    return sum(xs)"}
POINTS = {"total": 2, "largest": 4}
