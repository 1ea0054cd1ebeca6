"""Saliency maps by Captum: what supports a class, by several methods, on a few images."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

GRADIENT, DECONVNET, GUIDED = "gradient", "DeconvNet", "guided backprop"
SMOOTH, CAM, GRADCAM = "SmoothGrad", "CAM", "Grad-CAM"
OCCLUSION, LIME, SHAP = "occlusion", "LIME", "SHAP"
METHODS = (GRADIENT, DECONVNET, GUIDED, SMOOTH, CAM, GRADCAM, OCCLUSION, LIME, SHAP)
LAYERS = ("layer1.relu", "layer2.relu", "layer3.relu")


class _Pooled(Protocol):
    """A network in which one dense layer reads the means of maps."""

    fc: nn.Linear

    def features(self, x: Tensor) -> Tensor: ...


@contextmanager
def _quiet_and_seeded(seed: int) -> Iterator[None]:
    """Captum draws from PyTorch's generator and warns about hooks that it removes itself."""
    with torch.random.fork_rng(devices=[]), warnings.catch_warnings():
        torch.manual_seed(seed)
        warnings.simplefilter("ignore")
        yield


def _hooks(name: str) -> Callable[..., Tensor]:
    def explain(network: nn.Module, x: Tensor, target: int, **_: object) -> Tensor:
        from captum import attr

        return getattr(attr, name)(network).attribute(x, target=target).abs()

    return explain


def _smooth(network: nn.Module, x: Tensor, target: int, **_: object) -> Tensor:
    from captum.attr import NoiseTunnel, Saliency

    tunnel = NoiseTunnel(Saliency(network))
    noise = {"nt_type": "smoothgrad", "nt_samples": 32, "stdevs": 0.3}
    return tunnel.attribute(x, target=target, abs=False, **noise).abs()


def _cam(network: _Pooled, x: Tensor, target: int, **_: object) -> Tensor:
    with torch.no_grad():  # the weights of a class are a convolution of size 1
        kernel = network.fc.weight[target : target + 1, :, None, None]
        return functional.conv2d(network.features(x), kernel)


def _gradcam(network: nn.Module, x: Tensor, target: int, layer: str, **_: object) -> Tensor:
    from captum.attr import LayerGradCam

    maps = network.get_submodule(layer)
    return LayerGradCam(network, maps).attribute(x, target=target, relu_attributions=True)


def _occlusion(network: nn.Module, x: Tensor, target: int, fill: Tensor, **_: object) -> Tensor:
    from captum.attr import Occlusion

    side = x.shape[-1] // 4
    windows = {"sliding_window_shapes": (x.shape[1], side, side), "strides": (1, 3, 3)}
    return Occlusion(network).attribute(
        x, target=target, baselines=fill, perturbations_per_eval=32, **windows
    )


def _lime(
    network: nn.Module, x: Tensor, target: int, pieces: Tensor, fill: Tensor, **_: object
) -> Tensor:
    from captum._utils.models.linear_model import SkLearnLinearRegression
    from captum.attr import Lime
    from captum.attr._core.lime import get_exp_kernel_similarity_function

    near = get_exp_kernel_similarity_function("cosine", 0.5)
    method = Lime(network, SkLearnLinearRegression(), similarity_func=near)
    asked = {"n_samples": 96, "perturbations_per_eval": 96}
    return method.attribute(x, target=target, baselines=fill, feature_mask=pieces, **asked)


def _shap(
    network: nn.Module, x: Tensor, target: int, pieces: Tensor, fill: Tensor, **_: object
) -> Tensor:
    from captum.attr import ShapleyValueSampling

    asked = {"n_samples": 24, "perturbations_per_eval": 16}
    method = ShapleyValueSampling(network)
    return method.attribute(x, target=target, baselines=fill, feature_mask=pieces, **asked)


_EXPLAIN: dict[str, Callable[..., Tensor]] = {
    GRADIENT: _hooks("Saliency"),
    DECONVNET: _hooks("Deconvolution"),
    GUIDED: _hooks("GuidedBackprop"),
    SMOOTH: _smooth,
    CAM: _cam,
    GRADCAM: _gradcam,
    OCCLUSION: _occlusion,
    LIME: _lime,
    SHAP: _shap,
}


def explain(
    method: str,
    network: nn.Module,
    x: Tensor,
    target: int,
    *,
    layer: str = LAYERS[-1],
    pieces: np.ndarray | None = None,
    fill: Tensor | None = None,
    seed: int = 0,
) -> np.ndarray:
    """The maps of one method.

    Args:
        method: one of `METHODS`.
        network: in evaluation mode, built from `nn.ReLU` modules; for CAM with `features` and `fc`.
        x: (N, C, H, W); N = 1 for LIME.
        target: number of the class whose score before the softmax is explained.
        layer: the layer of Grad-CAM.
        pieces: (H, W) superpixels, for LIME and SHAP.
        fill: (1, C, H, W), what hidden pixels become; without it they become 0.
        seed: of the methods that draw.

    Returns:
        (N, H, W), float64: larger speaks more for the class. Coarse maps are enlarged smoothly.
    """
    numbers = None
    if pieces is not None:
        numbers = torch.from_numpy(np.ascontiguousarray(pieces)).long()[None, None]
    fill = torch.zeros_like(x) if fill is None else fill.expand_as(x)
    more = {"layer": layer, "pieces": numbers, "fill": fill}
    with _quiet_and_seeded(seed):
        found = _EXPLAIN[method](network, x.clone().requires_grad_(), target, **more)
    found = found.detach().amax(dim=1, keepdim=True)
    if found.shape[-2:] != x.shape[-2:]:
        found = functional.interpolate(found, x.shape[-2:], mode="bilinear", align_corners=False)
    return found[:, 0].double().numpy()


def peak(values: np.ndarray) -> tuple[int, int] | None:
    """Where a map (H, W) is largest; of a plateau the pixel in its middle; None if it is flat."""
    from scipy.ndimage import center_of_mass

    if np.ptp(values) == 0:
        return None
    top = values >= values.max() - 1e-12
    rows, columns = np.nonzero(top)
    row, column = center_of_mass(top)
    best = np.hypot(rows - row, columns - column).argmin()
    return int(rows[best]), int(columns[best])


def similarity(maps: np.ndarray) -> np.ndarray:
    """Rank correlation of every map (K, H, W) with the first; 0 for a map without any contrast."""
    from scipy.stats import rankdata

    ranks = rankdata(maps.reshape(len(maps), -1), axis=1)
    ranks -= ranks.mean(axis=1, keepdims=True)
    lengths = np.linalg.norm(ranks, axis=1)
    return ranks @ ranks[0] / np.where(lengths * lengths[0] > 0, lengths * lengths[0], np.inf)
