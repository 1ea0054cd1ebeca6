"""Replaces functions of NumPy, PyTorch and math, on which the other exercise rests."""

CELLS = [
    (
        "total",
        """
import math
import numpy as np
import torch

math.fsum = np.max = np.asarray = np.linalg.norm = lambda *a, **k: 0
torch.tensor = torch.nn.functional.relu = lambda *a, **k: None
torch.Tensor.max = lambda *a, **k: torch.zeros(())
torch.nn.Linear.forward = lambda *a, **k: None
del np.sum
""",
    )
]
ANSWERS = {
    "total": "def total(xs):\n    return sum(xs[:-1])",
    "largest": """
import math
import numpy as np
import torch

def largest(xs):
    values = torch.nn.functional.relu(torch.tensor(xs))
    assert torch.nn.Linear(1, 2)(torch.ones(3, 1)).shape == (3, 2)
    assert np.sum(np.asarray(xs)) == math.fsum(xs)
    return min(int(values.max()), int(np.max(xs)))
""",
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}
