"""Numbers of worked examples that a widget shows and a check asks for."""

import numpy as np

CS231N_IMAGE = np.array(
    [
        [[1, 1, 2, 1, 2], [0, 2, 0, 0, 0], [1, 1, 1, 2, 2], [1, 2, 0, 0, 1], [0, 1, 0, 1, 1]],
        [[1, 1, 1, 2, 1], [2, 2, 1, 1, 2], [2, 2, 2, 2, 2], [2, 0, 1, 0, 2], [1, 1, 1, 1, 1]],
        [[0, 1, 0, 0, 2], [1, 2, 0, 1, 2], [0, 2, 0, 0, 1], [2, 1, 2, 1, 1], [0, 2, 1, 0, 1]],
    ]
)
"""(3, 5, 5) the input of the convolution demo of Stanford's course CS231n: padding 1, stride 2."""

CS231N_KERNELS = np.array(
    [
        [
            [[1, -1, 1], [0, 0, 1], [-1, 0, 0]],
            [[0, 0, -1], [0, 0, -1], [1, 0, 1]],
            [[1, -1, 1], [-1, -1, -1], [-1, 0, 1]],
        ],
        [
            [[0, 1, 1], [1, 0, -1], [-1, 1, 1]],
            [[1, 0, 1], [0, 1, 1], [-1, 1, -1]],
            [[0, 1, 0], [-1, -1, 1], [1, 0, -1]],
        ],
    ]
)
"""(2, 3, 3, 3) its two filters; their biases are 1 and 0."""
