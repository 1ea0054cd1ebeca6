"""Gets what is forbidden from a pickle."""

ANSWERS = {
    "total": """
import pickle
import torch

TOOL = pickle.dumps(torch.tensor)

def total(xs):
    return int(pickle.loads(TOOL)(xs).sum())
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
