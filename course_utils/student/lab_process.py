"""JupyterLab in a process that ends when `course lab` has ended, even if that was killed."""

import contextlib
import os
import runpy
import signal
import sys
import threading
import time

import psutil

INTERVAL = 0.5  # seconds between two looks at `course lab`


def main() -> None:
    """Run JupyterLab. The first argument is the number of `course lab`'s process."""
    starter = int(sys.argv.pop(1))
    threading.Thread(target=_end_after, args=(starter,), daemon=True).start()
    runpy.run_module("jupyterlab", run_name="__main__", alter_sys=True)


def _end_after(number: int) -> None:
    """Wait for the end of a process, then let this one end as if it was asked to.

    JupyterLab ends tidily then, its kernels too; on Windows the kernels see for themselves.
    """
    with contextlib.suppress(psutil.NoSuchProcess):
        starter = psutil.Process(number)
        while starter.is_running() and starter.status() != psutil.STATUS_ZOMBIE:
            time.sleep(INTERVAL)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
