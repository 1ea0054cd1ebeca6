"""Copies and pickles while PyTorch is loaded."""

ANSWERS = {
    "total": """
import copy
import pickle
import torch

def total(xs):
    return sum(pickle.loads(pickle.dumps(copy.deepcopy(xs))))
"""
}
POINTS = {"total": 2, "largest": 4}
