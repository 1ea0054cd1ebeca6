"""The numbers of pooling forwards, also with an activation before or after it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch.nn import functional

from course_utils.widgets.windows import unread, windows

KINDS = ("max", "mean")


@dataclass(frozen=True, eq=False)
class Pooling:
    """Pooling of one channel.

    Attributes:
        x: (n, n) input.
        k: side of the window.
        s: stride.
        kind: `max` or `mean`.

    Raises:
        ValueError: where no window fits.
    """

    x: np.ndarray
    k: int
    s: int
    kind: str = KINDS[0]

    def __post_init__(self) -> None:
        windows(len(self.x), self.k, self.s)  # refuses what does not fit

    @cached_property
    def windows(self) -> np.ndarray:
        """(windows, k·k) numbers of the cells of each window."""
        return windows(len(self.x), self.k, self.s)

    @property
    def size(self) -> int:
        """Windows in a row."""
        return len(self.output)

    @cached_property
    def unread(self) -> np.ndarray:
        """(n, n) True where no window ever looks."""
        return unread(len(self.x), self.windows)

    def pool(self, x: np.ndarray) -> np.ndarray:
        """(m, m) an input pooled in this way."""
        pool = functional.max_pool2d if self.kind == "max" else functional.avg_pool2d
        return pool(torch.from_numpy(np.array(x))[None, None], self.k, self.s)[0, 0].numpy()

    @cached_property
    def output(self) -> np.ndarray:
        """(m, m) result without an activation."""
        return self.pool(self.x)

    @property
    def rectified(self) -> np.ndarray:
        """(n, n) the input after a ReLU."""
        return self.x.clip(0)

    @cached_property
    def relu_first(self) -> np.ndarray:
        """(m, m) ReLU, then pooling."""
        return self.pool(self.rectified)

    @property
    def relu_last(self) -> np.ndarray:
        """(m, m) pooling, then ReLU."""
        return self.output.clip(0)
