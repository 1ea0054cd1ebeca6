"""One JupyterLab for all browser tests: `with lab.open(lab.write(cells)) as page: …`."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import real_lab


@pytest.fixture(scope="session")
def lab(tmp_path_factory) -> Iterator[real_lab.Lab]:
    """A JupyterLab server and a browser; skips where Chromium or Playwright is missing."""
    if not Path(real_lab.CHROMIUM).exists():
        pytest.skip(f"no Chromium at {real_lab.CHROMIUM}: install the package chromium")
    pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with real_lab.running_lab(tmp_path_factory.mktemp("lab")) as lab:
        yield lab
