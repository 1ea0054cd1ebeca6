"""Sample answers to `receptive_field`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong

SURVIVORS = {
    (
        "receptive_field: d = dilation[0] if dilation else 1 -> "
        "d = dilation[ -1] if dilation else 1"
    ): "a layer has at most one dilation: first and last",
}


@wrong("receptive_field", "strides forgotten in the size")
def adds_without_jump(layers):
    size, jump = 1, 1
    for k, s, *d in layers:
        size += (d[0] if d else 1) * (k - 1)
        jump *= s
    return size, jump


@wrong("receptive_field", "own stride counted first")
def multiplies_first(layers):
    size, jump = 1, 1
    for k, s, *d in layers:
        jump *= s
        size += (d[0] if d else 1) * (k - 1) * jump
    return size, jump


@wrong("receptive_field", "dilation ignored")
def sees_no_dilation(layers):
    size, jump = 1, 1
    for layer in layers:
        size += (layer[0] - 1) * jump
        jump *= layer[1]
    return size, jump


@wrong("receptive_field", "strides added")
def adds_strides(layers):
    size, jump, steps = 1, 1, 1
    for k, s, *d in layers:
        size += (d[0] if d else 1) * (k - 1) * steps
        steps *= s
        jump += s - 1
    return size, jump


@wrong("receptive_field", "kernel sizes added")
def adds_kernels(layers):
    size, jump = 0 if layers else 1, 1
    for k, s, *d in layers:
        size += ((d[0] if d else 1) * (k - 1)) * jump + 1
        jump *= s
    return size, jump


@wrong("receptive_field", "from the last layer")
def starts_at_the_end(layers):
    size, jump = 1, 1
    for k, s, *d in reversed(layers):
        size += (d[0] if d else 1) * (k - 1) * jump
        jump *= s
    return size, jump


@variant("receptive_field")
def grows_forward(layers):
    size = jump = 1
    for layer in layers:
        k, s = layer[0], layer[1]
        d = layer[2] if len(layer) == 3 else 1
        size = size + d * (k - 1) * jump
        jump = jump * s
    return size, jump


@variant("receptive_field")
def goes_backward(layers):
    size, jump = 1, 1
    for k, s, *rest in layers[::-1]:
        reach = (k - 1) * (rest[0] if rest else 1) + 1
        size = (size - 1) * s + reach
        jump *= s
    return (size, jump)


@variant("receptive_field")
def collects_positions(layers):
    seen, jump = {0}, 1
    for k, s, d in [(*layer, 1)[:3] for layer in layers]:
        seen = {place + i * d * jump for place in seen for i in range(k)}
        jump *= s
    return [np.int64(max(seen) + 1), np.int64(jump)]
