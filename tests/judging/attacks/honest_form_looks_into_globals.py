"""Asks harmlessly for the notebook's names."""

ANSWERS = {
    "total": """
import torch
from scipy.special import expit

VERBOSE = False

def total(xs):
    if globals().get("VERBOSE") or "DEBUG" in vars():
        print(xs)
    return eval("sum(xs)", {"sum": sum, "xs": xs})
"""
}
POINTS = {"total": 2, "largest": 4}
