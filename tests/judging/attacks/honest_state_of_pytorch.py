"""A cell changes PyTorch's defaults for all that follows."""

CELLS = [
    (
        "total",
        """
import torch
torch.set_default_dtype(torch.float64)
torch.set_grad_enabled(False)
torch.set_default_device("meta")
""",
    ),
]
POINTS = {"total": 2, "largest": 4}
