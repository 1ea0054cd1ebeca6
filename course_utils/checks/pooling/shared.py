"""What the checks of this unit share."""

# Misconceptions of several exercises, all but what they compute.
WINDOW_NOT_MOVED = {
    "name": "window not moved by the stride",
    "hint": "Your result is what you get when the windows lie one pixel apart.",
    "look": "Use the same windows as in the forward pass: a window's first row is the output's row "
    "times the stride.",
}
UPSTREAM_FORGOTTEN = {
    "name": "upstream forgotten",
    "hint": "Your result does not depend on dout: it is what you get when every derivative from "
    "above is 1.",
    "look": "Multiply with the derivative that came from above.",
}


def places(size: tuple[int, int], k: int, s: int) -> tuple[int, ...]:
    """How many windows fit, down and across: counted one by one."""
    return tuple(len(range(k, side + 1, s)) for side in size)
