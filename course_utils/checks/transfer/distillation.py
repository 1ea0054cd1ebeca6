"""A small student learns what a large teacher says."""

from collections.abc import Callable, Iterator

import numpy as np
import torch
from scipy.special import log_softmax, softmax, xlogy
from torch import Tensor
from torch.nn import functional

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call, modules
from course_utils.checks.core.draws import each
from course_utils.checks.core.transforms import changed, then


def _observed(
    student: Callable, s: Tensor, t: Tensor, labels: Tensor, T: float, alpha: float
) -> dict:
    """The loss, and its gradient by the logits of the student and of the teacher."""
    found = modules.differentiate(student, s, t, labels, T, alpha, wrt=(0, 1))
    student(s, t, labels, T, alpha)  # whether it changes what it is given
    by_student, by_teacher = found["gradients"]
    return _told(found["value"].numpy(), by_student, by_teacher)


def _told(value: np.ndarray | np.floating, by_student: np.ndarray, by_teacher: np.ndarray) -> dict:
    return {
        "value": np.asarray(value),
        "gradient for the student": by_student,
        "gradient for the teacher": by_teacher,
    }


def _truth(s: Tensor, t: Tensor, labels: Tensor, T: float, alpha: float) -> dict:
    """Value and gradients in closed form, in NumPy."""
    logits, y = s.numpy(), labels.numpy()
    n, wanted = len(logits), softmax(t.numpy() / T, axis=1)
    divergence = (xlogy(wanted, wanted) - wanted * log_softmax(logits / T, axis=1)).sum() / n
    mistakes = -np.take_along_axis(log_softmax(logits, axis=1), y[:, None], axis=1).mean()
    value = np.dot([alpha, 1 - alpha], [T**2 * divergence, mistakes])
    soft = T * (softmax(logits / T, axis=1) - wanted) / n
    hard = softmax(logits, axis=1)
    np.put_along_axis(hard, y[:, None], np.take_along_axis(hard, y[:, None], 1) - 1, 1)
    gradient = np.einsum("p,pnk->nk", [alpha, 1 - alpha], [soft, hard / n])
    kind = logits.dtype
    return _told(value.astype(kind), gradient.astype(kind), np.zeros_like(t.numpy()))


def _soft(s: Tensor, t: Tensor, T: float, back: bool = False) -> Tensor:
    """The divergence of each image, of softened answers."""
    first, second = (torch.log_softmax(x / T, dim=1) for x in ((s, t) if back else (t, s)))
    return functional.kl_div(second, first, reduction="none", log_target=True).sum(dim=1)


def _hard(s: Tensor, labels: Tensor) -> Tensor:
    return functional.nll_loss(torch.log_softmax(s, dim=1), labels)


def _differing(loss: Callable) -> Callable:
    """What comes of another loss, differentiated by PyTorch, the teacher detached."""

    def computes(s: Tensor, t: Tensor, labels: Tensor, T: float, alpha: float) -> dict:
        s = s.detach().clone().requires_grad_()
        value = loss(s, t, labels, T, alpha)
        (gradient,) = torch.autograd.grad(value, s)
        return _told(
            value.detach().numpy(), gradient.numpy(), np.zeros(t.shape, gradient.numpy().dtype)
        )

    return computes


def _joined(
    s: Tensor,
    t: Tensor,
    labels: Tensor,
    T: float,
    alpha: float | Tensor,
    *,
    factor: float | None = None,
    soft: Tensor | None = None,
    hard: Tensor | None = None,
) -> Tensor:
    """The loss with one part exchanged."""
    first = _soft(s, t, T).mean() if soft is None else soft
    second = _hard(s, labels) if hard is None else hard
    return torch.lerp(second, first * (T**2 if factor is None else factor), alpha)


def _teacher_learns(s: Tensor, t: Tensor, labels: Tensor, T: float, alpha: float) -> dict:
    truth = _truth(s, t, labels, T, alpha)
    t = t.detach().clone().requires_grad_()
    value = _joined(s, t, labels, T, torch.tensor(alpha, dtype=t.dtype))
    (gradient,) = torch.autograd.grad(value, t)
    return truth | {"gradient for the teacher": gradient.numpy()}


def _draw(
    rng: np.random.Generator,
    n: int,
    k: int,
    T: float,
    alpha: float,
    size: float = 2.0,
    dtype: type = np.float64,
) -> Call:
    logits = [torch.from_numpy((size * rng.normal(size=(n, k))).astype(dtype)) for _ in range(2)]
    return call(*logits, torch.from_numpy(rng.integers(0, k, n)), T, alpha)


def _extremes(rng: np.random.Generator) -> Iterator[Call]:
    big = torch.tensor([[1000.0, -1000.0], [-1000.0, 1000.0]], dtype=torch.float64)
    yield call(big, big.flip(0), torch.tensor([0, 0]), 1.0, 0.5)
    yield call(big, big, torch.tensor([1, 0]), 2.0, 0.25)


def _drawn(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(6):
        n, k = rng.integers(2, 7, 2).tolist()
        yield _draw(rng, n, k, float(rng.uniform(1.2, 8)), float(rng.uniform(0.1, 0.9)))


_WORKED = call(
    torch.tensor([[0.0, 0.0]], dtype=torch.float64),
    torch.tensor([[2 * float(np.log(3)), 0.0]], dtype=torch.float64),
    torch.tensor([0]),
    2.0,
    0.5,
)

distillation_loss = Exercise(
    name="distillation_loss",
    points=5,
    oracle=_truth,
    observe=_observed,
    learned="You can now let a small network learn from what a large one thinks.",
    cases=(
        ValueCase("the worked example: one image, two classes", _WORKED),
        ValueCase(
            "several images and classes",
            each(_draw, call(4, 3, 2.0, 0.5), call(6, 2, 4.0, 0.9), call(3, 5, 3.0, 0.25)),
            weight=2,
        ),
        ValueCase(
            "alpha 0 and 1, temperature 1 and below, one image",
            each(
                _draw,
                call(3, 4, 2.0, 0.0),
                call(5, 3, 2.0, 1.0),
                call(4, 3, 1.0, 0.5),
                call(1, 2, 8.0, 0.5),
                call(4, 3, 0.5, 0.7),
            ),
        ),
        ValueCase("logits of ±1000", _extremes),
        ValueCase("float32", each(_draw, call(4, 3, 2.0, 0.5, dtype=np.float32))),
        ValueCase("other logits, temperatures and shares", _drawn, weight=2),
    ),
    misconceptions=(
        Misconception(
            "T² forgotten",
            "Your soft part lacks the factor T². Softened answers have gradients that are T² times "
            "smaller.",
            _differing(changed(_joined, factor=1.0)),
            look="The factor keeps the balance of both parts when T changes.",
        ),
        Misconception(
            "T for T²",
            "Your soft part has the factor T, where T² is asked for.",
            _differing(changed(_joined, factor=lambda T: T)),
            look="Square the temperature.",
        ),
        Misconception(
            "student against teacher",
            "Your divergence is KL(student ‖ teacher). The teacher comes first: where the teacher "
            "sees a chance, the student must see one, too.",
            _differing(changed(_joined, soft=lambda s, t, T: _soft(s, t, T, True).mean())),
            look="F.kl_div takes the student's logarithms first, then the teacher's answers.",
        ),
        Misconception(
            "mean over classes as well",
            "Your divergence is divided by the number of classes, too. Its sum over the classes is "
            "one image's divergence.",
            _differing(changed(_joined, soft=lambda s, t, T: _soft(s, t, T).mean() / s.shape[1])),
            look="The mean is over the images: reduction='batchmean'.",
        ),
        Misconception(
            "sum over the images",
            "Your divergence is a sum over the images. A larger batch must not cost more.",
            _differing(changed(_joined, soft=lambda s, t, T: _soft(s, t, T).sum())),
            look="Take the mean over the images.",
        ),
        Misconception(
            "teacher not softened",
            "Your teacher's answers are not divided by the temperature.",
            _differing(changed(_joined, soft=lambda s, t, T: _soft(s, t * T, T).mean())),
            look="In the soft part both are softened.",
        ),
        Misconception(
            "student not softened",
            "Your student's answers are not divided by the temperature in the soft part.",
            _differing(changed(_joined, soft=lambda s, t, T: _soft(s * T, t, T).mean())),
            look="In the soft part both are softened.",
        ),
        Misconception(
            "hard part softened",
            "Your cross-entropy is of softened answers.",
            _differing(changed(_joined, hard=lambda s, labels, T: _hard(s / T, labels))),
            look="Against the true labels the student answers at temperature 1.",
        ),
        Misconception(
            "shares exchanged",
            "Your shares are exchanged: alpha is that of the soft part.",
            _differing(changed(_joined, alpha=lambda alpha: 1 - alpha)),
            look="The true labels have the share 1 − alpha.",
        ),
        Misconception(
            "teacher learns, too",
            "The value is right, but the gradient also flows into the teacher's logits.",
            _teacher_learns,
            look="The teacher is a measure, not a pupil: detach it.",
        ),
        Misconception(
            "no gradient",
            "The value is right, but no gradient flows to the student: it cannot learn from this "
            "loss.",
            then(_truth, lambda truth, s: truth | {"gradient for the student": np.zeros(s.shape)}),
            look="Do not detach the student's logits, and do not leave PyTorch.",
        ),
    ),
)
