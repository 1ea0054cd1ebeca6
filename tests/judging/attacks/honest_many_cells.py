"""Two hundred cells of notes and trials between the exercises."""

CELLS = [("largest", f"trial_{number} = total([{number}])") for number in range(200)]
POINTS = {"total": 2, "largest": 4}
