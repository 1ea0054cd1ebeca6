"""The canary: before a sandbox gets a submission, one of ours tries whether its walls stand.

It is the probes of `course doctor --sandbox` with small limits, in three processes: one that tries
everything, a neighbour, and one that takes memory.
"""

import os
import secrets
import socket
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from course_utils.protocol.channel import Channel
from course_utils.protocol.loss import LossReason, Lost
from course_utils.sandbox import probe_programs as programs
from course_utils.sandbox import probes
from course_utils.sandbox.bubblewrap import NoSandboxError
from course_utils.sandbox.limits import MIB, Limits
from course_utils.sandbox.walls import PACKAGE, environment
from course_utils.sandbox.warm_process import SandboxClient

LIMITS = Limits(cell_seconds=30, memory=512 * MIB, processes=6, disk=8 * MIB)
LITTLE = replace(LIMITS, memory=64 * MIB)
SECONDS = 0.05
"""After which its endless loop is ended."""

SENTENCE = "the wall “{wall}” does not stand: {told}"


def prove(warm: SandboxClient) -> str:
    """Try every wall of a sandbox once.

    Returns:
        What the class report says of it, such as `14 of 14 held at 2026-11-28 17:30 UTC`.

    Raises:
        NoSandboxError: for a wall that does not stand, with what got through.
    """
    held = 0
    for wall, told in _tried(warm):
        if told:
            raise NoSandboxError(SENTENCE.format(wall=wall, told=told))
        held += 1
    return f"{held} of {held} held at {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"


def _tried(warm: SandboxClient) -> Iterator[tuple[str, str]]:
    with ExitStack() as stack:
        server = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        secret = stack.enter_context(tempfile.NamedTemporaryFile(prefix="course-"))
        known = probes.known(_bait(server, secret.name))
        one = stack.enter_context(_Process(warm, known))
        for wall, program in programs.ASKING.items():
            yield wall, one.said(program)
        yield "disk", one.said(programs.DISK)
        left = one.said(programs.LEAVING)
        other = stack.enter_context(_Process(warm, known))
        seen = [process.said(programs.NEIGHBOURS).split() for process in (one, other)]
        yield "nothing of another submission", _common(*seen)
        yield "nothing is left for the next submission", left + other.said(programs.FINDING)
        yield "time", one.ended_by(LossReason.TIMEOUT, "while True: pass", SECONDS)
        yield "processes", other.ended_by(LossReason.PROCESSES, programs.FORKS)
        third = stack.enter_context(_Process(warm, known, LITTLE))
        yield "memory", third.ended_by(LossReason.MEMORY, programs.MEMORY)


def _bait(server: socket.socket, secret: str) -> probes.Bait:
    """What is here and must not be seen there: a variable that is set already, if there is one."""
    name = next((name for name in os.environ if name not in environment()), probes.VARIABLE)
    word = f"{name}={os.environ.get(name, secrets.token_hex(8))}"
    files = [secret, *probes.files_in(PACKAGE), *probes.files_in(Path.cwd())]
    return probes.Bait(server.getsockname(), files, word, name)


def _common(one: list[str], other: list[str]) -> str:
    if not one or len(one) != len(other):
        return f"the probe failed: {one} {other}"
    return " ".join(sorted(set(one) & set(other)))


class _Process:
    """A process in the sandbox in which several probes run."""

    def __init__(self, warm: SandboxClient, known: dict, limits: Limits = LIMITS) -> None:
        self._channel = Channel(warm.start(limits), limits.reply, probes.unwritten)
        self._known = f"bait, limits = {known!r}, {vars(limits)!r}\n"

    def __enter__(self) -> "_Process":
        return self

    def __exit__(self, *error: object) -> None:
        self._channel.close()

    def said(self, program: str, seconds: float = LIMITS.cell_seconds) -> str:
        """What a probe printed: nothing where the wall holds."""
        self._channel.allow(seconds)
        try:
            return probes.words(self._channel.run(self._known + program))
        except Lost as lost:
            return f"the probe was lost: {lost.reason}"

    def ended_by(
        self, reason: LossReason, program: str, seconds: float = LIMITS.cell_seconds
    ) -> str:
        """Empty when a probe that takes too much is ended for it, or is refused what it asks."""
        said = self.said(program, seconds)
        return "" if said == f"the probe was lost: {reason}" else said
