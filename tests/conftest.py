"""What all tests share: the machine's cores, and the browser of those that look at pages."""

import gc
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # two workers, two cores: more threads only wait

import nbgrader.api
import pytest

sys.path.insert(0, str(Path(__file__).parent / "browser"))
import real_lab

from course_utils.sandbox import bubblewrap

# For every new gradebook nbgrader asks a process of its own, for a second, what is always the same.
nbgrader.api.get_alembic_version = cache(nbgrader.api.get_alembic_version)

HEAVY = (
    *("test_journey.py", "test_lesson.py", "test_answers.py", "test_referee.py"),
    *("test_attacks.py", "07-transfer.ipynb", "08-saliency.ipynb", "test_pages.py"),
    *("05-cnn.ipynb", "test_nothing_lost.py", "test_build.py", "test_cluster.py"),
    *("test_widgets.py", "test_site.py", "test_course_grade.py", "test_tasks_and_writer.py"),
)
"""The files that take longest, the longest first."""


def pytest_collection() -> None:
    """What is imported and collected stays: nothing looks for garbage in it, now or later."""
    gc.disable()


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


def pytest_unconfigure() -> None:
    gc.unfreeze()  # else extension modules report at exit what was never let go


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Heavy files first: else one worker goes on alone when the others have nothing left."""
    order = {name: place for place, name in enumerate(HEAVY)}
    items.sort(key=lambda item: order.get(item.path.name, len(HEAVY)))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test that needs the sandbox where there is none."""
    if item.get_closest_marker("sandbox"):
        try:
            bubblewrap.require()
        except bubblewrap.NoSandboxError as error:
            pytest.skip(f"no sandbox: {error.why}")


def _required(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Where COURSE_REQUIRE_SANDBOX is set, a skip for want of a sandbox is a failure.

    The reason of such a skip begins with `no sandbox`.
    """
    if "COURSE_REQUIRE_SANDBOX" not in os.environ or not isinstance(report.longrepr, tuple):
        return
    reason = report.longrepr[2].removeprefix("Skipped: ")
    if reason.startswith("no sandbox"):
        report.outcome = "failed"
        report.longrepr = f"COURSE_REQUIRE_SANDBOX is set, and this was skipped: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator:
    report = yield
    _required(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator:
    report = yield
    _required(report)
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """Chromium through Playwright; skips where one of them is missing."""
    if not Path(real_lab.CHROMIUM).exists():
        pytest.skip(f"no Chromium at {real_lab.CHROMIUM}: install the package chromium")
    pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with real_lab.running_browser() as browser:
        yield browser
