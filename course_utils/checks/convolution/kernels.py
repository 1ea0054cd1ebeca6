"""Kernels: the classical ones, and dilated ones."""

from collections.abc import Callable, Iterator

import numpy as np
import torch
from scipy import ndimage
from torch.nn import functional

from course_utils.checks.convolution.shared import NO_SHORTCUTS
from course_utils.checks.core import Call, Exercise, Misconception, OneOf, ValueCase, call
from course_utils.checks.core.tensors import tensor
from course_utils.checks.core.transforms import then

# ------------------------------------------------------------------ classical_kernels

SINGLE = 1e-6
"""Kernels may be float32, which the answer on a float64 image does not show."""

_DIFFERENCE = np.array([-1.0, 0.0, 1.0])
_KERNELS = {
    "box_blur": (np.full((3, 3), 1 / 9),),
    "sobel_x": (np.outer([1.0, 2.0, 1.0], _DIFFERENCE), np.outer([1.0, 2.0, 1.0], -_DIFFERENCE)),
    "sobel_y": (np.outer(_DIFFERENCE, [1.0, 2.0, 1.0]), np.outer(-_DIFFERENCE, [1.0, 2.0, 1.0])),
    "laplacian": tuple(
        sign * (corner - np.diag([0.0, corner.sum(), 0.0]))
        for corner in (np.array([[0.0, 1, 0], [1, 0, 1], [0, 1, 0]]), np.ones((3, 3)))
        for sign in (1.0, -1.0)
    ),
}


def _correlate(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return ndimage.correlate(image, kernel, mode="constant")


def _effect(student: Callable[[], dict], name: str, image: np.ndarray) -> np.ndarray:
    """What the student's kernel of that name does to an image."""
    kernels = student()
    if type(kernels) is not dict or name not in kernels:
        raise ValueError(f"the result must be a dict with the key {name!r}")
    kernel = np.array(kernels[name], dtype=float)
    if kernel.shape != (3, 3):
        raise ValueError(f"{name} must have the shape (3, 3), it has {kernel.shape}")
    return _correlate(image, kernel)


def _effects(name: str, image: np.ndarray) -> OneOf | dict:
    if name == "sharpen":
        keys = ("a bright point becomes brighter", "its neighbours never brighter")
        return {"gray value of a flat image": float(image[2, 2])} | dict.fromkeys(keys, True)
    return OneOf(tuple(_correlate(image, kernel) for kernel in _KERNELS[name]))


def _sharpening(student: Callable[[], dict], name: str, image: np.ndarray) -> dict:
    """How a kernel answers to a flat image of that gray value, and to a bright point on it."""
    point = image.copy()
    point[2, 2] += 1
    flat, answer = _effect(student, name, image)[2, 2], _effect(student, name, point)
    return {
        "gray value of a flat image": float(flat),
        "a bright point becomes brighter": bool(answer[2, 2] - flat > 1 + 1e-9),
        "its neighbours never brighter": bool(
            (np.delete(answer[1:4, 1:4].ravel(), 4) <= flat + 1e-9).all()
        ),
    }


def _probe(name: str) -> Callable[[np.random.Generator], Iterator[Call]]:
    """A bright point first, whose answer is the kernel itself turned round; then noise."""

    def draw(rng: np.random.Generator) -> Iterator[Call]:
        point = np.zeros((5, 5))
        point[2, 2] = 1
        yield call(name, point)
        yield call(name, rng.integers(-9, 10, (6, 7)) / 2)

    return draw


def _kernels_instead(**kernels: tuple[np.ndarray, ...]) -> Callable[[str, np.ndarray], OneOf]:
    """The misconception that the kernel of a name is one of these, with either sign."""

    def computes(name: str, image: np.ndarray) -> OneOf:
        signed = [sign * kernel for kernel in kernels[name] for sign in (1, -1)]
        return OneOf(tuple(_correlate(image, kernel) for kernel in signed))

    return computes


_FLAT = (call("sharpen", np.full((5, 5), 3.0)), call("sharpen", np.full((5, 5), 0.25)))

classical_kernels = Exercise(
    name="classical_kernels",
    points=3,
    oracle=_effects,
    observe=_effect,
    rules=(NO_SHORTCUTS,),
    cases=(
        ValueCase("box_blur", _probe("box_blur"), tolerance=SINGLE),
        ValueCase("sobel_x", _probe("sobel_x"), tolerance=SINGLE),
        ValueCase("sobel_y", _probe("sobel_y"), tolerance=SINGLE),
        ValueCase("laplacian", _probe("laplacian"), tolerance=SINGLE),
        ValueCase("sharpen", _FLAT, observe=_sharpening),
    ),
    misconceptions=(
        Misconception(
            "blur not divided",
            "Your blur makes the image nine times brighter: its nine weights must sum to 1.",
            _kernels_instead(box_blur=(np.ones((3, 3)),)),
        ),
        Misconception(
            "x and y exchanged",
            "sobel_x and sobel_y are exchanged. sobel_x answers to a change from column to column, "
            "that is, to a vertical edge.",
            lambda name, image: _effects({"sobel_x": "sobel_y", "sobel_y": "sobel_x"}[name], image),
        ),
        Misconception(
            "all rows alike",
            "Your kernel weighs its three rows or columns alike (1, 1, 1: Prewitt's kernel). "
            "Sobel's weights are 1, 2, 1.",
            _kernels_instead(
                sobel_x=(np.outer(np.ones(3), _DIFFERENCE),),
                sobel_y=(np.outer(_DIFFERENCE, np.ones(3)),),
            ),
        ),
        Misconception(
            "centre does not balance",
            "Your Laplacian answers on a flat image. Its centre must balance its neighbours, so "
            "that all weights sum to 0.",
            _kernels_instead(
                laplacian=tuple(
                    kernel + np.diag([0.0, change, 0.0])
                    for kernel, change in zip(_KERNELS["laplacian"][::2], (-4, 4), strict=True)
                )
            ),
        ),
        Misconception(
            "edges for sharpening",
            "Your kernel keeps only the edges and drops the image: its weights sum to 0. A "
            "sharpened image is the image plus its edges, so the weights sum to 1.",
            then(_effects, lambda seen: seen | {"gray value of a flat image": 0.0}),
        ),
    ),
)


# ------------------------------------------------------------------ dilate_kernel


def _dilated(w: np.ndarray, d: int) -> np.ndarray:
    """PyTorch's transposed convolution with a one-pixel kernel spreads its input by the stride."""
    planes = tensor(w).reshape(-1, 1, *w.shape[-2:])
    one = torch.ones(1, 1, 1, 1, dtype=planes.dtype)
    spread = functional.conv_transpose2d(planes, one, stride=d).numpy()
    return spread.reshape(*w.shape[:-2], *spread.shape[-2:])


def _kernels_to_dilate(rng: np.random.Generator) -> Iterator[Call]:
    for shape, d in (((3, 3), 2), ((2, 3), 3), ((3, 2), 3), ((4, 4), 3), ((3, 1), 4), ((1, 1), 2)):
        yield call(rng.integers(1, 20, shape) / 2, d)


def _stacks_to_dilate(rng: np.random.Generator) -> Iterator[Call]:
    yield call(rng.integers(1, 20, (4, 3, 3, 3)) / 2, 2)
    yield call(rng.integers(1, 20, (2, 2, 3)).astype(np.float32), 3)
    yield call((rng.integers(1, 20, (5, 6)) / 2).T[::2, ::2], 2)


def _with_zeros(w: np.ndarray, rows: tuple[int, int], columns: tuple[int, int]) -> np.ndarray:
    return np.pad(w, [(0, 0)] * (w.ndim - 2) + [rows, columns])


def _surrounded(w: np.ndarray, d: int) -> np.ndarray:
    """Zeros around, as many as dilation would put between (where they can be shared out)."""
    spare = np.subtract(_dilated(w, d).shape[-2:], w.shape[-2:])
    return _with_zeros(w, *((n // 2, n - n // 2) for n in spare))


dilate_kernel = Exercise(
    name="dilate_kernel",
    points=2,
    oracle=_dilated,
    rules=(NO_SHORTCUTS,),
    cases=(
        ValueCase("the worked example: 3×3, d = 2", call(np.arange(1.0, 10.0).reshape(3, 3), 2)),
        ValueCase("d = 1 changes nothing", (call(np.eye(3), 1), call(np.ones((2, 3)), 1))),
        ValueCase("random kernels, also rectangular", _kernels_to_dilate),
        ValueCase("stacks of kernels, float32, views", _stacks_to_dilate),
    ),
    misconceptions=(
        Misconception(
            "zeros after the last weight",
            "Your kernel has zeros behind its last row and column too. Gaps lie only between "
            "weights: the effective size is d(k−1)+1, not d·k.",
            lambda w, d: _with_zeros(_dilated(w, d), (0, d - 1), (0, d - 1)),
        ),
        Misconception(
            "weights repeated",
            "Your kernel repeats its weights. Dilation puts zeros between them: the number of "
            "weights stays the same.",
            lambda w, d: np.kron(w, np.ones((d, d))),
        ),
        Misconception(
            "d zeros between",
            "Your kernel has d zeros between neighbours. With dilation d neighbours lie d pixels "
            "apart, so there are d − 1 zeros between them.",
            lambda w, d: _dilated(w, d + 1),
        ),
        Misconception(
            "columns only",
            "Only the columns are spread: rows need gaps as well.",
            lambda w, d: _dilated(w, d)[..., ::d, :],
        ),
        Misconception(
            "zeros around",
            "The zeros lie around the kernel, as in padding. They belong between its weights.",
            _surrounded,
        ),
    ),
)
