"""What the checks of this unit share."""

# Misconceptions of several exercises: name and hint.
WINDOW_NOT_MOVED = (
    "window not moved by the stride",
    "Your windows lie one pixel apart. Use the same windows as in the forward pass: the "
    "first row is the output's row times the stride.",
)


def places(size: tuple[int, int], k: int, s: int) -> tuple[int, ...]:
    """How many windows fit, down and across: counted one by one."""
    return tuple(len(range(k, side + 1, s)) for side in size)
