"""What a submission may use while it is graded."""

from dataclasses import dataclass

MIB = 2**20

BUILDERS = ("bubblewrap", "podman", "docker")
"""Who may build a sandbox's walls; the first does unless another one is named."""

UNSAFE = "unsafe"
"""Instead of a builder: no walls."""

HOME = "/home/student"
"""The home folder in the sandbox."""

LESSON_VARIABLES = {
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "COURSE_DATA_SOURCE": "phantoms",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PIP_NO_INDEX": "1",  # there is no network: pip says so at once
}
"""The environment variables of a lesson that is graded."""


@dataclass(frozen=True)
class Limits:
    """Bounds for one submission.

    Attributes:
        cell_seconds: for one cell, and for all calls of one test cell together.
        total_seconds: for the whole submission, whatever is run again included.
        cpu_seconds: of processor time, for all its processes together.
        memory: bytes of the whole process tree beyond what the warm start shares with it.
        processes: how many processes there may be.
        file_size: bytes of one file.
        disk: bytes in the temporary folder, which lives in memory.
        output: bytes that one cell may show.
        total_output: bytes that all cells together may show.
        reply: bytes of the arrays and texts in one reply.
    """

    cell_seconds: float = 30.0
    total_seconds: float = 360.0
    cpu_seconds: float = 360.0
    memory: int = 1024 * MIB
    processes: int = 32
    file_size: int = 64 * MIB
    disk: int = 128 * MIB
    output: int = 256 * 1024
    total_output: int = 4 * MIB
    reply: int = 64 * MIB

    @property
    def tasks(self) -> int:
        """How many threads all processes together may have."""
        return 3 * self.processes
