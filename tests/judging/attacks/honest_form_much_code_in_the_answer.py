"""Much code in the answer's own cell."""

ANSWERS = {
    "total": "TABLE = [\n"
    + "    0,\n" * 40_000
    + "]\n\ndef total(xs):\n    return sum(xs) + TABLE[0]"
}
LIMITS = {"timeout": 20.0}
POINTS = {"total": 2, "largest": 4}
