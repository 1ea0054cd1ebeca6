"""Sample answers to `conv_cost`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


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
