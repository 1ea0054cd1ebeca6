"""Takes what is forbidden from the modules that are loaded."""

ANSWERS = {
    "total": """
import sys
import torch

def total(xs):
    return int(sys.modules["".join("hcrot"[::-1])].tensor(xs).sum())
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
