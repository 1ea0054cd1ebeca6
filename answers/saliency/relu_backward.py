"""Sample answers to `relu_backward`."""

import torch
from torch.nn import functional as F

from course_utils.authoring.answers import neutral, variant, wrong

SAME_ZERO = "where the gradient is 0, it makes no difference whether it passes"
SURVIVORS = {
    "relu_backward: return grad * (grad > 0) -> return grad * (grad >= 0)": SAME_ZERO,
    "relu_backward: return grad * (grad > 0) * (x > 0) -> return grad * (grad >= 0) * (x > 0)": (
        SAME_ZERO
    ),
}


@wrong("relu_backward", "deconvnet and guided swapped")
def relu_swaps_two_rules(grad, x, rule):
    if rule == "plain":
        return grad * (x > 0)
    if rule == "guided":
        return grad.clip(min=0)
    if rule == "deconvnet":
        return grad.clip(min=0) * (x > 0)
    raise ValueError(rule)


@wrong("relu_backward", "plain and deconvnet swapped")
def relu_confuses_plain(grad, x, rule):
    if rule == "deconvnet":
        return grad * (x > 0)
    if rule == "plain":
        return grad.clip(min=0)
    if rule == "guided":
        return grad.clip(min=0) * (x > 0)
    raise ValueError(rule)


@wrong("relu_backward", "deconvnet looks at x")
def relu_deconvnet_masks_twice(grad, x, rule):
    if rule not in ("plain", "deconvnet", "guided"):
        raise ValueError(rule)
    out = grad * (x > 0)
    return out if rule == "plain" else out * (grad > 0)


@wrong("relu_backward", "guided forgets the gradient's sign")
def relu_guided_is_plain(grad, x, rule):
    if rule in ("plain", "guided"):
        return grad * (x > 0)
    if rule == "deconvnet":
        return F.relu(grad)
    raise ValueError(rule)


@wrong("relu_backward", "plain lets everything pass")
def relu_plain_passes(grad, x, rule):
    if rule == "plain":
        return grad.clone()
    if rule == "deconvnet":
        return F.relu(grad)
    if rule == "guided":
        return F.relu(grad) * (x > 0)
    raise ValueError(rule)


@wrong("relu_backward", "either instead of both")
def relu_guided_or(grad, x, rule):
    if rule == "plain":
        return grad * (x > 0)
    if rule == "deconvnet":
        return F.relu(grad)
    if rule == "guided":
        return grad * ((x > 0) | (grad > 0))
    raise ValueError(rule)


@wrong("relu_backward", "times x")
def relu_multiplies_x(grad, x, rule):
    if rule == "plain":
        return grad * F.relu(x)
    if rule == "deconvnet":
        return F.relu(grad)
    if rule == "guided":
        return F.relu(grad) * F.relu(x)
    raise ValueError(rule)


@variant("relu_backward")
def relu_by_cases(grad, x, rule):
    nothing = torch.zeros_like(grad)
    if rule == "plain":
        return torch.where(x > 0, grad, nothing)
    if rule == "deconvnet":
        return torch.where(grad > 0, grad, nothing)
    if rule == "guided":
        return torch.where((grad > 0) & (x > 0), grad, nothing)
    raise ValueError(f"unknown rule {rule!r}")


@variant("relu_backward")
def relu_by_a_table(grad, x, rule):
    gates = {
        "plain": x > 0,
        "deconvnet": grad > 0,
        "guided": torch.logical_and(x > 0, grad > 0),
    }
    if rule not in gates:
        raise ValueError(f"rule must be one of {list(gates)}")
    return grad.masked_fill(~gates[rule], 0)


@variant("relu_backward")
def relu_in_place_on_a_copy(grad, x, rule):
    if rule not in {"plain", "deconvnet", "guided"}:
        raise ValueError("no such rule")
    out = grad.clone()
    if rule != "deconvnet":
        out[x <= 0] = 0
    if rule != "plain":
        out[out < 0] = 0
    return out


@wrong("relu_backward", "guided forgets x")
def relu_guided_is_deconvnet(grad, x, rule):
    if rule == "plain":
        return grad * (x > 0)
    if rule in ("deconvnet", "guided"):
        return torch.where(grad > 0, grad, torch.zeros_like(grad))
    raise ValueError(rule)


@wrong("relu_backward", "on at 0")
def relu_on_at_zero(grad, x, rule):
    if rule == "plain":
        return grad * (x >= 0)
    if rule == "deconvnet":
        return grad * (grad >= 0)
    if rule == "guided":
        return grad * (grad >= 0) * (x >= 0)
    raise ValueError(f"unknown rule {rule}")


@wrong("relu_backward", "on at 0")
def relu_off_below_zero(grad, x, rule):
    if rule not in ("plain", "deconvnet", "guided"):
        raise ValueError(rule)
    out = grad.clone()
    if rule != "deconvnet":
        out[x < 0] = 0
    if rule != "plain":
        out = out.clamp(min=0)
    return out


@variant("relu_backward")
def relu_by_autograd(grad, x, rule):
    if rule not in ("plain", "deconvnet", "guided"):
        raise ValueError(f"rule {rule!r}")
    if rule != "plain":
        grad = grad.relu()
    if rule == "deconvnet":
        return grad
    leaf = x.detach().clone().requires_grad_()
    return torch.autograd.grad(F.relu(leaf), leaf, grad)[0]


@neutral("relu_backward", "changes grad")
def relu_in_place(grad, x, rule):
    if rule not in ("plain", "deconvnet", "guided"):
        raise ValueError(rule)
    if rule != "deconvnet":
        grad[x <= 0] = 0
    if rule != "plain":
        grad[grad < 0] = 0
    return grad


@neutral("relu_backward", "without refusals")
def relu_guided_for_the_rest(grad, x, rule):
    if rule == "plain":
        return grad * (x > 0)
    if rule == "deconvnet":
        return grad * (grad > 0)
    return grad * (grad > 0) * (x > 0)


@neutral("relu_backward", "without refusals")
def relu_reads_sloppily(grad, x, rule):
    rule = rule.strip().lower()
    if rule == "plain":
        return grad * (x > 0)
    if rule == "deconvnet":
        return grad * (grad > 0)
    if rule == "guided":
        return grad * (grad > 0) * (x > 0)
    raise ValueError(rule)


@neutral("relu_backward", "another error")
def relu_with_a_key_error(grad, x, rule):
    gates = {"plain": x > 0, "deconvnet": grad > 0, "guided": (x > 0) & (grad > 0)}
    return grad * gates[rule]


@neutral("relu_backward", "grad itself where all of it passes")
def relu_hands_grad_on(grad, x, rule):
    gates = {"plain": x > 0, "deconvnet": grad > 0, "guided": (x > 0) & (grad > 0)}
    if rule not in gates:
        raise ValueError(rule)
    return grad if gates[rule].all() else grad * gates[rule]


@neutral("relu_backward", "off above 6")
def relu_six_backward(grad, x, rule):
    if rule == "plain":
        return grad * ((x > 0) & (x < 6))
    if rule == "deconvnet":
        return F.relu(grad)
    if rule == "guided":
        return F.relu(grad) * ((x > 0) & (x < 6))
    raise ValueError(rule)


@neutral("relu_backward", "truth values for the gradient")
def relu_gates_only(grad, x, rule):
    if rule == "plain":
        return x > 0
    if rule == "deconvnet":
        return grad > 0
    if rule == "guided":
        return (x > 0) & (grad > 0)
    raise ValueError(rule)
