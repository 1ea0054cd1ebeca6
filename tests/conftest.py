"""The browser of all tests that look at pages."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "browser"))
import real_lab


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """Chromium through Playwright; skips where one of them is missing."""
    if not Path(real_lab.CHROMIUM).exists():
        pytest.skip(f"no Chromium at {real_lab.CHROMIUM}: install the package chromium")
    pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with real_lab.running_browser() as browser:
        yield browser
