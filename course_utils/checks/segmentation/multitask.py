"""One loss for two tasks: its value and its gradients."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from scipy.special import log_softmax, softmax
from torch import Tensor

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core import modules as ask
from course_utils.checks.core.draws import each
from course_utils.checks.core.transforms import changed


def _observed(
    student: Callable,
    class_logits: Tensor,
    labels: Tensor,
    mask_logits: Tensor,
    masks: Tensor,
    weight: float,
) -> dict[str, Any]:
    """The loss, and its gradient by both logits."""
    given = class_logits, labels, mask_logits, masks, weight
    found = ask.differentiate(student, *given, wrt=(0, 2))
    student(*given)
    return _told(found["value"].numpy(), *found["gradients"])


def _told(value: Any, by_classes: np.ndarray, by_pixels: np.ndarray) -> dict[str, Any]:
    return {
        "value": np.asarray(value),
        "gradient for the classes": by_classes,
        "gradient for the pixels": by_pixels,
    }


def _part(logits: Tensor, labels: Tensor) -> tuple[np.ndarray, np.ndarray]:
    """Mean cross-entropy over all places, and its gradient, in NumPy."""
    scores, truth = logits.numpy(), labels.numpy()[:, None]
    chosen = np.take_along_axis(log_softmax(scores, axis=1), truth, axis=1)
    hits = np.zeros_like(scores)
    np.put_along_axis(hits, truth, 1, axis=1)
    return -chosen.mean(), (softmax(scores, axis=1) - hits) / truth.size


def _joined(
    class_logits: Tensor,
    labels: Tensor,
    mask_logits: Tensor,
    masks: Tensor,
    weight: float,
    *,
    classes: float = 1.0,
    pixels: float = 1.0,
) -> dict[str, Any]:
    """The truth in closed form, with further factors for both parts."""
    kind = class_logits.numpy().dtype
    shares = np.array([classes, pixels * weight])
    values, gradients = zip(_part(class_logits, labels), _part(mask_logits, masks), strict=True)
    slopes = [(share * slope).astype(kind) for share, slope in zip(shares, gradients, strict=True)]
    return _told(np.asarray(shares @ np.array(values), dtype=kind), *slopes)


def _both(
    class_logits: Tensor, labels: Tensor, mask_logits: Tensor, masks: Tensor, weight: float
) -> dict[str, Any]:
    return _joined(class_logits, labels, mask_logits, masks, weight)


def _scaled(
    classes: Callable[..., float] = lambda *given: 1.0,
    pixels: Callable[..., float] = lambda *given: 1.0,
) -> Callable[..., dict[str, Any]]:
    """Other factors of the two parts, from labels, masks and weight."""

    def computes(
        class_logits: Tensor, labels: Tensor, mask_logits: Tensor, masks: Tensor, weight: float
    ) -> dict[str, Any]:
        given = labels, masks, weight
        factors = {"classes": classes(*given), "pixels": pixels(*given)}
        return _joined(class_logits, labels, mask_logits, masks, weight, **factors)

    return computes


def _without(part: str) -> Callable[..., dict[str, Any]]:
    """The right value, but no gradient for one part."""

    def computes(*given: Any) -> dict[str, Any]:
        truth = _both(*given)
        return truth | {part: 0 * truth[part]}

    return computes


def _tasks(
    rng: np.random.Generator,
    n: int,
    k: int,
    kinds: int,
    size: tuple[int, int],
    weight: float,
    spread: float = 2.0,
    dtype: type = np.float64,
) -> Call:
    class_logits, mask_logits = (
        torch.from_numpy((spread * rng.normal(size=shape)).astype(dtype))
        for shape in ((n, k), (n, kinds, *size))
    )
    labels = torch.from_numpy(rng.integers(0, k, n))
    masks = torch.from_numpy(rng.integers(0, kinds, (n, *size)))
    return call(class_logits, labels, mask_logits, masks, weight)


def _random_tasks(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(6):
        n, k, kinds, *size = rng.integers((2, 2, 2, 2, 2), (5, 5, 4, 5, 5)).tolist()
        yield _tasks(rng, n, k, kinds, tuple(size), float(rng.uniform(0.2, 0.8)))


_ONE_IMAGE = call(
    torch.zeros(1, 2, dtype=torch.float64),
    torch.tensor([0]),
    torch.tensor([[[[float(np.log(3)), 0.0]], [[0.0, 0.0]]]], dtype=torch.float64),
    torch.tensor([[[0, 1]]]),
    2.0,
)

multitask_loss = Exercise(
    name="multitask_loss",
    points=3,
    oracle=_both,
    observe=_observed,
    learned="You can now train one encoder for two questions at once, and weigh them.",
    cases=(
        ValueCase("the worked example: one image of two pixels", _ONE_IMAGE),
        ValueCase(
            "several images, classes and kinds of pixels",
            each(_tasks, call(3, 2, 2, (2, 3), 0.5), call(4, 3, 4, (3, 3), 3.0)),
            weight=2,
        ),
        ValueCase(
            "a weight of 0 and of 1",
            each(_tasks, call(3, 2, 3, (2, 2), 0.0), call(2, 4, 2, (2, 4), 1.0)),
        ),
        ValueCase(
            "large logits, float32",
            each(
                _tasks,
                call(2, 3, 2, (2, 2), 0.5, 500.0),
                call(3, 2, 2, (3, 2), 0.5, dtype=np.float32),
            ),
        ),
        ValueCase("random images", _random_tasks, weight=2),
    ),
    misconceptions=(
        Misconception(
            "weight at the classification",
            "Your weight is that of the classification. It belongs to the pixels.",
            _scaled(
                lambda labels, masks, weight: weight,
                lambda labels, masks, weight: 1 / weight if weight else np.inf,
            ),
            look="Which of the two terms do you multiply?",
        ),
        Misconception(
            "shares of a whole",
            "Your classification has the share 1 − weight. It counts in full, whatever the weight.",
            _scaled(lambda labels, masks, weight: 1 - weight),
            look="Only the pixels' term has a factor.",
        ),
        Misconception(
            "weight ignored",
            "Your result is what you get with a weight of 1.",
            changed(_both, weight=1.0),
            look="Where do you use `weight`?",
        ),
        Misconception(
            "everything weighted",
            "Your weight multiplies both terms.",
            _scaled(lambda labels, masks, weight: weight),
            look="Look at your brackets.",
        ),
        Misconception(
            "sum over the pixels",
            "Your pixels' loss is a sum. It grows with the size of the images and drowns the "
            "classification.",
            _scaled(pixels=lambda labels, masks, weight: masks.numel()),
            look="Take the mean over all pixels.",
        ),
        Misconception(
            "sum over the pixels of an image",
            "Your pixels' loss is a mean over the images, but a sum over the pixels of each.",
            _scaled(pixels=lambda labels, masks, weight: masks[0].numel()),
            look="Take the mean over all pixels of all images.",
        ),
        Misconception(
            "sum over the images",
            "Your classification's loss is a sum over the images. A larger batch must not cost "
            "more.",
            _scaled(classes=lambda labels, masks, weight: len(labels)),
            look="Take the mean over the images.",
        ),
        Misconception(
            "classification alone",
            "Your result is the loss of the classification: the masks are not looked at.",
            changed(_both, weight=0.0),
            look="There are two terms.",
        ),
        Misconception(
            "segmentation alone",
            "Your result is the loss of the pixels: the labels are not looked at.",
            _scaled(classes=lambda labels, masks, weight: 0.0),
            look="There are two terms.",
        ),
        Misconception(
            "mean of both",
            "Your result is half of what it should be: the mean of the two terms.",
            _scaled(lambda *given: 0.5, lambda *given: 0.5),
            look="Add the terms.",
        ),
        Misconception(
            "no gradient for the pixels",
            "The value is right, but no gradient flows to the logits of the pixels.",
            _without("gradient for the pixels"),
            look="`.item()` and `.detach()` give a number that nothing can be learned from.",
        ),
        Misconception(
            "no gradient for the classes",
            "The value is right, but no gradient flows to the logits of the classes.",
            _without("gradient for the classes"),
            look="`.item()` and `.detach()` give a number that nothing can be learned from.",
        ),
    ),
)
