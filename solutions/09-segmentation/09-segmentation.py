# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Segmentation: a prediction for every pixel
#
# **Unit 09 · about 150 minutes · runs in about 30 seconds with 1.1 GB of memory**
#
# **What you will be able to do**
# - say what a latent space keeps of an image, and let one encoding answer three questions: is there
#   a finding, where, and which pixels are it;
# - make small maps large again: upsampling, unpooling and transposed convolution, with their sizes,
#   their values and their checkerboards;
# - build an encoder and a decoder, with and without skip connections, and train it with the loss
#   that fits small findings;
# - judge masks and boxes: Dice, intersection over union, Hausdorff distance in millimetres, volumes
#   in millilitres, with intervals by patient.
#
# **Before you start:** unit 03 (convolution, stride), unit 04 (pooling), unit 05 (training in
# PyTorch, splitting by patient), unit 02 (cross-entropy).
#
# The chest films of this unit are *phantoms*: drawn by a program of this course, with no patient
# behind them. We know every pixel of a finding because we drew it. With real images, somebody has to
# draw these masks by hand, and two people draw two masks. The brain at the end is real anatomy.
#
# One more thing about the first cell. PyTorch likes to spread one layer over all processors. For
# layers as small as ours the processors wait for each other longer than they work, and worse if
# something else runs beside. So we tell it to use one.

# %%
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from course_utils import data, models, widgets
from course_utils.checks import segmentation as check
from course_utils.findings import finding

torch.set_num_threads(1)

# %% [markdown]
# ## How many, where, how large?
#
# Amara, 11, was treated for a tumour of the bone. Such tumours can send small nodules into the lungs,
# so she is imaged every three months. "Is there something?" is only the first question. Then come:
# *where*, for the surgeon; *which pixels*, for the radiation; *how many millilitres*, to say whether
# the medicine works. A class for the whole image (unit 05) answers only the first.
#
# **Predict, then look.** One of the films below shows an opacity, the others show nodules of a few
# pixels. How many of the 784 pixels of a film belong to a finding?

# %% tags=["demo"]
opacities = data.phantoms.chest(200, 28, seed=4)
train_films, new_films = (
    data.phantoms.nodules(300, 28, seed=1),
    data.phantoms.nodules(200, 28, seed=2),
)
ill = opacities.images[opacities.labels == 1][0], opacities.masks[opacities.labels == 1][0]
widgets.figures.images(
    [ill[0], *new_films.images[:3], ill[1], *new_films.masks[:3]],
    ["an opacity", "nodules", "nodules", "nodules", *["its mask"] * 4],
    alt="Four chest phantoms and the masks of their findings: one opacity of about a tenth of the "
    "lung, and nodules of a few pixels each.",
)

# %% tags=["demo"]
areas = new_films.masks.sum(axis=(1, 2))
share = areas.sum() / new_films.masks.size
print(
    f"pixels of nodules in a film: median {np.median(areas):.0f}, from {areas.min()} to {areas.max()}"
)
finding(
    share < 0.05,
    f"Only {share:.1%} of all pixels belong to a nodule. A program that marks nothing at all is right"
    f" in {1 - share:.1%} of the pixels, and useless. So we shall not count pixels that are right.",
    f"Here {share:.1%} of the pixels belong to a finding.",
)

# %% [markdown]
# ## One encoding, three questions
#
# An **encoder** makes maps that are smaller and smaller, and more and more of them. What it ends with
# is a point in the **latent space**: latent means hidden, since nobody told the network what these
# numbers should mean. VGG16 of unit 05 makes 512 maps of 7 × 7 from a photograph. We ask PyTorch for
# the shapes, without any weight in memory (`device="meta"`).

# %% tags=["demo", "covers-9.1"]
from torchvision.models import vgg16

with torch.device("meta"):
    encoder = vgg16().features
    photograph = torch.zeros(1, 3, 224, 224)
latent = encoder(photograph)
print("photograph", tuple(photograph.shape), "=", f"{photograph.numel():,} numbers")
print("latent    ", tuple(latent.shape), "=", f"{latent.numel():,} numbers")
print(f"one cell of the latent space stands for {224 // 7} × {224 // 7} pixels")

# %% [markdown]
# That is a sixth of the numbers, and on the way the network has thrown away what did not help its
# task. If the task was rich, what is left is the *essence* of the image, and several **heads** can
# read it: one for the class, one for boxes, one for a mask. The encoder, by far the largest part, runs
# once.
#
# **Predict, then look.** One cell of the latent space below stands for 4 × 4 pixels of the film. Which
# of the three heads will suffer most from that?

# %% tags=["covers-9.1", "covers-9.5"]
widgets.segmentation.multitask()

# %% [markdown]
# The middle head answers with **boxes**. In each of the 49 cells it gives five numbers: how sure it is
# that the middle of a finding lies here, the place of this middle inside the cell, height and width.
# To train and to judge it we need three tools.
#
# **For all exercises of this unit.** What comes in stays as it is: work on copies. Numbers are compared
# to many digits: do not round. Loops are welcome.

# %% [markdown]
# ### Exercise: from a mask to boxes
#
# Write `boxes_from_mask(mask)` in NumPy or plain Python.
#
# - `mask`: a boolean array `(H, W)`.
# - A **finding** is a set of pixels in the mask that are connected: each pixel with its *eight*
#   neighbours, also across a corner.
# - Returns an array of whole numbers `(M, 4)`, for each finding the smallest box around it,
#   `(top, left, bottom, right)`. Boxes are *half open*, as slices are:
#   `mask[top:bottom, left:right]` holds the finding. Boxes of different findings may overlap.
# - The order is that of each finding's first pixel when one reads the mask row by row.
# - A mask without findings gives an array of the shape `(0, 4)`.
# - A finding may hold thousands of pixels: a function that calls itself for every pixel gets too
#   deep for Python.
# - Not allowed here: `torch`, `torchvision`, `scipy`, `skimage`.
#
# By hand: the rows `1 1 0 0 0`, `0 0 1 0 0`, `0 0 0 0 1`, `1 0 0 0 1` hold three findings:
# `(0, 0, 2, 3)`, `(2, 4, 4, 5)` and `(3, 0, 4, 1)`.


# %% nbgrader={"grade": false, "grade_id": "boxes_from_mask", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-9.1"]
def boxes_from_mask(mask):
    """Return a box (top, left, bottom, right) for every finding of the mask."""
    ### BEGIN SOLUTION
    height, width = mask.shape
    seen = np.zeros_like(mask)
    boxes = []
    for row, column in np.argwhere(mask):
        if seen[row, column]:
            continue
        seen[row, column] = True
        todo, pixels = [(row, column)], []
        while todo:
            r, c = todo.pop()
            pixels.append((r, c))
            for i in range(max(r - 1, 0), min(r + 2, height)):
                for j in range(max(c - 1, 0), min(c + 2, width)):
                    if mask[i, j] and not seen[i, j]:
                        seen[i, j] = True
                        todo.append((i, j))
        first, last = np.min(pixels, axis=0), np.max(pixels, axis=0)
        boxes.append([*first, *(last + 1)])
    return np.array(boxes, dtype=int).reshape(-1, 4)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "boxes_from_mask-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.boxes_from_mask(boxes_from_mask)
### BEGIN HIDDEN TESTS
check.boxes_from_mask(boxes_from_mask, seed=12687)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: how much boxes overlap
#
# Write `box_iou(a, b)` in NumPy.
#
# - `a`: boxes `(M, 4)`, `b`: boxes `(K, 4)`, as `(top, left, bottom, right)`, half open, of whole
#   numbers (signed) or floats, with `bottom` ≥ `top` and `right` ≥ `left`. `M` and `K` may be 0.
# - Returns a float array `(M, K)`: in row $i$ and column $j$ the intersection of `a[i]` and `b[j]`
#   over their union, both as areas.
# - A box without area gives 0 with every box, itself included. Avoid the division 0/0.
# - Not allowed here: `torch`, `torchvision`.
#
# By hand: `(0, 0, 2, 3)` and `(1, 1, 4, 3)` have 6 pixels each and share one row of two pixels:
# $2 / (6 + 6 - 2) = 0.2$.


# %% nbgrader={"grade": false, "grade_id": "box_iou", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-9.1"]
def box_iou(a, b):
    """Return the intersection over union of every box of a with every box of b."""
    ### BEGIN SOLUTION
    first = np.maximum(a[:, None, :2], b[None, :, :2])
    last = np.minimum(a[:, None, 2:], b[None, :, 2:])
    both = (last - first).clip(0).prod(axis=2)
    areas_a, areas_b = ((boxes[:, 2:] - boxes[:, :2]).prod(axis=1) for boxes in (a, b))
    either = areas_a[:, None] + areas_b[None] - both
    return np.where(both > 0, both / np.where(either > 0, either, 1), 0.0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "box_iou-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.box_iou(box_iou)
### BEGIN HIDDEN TESTS
check.box_iou(box_iou, seed=90824)
### END HIDDEN TESTS

# %% [markdown]
# Several cells often propose a box for the same finding. **Non-maximum suppression** keeps the surest
# one and drops those that overlap it too much.

# %% [markdown]
# ### Exercise: one box for each finding
#
# Write `non_max_suppression(boxes, scores, threshold)` in NumPy or plain Python.
#
# - `boxes`: float array `(N, 4)` as `(top, left, bottom, right)`; `scores`: float array `(N,)`,
#   how sure the detector is of each box; `threshold`: a float from 0 to 1. `N` may be 0.
# - Go through the boxes by falling score, boxes of equal score by their index. Keep a box unless
#   its intersection over union with one that you have *kept* is **greater** than the threshold.
# - Returns the indices of the kept boxes in this order, a NumPy array of whole numbers `(K,)`; for
#   `N` = 0 it is empty.
# - You may use your own functions, such as `box_iou`. Not allowed here: `torch`, `torchvision`.
#
# By hand: three boxes `(0, 0, 4, 4)`, `(0, 1, 4, 5)`, `(0, 2, 4, 6)` with the scores 0.9, 0.8, 0.7
# and the threshold 0.5. The second one overlaps the first with 12/20 = 0.6 and goes. The third
# overlaps the first with 8/24 only, and the second, which is gone, does not count: the result is
# `[0, 2]`.


# %% nbgrader={"grade": false, "grade_id": "non_max_suppression", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-9.1"]
def non_max_suppression(boxes, scores, threshold):
    """Return the indices of the boxes that stay, by falling score."""
    ### BEGIN SOLUTION
    overlaps = box_iou(boxes, boxes)
    kept = []
    for index in np.argsort(-scores, kind="stable"):
        if not (overlaps[index, kept] > threshold).any():
            kept.append(index)
    return np.array(kept, dtype=int)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "non_max_suppression-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.non_max_suppression(non_max_suppression)
### BEGIN HIDDEN TESTS
check.non_max_suppression(non_max_suppression, seed=47390)
### END HIDDEN TESTS

# %% [markdown]
# Your three functions on Amara's film and on the network of the picture above:

# %% tags=["demo", "covers-9.1"]
film = int(np.flatnonzero(opacities.labels == 1)[1])
network = models.segmenter("tasks")
with torch.inference_mode():
    answer = network(models.standardized(opacities.images[film : film + 1]))
sure = answer.boxes[0, 0].sigmoid().numpy()
cells = np.argwhere(sure > 0.5)
numbers = answer.boxes[0, 1:].numpy()[:, cells[:, 0], cells[:, 1]].T
middles, sizes = 4 * (cells + numbers[:, :2]), 4 * numbers[:, 2:]
boxes = np.concatenate([middles - sizes / 2, middles + sizes / 2], axis=1)
kept = non_max_suppression(boxes, sure[cells[:, 0], cells[:, 1]], 0.2)
truth = boxes_from_mask(opacities.masks[film])
print(f"{len(cells)} cells propose a box, {len(kept)} are left; the truth has {len(truth)}:")
print("  true boxes  ", truth.tolist())
print("  boxes left  ", boxes[kept].round(1).tolist())
print("  their IoU   ", box_iou(truth, boxes[kept]).round(2).tolist())

# %% [markdown]
# **What it means in medicine.** Of two opacities that lie close together, suppression may drop the
# weaker one, because its box overlaps the other. A threshold is a decision about patients: too low and
# neighbours vanish, too high and one finding is counted twice.

# %% [markdown]
# ## A class for every pixel
#
# The third head gives a vector of logits for *every* pixel: **dense prediction**. The loss is the
# cross-entropy of unit 02, for each pixel, and then the mean.

# %% [markdown]
# ### Exercise: cross-entropy for every pixel
#
# Write `pixel_cross_entropy(logits, masks)` in NumPy.
#
# - `logits`: float array `(N, K, H, W)`, $K$ scores for every pixel; `masks`: the true class of
#   every pixel, whole numbers `(N, H, W)` from 0 to $K - 1$, of any integer dtype (files often
#   hold uint8).
# - Returns a float: the cross-entropy of unit 02 for every pixel, averaged over all pixels of all
#   images.
# - It must be right for logits of ±1000, too.
# - Raises `ValueError` unless `masks` has the shape `(N, H, W)`, and for a class below 0 or above
#   $K - 1$.
# - You may use your own functions. Not allowed here: `torch`, `scipy`, `sklearn`.
#
# By hand: one image of two pixels and two classes. The logits $(\ln 3, 0)$ are the probabilities
# 3/4 and 1/4, the logits $(0, 0)$ are 1/2 and 1/2. If the true classes are 0 and 1, the loss is
# $(\ln \tfrac{4}{3} + \ln 2)/2 = 0.4904$.


# %% nbgrader={"grade": false, "grade_id": "pixel_cross_entropy", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-9.2"]
def pixel_cross_entropy(logits, masks):
    """Return the mean cross-entropy over all pixels of all images."""
    ### BEGIN SOLUTION
    n, classes, height, width = logits.shape
    if masks.shape != (n, height, width):
        raise ValueError(f"masks must be {(n, height, width)}, got {masks.shape}")
    if masks.min() < 0 or masks.max() >= classes:
        raise ValueError(f"classes must be 0 to {classes - 1}")
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    chosen = np.take_along_axis(log_p, masks[:, None].astype(int), axis=1)
    return float(-chosen.mean())
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "pixel_cross_entropy-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.pixel_cross_entropy(pixel_cross_entropy)
### BEGIN HIDDEN TESTS
check.pixel_cross_entropy(pixel_cross_entropy, seed=75133)
### END HIDDEN TESTS

# %% [markdown]
# So how does a map of 7 × 7 become a mask of 28 × 28? Pooling threw away places. There are three ways
# back.
#
# **Unpooling** (SegNet). Max pooling remembers where each largest value was (the switches of unit 04).
# On the way back the value goes to that place, and all else is zero. The places are a message from the
# encoder to the decoder.

# %% [markdown]
# ### Exercise: max unpooling
#
# Write `max_unpool2d(y, places, k, size)` in NumPy: the way back from max pooling with windows of
# `k` × `k` side by side (stride `k`).
#
# - `y`: the pooled values, a float array `(N, C, H', W')`.
# - `places`: whole numbers of the same shape: where in its plane each value came from. A plane
#   `(H, W)` is counted row by row: the pixel in row $r$ and column $c$ has the number
#   $r \cdot W + c$. PyTorch's `nn.MaxPool2d(k, return_indices=True)` gives these numbers.
# - `size`: the tuple `(H, W)`, which need not be a multiple of `k`: windows that did not fit were
#   dropped.
# - Returns a new array `(N, C, H, W)` of the dtype of `y`: every value at its place, and zeros
#   elsewhere. `y` and `places` stay as they are.
# - Raises `ValueError` unless `H'` is $\lfloor H / k \rfloor$ and `W'` is $\lfloor W / k \rfloor$.
# - Not allowed here: `torch`, `scipy`.
#
# By hand: of a 4 × 4 plane, `y` = `[[7, 8], [3, 4]]` and `places` = `[[5, 7], [8, 15]]` make the
# rows `0 0 0 0`, `0 7 0 8`, `3 0 0 0`, `0 0 0 4`.


# %% nbgrader={"grade": false, "grade_id": "max_unpool2d", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-9.2"]
def max_unpool2d(y, places, k, size):
    """Return planes of this size with the pooled values at their places, zeros elsewhere."""
    ### BEGIN SOLUTION
    n, channels, rows, columns = y.shape
    height, width = size
    if (rows, columns) != (height // k, width // k):
        raise ValueError(f"{rows} by {columns} windows of {k} do not come from {size}")
    planes = np.zeros((n, channels, height * width), y.dtype)
    flat = (n, channels, rows * columns)
    np.put_along_axis(planes, places.reshape(flat), y.reshape(flat), axis=2)
    return planes.reshape(n, channels, height, width)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "max_unpool2d-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.max_unpool2d(max_unpool2d)
### BEGIN HIDDEN TESTS
check.max_unpool2d(max_unpool2d, seed=40562)
### END HIDDEN TESTS

# %% tags=["demo", "covers-9.2"]
grid = np.array([[1, 5, 2, 0], [3, 4, 8, 1], [7, 0, 1, 1], [2, 6, 3, 9]], dtype=float)[None, None]
pooled, places = nn.MaxPool2d(2, return_indices=True)(torch.from_numpy(grid))
print("pooled:  ", *pooled[0, 0].tolist())
print("places:  ", *places[0, 0].tolist())
back = max_unpool2d(pooled.numpy(), places.numpy(), 2, (4, 4))
print("unpooled:", *back[0, 0].astype(int).tolist())

# %% [markdown]
# **Upsampling.** Every pixel becomes a square of equal pixels. Nothing to learn; a convolution after it
# smooths the steps.

# %% [markdown]
# ### Exercise: upsampling
#
# Write `upsample_nearest(x, scale)` in NumPy.
#
# - `x`: maps `(N, C, H, W)`, of floats or of whole numbers; `scale`: a whole number, at least 1.
# - Every pixel becomes a square of `scale` × `scale` equal pixels.
# - Returns a **new** array `(N, C, scale · H, scale · W)` of the same dtype, also where `scale` is
#   1. So a mask of whole numbers stays one.
# - Raises `ValueError` where `scale` is below 1.
# - Not allowed here: `torch`, `scipy`.
#
# By hand: `[[1, 2], [3, 4]]` with a scale of 2 has the rows `1 1 2 2`, `1 1 2 2`, `3 3 4 4`,
# `3 3 4 4`.


# %% nbgrader={"grade": false, "grade_id": "upsample_nearest", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-9.3"]
def upsample_nearest(x, scale):
    """Return maps x with every pixel repeated scale times in both directions."""
    ### BEGIN SOLUTION
    if scale < 1:
        raise ValueError(f"scale must be at least 1, got {scale}")
    return x.repeat(scale, axis=2).repeat(scale, axis=3)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "upsample_nearest-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.upsample_nearest(upsample_nearest)
### BEGIN HIDDEN TESTS
check.upsample_nearest(upsample_nearest, seed=93071)
### END HIDDEN TESTS

# %% [markdown]
# ### The transposed convolution
#
# The third way learns how to enlarge. A convolution gathers: each output cell reads a window. The
# **transposed convolution** scatters: each input cell is multiplied with the whole kernel and *added*
# to a window of the output. The stride is now the step in the output. It is not the inverse of the
# convolution, it only has its shapes the other way round (and it is what you wrote as `dx` in unit 04).
#
# **Predict, then look.** An input of 3 × 3, a kernel of 3 × 3, stride 2: how large is the output, and
# how many input cells add to its middle? Step through the second example.

# %% tags=["covers-9.3"]
widgets.segmentation.transposed()

# %% [markdown]
# ### Exercise: the size of what comes back
#
# Write `transposed_output_size(n, k, p=0, s=1, d=1, output_padding=0)`.
#
# - `n`, `k`, `p`, `s`, `d`: input size, kernel size, padding, stride, dilation, as in unit 03;
#   `output_padding`: rows that are added at one end of the output. All are whole numbers; `n`,
#   `k`, `s`, `d` are at least 1, `p` and `output_padding` at least 0.
# - Returns the size of the output, an `int`:
#   (n − 1) s − 2p + d (k − 1) + `output_padding` + 1.
# - Raises `ValueError` unless `output_padding` is smaller than the larger one of `s` and `d`, and
#   unless the result is at least 1.
# - Plain Python is enough. Not allowed here: `torch`.
#
# By hand: $n=4$, $k=3$ gives 6. With $s=2$ and $p=1$ it gives $6 - 2 + 2 + 1 = 7$, and 8 with one
# row of output padding. A convolution with $k=3$, $s=2$, $p=1$ makes 4 of 7 and 4 of 8: the output
# padding says which of the two to go back to.


# %% nbgrader={"grade": false, "grade_id": "transposed_output_size", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-9.3"]
def transposed_output_size(n, k, p=0, s=1, d=1, output_padding=0):
    """Return the size of the output of a transposed convolution."""
    ### BEGIN SOLUTION
    if output_padding >= max(s, d):
        raise ValueError(f"output_padding must be below {max(s, d)}, got {output_padding}")
    size = (n - 1) * s - 2 * p + d * (k - 1) + output_padding + 1
    if size < 1:
        raise ValueError(f"a padding of {p} leaves nothing of the output")
    return size
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "transposed_output_size-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.transposed_output_size(transposed_output_size)
### BEGIN HIDDEN TESTS
check.transposed_output_size(transposed_output_size, seed=61849)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: the transposed convolution
#
# Write `conv_transpose2d(x, w, b, stride=1, padding=0)` in NumPy.
#
# - `x`: feature maps `(N, C_in, H, W)`, at least one; `w`: kernels `(C_in, C_out, KH, KW)`, input
#   channels first, as in PyTorch; `b`: biases `(C_out,)`. All are float arrays, and stay as they
#   are.
# - Every pixel of `x` is multiplied with the whole kernel, and the result is put into the output,
#   `stride` pixels from that of its neighbour, in both directions. Where these overlap, they add
#   up. The kernel is not flipped. The input channels are summed.
# - `padding` cuts that many rows and columns off each of the four sides; at least one pixel is
#   left.
# - The bias is added once to every pixel of the output, also to those that no kernel reaches.
# - Returns the maps `(N, C_out, H', W')`, a float array (float32 or float64), with
#   H′ = (H − 1) · stride − 2 · padding + KH, and W′ likewise.
# - Not allowed here: `torch`, `scipy`. Loops are welcome.
#
# By hand: the map `[[1, 2], [3, 4]]`, the kernel `[[1, 2], [0, -1]]` and the bias 10 give three
# rows, `11 14 14`, `13 19 16` and `10 7 6`. In the middle all four meet:
# $-1 + 0 + 6 + 4 + 10 = 19$.


# %% nbgrader={"grade": false, "grade_id": "conv_transpose2d", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-9.3"]
def conv_transpose2d(x, w, b, stride=1, padding=0):
    """Return the transposed convolution of maps x with kernels w, plus biases b."""
    ### BEGIN SOLUTION
    n, _, height, width = x.shape
    _, filters, kernel_rows, kernel_columns = w.shape
    rows = (height - 1) * stride + kernel_rows
    columns = (width - 1) * stride + kernel_columns
    output = np.zeros((n, filters, rows, columns), x.dtype)
    for row in range(height):
        for column in range(width):
            top, left = row * stride, column * stride
            stamps = np.tensordot(x[:, :, row, column], w, axes=1)
            output[:, :, top : top + kernel_rows, left : left + kernel_columns] += stamps
    inside = output[:, :, padding : rows - padding, padding : columns - padding]
    return inside + b[:, None, None]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "conv_transpose2d-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check.conv_transpose2d(conv_transpose2d)
### BEGIN HIDDEN TESTS
check.conv_transpose2d(conv_transpose2d, seed=27418)
### END HIDDEN TESTS

# %% [markdown]
# The worked numbers of the picture, with your functions. PyTorch judges.

# %% tags=["demo", "covers-9.3"]
x = np.array([[2.0, 1, 0], [3, 4, 1], [1, 0, 2]])[None, None]
w = np.array([[1.0, 2, 1], [0, 1, 3], [2, 0, 1]])[None, None]
ours = conv_transpose2d(x, w, np.zeros(1), stride=2)
print(ours[0, 0].astype(int))
print("size by the formula:", transposed_output_size(3, 3, s=2))
theirs = F.conv_transpose2d(torch.from_numpy(x), torch.from_numpy(w), stride=2)
print("agrees with PyTorch:", np.allclose(ours, theirs))

# %% [markdown]
# ### The checkerboard
#
# **Predict, then look.** All input cells are 1 and all weights are 1. Will the output be flat? Look at
# the example *checkerboard*, then at those with kernels of 4 and 2 in the picture above.

# %% tags=["demo", "covers-9.3"]
ones = np.ones((1, 1, 6, 6))
values = {}
for k, s in ((2, 2), (3, 2), (4, 2), (3, 1)):
    flat = conv_transpose2d(ones, np.ones((1, 1, k, k)), np.zeros(1), stride=s)[0, 0]
    values[k, s] = np.unique(flat[k - 1 : 1 - k, k - 1 : 1 - k]).astype(int).tolist()
    print(f"kernel {k}, stride {s}: inner values {values[k, s]}")
smooth = np.pad(upsample_nearest(ones, 2), ((0, 0), (0, 0), (1, 1), (1, 1)))
windows = np.lib.stride_tricks.sliding_window_view(smooth, (3, 3), axis=(2, 3)).sum(axis=(4, 5))
print(
    "upsampling, then a 3 × 3 convolution:",
    np.unique(windows[0, 0, 2:-2, 2:-2]).astype(int).tolist(),
)
even = {pair: len(found) == 1 for pair, found in values.items()}
finding(
    all(even[k, s] == (k % s == 0) for k, s in even),
    "The output is flat where the stride divides the kernel, and a checkerboard where it does not."
    " Upsampling and a convolution are flat everywhere inside.",
    "The pattern is not that of the rule: look at your `conv_transpose2d` again.",
)

# %% [markdown]
# **What it means in medicine.** A checkerboard on a mask is ugly. A checkerboard on an image that a
# network *made*, such as a CT computed from an MR, is texture that no patient has, and a radiomics
# program will measure it. A network can learn weights that cancel the pattern, but it starts with it.
# Take kernels that the stride divides, or upsample and convolve.

# %% [markdown]
# ## An encoder and a decoder
#
# The **decoder** is the encoder's mirror: each step doubles the sides of the maps and halves their
# number. What came through the latent space knows *what*; the fine maps from before the pooling still
# know *where*. A **skip connection** carries these over: the maps of the encoder are concatenated with
# the decoder's maps of the same size. That is the idea of the U-Net.

# %% [markdown]
# ### Exercise: an encoder and a decoder
#
# Write the class `EncoderDecoder(in_channels, classes, width, skip)`, an `nn.Module`. With $w$ =
# `width`:
#
# | part | layers | channels |
# |---|---|---|
# | stage 1 | 3 × 3 convolution, ReLU; then 2 × 2 max pooling | $w$ |
# | stage 2 | 3 × 3 convolution, ReLU; then 2 × 2 max pooling | $2w$ |
# | middle | 3 × 3 convolution, ReLU | $4w$ |
# | way up 1 | 2 × 2 transposed convolution with stride 2; 3 × 3 convolution, ReLU | $2w$, $2w$ |
# | way up 2 | 2 × 2 transposed convolution with stride 2; 3 × 3 convolution, ReLU | $w$, $w$ |
# | head | 1 × 1 convolution | `classes` |
#
# - All convolutions of 3 × 3 have padding 1; all layers have biases. Nothing comes between a
#   transposed convolution and the convolution after it, except the skip.
# - With `skip` true, what a stage gave *before* its pooling is concatenated with what the
#   transposed convolution of the same size gave, along the channels:
#   `torch.cat((from_the_stage, from_below), dim=1)`, in this order. So the convolution after it
#   reads $4w$ channels on the way up 1 and $2w$ on the way up 2. With `skip` false it reads $2w$
#   and $w$.
# - `forward(x)`: float tensor `(N, in_channels, H, W)` → logits `(N, classes, H, W)`. No softmax,
#   no dropout, no batch norm.
# - `forward` raises `ValueError` unless 4 divides both `H` and `W`.
# - Exactly these layers: the parameters are compared. `EncoderDecoder(1, 2, 8, True)` has 14,274
#   of them, and `EncoderDecoder(1, 2, 8, False)` has 11,394.


# %% nbgrader={"grade": false, "grade_id": "EncoderDecoder", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-9.4"]
class EncoderDecoder(nn.Module):
    """Two stages down, two stages up; returns logits for every pixel."""

    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        ### BEGIN SOLUTION
        self.skip = skip
        twice = 2 if skip else 1
        self.stage1 = nn.Conv2d(in_channels, width, 3, padding=1)
        self.stage2 = nn.Conv2d(width, 2 * width, 3, padding=1)
        self.middle = nn.Conv2d(2 * width, 4 * width, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * width, 2 * width, 2, stride=2)
        self.merge1 = nn.Conv2d(twice * 2 * width, 2 * width, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * width, width, 2, stride=2)
        self.merge2 = nn.Conv2d(twice * width, width, 3, padding=1)
        self.head = nn.Conv2d(width, classes, 1)
        ### END SOLUTION

    def forward(self, x):
        """Return the logits, shape (N, classes, H, W)."""
        ### BEGIN SOLUTION
        if x.shape[2] % 4 or x.shape[3] % 4:
            raise ValueError(f"4 must divide height and width, got {tuple(x.shape[2:])}")
        fine = F.relu(self.stage1(x))
        coarse = F.relu(self.stage2(F.max_pool2d(fine, 2)))
        latent = F.relu(self.middle(F.max_pool2d(coarse, 2)))
        x = self.up1(latent)
        x = F.relu(self.merge1(torch.cat((coarse, x), dim=1) if self.skip else x))
        x = self.up2(x)
        x = F.relu(self.merge2(torch.cat((fine, x), dim=1) if self.skip else x))
        return self.head(x)
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "EncoderDecoder-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check.EncoderDecoder(EncoderDecoder)
### BEGIN HIDDEN TESTS
check.EncoderDecoder(EncoderDecoder, seed=64025)
### END HIDDEN TESTS

# %% [markdown]
# ### How good is a mask?
#
# **Predict, then look.** A prediction has exactly the right shape, but lies two pixels too far to the
# right. Is that a good mask? Compare a large finding and a small one.

# %% tags=["covers-9.4"]
widgets.segmentation.overlap()

# %% [markdown]
# ### Exercise: the Dice coefficient
#
# Write `dice(a, b)` in NumPy.
#
# - `a`, `b`: masks of the same images, boolean arrays `(N, H, W)`, at least one image.
# - Returns for each image $\dfrac{2\,|A \cap B|}{|A| + |B|}$, a float array `(N,)`. $|A|$ is the
#   number of pixels in the mask $A$.
# - Two empty masks agree: 1. An empty mask and one that is not: 0.
# - Raises `ValueError` where the shapes of `a` and `b` differ.
# - Not allowed here: `torch`, `scipy`, `sklearn`.
#
# By hand: $A$ has the rows `1 1 0` and `0 1 0`, $B$ the rows `0 1 1` and `1 1 1`. Two pixels are
# in both: $2 \cdot 2 / (3 + 5) = 0.5$.


# %% nbgrader={"grade": false, "grade_id": "dice", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-9.4"]
def dice(a, b):
    """Return the Dice coefficient of each pair of masks."""
    ### BEGIN SOLUTION
    if a.shape != b.shape:
        raise ValueError(f"masks must have one shape, got {a.shape} and {b.shape}")
    both = (a & b).sum(axis=(1, 2))
    total = a.sum(axis=(1, 2)) + b.sum(axis=(1, 2))
    return np.where(total == 0, 1.0, 2 * both / np.maximum(total, 1))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "dice-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.dice(dice)
### BEGIN HIDDEN TESTS
check.dice(dice, seed=52906)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: intersection over union
#
# Write `iou(a, b)` in NumPy.
#
# - `a`, `b`: masks of the same images, boolean arrays `(N, H, W)`, at least one image.
# - Returns for each image $\dfrac{|A \cap B|}{|A \cup B|}$ (also called the Jaccard index), a
#   float array `(N,)`.
# - Two empty masks agree: 1. An empty mask and one that is not: 0.
# - Raises `ValueError` where the shapes of `a` and `b` differ.
# - You may use your own functions. Not allowed here: `torch`, `scipy`, `sklearn`.
#
# By hand: for the masks of the example before, two pixels are in both and six in at least one:
# $2/6 = 0.3333$.


# %% nbgrader={"grade": false, "grade_id": "iou", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-9.4"]
def iou(a, b):
    """Return the intersection over union of each pair of masks."""
    ### BEGIN SOLUTION
    if a.shape != b.shape:
        raise ValueError(f"masks must have one shape, got {a.shape} and {b.shape}")
    both = (a & b).sum(axis=(1, 2))
    either = (a | b).sum(axis=(1, 2))
    return np.where(either == 0, 1.0, both / np.maximum(either, 1))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "iou-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.iou(iou)
### BEGIN HIDDEN TESTS
check.iou(iou, seed=86340)
### END HIDDEN TESTS

# %% [markdown]
# Dice and IoU say the same in two scales: $\text{Dice} = 2\,\text{IoU}/(1+\text{IoU})$. So a Dice of
# 0.67 and an IoU of 0.5 are one result, and papers are compared wrongly when one takes the other.

# %% tags=["demo", "covers-9.4"]
generator = np.random.default_rng(0)
first, second = generator.random((2, 50, 8, 8)) < generator.random((2, 50, 1, 1))
ratio = iou(first, second)
print("Dice = 2 IoU / (1 + IoU):", np.allclose(dice(first, second), 2 * ratio / (1 + ratio)))

# %% [markdown]
# Neither says how *far* off an edge is. For the surgeon, and for a beam that must spare the spinal cord,
# that is the question. And it is one of millimetres: pixels have a size, and it need not be the same in
# both directions.

# %% [markdown]
# ### Exercise: the Hausdorff distance
#
# Write `hausdorff_distance(a, b, spacing)` in NumPy.
#
# - `a`, `b`: masks of one image, boolean arrays of the same shape `(H, W)`; `spacing`: the tuple
#   `(dy, dx)`, the millimetres from one row to the next and from one column to the next.
# - The **boundary** of a mask are those of its pixels that have one of their four neighbours
#   (above, below, left, right) outside the mask or outside the image.
# - For every pixel of the boundary of $A$ take the distance to the nearest pixel of the boundary
#   of $B$, in millimetres from centre to centre, and of these distances the largest. The same from
#   $B$ to $A$. Returns the larger one of the two, a float.
# - Raises `ValueError` where one of the masks is empty: nothing is near to nothing.
# - Not allowed here: `torch`, `scipy`, `skimage`.
#
# By hand: $A$ is the pixel in row 0 and column 0; $B$ is the same pixel and another one in row 3
# and column 4. From $A$ to $B$ it is 0, from $B$ to $A$ it is 5 for the spacing `(1, 1)`, and
# $\sqrt{3^2 + 2^2} = 3.606$ for `(1, 0.5)`.


# %% nbgrader={"grade": false, "grade_id": "hausdorff_distance", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-9.4"]
def hausdorff_distance(a, b, spacing):
    """Return the Hausdorff distance between the boundaries of two masks, in millimetres."""

    ### BEGIN SOLUTION
    def boundary(mask):
        padded = np.pad(mask, 1)
        inside = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        return np.argwhere(mask & ~inside) * np.asarray(spacing)

    if not a.any() or not b.any():
        raise ValueError("an empty mask has no boundary to measure from")
    steps = boundary(a)[:, None] - boundary(b)[None]
    distances = np.sqrt((steps**2).sum(axis=2))
    return float(max(distances.min(axis=1).max(), distances.min(axis=0).max()))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "hausdorff_distance-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check.hausdorff_distance(hausdorff_distance)
### BEGIN HIDDEN TESTS
check.hausdorff_distance(hausdorff_distance, seed=33758)
### END HIDDEN TESTS

# %% tags=["demo", "covers-9.4"]
square, moved = np.zeros((2, 20, 20), dtype=bool)
square[5:15, 5:15], moved[8:18, 5:15] = True, True
for spacing in ((1.0, 1.0), (0.5, 0.5), (3.0, 1.0)):
    length = hausdorff_distance(square, moved, spacing)
    print(f"moved down by three pixels of {spacing[0]} × {spacing[1]} mm: {length:.1f} mm")
print(f"Dice, whatever the spacing: {dice(square[None], moved[None])[0]:.2f}")
stray = square.copy()
stray[0, 0] = True
print(f"one stray pixel: Dice {dice(square[None], stray[None])[0]:.3f},", end=" ")
print(f"Hausdorff {hausdorff_distance(square, stray, (1, 1)):.1f} mm")

# %% [markdown]
# A single stray pixel ruins the Hausdorff distance and hardly changes Dice. Report both.
#
# ### A loss that sees the small
#
# Cross-entropy counts pixels. Where nearly all pixels are background, a network can lower it a long way
# by marking nothing. The **soft Dice loss** compares the mask with itself: background that is
# rightly left alone earns nothing. Probabilities take the place of yes and no, so that it has a
# gradient.

# %% [markdown]
# ### Exercise: the soft Dice loss
#
# Write `soft_dice_loss(logits, masks, eps=1.0)` in PyTorch.
#
# - `logits`: float tensor `(N, 1, H, W)`, one score for every pixel; `masks`: the truth, a tensor
#   of the same shape that holds zeros and ones (as floats, whole numbers or truth values).
# - With $p = \sigma(\text{logits})$, the loss of *one* image is
#   $1 - \dfrac{2 \sum p\,m + \varepsilon}{\sum p + \sum m + \varepsilon}$, each sum over the
#   pixels of that image. Return the mean over the images, a tensor with a single number and no
#   axes.
# - No thresholds: the loss must have a gradient. It is checked, too, so stay in PyTorch.
# - It must be right for logits of ±1000, too.
# - Raises `ValueError` where the shapes differ. (Masks `(N, H, W)` would be stretched without a
#   word, and every image would be compared with the masks of all others.)
#
# By hand: two pixels with the logits $0$ and $\ln 3$ have $p = 1/2$ and $3/4$. With the mask
# $0, 1$ and $\varepsilon = 1$ the loss is
# $1 - (2 \cdot 0.75 + 1)/(1.25 + 1 + 1) = 1 - 2.5/3.25 = 0.2308$.


# %% nbgrader={"grade": false, "grade_id": "soft_dice_loss", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-9.4"]
def soft_dice_loss(logits, masks, eps=1.0):
    """Return the mean over images of one minus the soft Dice coefficient."""
    ### BEGIN SOLUTION
    if logits.shape != masks.shape:
        raise ValueError(f"masks must be {tuple(logits.shape)}, got {tuple(masks.shape)}")
    p, m = torch.sigmoid(logits).flatten(1), masks.flatten(1)
    overlap = (p * m).sum(dim=1)
    coefficients = (2 * overlap + eps) / (p.sum(dim=1) + m.sum(dim=1) + eps)
    return 1 - coefficients.mean()
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "soft_dice_loss-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check.soft_dice_loss(soft_dice_loss)
### BEGIN HIDDEN TESTS
check.soft_dice_loss(soft_dice_loss, seed=18297)
### END HIDDEN TESTS

# %% [markdown]
# ### Train it
#
# Now the experiment: the same network with and without skips, 300 films with nodules, the sum of both
# losses. The films to test on are of other patients.
#
# **Predict:** which nodules will the network without skips miss, the large ones or the small ones?


# %% tags=["demo", "covers-9.4"]
def tensors(films):
    """Films (N, 1, 28, 28) as the network wants them, and their masks likewise."""
    return models.standardized(films.images), torch.from_numpy(films.masks[:, None]).float()


def cross_entropy(logits, masks):
    """Return the cross-entropy of pixels with two classes and one logit."""
    return F.binary_cross_entropy_with_logits(logits, masks)


def both_losses(logits, masks):
    """Return the sum of the cross-entropy and the soft Dice loss."""
    return cross_entropy(logits, masks) + soft_dice_loss(logits, masks)


def trained(skip, loss, films, epochs=12, seed=0):
    """Train an encoder and decoder; the learning rate rises first and falls then (unit 06)."""
    torch.manual_seed(seed)
    model = EncoderDecoder(1, 1, 8, skip)
    x, masks = tensors(films)
    optimizer = torch.optim.Adam(model.parameters())
    steps = epochs * -(-len(x) // 16)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1e-2, total_steps=steps)
    for _ in range(epochs):
        for batch in torch.randperm(len(x)).split(16):
            optimizer.zero_grad()
            loss(model(x[batch]), masks[batch]).backward()
            optimizer.step()
            schedule.step()
    return model


def predicted(model, films):
    """Return masks (N, 28, 28): where the logit is above 0."""
    with torch.inference_mode():
        return (model(tensors(films)[0])[:, 0] > 0).numpy()


networks = {skip: trained(skip, both_losses, train_films) for skip in (True, False)}
guesses = {skip: predicted(network, new_films) for skip, network in networks.items()}

# %% [markdown]
# Patients have several films, and their films are alike. So intervals are made by drawing *patients*
# with replacement (unit 05), each with all films.


# %% tags=["demo", "covers-9.4", "nbval-ignore-output"]
def interval(values, patients, rounds=1000):
    """Return the mean of values (N,) and its 95 % interval by patient."""
    people, number = np.unique(patients, return_inverse=True)
    sums, counts = np.bincount(number, values), np.bincount(number)
    drawn = np.random.default_rng(0).integers(len(people), size=(rounds, len(people)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    return values.mean(), *np.quantile(means, (0.025, 0.975))


def nodules_found(guess, films):
    """Return for each nodule its area, its patient, and whether half of it is marked."""
    rows = []
    for marked, mask, patient in zip(guess, films.masks, films.patients, strict=True):
        for top, left, bottom, right in boxes_from_mask(mask):
            box = np.s_[top:bottom, left:right]
            area = mask[box].sum()
            rows.append((area, patient, (marked & mask)[box].sum() >= area / 2))
    return np.array(rows).T


def shown(values, patients):
    """Return a mean and its interval as text."""
    return "{:.2f} ({:.2f} to {:.2f})".format(*interval(values, patients))


scores, small_found = {}, {}
print(f"{'':15}{'Dice':22}{'small nodules found':22}{'large ones found'}")
for skip, guess in guesses.items():
    scores[skip] = dice(guess, new_films.masks)
    area, patient, hit = nodules_found(guess, new_films)
    small_found[skip] = hit[area < 9]
    columns = [
        shown(scores[skip], new_films.patients),
        shown(hit[area < 9], patient[area < 9]),
        shown(hit[area >= 9], patient[area >= 9]),
    ]
    print(f"{'with skips' if skip else 'without skips':15}", *(f"{text:21}" for text in columns))
gain = interval(scores[True] - scores[False], new_films.patients)
finding(
    gain[1] > 0,
    f"Skips raise the Dice coefficient by {gain[0]:.2f} (95 % interval by patient {gain[1]:.2f} to"
    f" {gain[2]:.2f}). Of the nodules below nine pixels they find {small_found[True].mean():.0%} instead"
    f" of {small_found[False].mean():.0%}.",
    f"In this run skips change the Dice coefficient by {gain[0]:.2f} ({gain[1]:.2f} to {gain[2]:.2f}):"
    " no clear gain. One training is one draw; the table below has more of them.",
)

# %% [markdown]
# A nodule of less than nine pixels lies in a few cells of the latent space, and each cell stands for
# sixteen pixels. Its edges can only come back if the channels tell them, or if a skip brings them.
#
# **Predict, then look.** Follow such a nodule through both networks (other ones, trained longer). In
# which stage can you no longer point to it?

# %% tags=["covers-9.4"]
widgets.segmentation.encoder_decoder()

# %% [markdown]
# One training is one draw. `benchmarks/segmentation.py` repeated it with other seeds (means, and
# 95 % intervals by patient; 2026-11-29, phantoms, `python benchmarks/segmentation.py skips losses`):
#
# | 5 trainings each | Dice | found, under 9 pixels | found, larger |
# |---|---|---|---|
# | with skips, 12 passes | 0.76 (0.74 to 0.78) | 0.78 (0.72 to 0.85) | 0.91 (0.88 to 0.94) |
# | without, 12 passes | 0.62 (0.60 to 0.65) | 0.56 (0.48 to 0.64) | 0.84 (0.80 to 0.88) |
# | with skips, 36 passes | 0.83 (0.81 to 0.85) | 0.85 (0.79 to 0.90) | 0.95 (0.92 to 0.97) |
# | without, 36 passes | 0.73 (0.71 to 0.76) | 0.69 (0.62 to 0.76) | 0.91 (0.86 to 0.94) |
#
# Longer training helps both, and replaces no skip: what is lost are above all the small nodules.
#
# And Dice against cross-entropy, with skips, by the length of the training (the script adds intervals):
#
# | Dice of three trainings | 12 passes | 36 passes |
# |---|---|---|
# | cross-entropy | 0.00, 0.00, 0.53 | 0.74, 0.81, 0.81 |
# | soft Dice loss | 0.00, 0.00, 0.75 | 0.80, 0.81, 0.81 |
# | both | 0.74, 0.76, 0.78 | 0.82, 0.84, 0.83 |
#
# A loss alone first learns to mark nothing, and how long it stays there is luck: look at the single
# trainings, not only at their mean. The sum gets away early, and at the end it is the best by little.
#
# **Predict, then look.** We run one row again. What does the network with skips mark after the same
# training, 12 passes, with the cross-entropy alone?

# %% tags=["demo", "covers-9.4", "nbval-ignore-output"]
alone = predicted(trained(True, cross_entropy, train_films), new_films)
alone_scores = dice(alone, new_films.masks)
loss_gain = interval(scores[True] - alone_scores, new_films.patients)
print("cross-entropy alone:", shown(alone_scores, new_films.patients), end="; ")
print("with the Dice loss:", shown(scores[True], new_films.patients))
print(
    f"pixels right: {(alone == new_films.masks).mean():.1%} and {(guesses[True] == new_films.masks).mean():.1%}"
)
finding(
    loss_gain[1] > 0,
    f"After the same training the Dice loss beside the cross-entropy is worth {loss_gain[0]:.2f} of Dice"
    f" ({loss_gain[1]:.2f} to {loss_gain[2]:.2f}).",
    "In this run the cross-entropy alone is as good.",
)

# %% [markdown]
# **What it means in medicine.** The share of pixels that are right says almost nothing here. A mean Dice
# says little about the small finding, and the small finding is the early one. Report findings by size,
# and count patients.

# %% [markdown]
# ## One encoder for two tasks
#
# In the spring of 2020 there were few CT scans of COVID-19 with masks, and some more with only a
# diagnosis. Amyar and others trained one encoder for both: a head for *ill or not*, a head for the mask.
# The hope: what one task teaches the encoder helps the other. The loss is a weighted sum.

# %% [markdown]
# ### Exercise: one loss for two tasks
#
# Write `multitask_loss(class_logits, labels, mask_logits, masks, weight)` in PyTorch.
#
# - `class_logits`: float tensor `(N, K)`; `labels`: the class of every image, int64 `(N,)`.
# - `mask_logits`: float tensor `(N, L, H, W)`; `masks`: the class of every pixel, int64
#   `(N, H, W)`. `weight`: a number, at least 0.
# - Returns the cross-entropy of the images (their mean) plus `weight` times the cross-entropy of
#   the pixels (the mean over all pixels of all images): a tensor with a single number and no axes.
# - It is differentiable: the gradients for both logits are checked, too.
# - All of PyTorch is allowed: `F.cross_entropy` takes the logits of pixels as they are here.
#
# By hand: one image with the class logits $(0, 0)$ costs $\ln 2 = 0.6931$. Its two pixels are
# those of `pixel_cross_entropy` above, 0.4904. With a `weight` of 2 the loss is
# $0.6931 + 2 \cdot 0.4904 = 1.6740$.


# %% nbgrader={"grade": false, "grade_id": "multitask_loss", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-9.5"]
def multitask_loss(class_logits, labels, mask_logits, masks, weight):
    """Return the loss of the classification plus weight times that of the segmentation."""
    ### BEGIN SOLUTION
    return F.cross_entropy(class_logits, labels) + weight * F.cross_entropy(mask_logits, masks)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "multitask_loss-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.multitask_loss(multitask_loss)
### BEGIN HIDDEN TESTS
check.multitask_loss(multitask_loss, seed=59411)
### END HIDDEN TESTS

# %% [markdown]
# The weight is a choice. Cross-entropies of images and of pixels have different sizes, so a weight
# of 1 does not mean that both count the same.
#
# **Predict, then look.** With 100 labelled films: does the head for the class help the mask?

# %% tags=["demo", "covers-9.5", "nbval-ignore-output"]
from sklearn.metrics import roc_auc_score

few, others = data.phantoms.chest(100, 28, seed=11), data.phantoms.chest(200, 28, seed=12)


def two_heads(films, weights, epochs=12, seed=0):
    """Train one encoder for the classes and the masks, with a weight for each of the two losses."""
    torch.manual_seed(seed)
    model = models.Segmenter(skips=True)
    x, labels = models.standardized(films.images), torch.from_numpy(films.labels)
    masks = torch.from_numpy(films.masks).long()
    optimizer = torch.optim.Adam(model.parameters(), lr=5e-3)
    for _ in range(epochs):
        for batch in torch.randperm(len(x)).split(16):
            optimizer.zero_grad()
            answer = model(x[batch])
            pixels = torch.stack([torch.zeros_like(answer.mask), answer.mask], dim=1)
            if weights[0]:
                loss = multitask_loss(answer.label, labels[batch], pixels, masks[batch], weights[1])
            else:
                loss = F.cross_entropy(pixels, masks[batch])
            loss.backward()
            optimizer.step()
    return model.eval()


def judged(model, films):
    """Return the AUC of the classes, and the Dice of each film that shows an opacity."""
    with torch.inference_mode():
        answers = [model(some) for some in models.standardized(films.images).split(50)]
    marked = torch.cat([answer.mask > 0 for answer in answers]).numpy()
    logits = torch.cat([answer.label for answer in answers]).numpy()
    there = films.labels == 1
    auc = roc_auc_score(films.labels, logits[:, 1] - logits[:, 0])
    return auc, dice(marked[there], films.masks[there])


shared_auc, shared_dice = judged(two_heads(few, (1, 5)), others)
_, mask_dice = judged(two_heads(few, (0, 1)), others)
people = others.patients[others.labels == 1]
print(f"class and mask: Dice {shown(shared_dice, people)}, AUC {shared_auc:.2f}")
print(f"mask alone:     Dice {shown(mask_dice, people)}")
print(
    f"parameters of the encoder: {sum(p.numel() for p in models.Segmenter(True).down.parameters()):,}"
)
difference = interval(shared_dice - mask_dice, people)
finding(
    difference[1] > 0,
    f"After this short training with {len(few)} films the mask of the network that also learned the class"
    f" is better, by {difference[0]:.2f} of Dice ({difference[1]:.2f} to {difference[2]:.2f}). That is one"
    " training of each, and one training is one draw.",
    f"In this run the head for the class changes the Dice of the masks by {difference[0]:+.2f}"
    f" ({difference[1]:+.2f} to {difference[2]:+.2f}): no clear gain.",
)

# %% [markdown]
# `python benchmarks/segmentation.py tasks` asks this for all three tasks (class, boxes, mask), for 50, 100
# and 200 films and with several trainings. It takes some minutes: guess first, then run it.
#
# **What it means in medicine.** What is certain is the price: one encoder runs once, in the memory of
# one. Whether tasks help each other depends on the tasks and the labels, and has to be measured.
# They can also share a mistake: a shortcut in the encoder (unit 08) misleads all heads at once.

# %% [markdown]
# ## From pixels to millilitres
#
# Amara's doctors compare *volumes*. A scan is a stack of slices. Each voxel is a small box of
# $d_z \times d_y \times d_x$ millimetres, and 1,000 cubic millimetres are a millilitre. A file in the
# format NIfTI stores these lengths and the orientation beside the numbers; a PNG does not.


# %% tags=["demo", "covers-9.2"]
def volume_ml(mask, spacing):
    """Return the volume of a mask (D, H, W) in millilitres; spacing in millimetres."""
    return mask.sum() * np.prod(spacing) / 1000


radii = np.array([9.0, 14.0, 11.0])  # of an ellipsoid, in mm
exact = 4 / 3 * np.pi * radii.prod() / 1000
print(f"an ellipsoid of {exact:.2f} ml, as a stack of slices:")
volumes = {}
for spacing in ((1.0, 1.0, 1.0), (5.0, 1.0, 1.0), (8.0, 1.0, 1.0)):
    axes = [np.arange(-20, 20 + step, step) for step in spacing]
    places = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    mask = ((places / radii) ** 2).sum(axis=-1) <= 1
    volumes[spacing[0]] = volume_ml(mask, spacing), volume_ml(mask, (1, 1, 1))
    print(
        f"  slices every {spacing[0]:.0f} mm: {volumes[spacing[0]][0]:.2f} ml;"
        f" as if voxels were 1 mm: {volumes[spacing[0]][1]:.2f} ml"
    )
thick, thin = (abs(volumes[step][0] / exact - 1) for step in (8.0, 1.0))
finding(
    thick > thin,
    f"Slices of 8 mm miss the true volume by {thick:.1%}, slices of 1 mm by {thin:.1%}. And who forgets the"
    f" spacing measures {volumes[8.0][1]:.2f} ml instead of {exact:.2f}, with no error message.",
    "Here thick slices are no worse: the ellipsoid happens to lie well.",
)

# %% [markdown]
# ### A real brain, on average
#
# The package nilearn brings the template MNI152: MR images of 152 adults, brought to the same place and
# averaged, with the probability of gray matter in each voxel (V. Fonov and others 2011). It works
# without a network. If nilearn is not installed (`pip install nilearn`), the next cell says so, and
# you can go on.

# %% tags=["demo", "covers-9.2"]
try:
    from nilearn.datasets import load_mni152_gm_template, load_mni152_template
except ImportError:
    brain = None
    print("nilearn is not installed: the cells on the brain show nothing.")
else:
    image, gray_image = load_mni152_template(resolution=1), load_mni152_gm_template(resolution=1)
    brain = image.get_fdata(dtype=np.float32)
    gray = gray_image.get_fdata(dtype=np.float32) > 0.5
    spacing = image.header.get_zooms()
    print("stack", brain.shape, "· spacing in mm", tuple(float(step) for step in spacing))
    print("affine: from voxel numbers to millimetres")
    print(image.affine.astype(int))
    print(f"gray matter: {volume_ml(gray, spacing):,.0f} ml")

# %% tags=["demo"]
slices = {
    "axial, z = 18 mm": np.s_[:, :, 90],
    "coronal": np.s_[:, 115, :],
    "sagittal": np.s_[95, :, :],
}
if brain is not None:
    pictures = [brain[cut].T[::-1] for cut in slices.values()]
    pictures += [gray[cut].T[::-1] for cut in slices.values()]
    display(
        widgets.figures.images(
            pictures,
            [*slices, *["gray matter"] * 3],
            alt="Three sections through the averaged brain, and the mask of gray matter in each: a "
            "folded ribbon along the surface, and nuclei in the middle.",
            columns=3,
        )
    )

# %% [markdown]
# The first axis runs from the patient's left to the right (the affine says so: a positive first number,
# in a system in which right is positive). A radiologist looks from the feet and expects the patient's
# right on the *left* of the picture. Whoever loads the stack without the affine can swap the sides.
#
# **Predict, then look.** We learn the two gray values between which a voxel is gray matter from the left half of
# this brain, and test on the right half. How good will it be, and how sure are we that it works for
# Amara?

# %% tags=["demo", "covers-9.4"]
if brain is not None:
    middle = len(brain) // 2
    sections = np.s_[:, :, 40:140:10]
    left, right = (half[sections] for half in (brain[:middle], brain[middle:]))
    gray_left, gray_right = (half[sections] for half in (gray[:middle], gray[middle:]))
    low, high = np.quantile(left[gray_left], (0.05, 0.95))
    marks = (right > low) & (right < high)
    stack = [np.moveaxis(each, 2, 0) for each in (marks, gray_right)]
    by_slice = dice(*stack)
    mean, lowest, highest = interval(by_slice, np.zeros(len(by_slice), dtype=int))
    print(
        f"Dice in the other half: {mean:.2f}, 95 % interval by patient {lowest:.2f} to {highest:.2f}"
    )
    finding(
        lowest == highest,
        "The interval has no width: all slices are of one head, so drawing patients with replacement draws"
        " the same one each time. It does not say that we are sure. It says that we know nothing about"
        " others.",
        "The interval has a width although there is one head only: look at it again.",
    )

# %% [markdown]
# **What one averaged brain cannot show.** Its two halves resemble each other, and both are smoother than any
# head: 152 brains, averaged, keep no fine folds. There is no motion, no other scanner, no child, no
# tumour. A network that is trained on it learns a mean. What holds for the next patient, only other
# patients can tell.

# %% [markdown]
# ## What you can do now
#
# - You can send an image through a latent space and back, and say what is lost on the way and who brings it
#   back.
# - You wrote every part of a segmentation: three ways up, the network, two losses, three scores.
# - You report findings by size, distances in millimetres, volumes in millilitres, and intervals by
#   patient.
#
# Fourteen exercises, 50 points. Save this notebook, then see how far you got, here and in the other units:

# %% tags=["demo"]
from course_utils import progress

progress.show()

# %% [markdown]
# **Read on**
# - O. Ronneberger, P. Fischer and T. Brox, *U-Net: convolutional networks for biomedical image
#   segmentation*, 2015 ([arXiv:1505.04597](https://arxiv.org/abs/1505.04597)).
# - V. Badrinarayanan, A. Kendall and R. Cipolla, *SegNet*, 2015: unpooling
#   ([arXiv:1511.00561](https://arxiv.org/abs/1511.00561)).
# - J. Long, E. Shelhamer and T. Darrell, *Fully convolutional networks for semantic segmentation*, 2014
#   ([arXiv:1411.4038](https://arxiv.org/abs/1411.4038)).
# - A. Odena, V. Dumoulin and C. Olah, *Deconvolution and checkerboard artifacts*, Distill 2016
#   ([doi:10.23915/distill.00003](https://doi.org/10.23915/distill.00003)).
# - F. Milletari, N. Navab and S. Ahmadi, *V-Net*, 2016: the Dice loss
#   ([arXiv:1606.04797](https://arxiv.org/abs/1606.04797)).
# - F. Isensee and others, *nnU-Net*, Nature Methods 2021: how far a well-trained U-Net goes
#   ([doi:10.1038/s41592-020-01008-z](https://doi.org/10.1038/s41592-020-01008-z)).
# - A. Amyar and others, *Multi-task deep learning based CT imaging analysis for COVID-19 pneumonia*,
#   Computers in Biology and Medicine 2020
#   ([doi:10.1016/j.compbiomed.2020.104037](https://doi.org/10.1016/j.compbiomed.2020.104037)).
# - V. Fonov and others, *Unbiased average age-appropriate atlases for pediatric studies*, NeuroImage 2011
#   ([doi:10.1016/j.neuroimage.2010.07.033](https://doi.org/10.1016/j.neuroimage.2010.07.033)): where the template
#   comes from.
