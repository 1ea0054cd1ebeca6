"""Sample answers to `group_norm`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

SURVIVORS = {
    "group_norm: blocks = x.reshape(n, groups, -1) -> blocks = x.reshape(n, groups, - 2)": (
        "NumPy takes any negative length for the one to be found"
    ),
    "group_norm: blocks = x.reshape(n, groups, -1) -> blocks = x.reshape(n, groups, ~1)": (
        "NumPy takes any negative length for the one to be found"
    ),
}


@wrong("group_norm", "all channels in one group")
def takes_all_channels(x, groups, gamma, beta, eps=1e-5):
    if x.shape[1] % groups:
        raise ValueError("groups must divide the channels")
    z = x.reshape(len(x), 1, -1)
    v = z.var(2, keepdims=True)
    z = (z - z.mean(2, keepdims=True)) / np.sqrt(v + eps)
    y = z.reshape(x.shape)
    return gamma[:, None, None] * y + beta[:, None, None]


@wrong("group_norm", "each channel by itself")
def takes_each_channel(x, groups, gamma, beta, eps=1e-5):
    if x.shape[1] % groups:
        raise ValueError("groups must divide the channels")
    z = x.reshape(*x.shape[:2], -1)
    v = z.var(2, keepdims=True)
    z = (z - z.mean(2, keepdims=True)) / np.sqrt(v + eps)
    y = z.reshape(x.shape)
    return gamma[:, None, None] * y + beta[:, None, None]


@wrong("group_norm", "number and size of groups exchanged")
def exchanges_number_and_size(x, groups, gamma, beta, eps=1e-5):
    if x.shape[1] % groups:
        raise ValueError("groups must divide the channels")
    z = x.reshape(len(x), -1, groups * x[0, 0].size)
    v = z.var(2, keepdims=True)
    z = (z - z.mean(2, keepdims=True)) / np.sqrt(v + eps)
    y = z.reshape(x.shape)
    return gamma[:, None, None] * y + beta[:, None, None]


@wrong("group_norm", "every n-th channel")
def takes_every_nth(x, groups, gamma, beta, eps=1e-5):
    if x.shape[1] % groups:
        raise ValueError("groups must divide the channels")
    z = x.reshape(len(x), -1, groups, *x.shape[2:])
    v = z.var((1, 3, 4), keepdims=True)
    z = (z - z.mean((1, 3, 4), keepdims=True)) / np.sqrt(v + eps)
    y = z.reshape(x.shape)
    return gamma[:, None, None] * y + beta[:, None, None]


@wrong("group_norm", "over the batch")
def normalises_the_batch(x, groups, gamma, beta, eps=1e-5):
    if x.shape[1] % groups:
        raise ValueError("groups must divide the channels")
    z = x.reshape(len(x), groups, -1)
    v = z.var((0, 2), keepdims=True)
    z = (z - z.mean((0, 2), keepdims=True)) / np.sqrt(v + eps)
    y = z.reshape(x.shape)
    return gamma[:, None, None] * y + beta[:, None, None]


@wrong("group_norm", "batch norm")
def is_batch_norm(x, groups, gamma, beta, eps=1e-5):
    if x.shape[1] % groups:
        raise ValueError("groups must divide the channels")
    z = x.copy()
    v = z.var((0, 2, 3), keepdims=True)
    z = (z - z.mean((0, 2, 3), keepdims=True)) / np.sqrt(v + eps)
    y = z.reshape(x.shape)
    return gamma[:, None, None] * y + beta[:, None, None]


@wrong("group_norm", "pixel by pixel")
def normalises_pixels(x, groups, gamma, beta, eps=1e-5):
    if x.shape[1] % groups:
        raise ValueError("groups must divide the channels")
    z = x.reshape(len(x), groups, -1, *x.shape[2:])
    v = z.var(2, keepdims=True)
    z = (z - z.mean(2, keepdims=True)) / np.sqrt(v + eps)
    y = z.reshape(x.shape)
    return gamma[:, None, None] * y + beta[:, None, None]


@wrong("group_norm", "unbiased variance")
def takes_the_unbiased(x, groups, gamma, beta, eps=1e-5):
    if x.shape[1] % groups:
        raise ValueError("groups must divide the channels")
    z = x.reshape(len(x), groups, -1)
    v = z.var(2, keepdims=True, ddof=1)
    z = (z - z.mean(2, keepdims=True)) / np.sqrt(v + eps)
    y = z.reshape(x.shape)
    return gamma[:, None, None] * y + beta[:, None, None]


@wrong("group_norm", "ε beside the root")
def adds_epsilon_late(x, groups, gamma, beta, eps=1e-5):
    if x.shape[1] % groups:
        raise ValueError("groups must divide the channels")
    z = x.reshape(len(x), groups, -1)
    v = z.var(2, keepdims=True)
    z = (z - z.mean(2, keepdims=True)) / (np.sqrt(v) + eps)
    y = z.reshape(x.shape)
    return gamma[:, None, None] * y + beta[:, None, None]


@wrong("group_norm", "variance for standard deviation")
def forgets_the_root(x, groups, gamma, beta, eps=1e-5):
    if x.shape[1] % groups:
        raise ValueError("groups must divide the channels")
    z = x.reshape(len(x), groups, -1)
    v = z.var(2, keepdims=True)
    z = (z - z.mean(2, keepdims=True)) / (v + eps)
    y = z.reshape(x.shape)
    return gamma[:, None, None] * y + beta[:, None, None]


@wrong("group_norm", "γ and β forgotten")
def forgets_scale_and_shift(x, groups, gamma, beta, eps=1e-5):
    if x.shape[1] % groups:
        raise ValueError("groups must divide the channels")
    z = x.reshape(len(x), groups, -1)
    v = z.var(2, keepdims=True)
    z = (z - z.mean(2, keepdims=True)) / np.sqrt(v + eps)
    y = z.reshape(x.shape)
    return y


@wrong("group_norm", "γ and β by group")
def scales_groups(x, groups, gamma, beta, eps=1e-5):
    if x.shape[1] % groups:
        raise ValueError("groups must divide the channels")
    z = x.reshape(len(x), groups, -1)
    v = z.var(2, keepdims=True)
    z = (z - z.mean(2, keepdims=True)) / np.sqrt(v + eps)
    y = z.reshape(x.shape)
    return (
        np.repeat(gamma[:groups], len(gamma) // groups)[:, None, None] * y
        + np.repeat(beta[:groups], len(beta) // groups)[:, None, None]
    )


@variant("group_norm")
def with_blocks(x, groups, gamma, beta, eps=1e-5):
    if x.shape[1] % groups:
        raise ValueError("groups must divide the channels")
    z = x.reshape(len(x), groups, -1)
    v = z.var(2, keepdims=True)
    z = (z - z.mean(2, keepdims=True)) / np.sqrt(v + eps)
    y = z.reshape(x.shape)
    return gamma[:, None, None] * y + beta[:, None, None]


@variant("group_norm")
def with_five_axes(x, groups, gamma, beta, eps=1e-5):
    if x.shape[1] % groups:
        raise ValueError("groups must divide the channels")
    z = x.reshape(len(x), groups, x.shape[1] // groups, *x.shape[2:])
    v = z.var((2, 3, 4), keepdims=True)
    z = (z - z.mean((2, 3, 4), keepdims=True)) / np.sqrt(v + eps)
    y = z.reshape(x.shape)
    return gamma[:, None, None] * y + beta[:, None, None]


@variant("group_norm")
def image_by_image(x, groups, gamma, beta, eps=1e-5):
    n, c = x.shape[:2]
    size, rest = divmod(c, groups)
    if rest:
        raise ValueError("channels are left over")
    y = np.empty_like(x)
    for i in range(n):
        for k in range(0, c, size):
            block = x[i, k : k + size]
            y[i, k : k + size] = (block - block.mean()) / np.sqrt(block.var() + eps)
    return y * gamma.reshape(1, c, 1, 1) + beta.reshape(1, c, 1, 1)


@variant("group_norm")
def with_split(x, groups, gamma, beta, eps=1e-5):
    if x.shape[1] % groups != 0:
        raise ValueError("channels are left over")
    blocks = []
    for block in np.split(x, groups, axis=1):
        mean = block.mean(axis=(1, 2, 3), keepdims=True)
        var = ((block - mean) ** 2).mean(axis=(1, 2, 3), keepdims=True)
        blocks.append((block - mean) * (var + eps) ** -0.5)
    y = np.concatenate(blocks, axis=1)
    return np.einsum("nchw,c->nchw", y, gamma) + beta[None, :, None, None]


@neutral("group_norm", "no refusal")
def rounds_down(x, groups, gamma, beta, eps=1e-5):
    groups = next(g for g in range(groups, 0, -1) if x.shape[1] % g == 0)
    z = x.reshape(len(x), groups, -1)
    v = z.var(2, keepdims=True)
    z = (z - z.mean(2, keepdims=True)) / np.sqrt(v + eps)
    y = z.reshape(x.shape)
    return gamma[:, None, None] * y + beta[:, None, None]


@neutral("group_norm", "changes x")
def works_in_place(x, groups, gamma, beta, eps=1e-5):
    if x.shape[1] % groups:
        raise ValueError("groups must divide the channels")
    z = x.reshape(len(x), groups, -1)
    v = z.var(2, keepdims=True)
    z = (z - z.mean(2, keepdims=True)) / np.sqrt(v + eps)
    y = z.reshape(x.shape)
    x[...] = y
    return gamma[:, None, None] * y + beta[:, None, None]


@neutral("group_norm", "axes of the groups kept")
def keeps_the_groups(x, groups, gamma, beta, eps=1e-5):
    if x.shape[1] % groups:
        raise ValueError("groups must divide the channels")
    z = x.reshape(len(x), groups, -1)
    v = z.var(2, keepdims=True)
    z = (z - z.mean(2, keepdims=True)) / np.sqrt(v + eps)
    y = z.reshape(x.shape)
    return (gamma[:, None, None] * y + beta[:, None, None]).reshape(len(x), groups, -1)


@neutral("group_norm", "β subtracted")
def subtracts_beta(x, groups, gamma, beta, eps=1e-5):
    if x.shape[1] % groups:
        raise ValueError("groups must divide the channels")
    z = x.reshape(len(x), groups, -1)
    v = z.var(2, keepdims=True)
    z = (z - z.mean(2, keepdims=True)) / np.sqrt(v + eps)
    y = z.reshape(x.shape)
    return gamma[:, None, None] * y - beta[:, None, None]


@neutral("group_norm", "the first image's numbers for all")
def takes_the_first_image(x, groups, gamma, beta, eps=1e-5):
    if x.shape[1] % groups:
        raise ValueError("groups must divide the channels")
    z = x.reshape(len(x), groups, -1)
    v = z[:1].var(2, keepdims=True)
    z = (z - z.mean(2, keepdims=True)) / np.sqrt(v + eps)
    y = z.reshape(x.shape)
    return gamma[:, None, None] * y + beta[:, None, None]
