"""Every run of pytest: settings and tiers, what runs first, and the budgets of lessons."""

import json
import math
import os
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from course_utils.authoring.environment import environment
from course_utils.authoring.measure import Meter

PEAK_BYTES = 1.3 * 2**30
"""The bar for PyTorch's CUDA build, which pip installs on Linux; 1 GiB for the CPU build."""

ROOT = Path(__file__).parent
DURATIONS = ROOT / "tests" / "durations.json"
"""Seconds that each unit of work took in each tier, written by `pytest --store-durations`."""

TIERS = ("browser", "lesson", "sandbox", "slow")
FAST_SECONDS = 1.2
"""What a file may take, all its tests together, to be among those that `--fast` runs."""

SPLIT = {
    "tests/checks/test_answers.py": re.compile(r"\[(\w+)-"),  # by topic
    "tests/judging/test_attacks.py": re.compile(r"\[(\w)"),  # by first letter
}
"""Files that are too long for one worker, and what of a test's name says which part it is of."""

_METER = pytest.StashKey[Meter]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fast", action="store_true", help="only what takes seconds together")
    parser.addoption(
        "--store-durations",
        action="store_true",
        help="write to tests/durations.json what each unit of work took",
    )


def pytest_configure(config: pytest.Config) -> None:
    os.environ.update(environment(ROOT))
    if config.getoption("--fast"):
        config.option.markexpr = f"not ({' or '.join(TIERS)})"
        config.option.nbval = False
    if config.getoption("--store-durations") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Durations(_tier(config)))


class _Durations:
    """Adds up what each unit of work took, and writes it at the end."""

    def __init__(self, tier: str) -> None:
        self.tier = tier
        self.seconds: dict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[_unit_of_work(report.nodeid)] += report.duration

    def pytest_sessionfinish(self) -> None:
        known = _durations(self.tier).items()
        kept = {name: took for name, took in known if (ROOT / name.partition("[")[0]).exists()}
        found = kept | {name: round(took, 1) for name, took in self.seconds.items()}
        every = _recorded() | {self.tier: found}
        DURATIONS.write_text(json.dumps(every, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _tier(config: pytest.Config) -> str:
    return "slow" if config.option.markexpr == "slow" else "not slow"


def _durations(tier: str) -> dict[str, float]:
    return _recorded().get(tier, {})


@cache
def _recorded() -> dict[str, dict[str, float]]:
    return json.loads(DURATIONS.read_text("utf-8")) if DURATIONS.exists() else {}


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With `--fast`, files that take long are not even imported."""
    if not config.getoption("--fast") or collection_path.is_dir():
        return None
    name = collection_path.relative_to(ROOT).as_posix()
    known = _durations("not slow").items()
    took = sum(took for unit, took in known if unit.partition("[")[0] == name)
    return True if took > FAST_SECONDS else None


def _unit_of_work(nodeid: str) -> str:
    """What one worker runs as a whole: a file, or a part of it."""
    file, _, test = nodeid.partition("::")
    part = SPLIT[file].search(test) if file in SPLIT else None
    return f"{file}[{part[1]}]" if part else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling:
    class ByUnitOfWork(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return _unit_of_work(nodeid)

    return ByUnitOfWork(config, log)


def _is_nbval(item: pytest.Item) -> bool:
    return type(item).__name__ == "IPyNbCell"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark lessons and what needs a browser; put first what takes longest, or is new."""
    durations = _durations(_tier(config))

    def seconds(item: pytest.Item) -> float:
        return durations.get(_unit_of_work(item.nodeid), math.inf)

    for item in items:
        if _is_nbval(item):
            item.add_marker("lesson")
        elif "browser" in item.fixturenames:
            item.add_marker("browser")
    items.sort(key=seconds, reverse=True)


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
