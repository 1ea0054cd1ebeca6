"""Convolution backward: the gradients of the input, of the weights and of the biases."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from course_utils.checks.core import Call, Exercise, Misconception, PropertyCase, ValueCase, call
from course_utils.checks.core.draws import each, nonzero_halves
from course_utils.checks.core.gradients import worst_slopes
from course_utils.checks.core.rules import NUMPY_INDEXING
from course_utils.checks.core.tensors import tensor
from course_utils.checks.core.transforms import changed
from course_utils.checks.pooling.shared import UPSTREAM_FORGOTTEN, WINDOW_NOT_MOVED

Gradients = tuple[np.ndarray, np.ndarray, np.ndarray]


def _gradients(
    dout: np.ndarray, x: np.ndarray, w: np.ndarray, stride: int = 1, padding: int = 0
) -> Gradients:
    """PyTorch's own backward pass through a convolution."""
    biases = np.zeros(len(w), w.dtype)
    inputs = image, kernels, bias = [tensor(a).requires_grad_() for a in (x, w, biases)]
    output = functional.conv2d(image, kernels, bias, stride=stride, padding=padding)
    dx, dw, db = torch.autograd.grad(output, inputs, tensor(dout))
    return dx.numpy(), dw.numpy(), db.numpy()


def _layer(
    rng: np.random.Generator,
    n: int = 1,
    c_in: int = 1,
    size: tuple[int, int] = (4, 4),
    c_out: int = 1,
    kernel: tuple[int, int] = (3, 3),
    stride: int = 1,
    padding: int = 0,
) -> Call:
    """Upstream derivatives, a batch and kernels of these sizes."""
    x, w = nonzero_halves(rng, n, c_in, *size), nonzero_halves(rng, c_out, c_in, *kernel)
    output = functional.conv2d(tensor(x), tensor(w), stride=stride, padding=padding)
    return call(nonzero_halves(rng, *output.shape), x, w, stride=stride, padding=padding)


def _default_layer(rng: np.random.Generator, **sizes: Any) -> Call:
    """Stride and padding are left to the function's defaults."""
    return call(*_layer(rng, **sizes).args)


def _edges(rng: np.random.Generator) -> Iterator[Call]:
    yield _layer(rng, size=(3, 3))
    yield _layer(rng, c_in=2, c_out=2, kernel=(1, 1))
    dout, *others = _layer(rng, c_in=2, c_out=3).args
    yield call(dout * 1000 / 7, *others)
    made = _layer(rng, c_in=2, size=(5, 5), padding=1)
    yield call(*(a.astype(np.float32) for a in made.args), **made.kwargs)
    made = _layer(rng, c_in=2, c_out=2, size=(6, 5), kernel=(2, 2))
    yield call(made.args[0], made.args[1], np.ascontiguousarray(made.args[2].T).T)


def _random(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(10):
        n, c_in, c_out = rng.integers(1, 4, 3).tolist()
        rows, columns = rng.integers(1, 4, 2).tolist()
        below, beside = rng.integers(0, 5, 2).tolist()
        size = rows + below, columns + beside
        stride, padding = int(rng.integers(1, 4)), int(rng.integers(0, 3))
        yield _layer(rng, n, c_in, size, c_out, (rows, columns), stride, padding)


def _follow_slopes(
    student: Callable, dout: np.ndarray, x: np.ndarray, w: np.ndarray, stride: int, padding: int
) -> str:
    """The gradients predict how the output, weighted with dout, changes."""
    gradients = dict(zip(("dx", "dw", "db"), student(dout, x, w, stride, padding), strict=False))

    def weighed(dx: np.ndarray, dw: np.ndarray, db: np.ndarray) -> float:
        image, kernels, bias = map(tensor, (dx, dw, db))
        output = functional.conv2d(image, kernels, bias, stride=stride, padding=padding)
        return float((output.numpy() * dout).sum())

    at = {"dx": x, "dw": w, "db": np.zeros(len(w))}
    for name, slope in worst_slopes(weighed, at, gradients):
        if slope.error > 1e-4:
            return f"`{name}`: take the sum of dout times the output: {slope}"
    return ""


def _surrounded(x: np.ndarray, padding: int) -> np.ndarray:
    return functional.pad(tensor(x), (padding,) * 4).numpy()


def _padding_kept(
    dout: np.ndarray, x: np.ndarray, w: np.ndarray, stride: int = 1, padding: int = 0
) -> Gradients:
    return _gradients(dout, _surrounded(x, padding), w, stride)


def _cut_behind(
    dout: np.ndarray, x: np.ndarray, w: np.ndarray, stride: int = 1, padding: int = 0
) -> Gradients:
    """The border cut off behind the last row and column only."""
    dx, dw, db = _padding_kept(dout, x, w, stride, padding)
    return dx[tuple(map(slice, x.shape))], dw, db


def _dense(
    dout: np.ndarray, x: np.ndarray, w: np.ndarray, stride: int = 1, padding: int = 0
) -> Gradients:
    """Windows one pixel apart, as many as there are upstream derivatives."""
    image = _surrounded(x, padding)
    rows, columns = (sum(sides) - 1 for sides in zip(dout.shape[2:], w.shape[2:], strict=True))
    near, dw, db = _gradients(dout, image[..., :rows, :columns], w)
    dx = np.zeros_like(image)
    dx[..., :rows, :columns] = near
    return np.roll(dx, (-padding, -padding), (2, 3))[tuple(map(slice, x.shape))], dw, db


def _places(dout: np.ndarray) -> Iterator[np.ndarray]:
    """The upstream derivatives, those of one place of the window at a time."""
    for place in np.ndindex(dout.shape[2:]):
        only = np.zeros_like(dout)
        only[(..., *place)] = dout[(..., *place)]
        yield only


def _input_overwritten(
    dout: np.ndarray, x: np.ndarray, w: np.ndarray, stride: int = 1, padding: int = 0
) -> Gradients:
    dx, dw, db = _gradients(dout, x, w, stride, padding)
    kept = np.zeros_like(dx)
    for only in _places(dout):
        touched = _gradients(np.abs(only), x, np.ones_like(w), stride, padding)[0] != 0
        kept = np.where(touched, _gradients(only, x, w, stride, padding)[0], kept)
    return kept, dw, db


def _weights_overwritten(
    dout: np.ndarray, x: np.ndarray, w: np.ndarray, stride: int = 1, padding: int = 0
) -> Gradients:
    dx, _, db = _gradients(dout, x, w, stride, padding)
    *_, last = _places(dout)
    return dx, _gradients(last, x, w, stride, padding)[1], db


def _flipped_input(
    dout: np.ndarray, x: np.ndarray, w: np.ndarray, stride: int = 1, padding: int = 0
) -> Gradients:
    _, dw, db = _gradients(dout, x, w, stride, padding)
    return _gradients(dout, x, np.flip(w, (2, 3)), stride, padding)[0], dw, db


def _flipped_weights(
    dout: np.ndarray, x: np.ndarray, w: np.ndarray, stride: int = 1, padding: int = 0
) -> Gradients:
    dx, dw, db = _gradients(dout, x, w, stride, padding)
    return dx, np.flip(dw, (2, 3)).copy(), db


def _batch_averaged(
    dout: np.ndarray, x: np.ndarray, w: np.ndarray, stride: int = 1, padding: int = 0
) -> Gradients:
    dx, dw, db = _gradients(dout, x, w, stride, padding)
    return dx, dw / len(x), db / len(x)


def _bias_averaged(
    dout: np.ndarray, x: np.ndarray, w: np.ndarray, stride: int = 1, padding: int = 0
) -> Gradients:
    dx, dw, db = _gradients(dout, x, w, stride, padding)
    return dx, dw, db * dout.shape[1] / dout.size


def _last_image(
    dout: np.ndarray, x: np.ndarray, w: np.ndarray, stride: int = 1, padding: int = 0
) -> Gradients:
    dx, _, db = _gradients(dout, x, w, stride, padding)
    return dx, _gradients(dout[-1:], x[-1:], w, stride, padding)[1], db


def _last_filter(
    dout: np.ndarray, x: np.ndarray, w: np.ndarray, stride: int = 1, padding: int = 0
) -> Gradients:
    _, dw, db = _gradients(dout, x, w, stride, padding)
    return _gradients(dout[:, -1:], x, w[-1:], stride, padding)[0], dw, db


_WORKED = call(
    np.array([[[[1.0, 2.0]]]]),
    np.array([[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]]]),
    np.array([[[[1.0, 0.0], [0.0, -1.0]]]]),
)

conv2d_backward = Exercise(
    name="conv2d_backward",
    points=6,
    oracle=_gradients,
    rules=(NUMPY_INDEXING,),
    parts=("dx", "dw", "db"),
    fresh=True,
    cases=(
        ValueCase("the worked example: 2×3, one kernel of 2×2", _WORKED),
        ValueCase(
            "one channel",
            each(
                _default_layer,
                call(size=(2, 2), kernel=(2, 2)),
                call(size=(3, 3), kernel=(2, 2)),
                call(size=(5, 4), kernel=(3, 3)),
            ),
        ),
        ValueCase(
            "rectangular images and kernels",
            each(
                _layer,
                call(size=(4, 6), kernel=(2, 3)),
                call(size=(5, 3), kernel=(3, 1), padding=1),
            ),
        ),
        ValueCase(
            "padding",
            each(_layer, call(size=(2, 3), padding=1), call(size=(3, 3), kernel=(2, 2), padding=2)),
        ),
        ValueCase(
            "stride, also where it does not divide",
            each(
                _layer,
                call(size=(4, 4), kernel=(2, 2), stride=2),
                call(size=(6, 8), stride=2),
                call(size=(6, 5), kernel=(2, 2), stride=3, padding=1),
            ),
        ),
        ValueCase(
            "several channels, filters and images",
            each(
                _layer,
                call(c_in=3, c_out=2, kernel=(2, 2)),
                call(n=3, size=(3, 3), kernel=(2, 2)),
                call(n=2, c_in=2, c_out=4, size=(5, 4), padding=1),
            ),
            weight=2,
        ),
        ValueCase("edge cases: kernel = image, 1×1, many digits, float32, views", _edges),
        ValueCase("random layers", _random, weight=3),
        PropertyCase(
            "the gradients agree with measured slopes",
            each(_layer, call(n=2, c_in=2, size=(5, 6), c_out=2, stride=2, padding=1)),
            law=_follow_slopes,
        ),
    ),
    misconceptions=(
        Misconception(
            "kernel flipped in dx",
            "Your dx is what you get with a flipped kernel.",
            _flipped_input,
            look="Each output hands its derivative back through the weight that the cell was "
            "multiplied with: the kernel stays as it is.",
        ),
        Misconception(
            "dw flipped",
            "Your dw is flipped.",
            _flipped_weights,
            look="Each weight collects derivative times pixel, at the place in the window where it "
            "stands.",
        ),
        Misconception(
            "dx overwritten",
            "Your dx keeps only what the last window brought. A pixel that several windows read "
            "receives something from each of them.",
            _input_overwritten,
            look="Add up with += instead of =.",
        ),
        Misconception(
            "dw overwritten",
            "Your dw holds the last place of the window only. A weight is used at every place: its "
            "gradient is the sum over all of them.",
            _weights_overwritten,
            look="Add up with += instead of =.",
        ),
        Misconception(
            "last image only",
            "Your dw holds what the last image brought. A weight is used for every image: its "
            "gradient is the sum over all of them.",
            _last_image,
            look="Start from zeros once, before the loop over the images.",
        ),
        Misconception(
            "last filter only",
            "Your dx holds what the last filter hands back. A pixel is read by all filters and "
            "receives something from each of them.",
            _last_filter,
            look="Add up over the filters, too.",
        ),
        Misconception(
            "padding kept in dx",
            "Your dx still has its border of padding. The padded zeros are no input.",
            _padding_kept,
            look="Cut the border off, so that dx has the shape of x.",
        ),
        Misconception(
            "padding cut on one side",
            "Your dx has the right shape, but its border was cut off on one side only: the padding "
            "was on all four sides.",
            _cut_behind,
            look="Begin the cut at row and column `padding`.",
        ),
        Misconception(**WINDOW_NOT_MOVED, computes=_dense),
        Misconception(
            "mean over the batch",
            "Your dw and db are divided by the number of images. dout already holds what each "
            "output is worth.",
            _batch_averaged,
            look="Only add up.",
        ),
        Misconception(
            "db averaged",
            "Your db is a mean. A bias is added to every output of its filter.",
            _bias_averaged,
            look="Take the sum of the derivatives.",
        ),
        Misconception(
            **UPSTREAM_FORGOTTEN,
            computes=changed(_gradients, dout=lambda dout: np.ones_like(dout)),
        ),
    ),
    learned="You can now train a convolution by hand: every pixel gets derivative times weight, "
    "every weight derivative times pixel.",
)
