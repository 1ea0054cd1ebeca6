"""Where submissions are graded: worker processes of this machine, or a Dask cluster.

Both are `concurrent.futures` executors, and both give a task that lost its worker to another one.
A worker needs this package and nothing else; student code never runs in it (`tasks.py`).
"""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from functools import cache
from typing import TYPE_CHECKING

from course_utils.errors import CourseError
from course_utils.judging.disposable import GraderLoss, GraderLostError, failure
from course_utils.judging.tasks import Graded, Task, grade_submission
from course_utils.sandbox.limits import BUILDERS, UNSAFE
from course_utils.sandbox.plain_processes import end_with_the_parent
from course_utils.sandbox.warm_process import SHARED, Sandbox

if TYPE_CHECKING:
    from distributed import Client

SECONDS_TO_CONNECT = 15
PRELOADED = ("course_utils.judging.tasks", "course_utils.judging.grader", "torch")
"""What every worker of this machine needs: imported once, before they are forked.

So are the checks of the lesson, and what they import.
"""

_one_at_a_time = threading.Lock()


def pool(
    workers: int, scheduler: str = "", modules: Iterable[str] = (), sandbox: str = BUILDERS[0]
) -> contextlib.AbstractContextManager[Executor]:
    """Workers for `work`.

    Args:
        workers: how many processes on this machine. They share one sandbox, and the memory of what
            is imported.
        scheduler: the address of a Dask scheduler, whose workers are used instead.
        modules: what the lesson imports.
        sandbox: who builds its walls, one of `limits.BUILDERS`, or `UNSAFE`.

    Raises:
        CourseError: when the scheduler cannot be reached, or Dask is not installed; when there is
            no sandbox on this machine.
    """
    return _cluster(scheduler) if scheduler else _here(workers, tuple(modules), sandbox)


def work(task: Task) -> Graded:
    """Grade a submission in this worker, whose sandbox holds one at a time."""
    with _one_at_a_time:
        _calm()
        return grade_submission(task)


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait for the end of the block: a worker that is half started would be forgotten.

    It reaches the main thread alone; in others the block just runs.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    if hasattr(signal, "pthread_sigmask"):  # what is started meanwhile does not hear it either
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt


def loss_of(error: Exception) -> GraderLostError:
    """Why a submission has no result, in words."""
    if isinstance(error, GraderLostError):
        return error
    if is_lost_worker(error):
        return GraderLostError(GraderLoss.ENDED)
    return failure(error)


def is_lost_worker(error: Exception | None) -> bool:
    """Whether a future failed because the system ended its workers."""
    distributed = sys.modules.get("distributed")  # only where a cluster is used
    killed = (distributed.KilledWorker,) if distributed else ()
    return isinstance(error, (BrokenExecutor, *killed))


@cache
def _calm() -> None:
    """One thread, since there is a worker for every core."""
    import torch

    torch.set_num_threads(1)


@contextlib.contextmanager
def _cluster(scheduler: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError as error:
        raise CourseError(
            "A Dask scheduler was named, but Dask is not installed: "
            "run `pip install 'medical-imaging-course[cluster]'`."
        ) from error
    try:
        client = Client(scheduler, timeout=SECONDS_TO_CONNECT)
    except (OSError, ValueError) as error:
        raise CourseError(
            f"No Dask scheduler answers at {scheduler}: expected an address such as "
            "tcp://HOST:8786. Is `dask scheduler` running there?"
        ) from error
    with client, _of(client) as executor:
        yield executor


@contextlib.contextmanager
def _here(workers: int, modules: tuple[str, ...], sandbox: str) -> Iterator[Executor]:
    """Forks of one process that has imported everything, with one sandbox for them all."""
    checks = [name for name in modules if name.startswith("course_utils.checks")]
    with contextlib.ExitStack() as stack:
        variables = {}
        if sandbox != UNSAFE:
            variables[SHARED] = stack.enter_context(Sandbox(modules, sandbox)).address
        yield stack.enter_context(_processes(workers, variables, [*PRELOADED, *checks]))


@contextlib.contextmanager
def _of(client: "Client") -> Iterator[Executor]:
    executor = client.get_executor(pure=False)
    try:
        yield executor
    finally:
        executor.shutdown(wait=False)


@contextlib.contextmanager
def _processes(workers: int, variables: dict[str, str], preloaded: list[str]) -> Iterator[Executor]:
    context = multiprocessing.get_context("forkserver" if hasattr(os, "fork") else "spawn")
    context.set_forkserver_preload(preloaded)
    executor = ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(variables,))
    try:
        yield executor
    except BaseException:  # Ctrl-C above all: what still runs is not waited for
        for process in multiprocessing.active_children():
            process.kill()
        raise
    finally:
        executor.shutdown(cancel_futures=True)


def _begin(variables: dict[str, str]) -> None:
    """Take these environment variables; a worker whose grader was killed would wait for ever.

    Ctrl-C reaches all processes of a terminal: the grader ends the others.
    """
    os.environ.update(variables)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_the_parent()
