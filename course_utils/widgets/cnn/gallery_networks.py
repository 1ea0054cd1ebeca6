"""The architectures of the gallery: how each is built without a download, and its one idea."""

import importlib.util
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import torch
from torch import Tensor, nn

OURS, TORCHVISION, TIMM = "this course", "torchvision", "timm"


@dataclass(frozen=True)
class Architecture:
    """A row of the gallery.

    Attributes:
        name: as the field calls it.
        year: of the publication.
        authors: of the publication.
        source: who builds it: `OURS`, `TORCHVISION` or `TIMM`.
        builder: makes it; for torchvision and timm, its name there.
        channels: of the image.
        size: height and width of the image.
        idea: in one or two sentences.
        options: of torchvision's builder, for a network without random weights.
    """

    name: str
    year: int
    authors: str
    source: str
    builder: Callable[[], nn.Module] | str
    channels: int
    size: int
    idea: str
    options: Mapping[str, object] = field(default_factory=dict)

    @property
    def available(self) -> bool:
        """Whether it can be built here."""
        return self.source != TIMM or importlib.util.find_spec("timm") is not None

    def build(self) -> nn.Module:
        """The network on the meta device, in evaluation mode: no memory, no weights.

        Raises:
            ValueError: where timm is needed and missing.
        """
        if not self.available:
            raise ValueError(
                f"{self.name} is built by timm, which is not installed:"
                " pip install 'medical-imaging-course[gallery]' brings it."
            )
        try:
            with torch.device("meta"):
                network = self._make()
        except (NotImplementedError, RuntimeError):
            # Some count their widths with tensors, which need numbers.
            network = self._make().to("meta")
        return network.eval()

    def _make(self) -> nn.Module:
        if callable(self.builder):
            return self.builder()
        # Both libraries take seconds to import, and the gallery is drawn without them.
        if self.source == TIMM:
            import timm

            return timm.create_model(self.builder, pretrained=False)
        from torchvision.models import get_model

        return get_model(self.builder, weights=None, **self.options)


def lenet() -> nn.Module:
    """LeNet-5 for gray images of 32 × 32, with plain tanh and mean pooling."""
    maps = [
        part
        for before, after in ((1, 6), (6, 16))
        for part in (nn.Conv2d(before, after, 5), nn.Tanh(), nn.AvgPool2d(2))
    ]
    return nn.Sequential(
        *maps, nn.Conv2d(16, 120, 5), nn.Tanh(), nn.Flatten(), nn.Linear(120, 84), nn.Tanh(),
        nn.Linear(84, 10),
    )  # fmt: skip


class SegNet(nn.Module):
    """VGG-16's convolutions as encoder and their mirror image as decoder.

    Max pooling remembers where each maximum was; the decoder puts the values back there.

    Args:
        channels: of the image.
        classes: for every pixel.
    """

    STAGES = ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))

    def __init__(self, channels: int = 3, classes: int = 12) -> None:
        super().__init__()
        widths = [channels, *(width for width, _ in self.STAGES)]
        ends = list(pairwise(widths))
        depths = [depth for _, depth in self.STAGES]
        self.down = nn.ModuleList(
            _units([a, *[b] * depth]) for (a, b), depth in zip(ends, depths, strict=True)
        )
        # The last unit of the decoder is a plain convolution to the classes.
        ups = [_units([*[b] * depth, a]) for (a, b), depth in zip(ends, depths, strict=True)][1:]
        last = nn.Sequential(_units([64, 64]), nn.Conv2d(64, classes, 3, padding=1))
        self.up = nn.ModuleList([*reversed(ups), last])
        self.pool = nn.MaxPool2d(2, return_indices=True)
        self.unpool = nn.MaxUnpool2d(2)

    def forward(self, x: Tensor) -> Tensor:
        """Logits for every pixel: (N, C, H, W) → (N, classes, H, W); H and W multiples of 32."""
        places = []
        for stage in self.down:
            x, where = self.pool(stage(x))
            places.append(where)
        for stage in self.up:
            x = stage(self.unpool(x, places.pop()))
        return x


def _units(widths: Sequence[int]) -> nn.Sequential:
    """3 × 3 convolutions with batch norm and ReLU, from width to width."""
    return nn.Sequential(
        *(
            nn.Sequential(nn.Conv2d(a, b, 3, padding=1), nn.BatchNorm2d(b), nn.ReLU())
            for a, b in pairwise(widths)
        )
    )


GALLERY = (
    Architecture("LeNet-5", 1998, "LeCun et al.", OURS, lenet, 1, 32,
        "Learn the filters too: convolution and pooling in turns, then dense layers, trained as"
        " one by backpropagation."),
    Architecture("VGG-16", 2014, "Simonyan, Zisserman", TORCHVISION, "vgg16", 3, 224,
        "Only 3 × 3, but many: two of them see 5 × 5, three see 7 × 7, with fewer weights and"
        " more ReLUs.",
        {"init_weights": False}),
    Architecture("GoogLeNet", 2014, "Szegedy et al.", TORCHVISION, "googlenet", 3, 224,
        "Branches: look at the point, at the neighbours, further away, or just pool, and keep"
        " all answers. 1 × 1 convolutions make it cheap.",
        {"init_weights": False, "aux_logits": False}),
    Architecture("ResNet-50", 2015, "He et al.", TORCHVISION, "resnet50", 3, 224,
        "A skip connection: a block learns only what to change. It may do nothing, so that depth"
        " does no harm."),
    Architecture("SegNet", 2015, "Badrinarayanan et al.", OURS, SegNet, 3, 224,
        "A class for every pixel: the decoder puts each value back where the pooling found its"
        " maximum."),
    Architecture("Xception", 2016, "Chollet", TIMM, "legacy_xception", 3, 299,
        "Extreme Inception: look around in every channel by itself, then mix the channels with"
        " 1 × 1."),
    Architecture("ResNeXt-50", 2016, "Xie et al.", TORCHVISION, "resnext50_32x4d", 3, 224,
        "Many narrow paths side by side (32 groups) do better than one wide path of the same"
        " cost."),
    Architecture("DenseNet-121", 2016, "Huang et al.", TORCHVISION, "densenet121", 3, 224,
        "Every layer reads all layers before it, so each needs to add only a few new maps."),
    Architecture("NASNet-A", 2017, "Zoph et al.", TIMM, "nasnetalarge", 3, 331,
        "Let a search find the cell on small images, then stack it for large ones."),
    Architecture("MobileNet v2", 2018, "Sandler et al.", TORCHVISION, "mobilenet_v2", 3, 224,
        "Thin between the blocks, wide inside: 1 × 1 widens, a depthwise 3 × 3 looks around,"
        " 1 × 1 narrows."),
    Architecture("ShuffleNet v2", 2018, "Ma et al.", TORCHVISION, "shufflenet_v2_x1_0", 3, 224,
        "Work on half of the channels and shuffle them afterwards, so that all meet: fast on"
        " real phones."),
    Architecture("EfficientNet-B0", 2019, "Tan, Le", TORCHVISION, "efficientnet_b0", 3, 224,
        "Grow depth, width and image size together, in a fixed ratio, from a small network that"
        " a search found."),
    Architecture("RegNetY-1.6GF", 2020, "Radosavovic et al.", TORCHVISION, "regnet_y_1_6gf", 3, 224,
        "Design the space, not the network: good networks have widths that grow along a straight"
        " line."),
    Architecture("ViT-B/16", 2020, "Dosovitskiy et al.", TORCHVISION, "vit_b_16", 3, 224,
        "No convolution between: cut the image into patches of 16 × 16 and let every patch attend"
        " to all others."),
    Architecture("Swin-T", 2021, "Liu et al.", TORCHVISION, "swin_t", 3, 224,
        "Attention only inside windows, which shift from layer to layer; maps shrink as in a"
        " convolutional network."),
    Architecture("CoAtNet-0", 2021, "Dai et al.", TIMM, "coatnet_0_rw_224", 3, 224,
        "Convolution first, while maps are large; attention later, when they are small."),
    Architecture("ConvNeXt-T", 2022, "Liu et al.", TORCHVISION, "convnext_tiny", 3, 224,
        "A convolutional network with the manners of a transformer: depthwise 7 × 7, few"
        " activations, layer norm."),
    Architecture("MaxViT-T", 2022, "Tu et al.", TORCHVISION, "maxvit_t", 3, 224,
        "Attention twice, inside blocks and across a sparse grid: near and far at the cost of"
        " near."),
)  # fmt: skip
