# ---
# jupyter:
#   course:
#     partial: 3.2 3.4
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Convolution
#
# **Unit 03 · about 40 minutes · runs in about 10 seconds with 0.6 GB of memory**
#
# **What you will be able to do**
# - say how large the output of a convolution is, for any kernel, padding, stride and dilation;
# - write a convolution layer in NumPy that agrees with PyTorch's;
# - see why the same few weights find the same finding anywhere in an image.
#
# **Before you start:** unit 01 (neuron, weights, bias) and NumPy arrays with slices.
#
# Every picture in this unit is a *phantom*: a chest X-ray made by a program, with no patient behind
# it. We know the truth about a phantom to the pixel, and the unit needs no network.

# %%
import numpy as np

from course_utils import data, widgets
from course_utils.checks import convolution as check

# %% [markdown]
# ## A shadow that may be anywhere
#
# Mrs. Okoye, 62, has been coughing for three weeks. Her chest X-ray waits in a queue of ninety.
# You want a program that marks a suspicious shadow, so that her film is read first. The shadow can
# be in the left lung or in the right one, high or low: the program must know it *wherever it is*.

# %% tags=["demo"]
chest = data.phantoms.chest(n=8, size=64, seed=3)
widgets.figures.images(
    chest.images,
    [chest.class_names[label] for label in chest.labels],
    alt="Eight chest phantoms, some with a soft white shadow, at a different place in each.",
)

# %% [markdown]
# A dense layer learns a separate weight for every pixel. What it has learned about the left lung
# says nothing about the right one. A **convolution** instead takes a small grid of weights, the
# **kernel**, and moves it over the image. At every place it multiplies the kernel with the pixels
# below it, element by element, and adds up the products: one number for each place. The numbers
# form the **feature map**. The same weights look everywhere, so they need to be learned only once.

# %% [markdown]
# ## How large is the output?
#
# **Predict, then look.** A kernel of 3 × 3 moves over an image of 7 × 7, one pixel at a time. How
# many places are there in a row? And how many if it moves two pixels at a time? Write your numbers
# down, then step through the picture. Press a cell of the output to see the window it comes from.

# %% tags=["covers-3.4"]
widgets.convolution.arithmetic()

# %% [markdown]
# Four settings decide the size of the output:
#
# - the **kernel size** $k$;
# - the **padding** $p$: rows of zeros added on *each* side of the image;
# - the **stride** $s$: how far the window moves from one place to the next;
# - the **dilation** $d$: the distance between neighbouring elements of the kernel. A dilated kernel
#   reaches over $d\,(k-1)+1$ pixels, although it still has $k$ weights in a row.
#
# The output has
#
# $$\left\lfloor \frac{n + 2p - d\,(k-1) - 1}{s} \right\rfloor + 1$$
#
# places in a row. The brackets $\lfloor\;\rfloor$ mean *round down*. Many slides print a ceiling
# (round up) here. That is a slip: a window that would reach over the edge is not computed.

# %% [markdown]
# ### Exercise: the size of the output
#
# Write `conv_output_size(n, k, p=0, s=1, d=1)`.
#
# - `n`, `k`, `p`, `s`, `d`: input size, kernel size, padding on each side, stride, dilation. All are
#   whole numbers; `n`, `k`, `s`, `d` are at least 1 and `p` is at least 0.
# - Returns the number of places in a row, a whole number (`int`).
# - Raises `ValueError` where the (dilated) kernel is larger than the padded input.
# - Plain Python is enough.
#
# By hand: $n=7$, $k=3$ gives 5 places with stride 1, and 3 places with stride 2. With
# $n=6$, $k=3$, $s=2$ the last pixel is never seen: 2 places.


# %% nbgrader={"grade": false, "grade_id": "conv_output_size", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-3.2"]
def conv_output_size(n, k, p=0, s=1, d=1):
    """Return the number of places of a kernel of size k along an input of size n."""
    ### BEGIN SOLUTION
    reach = d * (k - 1) + 1
    room = n + 2 * p
    if reach > room:
        raise ValueError(f"a kernel that covers {reach} does not fit into {room}")
    return (room - reach) // s + 1
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "conv_output_size-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.conv_output_size(conv_output_size)
### BEGIN HIDDEN TESTS
check.conv_output_size(conv_output_size, seed=31847)
### END HIDDEN TESTS

# %% [markdown]
# The slides' example chains two layers: 5 → 3 → 2. And the size that does not divide:

# %% tags=["demo"]
first = conv_output_size(5, 3, p=1, s=2)
print("5 inputs, k=3, p=1, s=2 :", first, "places, then", conv_output_size(first, 3, p=1, s=2))
print("6 inputs, k=3, p=0, s=2 :", conv_output_size(6, 3, s=2), "places; rounding up would give 3")

# %% [markdown]
# **What it means in medicine.** A nodule of three pixels at the edge of the image is lost when the
# last window does not reach it. Padding, or a size that divides, is a decision about patients.

# %% [markdown]
# ## A convolution layer
#
# A real layer has several input channels (red, green, blue, or the features of the layer before)
# and several kernels. One **filter** is a stack of kernels, one for each input channel. At each
# place the products of *all* channels are added up, then the filter's bias is added *once*. Each
# filter gives one feature map.
#
# In mathematics a convolution flips the kernel first. Deep learning does not: what PyTorch calls
# convolution is, strictly, a *cross-correlation*. The weights are learned, so nothing is lost.

# %% [markdown]
# ### Exercise: the convolution layer
#
# Write `conv2d(x, w, b, stride=1, padding=0)` in NumPy.
#
# - `x`: images `(N, C_in, H, W)`; `w`: filters `(C_out, C_in, KH, KW)`; `b`: biases `(C_out,)`.
#   All are float arrays, and they stay as they are.
# - Returns the feature maps `(N, C_out, H', W')`, a float array, where `H'` and `W'` are as above.
# - Zero padding on all four sides, the same stride in both directions, kernel not flipped.
# - Not allowed: `torch`, `scipy`, `np.pad`. Loops are welcome: first right, then fast.
#
# By hand: the image `[[1, 2], [3, 4]]`, the kernel `[[1, 0], [0, -1]]` and the bias 10 give
# $1\cdot1 + 2\cdot0 + 3\cdot0 + 4\cdot(-1) + 10 = 7$.


# %% nbgrader={"grade": false, "grade_id": "conv2d", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv2d(x, w, b, stride=1, padding=0):
    """Return the cross-correlation of images x with filters w, plus biases b."""
    ### BEGIN SOLUTION
    images, channels, height, width = x.shape
    filters, _, kernel_rows, kernel_columns = w.shape
    padded = np.zeros((images, channels, height + 2 * padding, width + 2 * padding), x.dtype)
    padded[:, :, padding : padding + height, padding : padding + width] = x
    rows = conv_output_size(height, kernel_rows, padding, stride)
    columns = conv_output_size(width, kernel_columns, padding, stride)
    output = np.zeros((images, filters, rows, columns), x.dtype)
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            window = padded[:, :, top : top + kernel_rows, left : left + kernel_columns]
            output[:, :, row, column] = np.tensordot(window, w, axes=((1, 2, 3), (1, 2, 3))) + b
    return output
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "conv2d-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
check.conv2d(conv2d)
### BEGIN HIDDEN TESTS
check.conv2d(conv2d, seed=20431)
### END HIDDEN TESTS

# %% [markdown]
# **Your layer at work.** A kernel of ones, shaped like a small disc and made to sum to zero, answers
# strongly where a bright spot lies on a darker ground. Look where it answers in a chest with a
# shadow: the same 81 weights found it, and nobody told them where.

# %% tags=["demo"]
rows, columns = np.mgrid[-4:5, -4:5]
spot = np.where(rows**2 + columns**2 <= 9, 1.0, 0.0)
spot -= spot.mean()
with_shadow = chest.images[chest.labels == 1][:2].astype(float)[:, None] / 255
answer = conv2d(with_shadow, spot[None, None], np.zeros(1), padding=4)
widgets.figures.images(
    [*with_shadow[:, 0], *np.maximum(answer[:, 0], 0)],
    ["first patient", "second patient", "answer of the kernel", "answer of the kernel"],
    alt="Two chest phantoms with a shadow, and the feature maps of a disc-shaped kernel for both.",
)

# %% [markdown]
# ## What you can do now
#
# - You can say the size of every feature map before you run the network.
# - You wrote the layer that most networks in medical imaging are built from.
# - You know that the kernel is not flipped, that the bias is added once, and that sizes round down.
#
# **Read on**
# - V. Dumoulin and F. Visin, *A guide to convolution arithmetic for deep learning*, 2016
#   ([arXiv:1603.07285](https://arxiv.org/abs/1603.07285)).
# - The `Conv2d` page of the [PyTorch documentation](https://pytorch.org/docs/stable/nn.html).
