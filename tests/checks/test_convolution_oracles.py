"""The oracle of what a layer costs, against PyTorch's own counter."""

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from course_utils.checks.convolution import conv_cost


@pytest.mark.parametrize(
    ("c_in", "c_out", "k", "height", "width", "bias", "groups"),
    [(16, 128, 3, 32, 32, True, 1), (6, 4, 5, 3, 7, False, 2), (8, 8, 3, 5, 4, True, 8)],
)
def test_it_agrees_with_the_flop_counter(c_in, c_out, k, height, width, bias, groups):
    layer = torch.nn.Conv2d(c_in, c_out, k, bias=bias, groups=groups, device="meta")
    image = torch.empty(1, c_in, height + k - 1, width + k - 1, device="meta")
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        layer(image)
    parameters, macs = conv_cost.oracle(c_in, c_out, k, height, width, bias, groups)
    assert parameters == sum(p.numel() for p in layer.parameters())
    assert 2 * macs == counter.get_total_flops()
