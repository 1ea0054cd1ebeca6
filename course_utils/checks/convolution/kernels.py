"""Kernels: the classical ones, and dilated ones."""

from collections.abc import Callable, Iterator

import numpy as np
import torch
from scipy import ndimage
from torch.nn import functional

from course_utils.checks.convolution.shared import NO_TORCH
from course_utils.checks.core import Call, Exercise, Forbid, Misconception, OneOf, ValueCase, call
from course_utils.checks.core.calls import Unusable
from course_utils.checks.core.compare import not_finite
from course_utils.checks.core.tensors import tensor
from course_utils.checks.core.transforms import then
from course_utils.checks.core.values import kind_of

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


_SOBEL = {name: _KERNELS[name] for name in ("sobel_x", "sobel_y")}


def _correlate(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """The kernel's answers wherever it lies inside the image."""
    return ndimage.correlate(image, kernel, mode="constant")[1:-1, 1:-1]


def _effect(student: Callable[[], dict], name: str, image: np.ndarray) -> dict[str, np.ndarray]:
    """What the student's kernel of that name does to an image."""
    return _seen(name, _correlate(image, _kernel(student, name)))


def _kernel(student: Callable[[], dict], name: str) -> np.ndarray:
    kernels = student()
    if type(kernels) is not dict or name not in kernels:
        raise Unusable(f"the result must be a dict with the key {name!r}")
    kernel = kernels[name]
    if type(kernel) is not np.ndarray:
        raise Unusable(f"{name!r} must be a NumPy array, it is {kind_of(kernel)}")
    if kernel.shape != (3, 3) or kernel.dtype.kind not in "iuf":
        raise Unusable(
            f"{name!r} must be an array (3, 3) of numbers, it is {kernel.shape} {kernel.dtype}"
        )
    if wrong := not_finite(kernel):  # SciPy takes it for 0
        raise Unusable(f"a weight of {name!r} is {wrong}, where it must be finite")
    return kernel.astype(float)


def _seen(name: str, answer: np.ndarray) -> dict[str, np.ndarray]:
    return {f"the image after {name}": answer}


def _effects(name: str, image: np.ndarray) -> OneOf | dict:
    if name == "sharpen":
        keys = ("a bright point becomes brighter", "its neighbours never brighter")
        return {"gray value of a flat image": float(image[2, 2])} | dict.fromkeys(keys, True)
    return OneOf(tuple(_seen(name, _correlate(image, kernel)) for kernel in _KERNELS[name]))


def _sharpening(student: Callable[[], dict], name: str, image: np.ndarray) -> dict:
    """How a kernel answers to a flat image of that gray value, and to a bright point on it."""
    point = image.copy()
    point[2, 2] += 1
    kernel = _kernel(student, name)
    flat, answer = _correlate(image, kernel)[1, 1], _correlate(point, kernel)
    return {
        "gray value of a flat image": float(flat),
        "a bright point becomes brighter": bool(answer[1, 1] - flat > 1 + 1e-9),
        "its neighbours never brighter": bool((np.delete(answer.ravel(), 4) <= flat + 1e-9).all()),
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
        return OneOf(tuple(_seen(name, _correlate(image, kernel)) for kernel in signed))

    return computes


def _sobel_with(*weights: float) -> Callable[[str, np.ndarray], OneOf]:
    """The misconception that the change is smoothed with these weights."""
    kernel = np.outer(weights, _DIFFERENCE)
    return _kernels_instead(sobel_x=(kernel,), sobel_y=(kernel.T,))


_RAMP = np.tile(np.arange(4.0), (4, 1))
_FLAT = (call("sharpen", np.full((5, 5), 3.0)), call("sharpen", np.full((5, 5), 0.25)))

classical_kernels = Exercise(
    name="classical_kernels",
    points=3,
    oracle=_effects,
    observe=_effect,
    tolerance=SINGLE,
    rules=(Forbid(("scipy",), "write the numbers down, or compute them with NumPy."),),
    learned="You can now design kernels by hand, and say what their weights must sum to.",
    cases=(
        ValueCase("the worked example: a ramp", (call("sobel_x", _RAMP), call("sobel_y", _RAMP))),
        ValueCase("box_blur", _probe("box_blur")),
        ValueCase("sobel_x", _probe("sobel_x")),
        ValueCase("sobel_y", _probe("sobel_y")),
        ValueCase("laplacian", _probe("laplacian")),
        ValueCase("sharpen", _FLAT, observe=_sharpening),
    ),
    misconceptions=(
        Misconception(
            "blur not divided",
            "Your blur makes the image nine times brighter.",
            _kernels_instead(box_blur=(np.ones((3, 3)),)),
            look="Its nine weights must sum to 1.",
        ),
        Misconception(
            "centre weighs more",
            "Your blur weighs its centre more than the corners (1, 2, 1 in both directions: a "
            "Gaussian blur). A box blur weighs all nine alike.",
            _kernels_instead(box_blur=(np.outer([1.0, 2.0, 1.0], [1.0, 2.0, 1.0]) / 16,)),
            look="All nine weights are the same number.",
        ),
        Misconception(
            "x and y exchanged",
            "sobel_x and sobel_y are exchanged. sobel_x answers to a change from column to column, "
            "that is, to a vertical edge.",
            lambda name, image: OneOf(
                tuple(_seen(name, _correlate(image, kernel.T)) for kernel in _SOBEL[name])
            ),
            look="On a ramp that grows from column to column sobel_x must answer, sobel_y not.",
        ),
        Misconception(
            "all rows alike",
            "Your kernel smooths with the weights 1, 1, 1 (Prewitt's kernel). Sobel's weights are "
            "1, 2, 1.",
            _sobel_with(1.0, 1.0, 1.0),
            look="The row or column in the middle counts twice.",
        ),
        Misconception(
            "Scharr's weights",
            "Your kernel smooths with the weights 3, 10, 3 (Scharr's kernel). Sobel's weights are "
            "1, 2, 1.",
            _sobel_with(3.0, 10.0, 3.0),
            look="The row or column in the middle counts twice.",
        ),
        Misconception(
            "centre does not balance",
            "Your Laplacian answers on a flat image, since its weights do not sum to 0.",
            _kernels_instead(
                laplacian=tuple(
                    kernel + np.diag([0.0, change, 0.0])
                    for kernel, change in zip(_KERNELS["laplacian"][::2], (-4, 4), strict=True)
                )
            ),
            look="Its centre must balance its neighbours: 4 neighbours and −4, or 8 and −8.",
        ),
        Misconception(
            "neighbours and centre alike",
            "The centre of your Laplacian has the same sign as its neighbours: it adds up where "
            "it must compare.",
            _kernels_instead(laplacian=tuple(abs(kernel) for kernel in _KERNELS["laplacian"][::2])),
            look="All weights together must sum to 0.",
        ),
        Misconception(
            "edges for sharpening",
            "Your kernel keeps only the edges and drops the image: its weights sum to 0. A "
            "sharpened image is the image plus its edges, so the weights sum to 1.",
            then(_effects, lambda seen: seen | {"gray value of a flat image": 0.0}),
            look="What do your nine weights sum to, and what must they sum to?",
        ),
        Misconception(
            "nothing sharpened",
            "Your kernel does not make a bright point brighter.",
            then(_effects, lambda seen: seen | {"a bright point becomes brighter": False}),
            look="The centre must weigh more than 1, and its neighbours less than 0.",
        ),
        Misconception(
            "neighbours brighter",
            "Your kernel spreads a bright point over its neighbours. A sharpening kernel takes "
            "away from them.",
            then(_effects, lambda seen: seen | {"its neighbours never brighter": False}),
            look="No weight but the centre may be positive.",
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


def _every_axis_spread(w: np.ndarray, d: int) -> np.ndarray:
    """The axes before the last two are spread as well."""
    if w.ndim == 2:
        raise ValueError("there are no other axes")
    for axis in range(w.ndim):
        rows = np.moveaxis(w, axis, 0)
        spread = _dilated(rows.reshape(len(rows), -1), d)[:, ::d]
        w = np.moveaxis(spread.reshape(-1, *rows.shape[1:]), 0, axis)
    return w


dilate_kernel = Exercise(
    name="dilate_kernel",
    points=2,
    oracle=_dilated,
    rules=(NO_TORCH,),
    learned="You can now spread a kernel, so that it sees more with the same weights.",
    cases=(
        ValueCase("the worked example: 2×3, d = 2", call(np.arange(1.0, 7.0).reshape(2, 3), 2)),
        ValueCase("d = 1 changes nothing", (call(np.eye(3), 1), call(np.ones((2, 3)), 1))),
        ValueCase("random kernels, also rectangular", _kernels_to_dilate),
        ValueCase("stacks of kernels, float32, views", _stacks_to_dilate),
    ),
    misconceptions=(
        Misconception(
            "zeros after the last weight",
            "Your kernel has zeros behind its last row and column, too. Gaps lie only between "
            "weights: the effective size is d (k − 1) + 1, not d·k.",
            lambda w, d: _with_zeros(_dilated(w, d), (0, d - 1), (0, d - 1)),
            look="How many gaps are there between 3 weights?",
        ),
        Misconception(
            "weights repeated",
            "Your kernel repeats its weights. Dilation puts zeros between them: the number of "
            "weights stays the same.",
            lambda w, d: np.kron(w, np.ones((d, d))),
            look="Begin with zeros, and put each weight into one place.",
        ),
        Misconception(
            "d zeros between",
            "Your kernel has d zeros between neighbours. With dilation d neighbours lie d pixels "
            "apart, so there are d − 1 zeros between them.",
            lambda w, d: _dilated(w, d + 1),
            look="With d = 1 nothing may change.",
        ),
        Misconception(
            "columns only",
            "Only the columns are spread: rows need gaps as well.",
            lambda w, d: _dilated(w, d)[..., ::d, :],
            look="Both of the last two axes become longer.",
        ),
        Misconception(
            "rows only",
            "Only the rows are spread: columns need gaps as well.",
            lambda w, d: _dilated(w, d)[..., ::d],
            look="Both of the last two axes become longer.",
        ),
        Misconception(
            "zeros around",
            "The zeros lie around the kernel, as in padding. They belong between its weights.",
            _surrounded,
            look="The first weight stays in the corner, the last one goes to the other corner.",
        ),
        Misconception(
            "every axis spread",
            "The axes before the last two are spread, too. They only count kernels: leave them.",
            _every_axis_spread,
            look="Keep `w.shape[:-2]` as it is.",
        ),
    ),
)
