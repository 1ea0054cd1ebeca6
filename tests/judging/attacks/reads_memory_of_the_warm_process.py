"""Searches all memory that it has from the warm process for the text of the hidden tests."""

CELLS = [
    (
        "total",
        """
import re

HIDDEN = re.compile(rb"seed=2043[1]|HIDDEN TEST[S]|solutions/01-sum[s]")
FOUND, READ = [], 0
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
    for line in maps:
        place, rights, *_ = line.split()
        if rights.startswith("rw") and "/" not in line.partition(place)[2]:
            low, high = (int(number, 16) for number in place.split("-"))
            while low < high:
                try:
                    memory.seek(low)
                    data = memory.read(min(high - low, 1 << 24))
                except (OSError, ValueError, OverflowError):
                    break
                READ += len(data)
                FOUND += HIDDEN.findall(data)
                low += len(data) or 1 << 24
""",
    )
]
ANSWERS = {
    "total": "def total(xs):\n    assert READ > 1_000_000 and not FOUND, FOUND\n    return sum(xs)"
}
LIMITS = {"timeout": 30.0}
POINTS = {"total": 2, "largest": 4}
