"""Spreads over twenty processes more memory than it may have, with little in each."""

ANSWERS = {
    "total": """
import os, time

def total(xs):
    for _ in range(20):
        if os.fork() == 0:
            kept = bytearray(os.urandom(1_000_000) * 40)
            time.sleep(1000)
    time.sleep(1000)
"""
}
LIMITS = {"timeout": 20.0}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "memory: the code used more memory than there is for it"}
