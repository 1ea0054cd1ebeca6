"""Starts threads with tiny stacks until there can be no more."""

ANSWERS = {
    "total": """
import threading, time

threading.stack_size(32 * 1024)

def total(xs):
    while True:
        threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
"""
}
LIMITS = {"timeout": 10.0}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "can't start new thread|too many processes|timeout|memory"}
