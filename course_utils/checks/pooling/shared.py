"""What the checks of this unit share."""


def places(size: tuple[int, int], k: int, s: int) -> tuple[int, ...]:
    """How many windows fit, down and across: counted one by one."""
    return tuple(len(range(k, side + 1, s)) for side in size)
