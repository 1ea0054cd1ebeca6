"""Changes everything that two submissions of one warm process could have in common."""

CELLS = [
    (
        "total",
        """
import builtins, os, signal, sys, time
import numpy as np
import torch
import course_utils.checks.core as core
from course_utils.sandbox import request_server

os.environ["MARKER"] = "left"
sys.marker = True
builtins.sorted = None
np.marker = True
torch.set_default_dtype(torch.float64)
sys.setrecursionlimit(50)
sys.path[:] = []
signal.signal(signal.SIGINT, signal.SIG_IGN)
np.seterr(all="raise")
core.Exercise.__call__ = lambda self, *answers, seed=None: 2.0
request_server.RequestServer.marker = True
time.sleep = None
sys.setrecursionlimit(3000)
""",
    )
]
NEIGHBOUR = [
    (
        "total",
        """
import builtins, os, sys, time
import numpy as np
import torch
from course_utils.sandbox import request_server

left = (
    "MARKER" in os.environ, hasattr(sys, "marker"), hasattr(np, "marker"), not sys.path,
    builtins.sorted is None, torch.get_default_dtype() != torch.float32, time.sleep is None,
    np.geterr()["divide"] == "raise", hasattr(request_server.RequestServer, "marker"),
)
if any(left):
    os._exit(1)
""",
    )
]
POINTS = {"total": 2, "largest": 4}
