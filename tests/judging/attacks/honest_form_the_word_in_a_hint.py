"""The word of what is not allowed in hints, comments, texts and names."""

ANSWERS = {
    "total": """
import torch

def total(xs: "torch.Tensor | list") -> torch.Tensor:
    \"\"\"Without torch, scipy or np.nansum.\"\"\"
    scipy: torch.Tensor = 0  # not torch
    return sum(xs, scipy)
"""
}
POINTS = {"total": 2, "largest": 4}
