"""Much code in a cell before the answers."""

CELLS = [("total", "TABLE = [\n" + "    (1, 2.5, 'three'),\n" * 14_000 + "]")]
LIMITS = {"timeout": 20.0}
POINTS = {"total": 2, "largest": 4}
