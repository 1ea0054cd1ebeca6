"""One JupyterLab for all browser tests: `with lab.open(lab.write(cells)) as page: …`."""

from collections.abc import Iterator

import pytest
import real_lab


@pytest.fixture(scope="session")
def lab(tmp_path_factory, browser) -> Iterator[real_lab.Lab]:
    """A JupyterLab server, looked at in the browser of all tests."""
    with real_lab.running_lab(tmp_path_factory.mktemp("lab"), browser) as lab:
        yield lab
