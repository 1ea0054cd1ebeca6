"""What all tests share: the machine's cores, and the browser of those that look at pages."""

import gc
import os
import sys
from collections.abc import Iterator
from functools import cache

os.environ.setdefault("OMP_NUM_THREADS", "1")  # two workers, two cores: more threads only wait

import pytest
from hypothesis import settings

settings.register_profile("tests", derandomize=True, database=None, deadline=None)
settings.load_profile("tests")  # the same examples each time; `benchmarks/fuzz.py` draws others


def pytest_collection() -> None:
    """What is imported and collected stays: nothing looks for garbage in it, now or later."""
    gc.disable()


def pytest_collection_finish() -> None:
    if (api := sys.modules.get("nbgrader.api")) is not None:
        # For every new gradebook it asks a process of its own, for a second, always the same.
        api.get_alembic_version = cache(api.get_alembic_version)
    gc.freeze()
    gc.enable()


def pytest_unconfigure() -> None:
    gc.unfreeze()  # else extension modules report at exit what was never let go


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test that needs the sandbox where there is none."""
    if item.get_closest_marker("sandbox"):
        from course_utils.sandbox import bubblewrap

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
    import real_lab

    if not real_lab.CHROMIUM:
        pytest.skip("no Chromium: install the package chromium")
    pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with real_lab.running_browser() as browser:
        yield browser
