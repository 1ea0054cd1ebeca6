"""Sample answers to `classical_kernels`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


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


@wrong("classical_kernels", "centre weighs more")
def blurs_like_gauss():
    return {
        "box_blur": np.outer([1, 2, 1], [1, 2, 1]) / 16,
        "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        "sobel_x": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        "sobel_y": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
        "laplacian": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    }


@wrong("classical_kernels", "Scharr's weights")
def writes_scharr():
    return {
        "box_blur": np.ones((3, 3)) / 9,
        "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        "sobel_x": np.outer([3, 10, 3], [-1, 0, 1]),
        "sobel_y": np.outer([-1, 0, 1], [3, 10, 3]),
        "laplacian": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    }


@wrong("classical_kernels", "neighbours and centre alike")
def adds_up_everything():
    return {
        "box_blur": np.ones((3, 3)) / 9,
        "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        "sobel_x": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        "sobel_y": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
        "laplacian": np.array([[0, 1, 0], [1, 4, 1], [0, 1, 0]]),
    }


@wrong("classical_kernels", "neighbours and centre alike")
def adds_up_all_nine():
    return {
        "box_blur": np.ones((3, 3)) / 9,
        "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        "sobel_x": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        "sobel_y": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
        "laplacian": np.array([[1, 1, 1], [1, 8, 1], [1, 1, 1]]),
    }


@wrong("classical_kernels", "edges for sharpening")
def sharpens_with_the_laplacian():
    return {
        "box_blur": np.ones((3, 3)) / 9,
        "sharpen": np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]),
        "sobel_x": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        "sobel_y": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
        "laplacian": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    }


@wrong("classical_kernels", "nothing sharpened")
def hands_the_image_on():
    return {
        "box_blur": np.ones((3, 3)) / 9,
        "sharpen": np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]]),
        "sobel_x": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        "sobel_y": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
        "laplacian": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    }


@wrong("classical_kernels", "neighbours brighter")
def sharpens_the_wrong_way():
    return {
        "box_blur": np.ones((3, 3)) / 9,
        "sharpen": np.array([[0, -1, 0], [1, 2, -2], [0, 1, 0]]),
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
def kernels_of_whole_numbers():
    return {
        "box_blur": np.ones((3, 3)) / 9,
        "sharpen": np.array([[-1, -1, -1], [-1, 9, -1], [-1, -1, -1]]),
        "sobel_x": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        "sobel_y": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
        "laplacian": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    }


@variant("classical_kernels")
def kernels_by_numpy():
    return {
        "box_blur": np.full((3, 3), 1.0 / 9.0, dtype=np.float32),
        "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        "sobel_x": np.array([1, 2, 1])[:, None] * np.array([1, 0, -1]),
        "sobel_y": np.array([1, 0, -1])[:, None] * np.array([1, 2, 1]),
        "laplacian": np.ones((3, 3)) - 9 * np.eye(3) * np.eye(3)[1],
    }


@neutral("classical_kernels", "lists for arrays")
def kernels_as_lists():
    return {
        "box_blur": [[1 / 9] * 3] * 3,
        "sharpen": [[0, -0.5, 0], [-0.5, 3, -0.5], [0, -0.5, 0]],
        "sobel_x": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
        "sobel_y": [[1, 2, 1], [0, 0, 0], [-1, -2, -1]],
        "laplacian": [[1, 1, 1], [1, -8, 1], [1, 1, 1]],
    }


@neutral("classical_kernels", "a kernel is missing")
def forgets_the_laplacian():
    return {
        "box_blur": np.ones((3, 3)) / 9,
        "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        "sobel_x": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        "sobel_y": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
    }


@neutral("classical_kernels", "a name is misspelt")
def misspells_a_name():
    return {
        "box_blur": np.ones((3, 3)) / 9,
        "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        "sobelx": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        "sobel_y": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
        "laplacian": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    }


@neutral("classical_kernels", "a blur of rounded weights")
def rounds_the_blur():
    return {
        "box_blur": np.full((3, 3), 0.11),
        "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        "sobel_x": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        "sobel_y": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
        "laplacian": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    }


@neutral("classical_kernels", "a slip of the sign in one row")
def slips_in_one_row():
    return {
        "box_blur": np.ones((3, 3)) / 9,
        "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        "sobel_x": np.array([[-1, 0, 1], [-2, 0, 2], [1, 0, -1]]),
        "sobel_y": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
        "laplacian": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    }


@neutral("classical_kernels", "kernels with two more axes")
def stacks_its_kernels():
    return {
        "box_blur": np.ones((3, 3)) / 9,
        "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        "sobel_x": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        "sobel_y": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
        "laplacian": np.array([[[[0, 1, 0], [1, -4, 1], [0, 1, 0]]]]),
    }


@neutral("classical_kernels", "a sharpened image twice as bright")
def sharpens_too_much():
    return {
        "box_blur": np.ones((3, 3)) / 9,
        "sharpen": np.array([[0, -1, 0], [-1, 6, -1], [0, -1, 0]]),
        "sobel_x": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        "sobel_y": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
        "laplacian": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    }


@neutral("classical_kernels", "a tuple for a dict")
def gives_a_tuple():
    return (
        np.ones((3, 3)) / 9,
        np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
        np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    )
