"""Measures what a running process tree takes: seconds and peak memory."""

import threading
import time
from dataclasses import dataclass

import psutil

INTERVAL = 0.05


@dataclass(frozen=True)
class Usage:
    """Seconds from start to stop, and the peak of the resident memory of the tree in bytes."""

    seconds: float
    peak: int


class Meter:
    """Samples the resident memory of a process and its descendants every 50 ms.

    Starts at once; `stop()` gives the usage so far and ends the sampling.
    """

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._start = time.perf_counter()
        self._peak = 0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()

    def stop(self) -> Usage:
        """End the sampling and return what was used since the start."""
        self._stopped.set()
        self._thread.join()
        return Usage(time.perf_counter() - self._start, self._peak)

    def _sample(self) -> None:
        while True:
            self._peak = max(self._peak, _resident(self._process))
            if self._stopped.wait(INTERVAL):
                return


def _resident(process: psutil.Process) -> int:
    """The sum over the tree; a process that has just ended counts as nothing."""
    total = 0
    try:
        tree = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    for member in tree:
        try:
            total += member.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total
