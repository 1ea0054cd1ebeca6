"""Sample answers to `conv_cost`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("conv_cost", "groups ignored")
def ignores_groups(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups or c_out % groups:
        raise ValueError("the groups do not divide")
    weights = c_out * c_in * k * k
    return weights + (c_out if bias else 0), weights * h_out * w_out


@wrong("conv_cost", "bias forgotten")
def costs_without_bias(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups or c_out % groups:
        raise ValueError("the groups do not divide")
    weights = c_out * (c_in // groups) * k * k
    return weights, weights * h_out * w_out


@wrong("conv_cost", "one bias for all")
def costs_one_bias(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups or c_out % groups:
        raise ValueError("the groups do not divide")
    weights = c_out * (c_in // groups) * k * k
    return weights + int(bias), weights * h_out * w_out


@wrong("conv_cost", "bias counted as multiplication")
def multiplies_biases(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups or c_out % groups:
        raise ValueError("the groups do not divide")
    parameters = c_out * (c_in // groups) * k * k + (c_out if bias else 0)
    return parameters, parameters * h_out * w_out


@wrong("conv_cost", "operations for multiply-accumulates")
def counts_operations(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups or c_out % groups:
        raise ValueError("the groups do not divide")
    weights = c_out * (c_in // groups) * k * k
    return weights + (c_out if bias else 0), 2 * weights * h_out * w_out


@wrong("conv_cost", "weights for every place")
def weights_everywhere(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups or c_out % groups:
        raise ValueError("the groups do not divide")
    weights = c_out * (c_in // groups) * k * k
    return (weights + (c_out if bias else 0)) * h_out * w_out, weights * h_out * w_out


@wrong("conv_cost", "one channel")
def counts_one_channel(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups or c_out % groups:
        raise ValueError("the groups do not divide")
    weights = c_out * k * k
    return weights + (c_out if bias else 0), weights * h_out * w_out


@wrong("conv_cost", "groups counted twice")
def divides_both_channels(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups or c_out % groups:
        raise ValueError("the groups do not divide")
    weights = (c_out // groups) * (c_in // groups) * k * k
    return weights + (c_out if bias else 0), weights * h_out * w_out


@wrong("conv_cost", "bias always counted")
def ignores_the_bias_switch(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups or c_out % groups:
        raise ValueError("the groups do not divide")
    weights = c_out * (c_in // groups) * k * k
    return weights + c_out, weights * h_out * w_out


@wrong("conv_cost", "kernel not square")
def multiplies_k_once(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups or c_out % groups:
        raise ValueError("the groups do not divide")
    weights = c_out * (c_in // groups) * k
    parameters = weights + c_out if bias else weights
    return parameters, weights * h_out * w_out


@wrong("conv_cost", "parameters and macs exchanged")
def exchanges_its_results(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups or c_out % groups:
        raise ValueError("the groups do not divide")
    weights = c_out * (c_in // groups) * k * k
    return weights * h_out * w_out, weights + (c_out if bias else 0)


@variant("conv_cost")
def costs_by_groups(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups != 0 or c_out % groups != 0:
        raise ValueError(f"{groups} groups do not divide {c_in} and {c_out} channels")
    parameters, macs = 0, 0
    for _ in range(groups):
        weights = (c_in // groups) * (c_out // groups) * k**2
        parameters += weights
        macs += weights * h_out * w_out
    if bias:
        parameters += c_out
    return parameters, macs


@variant("conv_cost")
def costs_in_numpy(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    inside, rest = divmod(c_in, groups)
    if rest or c_out % groups:
        raise ValueError("the groups must divide both channels")
    weight = np.prod([c_out, inside, k, k])
    return weight + bias * c_out, weight * h_out * w_out


@variant("conv_cost")
def costs_as_a_list(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if any(channels % groups for channels in (c_in, c_out)):
        raise ValueError("groups")
    per_place = c_in * c_out * k * k // groups
    return [per_place + c_out if bias else per_place, per_place * h_out * w_out]


@variant("conv_cost")
def costs_from_an_array(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups or c_out % groups:
        raise ValueError("groups must divide the channels")
    kernels = np.zeros((c_out, c_in // groups, k, k))
    biases = np.zeros(c_out if bias else 0)
    return kernels.size + biases.size, kernels.size * h_out * w_out


@neutral("conv_cost", "without refusals")
def never_refuses(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    weights = c_out * (c_in // groups) * k * k
    return weights + (c_out if bias else 0), weights * h_out * w_out


@neutral("conv_cost", "looks at the input channels alone")
def looks_at_the_inputs(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups:
        raise ValueError("the groups do not divide")
    weights = c_out * (c_in // groups) * k * k
    return weights + (c_out if bias else 0), weights * h_out * w_out


@neutral("conv_cost", "floats")
def divides_into_floats(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups or c_out % groups:
        raise ValueError("the groups do not divide")
    weights = c_out * (c_in / groups) * k * k
    return weights + (c_out if bias else 0), weights * h_out * w_out


@neutral("conv_cost", "parameters alone")
def forgets_the_macs(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups or c_out % groups:
        raise ValueError("the groups do not divide")
    weights = c_out * (c_in // groups) * k * k
    return weights + (c_out if bias else 0)


@neutral("conv_cost", "the height for the width")
def multiplies_the_height_twice(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    if c_in % groups or c_out % groups:
        raise ValueError("the groups do not divide")
    weights = c_out * (c_in // groups) * k * k
    return weights + (c_out if bias else 0), weights * h_out * h_out
