"""The gallery: its table is measured again, published counts, diagrams, sentences."""

import pytest
import torch
from read_widgets import sentences
from torch import nn

from course_utils.widgets.cnn import gallery
from course_utils.widgets.cnn.gallery_diagrams import DIAGRAMS
from course_utils.widgets.cnn.gallery_networks import GALLERY, TIMM, SegNet, lenet
from course_utils.widgets.cnn.gallery_table import _longest, measure, table
from course_utils.widgets.stepper import unpack

ROWS = {row.name: row for row in GALLERY}
# Parameters in millions that the publications or torchvision's documentation state.
PUBLISHED = {
    "LeNet-5": 0.06, "VGG-16": 138.4, "GoogLeNet": 6.6, "ResNet-50": 25.6, "SegNet": 29.4,
    "Xception": 22.9, "ResNeXt-50": 25.0, "DenseNet-121": 8.0, "NASNet-A": 88.8,
    "MobileNet v2": 3.5, "ShuffleNet v2": 2.3, "EfficientNet-B0": 5.3, "RegNetY-1.6GF": 11.2,
    "ViT-B/16": 86.6, "Swin-T": 28.3, "CoAtNet-0": 27.4, "ConvNeXt-T": 28.6, "MaxViT-T": 30.9,
}  # fmt: skip


@pytest.fixture(scope="module")
def widget():
    return gallery()


@pytest.mark.parametrize("name", ROWS)
def test_the_table_says_what_measuring_says(name):
    if not ROWS[name].available:
        pytest.skip("timm is not installed (extra `gallery`)")
    assert measure(ROWS[name]) == table()[name]


def test_the_table_and_the_diagrams_have_a_row_for_every_architecture():
    assert set(table()) == set(DIAGRAMS) == set(ROWS)


def test_parameters_are_the_published_ones():
    told = {name: measured.parameters / 1e6 for name, measured in table().items()}
    assert told == pytest.approx(PUBLISHED, abs=0.06)


def test_depths_that_are_part_of_a_name():
    depths = {"VGG-16": 16, "ResNet-50": 50, "ResNeXt-50": 50, "DenseNet-121": 121}
    assert {name: table()[name].depth for name in depths} == depths
    assert table()["GoogLeNet"].depth == 22
    assert table()["LeNet-5"].depth == 5


def test_depth_counts_the_longest_way():
    x = torch.empty(1, 2, 8, 8, device="meta", requires_grad=True)
    with torch.device("meta"):
        a, b, c = (nn.Conv2d(2, 2, 3, padding=1) for _ in range(3))
        dense = nn.Linear(128, 3)
    assert _longest((a(x) + b(c(x))).grad_fn) == 2
    assert _longest(dense((x + a(x)).flatten(1)).grad_fn) == 2


def test_lenet_reads_a_gray_image_of_32_and_gives_ten_numbers():
    assert lenet()(torch.zeros(2, 1, 32, 32)).shape == (2, 10)


def test_segnet_gives_a_class_for_every_pixel_and_puts_maxima_back():
    network = SegNet(channels=1, classes=4).eval()
    with torch.no_grad():
        assert network(torch.zeros(1, 1, 32, 64)).shape == (1, 4, 32, 64)
    x = torch.tensor([[[[0.0, 3.0], [1.0, 2.0]]]])
    assert network.unpool(*network.pool(x)).tolist() == [[[[0.0, 3.0], [0.0, 0.0]]]]


def test_without_timm_a_row_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    xception = ROWS["Xception"]
    assert xception.source == TIMM
    with pytest.raises(ValueError, match="pip install"):
        xception.build()
    assert "pip install timm" in sentences(gallery(), 0)[[*ROWS].index("Xception")]


def test_sentences_state_idea_and_numbers(widget):
    told = sentences(widget, 0)
    assert len(told) == len(GALLERY)
    resnet = next(sentence for sentence in told if sentence.startswith("ResNet-50"))
    assert "learns only what to change" in resnet
    assert "25.6 M parameters, 4.09 G multiply-accumulates for 3 × 224 × 224" in resnet
    assert "50 layers deep; built by torchvision" in resnet


def test_the_orders_are_orders(widget):
    names = [[s.split(",")[0] for s in sentences(widget, at)] for at in range(4)]
    years = [ROWS[name].year for name in names[0]]
    assert years == sorted(years)
    for at, key in ((1, "parameters"), (2, "macs"), (3, "depth")):
        values = [getattr(table()[name], key) for name in names[at]]
        assert values == sorted(values)


def test_every_architecture_can_be_clicked_in_list_and_plot(widget):
    svg = unpack(widget.presets[0]["frames"][0], widget.lines)
    for at in range(len(GALLERY)):
        assert svg.count(f'data-goto="{at}"') == 2
