"""nbval's kernels run under the builder's settings, and each unit's memory is held to its budget.

Every unit executes once a session: nbval runs it and compares its outputs; this plugin measures
that run.
"""

import os
from pathlib import Path

import pytest

from course_utils.authoring.execution import environment
from course_utils.authoring.measure import Meter

PEAK_BYTES = 1.3 * 2**30
"""The bar for PyTorch's CUDA build, which pip installs on Linux; 1 GiB for the CPU build."""

_METER = pytest.StashKey[Meter]()


def pytest_configure(config: pytest.Config) -> None:
    os.environ.update(environment(Path(__file__).parent))


def _is_nbval(item: pytest.Item) -> bool:
    return type(item).__name__ == "IPyNbCell"


@pytest.hookimpl(trylast=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Start measuring a notebook with its first cell."""
    if _is_nbval(item) and _METER not in item.parent.stash:
        kernel = item.parent.kernel.km
        item.parent.stash[_METER] = Meter(kernel.provisioner.process.pid)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Stop with its last cell; more memory than the budget is an error of that cell."""
    if not _is_nbval(item) or (nextitem is not None and nextitem.parent is item.parent):
        return
    usage = item.parent.stash[_METER].stop()
    item.user_properties.append(("unit", item.parent.path.stem))
    item.user_properties.append(("seconds", usage.seconds))
    item.user_properties.append(("peak", usage.peak))
    if usage.peak > PEAK_BYTES:
        pytest.fail(
            f"{item.parent.path.stem} took {usage.peak / 2**30:.2f} GiB; "
            f"the budget is {PEAK_BYTES / 2**30:.2f} GiB"
        )


def pytest_terminal_summary(terminalreporter) -> None:
    """Print what each unit took."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            told = dict(getattr(report, "user_properties", ()))
            if getattr(report, "when", "") == "teardown" and "unit" in told:
                terminalreporter.write_line(
                    f"{told['unit']}: {told['seconds']:.1f} s, "
                    f"{told['peak'] / 2**20:.0f} MiB at its peak"
                )
