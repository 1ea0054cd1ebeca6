"""Looks at signatures, collects garbage, imports by a function."""

ANSWERS = {
    "total": """
import gc
import importlib
import inspect

def total(xs):
    gc.collect()
    assert list(inspect.signature(total).parameters) == ["xs"]
    return int(importlib.import_module("math").fsum(xs))
"""
}
POINTS = {"total": 2, "largest": 4}
