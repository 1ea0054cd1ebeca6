"""Networks that have learned something already: ours from phantoms, torchvision's from ImageNet."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from course_utils.data import download, notice
from course_utils.errors import CourseError
from course_utils.models.networks import SmallNet

FOLDER = Path(__file__).parent / "weights"
SHA256 = {
    "modalities": "7754f440e1550d4b399c6393552a8a55f8d4faeb0c12c6daa2050db8e0dac3df",
    "chest": "2903be169be2a378c75bacb393451956ba55f3391d111ab996d8293d4bc63b25",
    "segmentation": "3e6cb6ef9ec8525e400389c570ee7ba51c1462a2289f99612488150e080cc955",
}
"""Of the files in `FOLDER`, which `python -m course_utils.authoring.pretrain` makes, and
`pretrain_segmentation` there the last one."""

WIDTHS = (8, 16, 32)
MEAN, SPREAD = 0.5, 0.25  # of gray values between 0 and 1, roughly, in our phantoms

IMAGENET_URL = "https://download.pytorch.org/models/resnet18-f37072fd.pth"
IMAGENET_SHA256 = "f37072fd"  # its first digits, as torchvision gives them


def standardized(images: np.ndarray) -> Tensor:
    """Gray images as the pre-trained network wants them.

    Args:
        images: (N, H, W), uint8.

    Returns:
        (N, 1, H, W), float32: gray values between −2 and 2.
    """
    scaled = torch.as_tensor(images, dtype=torch.float32) / 255
    return ((scaled - MEAN) / SPREAD)[:, None]


def modality_net() -> SmallNet:
    """A small network that tells the six kinds of images of `phantoms.modalities` apart.

    It was trained on phantoms of 28 × 28 with disturbed contrast and noise (`standardized` scales
    images for it), and never saw a label of a disease.

    Raises:
        CourseError: when the file of its weights is missing or not the published one.
    """
    return _stored("modalities", 6)


def chest_net() -> SmallNet:
    """`modality_net` after full fine-tuning on chest phantoms: logits for normal and opacity.

    Raises:
        CourseError: when the file of its weights is missing or not the published one.
    """
    return _stored("chest", 2)


def _stored(name: str, n_classes: int) -> SmallNet:
    network = SmallNet(n_classes, widths=WIDTHS)
    network.load_state_dict(stored(name))
    return network.eval()


def stored(name: str) -> dict[str, Tensor]:
    """The weights in a file of `FOLDER`.

    Raises:
        CourseError: when it is missing or not the published one.
    """
    from safetensors.torch import load

    path = FOLDER / f"{name}.safetensors"
    remedy = "install the course again, or restore the file."
    if not path.is_file():
        raise CourseError(f"{path} should hold pre-trained weights, but is missing: {remedy}")
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256[name]:
        raise CourseError(f"{path} has another checksum than the published weights: {remedy}")
    return load(content)


def imagenet_net(builder: Callable[..., nn.Module] | None = None) -> tuple[nn.Module, bool]:
    """torchvision's ResNet-18 with its weights from ImageNet when they can be had.

    They come from the folder COURSE_DATA, the cache or a download of 45 MB; where none has them,
    or COURSE_DATA_SOURCE is `phantoms`, the weights are random and a notice says so.

    Args:
        builder: makes the network, for tests; torchvision's `resnet18` if not given.

    Returns:
        The network in evaluation mode, and whether it has seen ImageNet.
    """
    if builder is None:
        from torchvision.models import resnet18

        builder = resnet18
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = builder().eval()
    try:
        state = torch.load(_imagenet_file(), weights_only=True)
    except download.UnavailableError as error:
        notice.show(
            notice.Notice(
                "RANDOM WEIGHTS: this ResNet-18 has not seen ImageNet",
                (
                    "Its architecture is real, its weights are drawn at random. What you measure "
                    "with it says nothing about transfer.",
                    f"Why: {error}",
                    "For the real weights, set COURSE_DATA_SOURCE to auto or real and connect to "
                    "the internet (45 MB, once); then run this again.",
                ),
            )
        )
        return network, False
    network.load_state_dict(state)
    return network, True


def _imagenet_file() -> Path:
    """The file of the weights.

    Raises:
        UnavailableError: when it cannot be had now.
    """
    name = IMAGENET_URL.rpartition("/")[2]
    folder = os.environ.get("COURSE_DATA")
    cached = download.cache_folder() / name
    for path in [Path(folder).expanduser() / name, cached] if folder else [cached]:
        if path.is_file() and _sha256(path).startswith(IMAGENET_SHA256):
            return path
    if os.environ.get("COURSE_DATA_SOURCE") == "phantoms":
        raise download.UnavailableError("COURSE_DATA_SOURCE=phantoms asks for no download.")
    download.fetch(IMAGENET_URL, cached, IMAGENET_SHA256, "sha256")
    return cached


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
