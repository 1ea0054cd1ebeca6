"""Closes every descriptor, the line to the grader too, and goes on computing."""

ANSWERS = {
    "total": """
import os, time

def total(xs):
    os.closerange(0, 65536)
    time.sleep(1000)
    return sum(xs)
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "kernel died"}
