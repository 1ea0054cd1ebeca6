"""Lets a generator that waits use what is forbidden."""

ANSWERS = {
    "total": """
import torch

def adder():
    tools, found = torch, None
    while True:
        xs = yield found
        found = int(tools.tensor(xs).sum())

ADDER = adder()
next(ADDER)

def total(xs):
    return ADDER.send(xs)
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
