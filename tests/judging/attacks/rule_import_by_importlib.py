"""Imports a module of a forbidden package that is not loaded yet."""

ANSWERS = {
    "total": """
import importlib

def total(xs):
    return int(importlib.import_module("scipy.nd" + "image").sum(xs))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
