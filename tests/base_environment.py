"""A student's environment, made in a second: the course's wheel and links to the base's packages.

What only extras bring is not there, although the Python that makes it has everything.
"""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "benchmarks"))

from install_size import EXTRAS, needed  # noqa: F401


def make(folder: Path) -> Path:
    """Make the environment in a new folder; return its Python."""
    venv.create(folder, with_pip=False, symlinks=True)
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder)}))
    for package in needed().values():
        for file in package.files or ():
            if ".." not in file.parts:  # programs and data outside of site-packages stay out
                link = site / file
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(Path(file.locate()))
    zipfile.ZipFile(_wheel(folder)).extractall(site)
    return folder / "bin" / "python"


def _wheel(folder: Path) -> Path:
    code = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    result = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return folder / result.stdout.split()[-1]
