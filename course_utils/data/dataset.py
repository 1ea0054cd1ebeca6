"""What `data.load` returns, whatever the images' origin."""

from dataclasses import dataclass

import numpy as np

from course_utils.data.phantoms import Phantoms


@dataclass(frozen=True, repr=False)
class Split:
    """The images of one split.

    Attributes:
        images: (n, size, size), uint8, gray.
        labels: (n,), int64, the class's number.
        truth: what is known of each image (lesions, patients) if they are phantoms, else None.
    """

    images: np.ndarray
    labels: np.ndarray
    truth: Phantoms | None = None

    def __len__(self) -> int:
        return len(self.images)


@dataclass(frozen=True, repr=False)
class Dataset:
    """Images for training, validation and test, with their origin.

    Attributes:
        name: as given to `data.load`.
        source: "phantoms", "real, verified" or "real, unverified" (a file that you gave, whose
            checksum differs from the published one).
        class_names: the name of each label.
        licence: on what terms the images may be used.
        citation: whom to name when they are used.
    """

    name: str
    train: Split
    val: Split
    test: Split
    class_names: tuple[str, ...]
    source: str
    licence: str
    citation: str

    def __repr__(self) -> str:
        side = self.train.images.shape[1]
        counts = f"{len(self.train)} training, {len(self.val)} validation, {len(self.test)} test"
        classes = ", ".join(self.class_names)
        return f"{self.name} ({self.source}): {counts} images of {side}×{side}; {classes}"
