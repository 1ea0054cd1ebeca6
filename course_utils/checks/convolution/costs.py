"""What a layer costs: parameters and multiply-accumulates."""

from collections.abc import Iterator

import numpy as np
import torch

from course_utils.checks.convolution.shared import NO_TORCH
from course_utils.checks.core import Call, ErrorCase, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.transforms import changed, then


def _cost(
    c_in: int, c_out: int, k: int, h_out: int, w_out: int, bias: bool = True, groups: int = 1
) -> tuple[int, int]:
    """Read off PyTorch's layer: each of its weights is multiplied once at every place.

    PyTorch's flop counter says the same (tested), but takes a second when it is first used.
    """
    layer = torch.nn.Conv2d(c_in, c_out, k, bias=bias, groups=groups, device="meta")
    places = torch.empty(h_out, w_out, device="meta").numel()
    return sum(p.numel() for p in layer.parameters()), layer.weight.numel() * places


def _layers_of_all_kinds(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(8):
        groups, a, b, k, height, width = rng.integers(1, 9, size=6).tolist()
        bias = bool(rng.integers(2))
        yield call(groups * a, groups * b, k, height, width, bias=bias, groups=groups)


def _grouped_twice(
    c_in: int, c_out: int, k: int, h_out: int, w_out: int, bias: bool = True, groups: int = 1
) -> tuple[int, int]:
    """The weights of one group alone, and the biases of all filters."""
    weights, macs = _cost(c_in // groups, c_out // groups, k, h_out, w_out, bias=False)
    return weights + bias * c_out, macs


conv_cost = Exercise(
    name="conv_cost",
    points=3,
    oracle=_cost,
    parts=("parameters", "macs"),
    rules=(NO_TORCH,),
    learned="You can now say what a layer costs, in memory and in time, before you build it.",
    cases=(
        ValueCase("the worked example: three channels, two filters", call(3, 2, 3, 4, 5)),
        ValueCase("32×32×16 to 32×32×128", call(16, 128, 3, 32, 32)),
        ValueCase("gray and colour images", (call(1, 8, 3, 28, 28), call(3, 8, 5, 24, 20))),
        ValueCase(
            "without a bias", (call(16, 32, 3, 7, 9, bias=False), call(4, 4, 1, 1, 1, False))
        ),
        ValueCase(
            "grouped and depthwise",
            (
                call(32, 64, 3, 14, 14, groups=32),
                call(32, 32, 3, 8, 6, True, 32),
                call(8, 4, 1, 5, 5, groups=2),
            ),
            weight=2,
        ),
        ValueCase("random layers", _layers_of_all_kinds),
        ErrorCase(
            "ValueError where the groups do not divide",
            (
                call(6, 8, 3, 4, 4, groups=4),
                call(8, 6, 3, 4, 4, groups=4),
                call(5, 5, 1, 1, 1, groups=2),
            ),
            because="The channels cannot be shared out: each group gets the same whole number of "
            "input channels, and of filters.",
        ),
    ),
    misconceptions=(
        Misconception(
            "groups ignored",
            "Your result is what you get without groups. In a grouped convolution each filter sees "
            "only the channels of its own group.",
            changed(_cost, groups=1),
            look="How many channels does one filter see?",
        ),
        Misconception(
            "groups counted twice",
            "Your result holds the weights of one group alone. There are as many such blocks as "
            "groups.",
            _grouped_twice,
            look="All c_out filters exist; only the channels that each one sees become fewer.",
        ),
        Misconception(
            "bias forgotten",
            "Your result is what you get without biases: each filter has one, unless bias is "
            "False.",
            changed(_cost, bias=False),
            look="Add c_out to the parameters.",
        ),
        Misconception(
            "bias always counted",
            "Your result has biases also where bias is False.",
            changed(_cost, bias=True),
            look="Use the argument `bias`.",
        ),
        Misconception(
            "one bias for all",
            "Your result is what you get with a single bias. Each of the filters has its own.",
            then(changed(_cost, bias=False), lambda cost, bias: (cost[0] + bias, cost[1])),
            look="How many filters are there?",
        ),
        Misconception(
            "bias counted as multiplication",
            "Your multiply-accumulates count the biases, too. Adding a bias is no multiplication.",
            then(
                _cost,
                lambda cost, c_out, h_out, w_out, bias: (
                    cost[0],
                    cost[1] + bias * c_out * h_out * w_out,
                ),
            ),
            look="Multiply the weights alone by the number of places.",
        ),
        Misconception(
            "operations for multiply-accumulates",
            "Your count is twice too large: one multiply-accumulate is a multiplication together "
            "with its addition.",
            then(_cost, lambda cost: (cost[0], 2 * cost[1])),
            look="Each weight is used once at every place.",
        ),
        Misconception(
            "weights for every place",
            "Your parameters grow with the size of the image. The same weights are used at every "
            "place: that is the point of a convolution.",
            then(_cost, lambda cost, h_out, w_out: (cost[0] * h_out * w_out, cost[1])),
            look="Only the multiply-accumulates depend on h_out and w_out.",
        ),
        Misconception(
            "one channel",
            "Your result is what you get with one input channel. Every filter has a kernel for "
            "each channel that it sees.",
            changed(_cost, c_in=1, groups=1),
            look="How many numbers does one filter hold?",
        ),
        Misconception(
            "parameters and macs exchanged",
            "Your two numbers are exchanged: the parameters come first.",
            then(_cost, lambda cost: cost[::-1]),
            look="Return `(parameters, macs)`.",
        ),
        Misconception(
            "kernel not square",
            "Your result is what you get with kernels of k × 1. They have k rows and k columns.",
            changed(_cost, k=lambda k: (k, 1)),
            look="How many weights has a kernel of 3 × 3?",
        ),
    ),
)
