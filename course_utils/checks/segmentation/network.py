"""The encoder and decoder: the truth is a chain of PyTorch's functions."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core import modules as ask
from course_utils.checks.core.calls import Unusable
from course_utils.checks.core.compare import agree
from course_utils.checks.core.values import is_tensor
from course_utils.checks.segmentation.architecture import (
    Chain,
    Shape,
    clipped,
    images,
    kept,
    numbers,
)

Seen = dict[str, Any]

NOT_RUN = "not run, since the parameters differ"
SAME, ANOTHER = "that of evaluation mode", "another one"
WORK = ("output", "output in training mode", "parameters that learn")
REFUSED = "a ValueError"


Sizes = tuple[tuple[int, int], ...]


def _network(
    in_channels: int,
    classes: int,
    width: int,
    skip: bool,
    seed: int = 0,
    sizes: Sizes = (),
    *,
    mode: str = SAME,
    shapes: Callable[..., list[Shape]] | None = None,
    refusals: Callable[[bool], str] = lambda skip: REFUSED,
    **steps: Any,
) -> Seen:
    """What is seen of the right network, or of one with other steps or parameters."""
    chain, settings = Chain(seed, **steps), (classes, width, skip)
    wanted = _wanted(in_channels, *settings)
    own = shapes(wanted, in_channels, *settings) if shapes else wanted
    given = chain(images(in_channels, seed), *settings)
    work = dict(zip(WORK, (given, mode, len(wanted)), strict=True))
    said = {_name(size): refusals(skip) for size in sizes}
    return _seen(own, wanted, lambda: work | said, (*WORK, *said))


@lru_cache(maxsize=256)
def _wanted(in_channels: int, classes: int, width: int, skip: bool) -> list[Shape]:
    """The shapes of the right network's parameters."""
    chain = Chain(0)
    chain(images(in_channels, 0), classes, width, skip)
    return chain.shapes


def _seen(
    shapes: list[Shape], wanted: list[Shape], run: Callable[[], Seen], work: tuple[str, ...]
) -> Seen:
    """What is judged of a network; it only runs when its parameters are as they should be."""
    found = sorted(tuple(int(side) for side in shape) for shape in shapes)
    return {
        "number of parameters": sum(int(np.prod(shape)) for shape in found),
        "shapes of the parameters": [" × ".join(map(str, shape)) for shape in found],
        **(run() if found == sorted(wanted) else dict.fromkeys(work, NOT_RUN)),
    }


def _name(size: tuple[int, int]) -> str:
    return f"images of {size[0]} × {size[1]} pixels"


def _look(
    student: Callable,
    in_channels: int,
    classes: int,
    width: int,
    skip: bool,
    seed: int = 0,
    sizes: Sizes = (),
) -> Seen:
    """What a student's network is seen to do with our numbers.

    Raises:
        Unusable: when it is no network, or changes its input.
    """
    network = student(in_channels, classes, width, skip)
    shapes = list(ask.parameter_shapes(network).values())
    x = images(in_channels, seed)

    def run() -> Seen:
        own = ask.state(network)
        ask.load_state(network, {n: numbers(v.shape, seed).numpy() for n, v in own.items()})
        mine = x.clone()
        given = ask.forward(network, mine)
        if not torch.equal(mine, x):
            raise Unusable("the network changes its input x: let it make a new tensor instead")
        again = ask.forward(network, x.clone(), training=True)
        alike = is_tensor(given) and is_tensor(again) and agree(given, again, 1e-4)
        work = given, SAME if alike else ANOTHER, _learning(network, x, given)
        said = {_name(size): _refusal(network, images(in_channels, seed, size)) for size in sizes}
        return dict(zip(WORK, work, strict=True)) | said

    return _seen(
        shapes, _wanted(in_channels, classes, width, skip), run, (*WORK, *map(_name, sizes))
    )


def _learning(network: nn.Module, x: Tensor, given: Any) -> int:
    """How many parameters have a gradient, where the network gave a tensor."""
    if not is_tensor(given):
        return 0
    return len(ask.gradients(network, x.clone(), upstream=torch.ones_like(given)))


def _refusal(network: nn.Module, x: Tensor) -> str:
    """What comes of images whose size four does not divide."""
    try:
        ask.forward(network, x)
    except ValueError:
        return REFUSED
    except RuntimeError:
        return "a RuntimeError"
    return "an output"


def _changed(**steps: Any) -> Callable[..., Seen]:
    """The network with other steps (see `Chain`), parameters or refusals."""

    def computes(
        in_channels: int,
        classes: int,
        width: int,
        skip: bool,
        seed: int = 0,
        sizes: Sizes = (),
    ) -> Seen:
        return _network(in_channels, classes, width, skip, seed, sizes, **steps)

    return computes


def _always(skip: bool) -> Callable[..., list[Shape]]:
    """The parameters of a network that has skips always, or never."""

    def shapes(
        right: list[Shape], in_channels: int, classes: int, width: int, _: bool
    ) -> list[Shape]:
        return _wanted(in_channels, classes, width, skip)

    return shapes


def _without_biases(right: list[Shape], *settings: int) -> list[Shape]:
    return [shape for shape in right if len(shape) > 1]


def _with_norms(
    right: list[Shape], in_channels: int, classes: int, width: int, skip: bool
) -> list[Shape]:
    """A batch norm after each of the five convolutions."""
    return right + [(width * times,) for times in (1, 2, 4, 2, 1) for _ in range(2)]


def _one_width(
    right: list[Shape], in_channels: int, classes: int, width: int, skip: bool
) -> list[Shape]:
    """As many channels everywhere."""
    main = [(width, width, 3, 3)] * 2 + [(width, (1 + skip) * width, 3, 3)] * 2
    ups = [(width, width, 2, 2)] * 2
    ends = [(width, in_channels, 3, 3), (classes, width, 1, 1), (classes,)]
    return [*main, *ups, *ends, *[(width,)] * 7]


def _kernel_of_three(right: list[Shape], *settings: int) -> list[Shape]:
    """Transposed convolutions of 3 × 3."""
    return [(*shape[:2], 3, 3) if shape[2:] == (2, 2) else shape for shape in right]


def _without_ups(
    right: list[Shape], in_channels: int, classes: int, width: int, skip: bool
) -> list[Shape]:
    """Enlarged without weights: what comes from below keeps its channels."""
    merged = [(times * width, (2 * times + skip * times) * width, 3, 3) for times in (2, 1)]
    kept = [s for s in right if len(s) == 4 and s[2:] != (2, 2)]
    down, head = kept[:3], kept[-1:]
    return [*down, *merged, *head, *[(width * t,) for t in (1, 2, 4, 2, 1)], (classes,)]


def _settings(rng: np.random.Generator) -> Iterator[Call]:
    for skip in (True, False, True, False):
        in_channels, classes, width = rng.integers((1, 1, 2), (4, 5, 6)).tolist()
        yield call(in_channels, classes, width, skip, seed=int(rng.integers(1000)))


_ODD = ((6, 8), (8, 10), (5, 4), (4, 7))

EncoderDecoder = Exercise(
    name="EncoderDecoder",
    points=5,
    oracle=_changed(),
    observe=_look,
    learned="You can now build a network that gives an answer for every pixel, and say what its "
    "skips carry past the latent space.",
    cases=(
        ValueCase("the worked example: 14,274 parameters with skips", call(1, 2, 8, True)),
        ValueCase("the worked example: 11,394 parameters without", call(1, 2, 8, False, seed=1)),
        ValueCase("several channels and classes", (call(3, 4, 2, True), call(2, 1, 3, False))),
        ValueCase("other networks and images", _settings, weight=2, steady=0),
        ValueCase(
            "ValueError unless four divides height and width",
            (call(1, 2, 4, False, sizes=_ODD), call(1, 2, 4, True, seed=2, sizes=_ODD)),
        ),
    ),
    misconceptions=(
        Misconception(
            "no ReLU on the way down",
            "Your output is what comes out when the encoder has no ReLU.",
            _changed(down=kept),
            look="A ReLU follows each convolution of 3 × 3.",
        ),
        Misconception(
            "no ReLU on the way up",
            "Your output is what comes out when the decoder has no ReLU.",
            _changed(up=kept),
            look="A ReLU follows each convolution of 3 × 3.",
        ),
        Misconception(
            "ReLU after the transposed convolutions",
            "Your output is what comes out when a ReLU follows each transposed convolution, too.",
            _changed(between=clipped),
            look="Nothing comes between it and the convolution after it, except the skip.",
        ),
        Misconception(
            "ReLU on the logits",
            "Your network gives no negative logits: those are cut off at 0.",
            _changed(end=clipped),
            look="Nothing follows the head.",
        ),
        Misconception(
            "softmax at the end",
            "Your network gives probabilities: its output is the softmax of the logits over the "
            "classes.",
            _changed(end=lambda x: torch.softmax(x, dim=1)),
            look="Nothing follows the head: the softmax is inside PyTorch's cross-entropy already.",
        ),
        Misconception(
            "sigmoid at the end",
            "Your network gives probabilities: its output is the sigmoid of the logits.",
            _changed(end=torch.sigmoid),
            look="Nothing follows the head.",
        ),
        Misconception(
            "mean pooling",
            "Your output is what comes out when each window gives its mean.",
            _changed(pool=lambda x: functional.avg_pool2d(x, 2)),
            look="Which of PyTorch's pooling layers takes the largest value?",
        ),
        Misconception(
            "skips joined the other way round",
            "Your output is what comes out when the features from below come before those of the "
            "stage. Either order can be learned; the statement names one.",
            _changed(join=lambda stage, below: torch.hstack([below, stage])),
            look="torch.cat((from_the_stage, from_below), dim=1)",
        ),
        Misconception(
            "skips from behind the pooling",
            "Your skips carry what is left after the pooling, made larger again. The details that "
            "they are for are lost by then.",
            _changed(late=True),
            look="Keep what the stage gave before its pooling.",
        ),
        Misconception(
            "always with skips",
            "Your network has the parameters of one with skips, whatever `skip` is.",
            _changed(shapes=_always(True)),
            look="How many channels does a convolution of the decoder read without a skip?",
        ),
        Misconception(
            "never with skips",
            "Your network has the parameters of one without skips, whatever `skip` is.",
            _changed(shapes=_always(False)),
            look="How many channels does a convolution of the decoder read with a skip?",
        ),
        Misconception(
            "no biases",
            "Your network has the parameters of one without biases.",
            _changed(shapes=_without_biases),
            look="PyTorch's layers have one unless you say bias=False.",
        ),
        Misconception(
            "batch norm",
            "Your network has the parameters of one with a batch norm behind each convolution.",
            _changed(shapes=_with_norms),
            look="None is asked for here.",
        ),
        Misconception(
            "one width",
            "Your network has the parameters of one with as many channels everywhere. Each "
            "stage down doubles them.",
            _changed(shapes=_one_width),
            look="w, 2w, 4w, and back.",
        ),
        Misconception(
            "transposed kernel of 3",
            "Your transposed convolutions have kernels of 3 × 3.",
            _changed(shapes=_kernel_of_three),
            look="2 × 2 with stride 2: kernels side by side, none overlap.",
        ),
        Misconception(
            "enlarged without weights",
            "Your network has the parameters of one that goes up without transposed convolutions.",
            _changed(shapes=_without_ups),
            look="nn.ConvTranspose2d has weights; nn.Upsample has none.",
        ),
        Misconception(
            "any size taken",
            "Your network takes any image. Where four does not divide its size the pooling drops "
            "pixels, and the mask that comes out fits no image.",
            _changed(refusals=lambda skip: "a RuntimeError" if skip else "an output"),
            look="Compare the size with what four divides, first thing in `forward`.",
        ),
    ),
)
