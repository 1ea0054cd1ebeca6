"""The building blocks: numbers against PyTorch's layers and its flop counter, and the sentences."""

import re

import pytest
import torch
from read_widgets import sentences
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from course_utils.widgets.cnn import blocks
from course_utils.widgets.cnn.blocks_model import Simple
from course_utils.widgets.stepper import unpack

PRESETS = blocks.record.examples()


@pytest.fixture(scope="module")
def widget():
    return blocks()


def real(c_in: int, size: int, c1: int, c2: int, k: int, classes: int) -> nn.Sequential:
    """The same network with storage; its first dense layer finds out what it reads."""
    network = nn.Sequential(
        nn.Conv2d(c_in, c1, k), nn.MaxPool2d(2), nn.Conv2d(c1, c2, k), nn.MaxPool2d(2),
        nn.Flatten(), nn.LazyLinear(120), nn.Linear(120, 84), nn.Linear(84, classes),
    )  # fmt: skip
    network(torch.zeros(1, c_in, size, size))
    return network


@pytest.mark.parametrize("values", PRESETS.values(), ids=PRESETS)
def test_totals_are_those_that_pytorch_counts(values):
    network = real(*values.values())
    model = Simple(**values)
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        network(torch.zeros(1, values["c_in"], values["size"], values["size"]))
    total = model.total(len(model.blocks))
    assert total.parameters == sum(p.numel() for p in network.parameters())
    assert total.macs == counter.get_total_flops() // 2


@pytest.mark.parametrize("values", PRESETS.values(), ids=PRESETS)
def test_fields_are_where_the_gradient_arrives(values):
    network = real(*values.values())
    for layer in network:
        if isinstance(layer, nn.Conv2d):
            nn.init.ones_(layer.weight)
    model = Simple(**values)
    for at, block in enumerate(model.blocks[:4], start=1):
        means = [nn.AvgPool2d(2) if isinstance(m, nn.MaxPool2d) else m for m in network[:at]]
        image = torch.zeros(1, values["c_in"], values["size"], values["size"], requires_grad=True)
        nn.Sequential(*means)(image)[0, 0, 0, 0].backward()
        seen = (image.grad[0, 0] != 0).any(dim=0)
        assert block.field == int(seen.sum())


def test_the_worked_example():
    model = Simple(3, 32, 6, 16, 5, 10)
    assert [block.after for block in model.blocks] == [
        (6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5), (120,), (84,), (10,),
    ]  # fmt: skip
    costs = [block.cost.parameters for block in model.blocks]
    assert costs == [456, 0, 2_416, 0, 48_120, 10_164, 850]
    assert sum(costs) == 62_006
    assert [block.field for block in model.blocks] == [5, 6, 14, 16, 32, 32, 32]


def test_sentences_state_the_worked_numbers(widget):
    first, conv, pool, *_, dense, _, last = sentences(widget, 0)
    assert "3 channels of 32 × 32, 3,072 numbers" in first
    assert "450 weights + 6 biases = 456 parameters and 352,800 multiply-accumulates" in conv
    assert "keeps one of 4 numbers, has nothing to learn" in pool
    assert "48,000 weights + 120 biases = 48,120 parameters" in dense
    assert "All together 62,006 parameters and 651,720 multiply-accumulates" in last
    assert "62,006" in widget.sentences


def test_volumes_are_drawn_to_scale(widget):
    svg = unpack(widget.presets[0]["frames"][1], widget.lines)
    image = re.search(r'<rect class="course-fill-blue" [^>]*width="([\d.]+)"', svg)
    maps = re.findall(r'<rect class="course-fill-green" [^>]*width="([\d.]+)"', svg)
    assert len(maps) == 6
    assert float(maps[0]) / float(image[1]) == pytest.approx(28 / 32, rel=1e-3)


def test_every_block_can_be_clicked_in_picture_and_table(widget):
    svg = unpack(widget.presets[0]["frames"][0], widget.lines)
    targets = re.findall(r'data-goto="(\d+)"', svg)
    assert sorted(targets) == sorted([*"01234567", *"1234567"])


def test_own_settings_come_first():
    labels = [preset["label"] for preset in blocks(1, 40, 4, 8, 3, 2).presets]
    assert labels == ["1 × 40 × 40, channels 4 and 8, k = 3, 2 classes", *PRESETS]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ((3, 12, 6, 16, 5), "conv 2 needs 5 × 5 cells, but only 4 × 4 are left"),
        ((3, 14, 6, 16, 5), "pool 2 needs 2 × 2 cells, but only 1 × 1 are left"),
        ((0,), "image channels must be a whole number from 1 to 4"),
        ((3, 32, 6, 16, 8), "kernel k must be a whole number from 1 to 7"),
    ],
)
def test_impossible_settings_are_refused_with_the_reason(values, reason):
    with pytest.raises(ValueError, match=reason):
        blocks(*values)


@pytest.mark.parametrize(
    "values", [(1, 8, 1, 1, 1, 1), (4, 128, 32, 64, 7, 20), (1, 128, 1, 64, 1, 20)]
)
def test_the_smallest_and_the_largest_settings_are_drawn(values, widget):
    names = ("c_in", "size", "c1", "c2", "k", "classes")
    widget.asked = {"turn": 1, "values": dict(zip(names, values, strict=True))}
    assert widget.answer["refusal"] == ""
    assert len(widget.own["frames"]) == 8
