"""Fills the memory, in small parts, until the machine has none left."""

ANSWERS = {
    "total": """
def total(xs):
    kept = []
    while True:
        kept.append(bytearray(1_000_000))
"""
}
LIMITS = {"timeout": 20.0}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "memory|MemoryError"}
