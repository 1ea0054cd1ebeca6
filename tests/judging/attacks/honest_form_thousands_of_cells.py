"""More than a thousand cells of scratch."""

CELLS = [("total", f"scratch_{number} = {number}") for number in range(1200)]
LIMITS = {"timeout": 20.0}
POINTS = {"total": 2, "largest": 4}
