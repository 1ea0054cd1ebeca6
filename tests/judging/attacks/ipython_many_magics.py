"""Has more magic lines in one cell than IPython is willing to transform."""

CELLS = [
    (
        "total",
        "%pwd\n" * 700,
    )
]
ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}
