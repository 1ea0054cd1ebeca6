"""The warm process inside the sandbox: it has imported everything and forks one child a submission.

It never runs student code. It watches the memory and the processes of its children, ends them when
they use too much or when it is told to, and says how each ended. Run as
`python -m course_utils.sandbox.zygote SETTINGS OWNER`, with the number of a socket, or its address.
"""

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import time
import traceback
from collections.abc import Iterable
from typing import Any

from course_utils.protocol.loss import LossReason
from course_utils.sandbox.limits import Limits
from course_utils.sandbox.namespaces import Fork, enclose, seal
from course_utils.sandbox.watch import WatchedChild, processes

GLANCE = 0.1
"""Seconds between two looks at what the children use."""

FIRST_USER, USERS = 1_000_000_000, 1_000_000_000
"""Whose numbers children get where root grades; nobody else has such a one."""


class Zygote:
    """Answers its owner and clients until the owner hangs up.

    Args:
        owner: the socket to the process that has started this one; those for the children come
            through it.
        listener: where clients connect, who may do the same.
        folders: what children must see even where it lies in a temporary folder.
    """

    def __init__(
        self, owner: socket.socket, listener: socket.socket, folders: Iterable[str]
    ) -> None:
        self._owner = owner
        self._listener = listener
        self._folders = folders
        self._children: dict[socket.socket, dict[int, WatchedChild]] = {owner: {}}
        from course_utils.sandbox.shell import warm_shell

        self._shell = warm_shell()
        self._fork = Fork()

    def serve(self) -> None:
        """Start, watch and end children; returns when the owner hangs up."""
        while self._owner in self._children:
            wait = GLANCE if any(self._children.values()) else None
            ready, _, _ = select.select([self._listener, *self._children], [], [], wait)
            for connection in ready:
                if connection is self._listener:
                    self._children[connection.accept()[0]] = {}
                else:
                    self._hear(connection)
            self._look()
        for connection in list(self._children):
            self._forget(connection)

    def _hear(self, connection: socket.socket) -> None:
        try:
            message, descriptors, _, _ = socket.recv_fds(connection, 65536, 1)
        except ConnectionError:
            message = b""
        if not message:
            self._forget(connection)
        for order in message.splitlines():  # at most one of them brings a descriptor
            self._obey(connection, json.loads(order), descriptors)

    def _forget(self, connection: socket.socket) -> None:
        for child in self._children.pop(connection).values():
            _kill(child.pid)
            os.waitpid(child.pid, 0)
        connection.close()

    def _obey(self, connection: socket.socket, order: dict, descriptors: list[int]) -> None:
        children, number = self._children[connection], order.get("child", -1)
        if order["do"] == "answer":
            _say(connection, ready=True)
        elif order["do"] == "start":
            (descriptor,) = descriptors
            try:
                children[number] = self._start(order, descriptor)
            finally:
                os.close(descriptor)
            _say(connection, started=number)
        elif order["do"] == "tell":
            waited = children[number].waited() if number in children else 0.0
            _say(connection, waited=waited)
        elif number in children:
            self._reap(connection, number, block=True)

    def _start(self, order: dict, descriptor: int) -> WatchedChild:
        limits = Limits(**order["limits"])
        pid = self._fork()
        if pid == 0:
            for connection in (self._listener, *self._children):
                connection.close()
            _become_a_session(descriptor, self._shell, limits, self._folders, order["seed"])
        return WatchedChild(pid, limits, processes()[pid].resident, time.monotonic())

    def _look(self) -> None:
        """End what uses too much, and say what has ended."""
        table, now = processes(), time.monotonic()
        everyone = [(c, n) for c, children in self._children.items() for n in children]
        running = sum(self._children[c][n].running for c, n in everyone)
        for connection, number in everyone:
            child = self._children[connection][number]
            child.look(table, now, has_rival=running > child.running)
            if child.reason:
                _kill(child.pid)
            self._reap(connection, number, block=False)

    def _reap(self, connection: socket.socket, number: int, block: bool) -> None:
        child = self._children[connection][number]
        if block:
            child.look(processes(), time.monotonic())
            _kill(child.pid)
        pid, _ = os.waitpid(child.pid, 0 if block else os.WNOHANG)
        if pid:
            del self._children[connection][number]
            _say(connection, ended=number, reason=child.reason or LossReason.DIED, cpu=child.cpu)


def _say(connection: socket.socket, **message: Any) -> None:
    with contextlib.suppress(ConnectionError):  # gone: the next reading finds that out
        connection.sendall(json.dumps(message).encode() + b"\n")


def _become_a_session(
    descriptor: int, shell: Any, limits: Limits, folders: Iterable[str], seed: int
) -> None:
    """In the child: shut it in, say that the walls stand, make it fresh, serve, end."""
    try:
        os.setsid()  # else it could send signals to its group, which is ours
        from course_utils.sandbox.request_server import RequestServer
        from course_utils.sandbox.shell import quiet_files, reseed

        connection = socket.socket(fileno=descriptor)
        try:
            enclose(limits, FIRST_USER + seed % USERS, folders)
        except Exception as error:
            connection.sendall(f"{error}\n".encode())
            return
        connection.sendall(b"\n")
        reseed(seed)
        quiet_files()
        RequestServer(connection, shell, limits).serve()
    except BaseException:
        traceback.print_exc()  # into the zygote's log, as long as the session has not begun
    finally:
        os._exit(0)


def _connected(owner: str) -> socket.socket:
    if owner.isdigit():
        return socket.socket(fileno=int(owner))
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(owner)
    return connection


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def main() -> None:
    """Warm up, then serve."""
    settings, owner = json.loads(sys.argv[1]), _connected(sys.argv[2])
    _, (listener,), _, _ = socket.recv_fds(owner, 3, 1)  # an empty order
    sys.path += [path for path in settings["paths"] if path not in sys.path]
    for name in settings["modules"]:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    import torch

    torch.set_num_threads(1)
    zygote = Zygote(owner, socket.socket(fileno=listener), settings["folders"])
    if settings["seals"]:
        seal()
    sys.argv[:] = ["grading"]
    gc.collect()
    gc.freeze()  # what is here already is not walked through in the children, so it stays shared
    zygote.serve()


if __name__ == "__main__":
    main()
