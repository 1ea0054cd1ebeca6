"""The numbers of the L1 distance between two small images, exact and in 8 bits."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch


@dataclass(frozen=True, eq=False)
class Distance:
    """Two images of the same shape (n, n), uint8.

    Attributes:
        test: the image that is compared.
        train: the image that it is compared with.
        wraps: whether the difference is computed in uint8, where it wraps around below 0.
    """

    test: np.ndarray
    train: np.ndarray
    wraps: bool

    @cached_property
    def signed(self) -> np.ndarray:
        """(n, n) exact differences."""
        return np.subtract(self.test, self.train, dtype=np.int64)

    @cached_property
    def differences(self) -> np.ndarray:
        """(n, n) what is added up."""
        if not self.wraps:
            return np.abs(self.signed)
        return (torch.from_numpy(self.test) - torch.from_numpy(self.train)).numpy().astype(int)

    @cached_property
    def running(self) -> np.ndarray:
        """(n·n,) the sum after each pixel, row by row."""
        return self.differences.ravel().cumsum()
