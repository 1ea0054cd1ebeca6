"""Sample answers to `classical_kernels`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


@wrong("classical_kernels", "blur not divided")
def blurs_too_brightly():
    return {
        "box_blur": np.ones((3, 3)),
        "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        "sobel_x": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        "sobel_y": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
        "laplacian": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    }


@wrong("classical_kernels", "x and y exchanged")
def exchanges_x_and_y():
    return {
        "box_blur": np.ones((3, 3)) / 9,
        "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        "sobel_x": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
        "sobel_y": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        "laplacian": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    }


@wrong("classical_kernels", "all rows alike")
def writes_prewitt():
    return {
        "box_blur": np.ones((3, 3)) / 9,
        "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        "sobel_x": np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]]),
        "sobel_y": np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]]),
        "laplacian": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    }


@wrong("classical_kernels", "centre does not balance")
def leaves_the_laplacian_unbalanced():
    return {
        "box_blur": np.ones((3, 3)) / 9,
        "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        "sobel_x": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        "sobel_y": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
        "laplacian": np.array([[1, 1, 1], [1, -4, 1], [1, 1, 1]]),
    }


@wrong("classical_kernels", "edges for sharpening")
def drops_the_image():
    return {
        "box_blur": np.ones((3, 3)) / 9,
        "sharpen": np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]]),
        "sobel_x": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        "sobel_y": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
        "laplacian": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    }


@variant("classical_kernels")
def kernels_of_the_other_sign():
    ones = np.ones((3, 3), np.float32)
    point = np.zeros((3, 3), np.float32)
    point[1, 1] = 1
    slope = np.array([1, 0, -1])
    return {
        "box_blur": ones / 9,
        "sharpen": 9 * point - (ones - point),
        "sobel_x": np.outer([1, 2, 1], slope),
        "sobel_y": np.outer(slope, [1, 2, 1]),
        "laplacian": 9 * point - ones,
    }


@variant("classical_kernels")
def kernels_from_gaussians():
    smooth = np.array([1.0, 2.0, 1.0])
    gauss = np.outer(smooth, smooth) / 16
    identity = np.zeros((3, 3))
    identity[1, 1] = 1.0
    return {
        "laplacian": np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]]),
        "sobel_y": np.outer([-1, 0, 1], smooth),
        "sobel_x": np.outer(smooth, [-1, 0, 1]),
        "sharpen": identity + 1.5 * (identity - gauss),
        "box_blur": np.full((3, 3), 1 / 9),
    }


@variant("classical_kernels")
def kernels_as_lists():
    return {
        "box_blur": [[1 / 9] * 3] * 3,
        "sharpen": [[0, -0.5, 0], [-0.5, 3, -0.5], [0, -0.5, 0]],
        "sobel_x": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
        "sobel_y": [[1, 2, 1], [0, 0, 0], [-1, -2, -1]],
        "laplacian": [[1, 1, 1], [1, -8, 1], [1, 1, 1]],
    }
