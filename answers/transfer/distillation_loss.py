"""Sample answers to `distillation_loss`."""

import torch
import torch.nn.functional as F
from torch import nn

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("distillation_loss", "T² forgotten")
def distil_without_factor(student_logits, teacher_logits, labels, temperature, alpha):
    soft = F.kl_div(
        F.log_softmax(student_logits / temperature, 1),
        F.softmax(teacher_logits.detach() / temperature, 1),
        reduction="batchmean",
    )
    return alpha * soft + (1 - alpha) * F.cross_entropy(student_logits, labels)


@wrong("distillation_loss", "T for T²")
def distil_with_t(student_logits, teacher_logits, labels, temperature, alpha):
    soft = F.kl_div(
        F.log_softmax(student_logits / temperature, 1),
        F.softmax(teacher_logits.detach() / temperature, 1),
        reduction="batchmean",
    )
    return alpha * temperature * soft + (1 - alpha) * F.cross_entropy(student_logits, labels)


@wrong("distillation_loss", "student against teacher")
def distil_backwards(student_logits, teacher_logits, labels, temperature, alpha):
    soft = F.kl_div(
        F.log_softmax(teacher_logits.detach() / temperature, 1),
        F.softmax(student_logits / temperature, 1),
        reduction="batchmean",
    )
    hard = F.cross_entropy(student_logits, labels)
    return alpha * temperature**2 * soft + (1 - alpha) * hard


@wrong("distillation_loss", "mean over classes as well")
def distil_mean(student_logits, teacher_logits, labels, temperature, alpha):
    log_p = F.log_softmax(student_logits / temperature, 1)
    q = F.softmax(teacher_logits.detach() / temperature, 1)
    soft = F.kl_div(log_p, q, reduction="none").mean()
    hard = F.cross_entropy(student_logits, labels)
    return alpha * temperature**2 * soft + (1 - alpha) * hard


@wrong("distillation_loss", "sum over the images")
def distil_sum(student_logits, teacher_logits, labels, temperature, alpha):
    log_p = F.log_softmax(student_logits / temperature, 1)
    q = F.softmax(teacher_logits.detach() / temperature, 1)
    soft = F.kl_div(log_p, q, reduction="sum")
    hard = F.cross_entropy(student_logits, labels)
    return alpha * temperature**2 * soft + (1 - alpha) * hard


@wrong("distillation_loss", "teacher not softened")
def distil_hard_teacher(student_logits, teacher_logits, labels, temperature, alpha):
    log_p = F.log_softmax(student_logits / temperature, 1)
    soft = F.kl_div(log_p, F.softmax(teacher_logits.detach(), 1), reduction="batchmean")
    hard = F.cross_entropy(student_logits, labels)
    return alpha * temperature**2 * soft + (1 - alpha) * hard


@wrong("distillation_loss", "student not softened")
def distil_hard_student(student_logits, teacher_logits, labels, temperature, alpha):
    q = F.softmax(teacher_logits.detach() / temperature, 1)
    soft = F.kl_div(F.log_softmax(student_logits, 1), q, reduction="batchmean")
    hard = F.cross_entropy(student_logits, labels)
    return alpha * temperature**2 * soft + (1 - alpha) * hard


@wrong("distillation_loss", "hard part softened")
def distil_soft_labels(student_logits, teacher_logits, labels, temperature, alpha):
    student_logits = student_logits / temperature
    q = F.softmax(teacher_logits.detach() / temperature, 1)
    soft = F.kl_div(F.log_softmax(student_logits, 1), q, reduction="batchmean")
    hard = F.cross_entropy(student_logits, labels)
    return alpha * temperature**2 * soft + (1 - alpha) * hard


@wrong("distillation_loss", "shares exchanged")
def distil_exchanged(student_logits, teacher_logits, labels, temperature, alpha):
    log_p = F.log_softmax(student_logits / temperature, 1)
    q = F.softmax(teacher_logits.detach() / temperature, 1)
    soft = F.kl_div(log_p, q, reduction="batchmean")
    hard = F.cross_entropy(student_logits, labels)
    return (1 - alpha) * temperature**2 * soft + alpha * hard


@wrong("distillation_loss", "teacher learns, too")
def distil_undetached(student_logits, teacher_logits, labels, temperature, alpha):
    log_p = F.log_softmax(student_logits / temperature, 1)
    log_q = F.log_softmax(teacher_logits / temperature, 1)
    soft = F.kl_div(log_p, log_q, reduction="batchmean", log_target=True)
    hard = F.cross_entropy(student_logits, labels)
    return alpha * temperature**2 * soft + (1 - alpha) * hard


@wrong("distillation_loss", "no gradient")
def distil_detached(student_logits, teacher_logits, labels, temperature, alpha):
    s = student_logits.detach()
    log_p = F.log_softmax(s / temperature, 1)
    q = F.softmax(teacher_logits.detach() / temperature, 1)
    soft = F.kl_div(log_p, q, reduction="batchmean")
    return alpha * temperature**2 * soft + (1 - alpha) * F.cross_entropy(s, labels)


@variant("distillation_loss")
def distil_by_hand(student_logits, teacher_logits, labels, temperature, alpha):
    log_p = torch.log_softmax(student_logits / temperature, dim=1)
    log_q = torch.log_softmax(teacher_logits / temperature, dim=1).detach()
    soft = (log_q.exp() * (log_q - log_p)).sum(dim=1).mean()
    rows = torch.arange(len(labels))
    hard = -torch.log_softmax(student_logits, dim=1)[rows, labels].mean()
    return alpha * temperature**2 * soft + (1 - alpha) * hard


@variant("distillation_loss")
def distil_in_a_loop(student_logits, teacher_logits, labels, temperature, alpha):
    with torch.no_grad():
        q = F.softmax(teacher_logits / temperature, dim=1)
    total = 0
    for n in range(len(labels)):
        log_p = F.log_softmax(student_logits[n] / temperature, dim=0)
        soft = F.kl_div(log_p, q[n], reduction="sum")
        hard = F.cross_entropy(student_logits[n : n + 1], labels[n : n + 1])
        total = total + alpha * temperature**2 * soft + (1 - alpha) * hard
    return total / len(labels)


@variant("distillation_loss")
def distil_by_module(student_logits, teacher_logits, labels, temperature, alpha):
    kl = nn.KLDivLoss(reduction="batchmean", log_target=True)
    soft = kl(
        nn.LogSoftmax(dim=1)(student_logits / temperature),
        nn.LogSoftmax(dim=1)(teacher_logits.detach() / temperature),
    )
    hard = nn.CrossEntropyLoss()(student_logits, labels)
    return hard + alpha * (temperature * temperature * soft - hard)


@variant("distillation_loss")
def distil_by_cross_entropies(student_logits, teacher_logits, labels, temperature, alpha):
    q = torch.softmax(teacher_logits / temperature, dim=-1).detach()
    crossed = F.cross_entropy(student_logits / temperature, q)
    entropy = -torch.special.xlogy(q, q).sum(dim=-1).mean()
    hard = F.nll_loss(F.log_softmax(student_logits, dim=-1), labels)
    return alpha * temperature**2 * (crossed - entropy) + (1 - alpha) * hard


@wrong("distillation_loss", "T² forgotten")
def distil_without_factor_by_hand(student_logits, teacher_logits, labels, temperature, alpha):
    log_p = torch.log_softmax(student_logits / temperature, dim=1)
    log_q = torch.log_softmax(teacher_logits / temperature, dim=1).detach()
    soft = (log_q.exp() * (log_q - log_p)).sum(dim=1).mean()
    hard = F.cross_entropy(student_logits, labels)
    return hard + alpha * (soft - hard)


@neutral("distillation_loss", "teacher's logits changed")
def distil_in_place(student_logits, teacher_logits, labels, temperature, alpha):
    with torch.no_grad():
        teacher_logits /= temperature
        q = F.softmax(teacher_logits, 1)
    soft = F.kl_div(F.log_softmax(student_logits / temperature, 1), q, reduction="batchmean")
    hard = F.cross_entropy(student_logits, labels)
    return alpha * temperature**2 * soft + (1 - alpha) * hard


@neutral("distillation_loss", "another dtype")
def distil_in_single_precision(student_logits, teacher_logits, labels, temperature, alpha):
    s, t = student_logits.float(), teacher_logits.detach().float()
    q = F.softmax(t / temperature, 1)
    soft = F.kl_div(F.log_softmax(s / temperature, 1), q, reduction="batchmean")
    return alpha * temperature**2 * soft + (1 - alpha) * F.cross_entropy(s, labels)


@neutral("distillation_loss", "a number for the tensor")
def distil_to_a_number(student_logits, teacher_logits, labels, temperature, alpha):
    q = F.softmax(teacher_logits / temperature, 1)
    soft = F.kl_div(F.log_softmax(student_logits / temperature, 1), q, reduction="batchmean")
    hard = F.cross_entropy(student_logits, labels)
    return float(alpha * temperature**2 * soft + (1 - alpha) * hard)


@neutral("distillation_loss", "overflow")
def distil_by_exponentials(student_logits, teacher_logits, labels, temperature, alpha):
    p = torch.exp(student_logits / temperature)
    p = p / p.sum(1, keepdim=True)
    q = torch.exp(teacher_logits.detach() / temperature)
    q = q / q.sum(1, keepdim=True)
    soft = (q * (q / p).log()).sum(1).mean()
    hard = F.cross_entropy(student_logits, labels)
    return alpha * temperature**2 * soft + (1 - alpha) * hard


@neutral("distillation_loss", "a slip in the brackets")
def distil_squares_the_product(student_logits, teacher_logits, labels, temperature, alpha):
    q = F.softmax(teacher_logits.detach() / temperature, 1)
    soft = F.kl_div(F.log_softmax(student_logits / temperature, 1), q, reduction="batchmean")
    hard = F.cross_entropy(student_logits, labels)
    return (alpha * temperature) ** 2 * soft + (1 - alpha) * hard


@neutral("distillation_loss", "the wrong axis")
def distil_over_the_images(student_logits, teacher_logits, labels, temperature, alpha):
    q = F.softmax(teacher_logits.detach() / temperature, 0)
    soft = F.kl_div(F.log_softmax(student_logits / temperature, 0), q, reduction="batchmean")
    hard = F.cross_entropy(student_logits, labels)
    return alpha * temperature**2 * soft + (1 - alpha) * hard


@neutral("distillation_loss", "one axis too many")
def distil_with_an_axis(student_logits, teacher_logits, labels, temperature, alpha):
    q = F.softmax(teacher_logits.detach() / temperature, 1)
    soft = F.kl_div(F.log_softmax(student_logits / temperature, 1), q, reduction="batchmean")
    hard = F.cross_entropy(student_logits, labels)
    return (alpha * temperature**2 * soft + (1 - alpha) * hard).reshape(1)
