"""Takes what is forbidden from a module's dictionary."""

ANSWERS = {
    "total": """
import torch

MODULES = [torch]

def total(xs):
    return int(vars(MODULES[0])["tensor"](xs).sum())
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
