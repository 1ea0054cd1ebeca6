"""Takes memory by mappings that are shared between processes, so that it belongs to nobody."""

ANSWERS = {
    "total": """
import mmap, time

def total(xs):
    kept = []
    for _ in range(8):
        kept.append(mmap.mmap(-1, 50_000_000))
        kept[-1].write(bytes(50_000_000))
    time.sleep(1000)
"""
}
LIMITS = {"timeout": 20.0}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "memory|MemoryError|Cannot allocate memory"}
