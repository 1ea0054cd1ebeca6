"""A student's environment: the course's wheel, and links to the packages of the base or an extra.

What only other extras bring is not there, although the Python that makes it has everything.
"""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib.metadata import distributions
from pathlib import Path

from packaging.utils import canonicalize_name

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

import install_size


def make(folder: Path, extra: str = "") -> Path:
    """Make the environment in a new folder; return its Python."""
    venv.create(folder, with_pip=False, symlinks=True)
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder)}))
    wanted = install_size.needed(extra)
    others = {
        file.parts[0]
        for package in distributions()
        if canonicalize_name(package.name) not in wanted
        for file in package.files or ()
    }
    for package in wanted.values():
        for file in package.files or ():
            if file.parts[0] == "..":
                continue  # a program, or data outside of site-packages
            shared = file.parts[0] in others  # such as __pycache__: file by file
            name = Path(file) if shared else Path(file.parts[0])
            if not (site / name).exists():
                (site / name).parent.mkdir(parents=True, exist_ok=True)
                (site / name).symlink_to(Path(package.locate_file(name)))
    zipfile.ZipFile(_wheel(folder)).extractall(site)
    return folder / "bin" / "python"


def _wheel(folder: Path) -> Path:
    code = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    result = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        cwd=install_size.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return folder / result.stdout.split()[-1]
