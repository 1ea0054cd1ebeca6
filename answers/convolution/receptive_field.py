"""Sample answers to `receptive_field`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

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


@wrong("receptive_field", "dilated kernel d times k")
def stretches_kernels(layers):
    size, jump = 1, 1
    for k, s, *d in layers:
        size += ((d[0] if d else 1) * k - 1) * jump
        jump *= s
    return size, jump


@wrong("receptive_field", "jump of the last layer")
def keeps_the_last_stride(layers):
    size, steps, jump = 1, 1, 1
    for k, s, *d in layers:
        size += (d[0] if d else 1) * (k - 1) * steps
        steps *= s
        jump = s
    return size, jump


@wrong("receptive_field", "starts at zero")
def starts_with_nothing(layers):
    size, jump = 0, 1
    for k, s, *d in layers:
        size += (d[0] if d else 1) * (k - 1) * jump
        jump *= s
    return size, jump


@wrong("receptive_field", "kernel sizes multiplied")
def multiplies_kernels(layers):
    size, jump = 1, 1
    for layer in layers:
        size *= layer[0]
        jump *= layer[1]
    return size, jump


@wrong("receptive_field", "size and jump exchanged")
def exchanges_its_results(layers):
    size, jump = 1, 1
    for k, s, *d in layers:
        size += (d[0] if d else 1) * (k - 1) * jump
        jump *= s
    return jump, size


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


@variant("receptive_field")
def sums_with_numpy(layers):
    if not layers:
        return 1, 1
    kernels, strides = (np.array([layer[i] for layer in layers]) for i in (0, 1))
    dilations = np.array([layer[2] if len(layer) > 2 else 1 for layer in layers])
    jumps = np.cumprod([1, *strides])
    return int(1 + np.sum(dilations * (kernels - 1) * jumps[:-1])), int(jumps[-1])


@neutral("receptive_field", "size alone")
def forgets_the_jump(layers):
    size, jump = 1, 1
    for k, s, *d in layers:
        size += (d[0] if d else 1) * (k - 1) * jump
        jump *= s
    return size


@neutral("receptive_field", "empties its list")
def pops_the_layers(layers):
    size, jump = 1, 1
    while layers:
        k, s, *d = layers.pop(0)
        size += (d[0] if d else 1) * (k - 1) * jump
        jump *= s
    return size, jump


@neutral("receptive_field", "expects a dilation in every layer")
def unpacks_three(layers):
    size, jump = 1, 1
    for k, s, d in layers:
        size += d * (k - 1) * jump
        jump *= s
    return size, jump


@neutral("receptive_field", "the last layer is forgotten")
def leaves_the_last_layer_out(layers):
    size, jump = 1, 1
    for k, s, *d in layers[:-1]:
        size += (d[0] if d else 1) * (k - 1) * jump
        jump *= s
    return size, jump


@neutral("receptive_field", "floats")
def counts_in_floats(layers):
    size, jump = 1.0, 1.0
    for k, s, *d in layers:
        size += (d[0] if d else 1) * (k - 1) * jump
        jump *= s
    return size, jump
