"""Draws while it adds, with a library that looks for PyTorch."""

ANSWERS = {
    "total": """
import matplotlib.pyplot as plt
import torch

def total(xs):
    plt.plot(xs)
    plt.close("all")
    return sum(xs)
"""
}
POINTS = {"total": 2, "largest": 4}
