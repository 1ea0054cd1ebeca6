"""What the tests of the sandbox share."""

import pytest

from course_utils.sandbox import bubblewrap, engine
from course_utils.sandbox.limits import BUILDERS
from course_utils.sandbox.warm_process import Sandbox

USER = "in a user namespace"


@pytest.fixture(scope="module", params=["with all rights", USER, *engine.ENGINES])
def warm(request):
    """The sandbox as root may build it, as everybody else must, and as container engines do."""
    builder = request.param if request.param in engine.ENGINES else BUILDERS[0]
    if builder in engine.ENGINES and (why := engine.trial(builder).why_not):
        pytest.skip(f"no container engine: {why}")
    with pytest.MonkeyPatch.context() as patch:
        if request.param == USER:
            patch.setattr(bubblewrap, "is_root", lambda: False)
        elif not bubblewrap.is_root():
            pytest.skip("only root grades in this way")
        with Sandbox(builder=builder) as process:
            yield process
