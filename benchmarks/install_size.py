"""What each role installs: the packages and megabytes of the base and of the extras.

Run: python benchmarks/install_size.py, where `[test]` is installed.
"""

import re
import tomllib
from functools import cache
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = ("", *PROJECT["optional-dependencies"])
NVIDIA = re.compile(r"nvidia-|cuda-|triton$")


def needed(extra: str = "") -> dict[str, Distribution]:
    """The installed packages, by name, that `pip install .[extra]` brings beside the course itself.

    Raises:
        importlib.metadata.PackageNotFoundError: for one that is not installed here.
    """
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [(PROJECT["name"], ""), (PROJECT["name"], extra)]
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        if name != PROJECT["name"]:
            found[name] = distribution(name)
        for each in _requirements(name, extra):
            other = canonicalize_name(each.name)
            waiting += [(other, wanted) for wanted in ("", *each.extras)]
    return found


@cache
def _requirements(name: str, extra: str) -> list[Requirement]:
    """What a package requires on this machine, for an extra of it or ("") in any case."""
    if name == PROJECT["name"]:
        lines = PROJECT["optional-dependencies"][extra] if extra else PROJECT["dependencies"]
    else:
        lines = distribution(name).requires or []
    return [
        requirement
        for requirement in map(Requirement, lines)
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra})
    ]


def megabytes(package: Distribution) -> float:
    """The size of the files that came with a package, in MB."""
    paths = (Path(file.locate()) for file in package.files or ())
    return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6


def main() -> None:
    """Print a row for the base and for each extra."""
    table = Table("extra", "packages", "MB", "of these PyTorch's CUDA libraries")
    for extra in EXTRAS:
        sizes = {name: megabytes(package) for name, package in needed(extra).items()}
        cuda = sum(size for name, size in sizes.items() if NVIDIA.match(name))
        table.add_row(
            extra or "(the base)", str(len(sizes)), f"{sum(sizes.values()):.0f}", f"{cuda:.0f}"
        )
    Console().print(table)


if __name__ == "__main__":
    main()
