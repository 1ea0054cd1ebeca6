"""Keeps memory in the buffers of a thousand sockets in many processes."""

ANSWERS = {
    "total": """
import os, socket, time

def fill():
    kept = []
    for _ in range(100):
        one, other = socket.socketpair()
        one.setblocking(False)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**22)
        kept.append((one, other))
        try:
            while True:
                one.send(bytes(100_000))
        except BlockingIOError:
            pass
    time.sleep(1000)

def total(xs):
    for _ in range(10):
        if os.fork() == 0:
            fill()
    time.sleep(1000)
"""
}
LIMITS = {"timeout": 20.0}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "memory: the code used more memory than there is for it"}
