# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Convolution
#
# **Unit 03 · about 90 minutes · runs in about 10 seconds with 0.8 GB of memory**
#
# **What you will be able to do**
# - say how large the output of a convolution is, for any kernel, padding, stride and dilation;
# - choose the padding that keeps the size, and fill the border in three ways;
# - write a convolution layer in NumPy that agrees with PyTorch's, and say what it costs;
# - design small kernels by hand that blur, sharpen and find edges in an X-ray, and see one learned;
# - say how much of the image one output sees, and make it see more without more weights.
#
# **Before you start:** unit 01 (neuron, weights, bias), NumPy arrays with slices.
#
# Pictures that the course draws itself are called *phantoms*: chest X-rays made by a program, with
# no patient behind them. Their truth is known to the pixel, and no network is needed. With real
# images at hand (see the note below), the same cells run on those.

# %%
import numpy as np
import torch

from course_utils import data, widgets
from course_utils.checks import convolution as check
from course_utils.findings import finding

# Networks as small as ours are faster with one thread: several would wait for each other.
torch.set_num_threads(1)

# %% [markdown]
# ## A shadow that may be anywhere
#
# Mrs. Okoye, 62, has been coughing for three weeks. Her chest X-ray waits in a queue of ninety.
# You want a program that marks a suspicious shadow, so that her film is read first. The shadow can
# be in the left lung or in the right one, high or low: the program must know it *wherever it is*.

# %% tags=["demo"]
chest = data.load("pneumoniamnist")
print(chest)
ill, well = chest.train.images[chest.train.labels == 1], chest.train.images[chest.train.labels == 0]
widgets.figures.images(
    [*ill[:4], *well[:4]],
    [chest.class_names[1]] * 4 + [chest.class_names[0]] * 4,
    alt="Eight chest images of 28 × 28 pixels: above four with the disease, below four without.",
)

# %% [markdown]
# ### A weight for every pixel
#
# A dense layer has a separate weight for every pixel. What it has learned about the left lung says
# nothing about the right one. A **convolution** takes a small grid of weights, the **kernel**, and
# moves it over the image. At every place it multiplies the kernel with the pixels below it, element
# by element, and adds up the products. The results form the **feature map**. Three ideas are in it:
#
# - **local connections**: an output looks at a small neighbourhood, because a shadow is made of
#   pixels that lie together;
# - **shared weights**: the same kernel is used at every place, so it is learned only once;
# - **translation equivariance**: when the finding moves, its answer in the feature map moves along.
#   (The answer does not stay the same: that would be *in*variance, and needs pooling, unit 04.)
#
# **Predict, then look.** Two detectors know the same disc-shaped shadow. The dense one has learned
# it at one place of a 9 × 9 image, the kernel is the disc alone. What happens to their best answer
# when the shadow moves by three pixels?

# %% tags=["demo", "covers-3.1"]
disc = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], dtype=float)


def image_with_disc(row, column):
    """Draw a 9 × 9 image with the disc centred at (row, column)."""
    image = np.zeros((9, 9))
    image[row - 1 : row + 2, column - 1 : column + 2] = disc
    return image


dense_weights = image_with_disc(3, 3)
for place in [(3, 3), (6, 6)]:
    image = image_with_disc(*place)
    windows = np.lib.stride_tricks.sliding_window_view(image, (3, 3))
    answers = (windows * disc).sum(axis=(2, 3))
    best = np.unravel_index(answers.argmax(), answers.shape)
    print(f"shadow at {place}: dense answer {(dense_weights * image).sum():.0f},", end=" ")
    print(f"kernel's best answer {answers.max():.0f}, window centred at", end=" ")
    print(tuple(int(index) + 1 for index in best))

# %% [markdown]
# The dense detector is blind to the moved shadow. The kernel finds it with the same nine weights,
# and its feature map says where it is.

# %% [markdown]
# ## How large is the output?
#
# **Predict, then look.** A kernel of 3 × 3 moves over an image of 7 × 7, one pixel at a time. How
# many places are there in a row? And how many if it moves two pixels at a time? Write your numbers
# down, then step through the picture. Press a cell of the output to see the window it comes from.
# (Leave the kind *transposed* alone: it goes from small to large, and belongs to unit 09.)

# %% tags=["covers-3.4"]
widgets.convolution.arithmetic(n=7, k=3)

# %% [markdown]
# Four settings decide the size of the output:
#
# - the **kernel size** $k$;
# - the **padding** $p$: rows and columns of zeros added on *each* side of the image;
# - the **stride** $s$: how far the window moves from one place to the next;
# - the **dilation** $d$: the distance between neighbouring elements of the kernel. Usually it is 1, and
#   the elements lie side by side. With $d=2$ there is a gap of one pixel between them, so that the same
#   nine weights look at a wider piece of the image: useful where a shadow is larger than the kernel.
#   A dilated kernel reaches over $d\,(k-1)+1$ pixels (its *effective size*).
#
# The output has
#
# $$\left\lfloor \frac{n + 2p - d\,(k-1) - 1}{s} \right\rfloor + 1$$
#
# places in a row. The brackets $\lfloor\;\rfloor$ mean *round down*. Some texts print a ceiling (round
# up) here. That is a slip: a window that would reach over the edge is not computed.

# %% [markdown]
# ### Exercise: the size of the output
#
# Write `conv_output_size(n, k, p=0, s=1, d=1)`.
#
# - `n`, `k`, `p`, `s`, `d`: input size, kernel size, padding on each side, stride, dilation. All are
#   whole numbers; `n`, `k`, `s`, `d` are at least 1 and `p` is at least 0.
# - Returns the number of places in a row, an `int`.
# - Raises `ValueError` where the (dilated) kernel is larger than the padded input.
# - Plain Python is enough. Not allowed here: torch.
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
# Worked numbers, with your function:

# %% tags=["demo"]
print("7 inputs, k=3, s=1      :", conv_output_size(7, 3))
print("7 inputs, k=3, s=2      :", conv_output_size(7, 3, s=2))
first = conv_output_size(5, 3, p=1, s=2)
print("5 inputs, k=3, p=1, s=2 :", first, "and once more:", conv_output_size(first, 3, p=1, s=2))
print("6 inputs, k=3, p=0, s=2 :", conv_output_size(6, 3, s=2), "(rounding up would say 3)")
for s in (1, 2, 3, 4):
    worst = max(n - 3 - s * (conv_output_size(n, 3, s=s) - 1) for n in range(20, 40))
    print(f"k=3, s={s}: of 20 to 39 pixels in a row at most {worst} are never seen")

# %% [markdown]
# **What it means in medicine.** Rounding down costs at most $s-1$ pixels, at the right and the lower edge.
# With stride 2 a nodule of three pixels that touches the edge may lose a third of itself; from stride 4
# on no window may see any of it. Padding, or a size that divides, is a decision about patients.

# %% [markdown]
# ## What happens at the border?
#
# The lung's apex and the diaphragm lie near the border of the film. Three kinds of padding have
# names, all for stride 1:
#
# - **valid**: none. Only windows inside the image count, the output is smaller.
# - **same**: the output is as large as the input. It needs a middle, so an odd effective kernel.
# - **full**: every window that meets at least one pixel of the image, the output is larger.
#
# And the new pixels need values: **zero** (black), **reflect** (mirrored, the mirror stands on the
# edge pixel), or **replicate** (the edge pixel repeated). Zeros are the default in networks. To a
# kernel a black border looks like a strong edge; the other two avoid it.
#
# **Predict, then look.** With reflection, which column of the image stands two pixels left of its
# first column? Change the mode and watch the border.

# %% tags=["covers-3.3"]
widgets.convolution.arithmetic(n=5, k=3, p=2, mode="reflect")

# %% [markdown]
# ### Exercise: the padding that is needed
#
# Write `padding_for(kind, k, d=1)`.
#
# - `kind`: `"valid"`, `"same"` or `"full"`; `k`, `d`: kernel size and dilation, at least 1.
# - Returns the padding on each side for stride 1, an `int`.
# - Raises `ValueError` for an unknown kind, and for `"same"` where the effective kernel size
#   $d\,(k-1)+1$ is even: no padding that is equal on both sides keeps the size.
#
# By hand: a kernel of 5 needs 0, 2 and 4. With dilation 2 it reaches over 9 pixels: 0, 4 and 8.


# %% nbgrader={"grade": false, "grade_id": "padding_for", "locked": false, "schema_version": 3, "solution": true, "task": false}
def padding_for(kind, k, d=1):
    """Return the padding on each side that gives a valid, same or full convolution."""
    ### BEGIN SOLUTION
    overlap = d * (k - 1)
    if kind == "valid":
        return 0
    if kind == "full":
        return overlap
    if kind != "same":
        raise ValueError(f"kind must be valid, same or full, got {kind!r}")
    if overlap % 2:
        raise ValueError(f"an even effective kernel ({overlap + 1}) cannot keep the size")
    return overlap // 2
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "padding_for-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.padding_for(padding_for)
### BEGIN HIDDEN TESTS
check.padding_for(padding_for, seed=70913)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: the padded image
#
# Write `pad2d(x, p, mode="zero")` in NumPy.
#
# - `x`: array `(..., H, W)` of numbers, not empty; only the last two axes are padded, any axes before
#   them are kept.
# - `p`: pixels on each of the four sides, at least 0; `mode`: `"zero"`, `"reflect"`, `"replicate"`.
# - Returns a **new** array `(..., H + 2p, W + 2p)` of the same dtype, also where $p = 0$;
#   `x` stays as it is.
# - Raises `ValueError` for `"reflect"` unless `p < min(H, W)`: there is no more to mirror.
# - Not allowed here: torch, `np.pad`.
#
# By hand: in the image `[[1, 2, 3], [4, 5, 6], [7, 8, 9]]` with $p=2$ the row `1 2 3` becomes
# `0 0 1 2 3 0 0`, `3 2 1 2 3 2 1` or `1 1 1 2 3 3 3`. Its columns become longer in the same way.


# %% nbgrader={"grade": false, "grade_id": "pad2d", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pad2d(x, p, mode="zero"):
    """Return x with p pixels more on each side of its last two axes."""
    ### BEGIN SOLUTION
    height, width = x.shape[-2:]
    if mode == "reflect" and p >= min(height, width):
        raise ValueError(f"cannot reflect {p} pixels of an image of {height} by {width}")
    if mode == "zero":
        padded = np.zeros((*x.shape[:-2], height + 2 * p, width + 2 * p), x.dtype)
        padded[..., p : p + height, p : p + width] = x
        return padded
    rows, columns = np.arange(-p, height + p), np.arange(-p, width + p)
    if mode == "reflect":
        rows, columns = abs(rows), abs(columns)
        rows = np.minimum(rows, 2 * (height - 1) - rows)
        columns = np.minimum(columns, 2 * (width - 1) - columns)
    rows, columns = rows.clip(0, height - 1), columns.clip(0, width - 1)
    return x[..., rows[:, None], columns]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "pad2d-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.pad2d(pad2d)
### BEGIN HIDDEN TESTS
check.pad2d(pad2d, seed=55201)
### END HIDDEN TESTS

# %% tags=["demo"]
film = ill[0]
widgets.figures.images(
    [pad2d(film, 8, mode) for mode in ("zero", "reflect", "replicate")],
    ["zero", "reflect", "replicate"],
    alt="One chest image with a border of eight pixels: black, mirrored, and smeared outwards.",
)

# %% [markdown]
# ## A convolution layer
#
# **One channel first.** One gray image, one kernel: you know that already. At each place the window and
# the kernel are multiplied element by element, the products are added up, and one number more, the
# *bias*, is added. Only two things are new below.
#
# A real layer has several input channels (red, green, blue, or the features of the layer before)
# and several filters. One **filter** is a stack of kernels, one for each input channel. At each
# place the products of *all* channels are added up, then the filter's bias is added *once*. Each
# filter gives one feature map.
#
# In mathematics a convolution flips the kernel first. Deep learning does not: what PyTorch calls
# convolution is, strictly, a *cross-correlation*. The weights are learned, so nothing is lost.
#
# The picture shows an example of Stanford's course [CS231n](https://cs231n.github.io/convolutional-networks/).
#
# **Predict, then look.** How many products are behind one output number when the input has three
# channels and the kernels are 3 × 3? Find the place where the second filter answers 14.

# %% tags=["covers-3.5"]
widgets.convolution.multichannel()

# %% [markdown]
# ### Exercise: the convolution layer
#
# Write `conv2d(x, w, b, stride=1, padding=0)` in NumPy.
#
# - `x`: images `(N, C_in, H, W)`, at least one; `w`: filters `(C_out, C_in, KH, KW)`; `b`: biases
#   `(C_out,)`. All are float arrays, and stay as they are. The kernel fits into the padded image.
# - Returns the feature maps `(N, C_out, H', W')`, a float array (float32 or float64), where `H'` and
#   `W'` are as above.
# - Zero padding on all four sides, the same stride in both directions, kernel not flipped.
# - Not allowed here: torch, scipy. Loops are welcome: first right, then fast.
#
# Four axes at once are many. Begin with one image, one channel and one filter: where in the padded image
# does the window of the output `(row, column)` begin? Then let the window keep its channels: it has the
# shape `(C_in, KH, KW)`, and so has one filter `w[f]`. Then go over all filters and all images.
#
# By hand: the image `[[1, 2], [3, 4]]`, the kernel `[[1, 2], [0, -1]]` and the bias 10 give
# $1\cdot1 + 2\cdot2 + 3\cdot0 + 4\cdot(-1) + 10 = 11$.


# %% nbgrader={"grade": false, "grade_id": "conv2d", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv2d(x, w, b, stride=1, padding=0):
    """Return the cross-correlation of images x with filters w, plus biases b."""
    ### BEGIN SOLUTION
    filters, _, kernel_rows, kernel_columns = w.shape
    rows = conv_output_size(x.shape[2], kernel_rows, padding, stride)
    columns = conv_output_size(x.shape[3], kernel_columns, padding, stride)
    padded = pad2d(x, padding)
    output = np.zeros((len(x), filters, rows, columns), x.dtype)
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
# Does it agree with PyTorch? One batch of chest images, eight filters drawn at random:

# %% tags=["demo"]
generator = np.random.default_rng(0)
batch = ill[:4, None].astype(float) / 255
filters, biases = generator.normal(size=(8, 1, 3, 3)), generator.normal(size=8)
ours = conv2d(batch, filters, biases, stride=2, padding=1)
theirs = torch.nn.functional.conv2d(
    *(torch.from_numpy(array) for array in (batch, filters, biases)), stride=2, padding=1
)
print("shape", ours.shape, "- the same numbers:", np.allclose(ours, theirs.numpy()))

# %% [markdown]
# ## What does a layer cost?
#
# Two numbers tell. **Parameters** are what must be learned and stored. **Multiply-accumulates**
# (MACs: one multiplication together with its addition) are what must be computed for one image.
# A gray image needs one 3 × 3 kernel for each filter, an RGB image a 3 × 3 × 3 cube, and the next
# layer as many kernels as this one has filters: N filters give N feature maps.
#
# Three kinds save costs. A **1 × 1 convolution** looks at a single pixel, but at all of its channels: each
# output channel is a weighted sum of the input channels, the same sum at every place. A **grouped**
# convolution cuts the channels into groups, and a filter sees the channels of its own group only: with
# $g$ groups each filter has a $g$-th of the weights (ResNeXt, ShuffleNet). With as many groups as
# channels it is **depthwise**: each filter sees one channel, so that nothing is mixed, and a 1 × 1
# convolution behind it does the mixing; the pair is called *separable*, and MobileNet is built from it.
#
# **Predict, then look.** A layer turns 32 × 32 × 16 numbers into 32 × 32 × 128 with kernels of
# 3 × 3. Guess its parameters, and those of a dense layer that does the same.

# %%
widgets.convolution.cost()

# %% [markdown]
# ### Exercise: the cost of a convolution
#
# Write `conv_cost(c_in, c_out, k, h_out, w_out, bias=True, groups=1)`.
#
# - `c_in`, `c_out`: input and output channels; `k`: kernel size (square); `h_out`, `w_out`: output
#   size; `bias`: whether each filter has a bias; `groups`: number of groups.
# - Returns `(parameters, macs)`, each an `int`. Adding the bias is not counted as a MAC.
# - Raises `ValueError` unless `groups` divides both `c_in` and `c_out`.
# - Not allowed here: torch.
#
# By hand: three channels, two filters of 3 × 3, output 4 × 5: $2\cdot3\cdot9 + 2 = 56$ parameters
# and $2\cdot3\cdot9\cdot20 = 1080$ MACs.


# %% nbgrader={"grade": false, "grade_id": "conv_cost", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-3.6"]
def conv_cost(c_in, c_out, k, h_out, w_out, bias=True, groups=1):
    """Return the parameters of a convolution layer and its multiply-accumulates for one image."""
    ### BEGIN SOLUTION
    if c_in % groups or c_out % groups:
        raise ValueError(f"{groups} groups do not divide {c_in} and {c_out} channels")
    weights = c_out * (c_in // groups) * k * k
    return weights + (c_out if bias else 0), weights * h_out * w_out
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "conv_cost-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.conv_cost(conv_cost)
### BEGIN HIDDEN TESTS
check.conv_cost(conv_cost, seed=48112)
### END HIDDEN TESTS

# %% tags=["demo"]
parameters, macs = conv_cost(16, 128, 3, 32, 32)
print(f"convolution : {parameters:>13,} parameters, {macs:,} multiply-accumulates")
depthwise, mixing = conv_cost(16, 16, 3, 32, 32, groups=16), conv_cost(16, 128, 1, 32, 32)
separable = [a + b for a, b in zip(depthwise, mixing, strict=True)]
print(f"separable   : {separable[0]:>13,} parameters, {separable[1]:,} multiply-accumulates")
print(f"dense layer : {(32 * 32 * 16) * (32 * 32 * 128):>13,} weights")

# %% [markdown]
# **What it means in medicine.** A portable X-ray machine on a ward, or an ultrasound probe on a
# phone, has little memory and no network. Depthwise layers bring the model to the patient.

# %% [markdown]
# ## Kernels designed by hand
#
# Before kernels were learned, they were designed. **Blur** takes the mean of a neighbourhood, which
# removes noise (and small findings). **Sharpen** adds the edges to the image. **Sobel** measures how
# the brightness changes along x or y: the heart's border, the ribs. The **Laplacian** answers where
# a pixel differs from its neighbours, in every direction. **Emboss** makes a relief of the image, as if
# light came from one side.
#
# **Predict, then look.** Step along the places, and look for one where the image is nearly flat (inside
# the opacity). Which kernels answer about 0 there? Add up their nine weights: what does the sum say
# about a flat gray image?

# %%
widgets.convolution.filters()

# %% [markdown]
# ### Exercise: the classical kernels
#
# Write `classical_kernels()`. It returns a dict with five NumPy arrays `(3, 3)`, whole numbers or
# floats, for use *without* flipping:
#
# - `"box_blur"`: nine equal weights with the sum 1;
# - `"sharpen"`: sum 1; a bright point becomes brighter, and none of its neighbours does;
# - `"sobel_x"`: the change along x (from column to column), smoothed along y with the weights
#   1, 2, 1. The change itself has the weights 1, 0, 1 with opposite signs; either sign is right;
# - `"sobel_y"`: the same along y (from row to row);
# - `"laplacian"`: sum 0, from the 4 or the 8 neighbours, each with weight 1; either sign is right.
#
# Not allowed here: scipy. Weights are judged to six digits.
#
# By hand: on a ramp whose columns are 0, 1, 2, 3, Sobel x answers 8 or −8, Sobel y answers 0.


# %% nbgrader={"grade": false, "grade_id": "classical_kernels", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-3.7"]
def classical_kernels():
    """Return box_blur, sharpen, sobel_x, sobel_y and laplacian, each an array (3, 3)."""
    ### BEGIN SOLUTION
    sobel_x = np.array([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
    laplacian = np.array([[0.0, 1.0, 0.0], [1.0, -4.0, 1.0], [0.0, 1.0, 0.0]])
    identity = np.array([[0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0]])
    return {
        "box_blur": np.ones((3, 3)) / 9,
        "sharpen": identity - laplacian,
        "sobel_x": sobel_x,
        "sobel_y": sobel_x.T,
        "laplacian": laplacian,
    }
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "classical_kernels-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.classical_kernels(classical_kernels)
### BEGIN HIDDEN TESTS
check.classical_kernels(classical_kernels, seed=90217)
### END HIDDEN TESTS

# %% tags=["demo"]
kernels = classical_kernels()
stack = np.stack([kernel[None] for kernel in kernels.values()]).astype(float)
film = pad2d(ill[:1, None] / 255, 1, "reflect")
maps = conv2d(film, stack, np.zeros(len(stack)))[0]
widgets.figures.images(
    [ill[0], *maps],
    ["image", *kernels],
    alt="A chest image and its five feature maps: blurred, sharpened, vertical edges, horizontal "
    "edges, and the outline of everything.",
    columns=3,
)

# %% tags=["demo"]
flat = np.full((1, 1, 3, 3), 100.0)
for name, kernel in kernels.items():
    answer = conv2d(flat, kernel[None, None].astype(float), np.zeros(1)).item()
    print(
        f"{name:9}: its weights add up to {kernel.sum():4.1f}, on flat gray of 100 it answers {answer:.0f}"
    )

# %% [markdown]
# ### A kernel that is learned
#
# Nobody designs the kernels of a network. They are weights, and weights are found by going downhill
# (unit 01). Can that find Sobel's kernel? Somebody has filtered 64 films, and their maps are noisy. We
# know films and maps, not the kernel. We begin with nine zeros; PyTorch computes the gradient of the
# mean squared error (`backward`), and each step changes the nine numbers a little.
#
# **Predict, then look.** Nine unknown numbers, 64 films of 28 × 28 pixels: will the noise (as strong as
# the maps themselves) spoil the result?

# %% tags=["demo", "covers-3.7", "nbval-ignore-output"]
films = torch.from_numpy(ill[:64, None] / 255).float()
films = films - films.mean()
sobel = torch.from_numpy(kernels["sobel_x"].astype(float)).float()[None, None]
targets = torch.nn.functional.conv2d(films, sobel)
noise = torch.randn(targets.shape, generator=torch.Generator().manual_seed(0))
targets = targets + targets.std() * noise

learned = torch.zeros(1, 1, 3, 3, requires_grad=True)
optimizer = torch.optim.Adam([learned], lr=0.1)  # unit 06
for step in range(201):
    loss = ((torch.nn.functional.conv2d(films, learned) - targets) ** 2).mean()
    if step % 50 == 0:
        print(f"step {step:3}: error {loss.item():.3f}")
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
found = learned.detach().numpy()[0, 0]
print(found.round(1))
largest = abs(found - kernels["sobel_x"]).max()
finding(
    largest < 0.3,
    f"nine numbers that began as zeros have become Sobel's kernel; the largest gap is {largest:.2f}. One "
    "kernel is used at every place of every film, so the noise averages out.",
    f"the learned kernel is near Sobel's, but one of its numbers is off by {largest:.2f}.",
)

# %% [markdown]
# Here the answer for every pixel was given. A network gets only one label for a whole film, and must find
# out itself which kernels help. Unit 05 trains one and looks at its kernels.

# %% [markdown]
# ## How far does a layer see?
#
# One output of one 3 × 3 layer sees 3 × 3 pixels. Say that Mrs. Okoye's shadow is 14 pixels wide: no
# such output sees it whole. Behind two layers an output sees 5 × 5 pixels, its **receptive field**. Two
# numbers follow it from layer to layer, starting with size 1 and jump 1:
#
# - the **size** of the field, in pixels of the image;
# - the **jump**: how many pixels apart the fields of two neighbouring outputs lie.
#
# A kernel's step is as wide as the jump *before* the layer. The stride then widens the jump for the
# layers that follow. Three layers of 3 × 3, the first with stride 2:
#
# | layer | $k$ | $s$ | size | jump |
# |---|---|---|---|---|
# | the image itself | | | 1 | 1 |
# | first | 3 | 2 | 1 + 2 steps of 1 = 3 | 1 · 2 = 2 |
# | second | 3 | 1 | 3 + 2 steps of 2 = 7 | 2 · 1 = 2 |
# | third | 3 | 1 | 7 + 2 steps of 2 = 11 | 2 · 1 = 2 |
#
# The field says what an output *can* see. How much each pixel counts can be
# measured with a gradient: the centre counts most, because most paths lead to it.
#
# **Predict, then look.** How large is the field behind three layers of 3 × 3 with stride 1? And if all
# three have stride 2? The picture begins with two layers; the settings make it three.

# %%
widgets.convolution.receptive_field(layers=2)

# %% [markdown]
# ### Exercise: the receptive field
#
# Write `receptive_field(layers)`.
#
# - `layers`: a list, from the image on, of `(k, s)` or `(k, s, d)`: kernel size, stride, dilation
#   (1 if it is missing). The list stays as it is.
# - Returns `(size, jump)` of one output of the last layer, each an `int`. No layer: `(1, 1)`.
#
# By hand: `[(3, 1), (3, 1)]` gives `(5, 1)`, and `[(3, 2), (3, 1), (3, 1)]` gives `(11, 2)`.


# %% nbgrader={"grade": false, "grade_id": "receptive_field", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-3.8"]
def receptive_field(layers):
    """Return the size of what one output sees, and the distance between neighbouring fields."""
    ### BEGIN SOLUTION
    size, jump = 1, 1
    for k, s, *dilation in layers:
        d = dilation[0] if dilation else 1
        size += d * (k - 1) * jump
        jump *= s
    return size, jump
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "receptive_field-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.receptive_field(receptive_field)
### BEGIN HIDDEN TESTS
check.receptive_field(receptive_field, seed=16633)
### END HIDDEN TESTS

# %% [markdown]
# ### Dilation: see more with the same weights
#
# A shadow of 14 pixels would need seven layers of 3 × 3. Dilation is cheaper: the kernel leaves gaps
# between its weights. Three layers of 3 × 3 with the dilations 1, 2, 4 see 15 × 15 pixels, enough for
# the shadow, with 27 weights; without dilation they see 7 × 7. What they pay: a dilated kernel alone
# looks past the pixels in its gaps. Two layers with the same dilation of 2 look past the same pixels,
# every second one: *gridding* (an example of the picture above). Growing dilations avoid it.

# %% [markdown]
# ### Exercise: the dilated kernel
#
# Write `dilate_kernel(w, d)` in NumPy: the kernel that, used without dilation, does what `w` does
# with dilation `d`.
#
# - `w`: kernels `(..., KH, KW)`, a float array; only the last two axes are spread. `d`: at least 1.
# - Returns a float array `(..., d(KH−1)+1, d(KW−1)+1)` with zeros in the gaps; `w` stays as it is.
# - Not allowed here: torch.
#
# By hand: the kernel `[[1, 2, 3], [4, 5, 6]]` with $d=2$ becomes
# `[[1, 0, 2, 0, 3], [0, 0, 0, 0, 0], [4, 0, 5, 0, 6]]`.


# %% nbgrader={"grade": false, "grade_id": "dilate_kernel", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-3.9"]
def dilate_kernel(w, d):
    """Return w with d − 1 zeros between neighbouring weights."""
    ### BEGIN SOLUTION
    rows, columns = w.shape[-2:]
    spread = np.zeros((*w.shape[:-2], d * (rows - 1) + 1, d * (columns - 1) + 1), w.dtype)
    spread[..., ::d, ::d] = w
    return spread
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "dilate_kernel-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.dilate_kernel(dilate_kernel)
### BEGIN HIDDEN TESTS
check.dilate_kernel(dilate_kernel, seed=37745)
### END HIDDEN TESTS

# %% tags=["demo"]
wide = dilate_kernel(kernels["laplacian"].astype(float), 2)
same = padding_for("same", 3, d=2)
dilated = conv2d(batch, wide[None, None], np.zeros(1), padding=same)
reference = torch.nn.functional.conv2d(
    torch.from_numpy(batch),
    torch.from_numpy(kernels["laplacian"].astype(float))[None, None],
    padding="same",
    dilation=2,
)
print("your dilated kernel and PyTorch's dilation=2 agree:", np.allclose(dilated, reference))
print("three layers, dilations 1, 1, 1:", receptive_field([(3, 1)] * 3))
print("three layers, dilations 1, 2, 4:", receptive_field([(3, 1, 1), (3, 1, 2), (3, 1, 4)]))

# %% [markdown]
# ## When the patient moves
#
# Nobody stands in front of the detector in exactly the same place twice. A convolution answers to a
# moved image with a moved feature map. How exactly is that true?
#
# **Predict, then look.** We move 32 images by one pixel, and by two. How much does the feature map
# change where it stands? And how much does it differ from the old map, moved along? We ask that of
# Sobel's kernel with stride 1, with stride 2, and with max pooling behind it (the largest value of
# each 2 × 2 block, unit 04). Changes are root mean squares, in standard deviations of the map.

# %% tags=["demo", "covers-3.10"]
films = ill[:32, None] / 255
edges = kernels["sobel_x"][None, None].astype(float)


def strided(x, stride):
    """Sobel's feature maps with a stride."""
    return conv2d(x, edges, np.zeros(1), stride=stride)


def pooled(x):
    """Sobel's feature maps, the largest of each 2 × 2 block."""
    maps = strided(x, 1)
    return maps.reshape(len(x), 1, maps.shape[2] // 2, 2, -1, 2).max(axis=(3, 5))


def change(new, old):
    """Root mean square of a change, in standard deviations of the old map."""
    return np.sqrt(((new - old) ** 2).mean()) / old.std()


layers = {
    "stride 1": (lambda x: strided(x, 1), 1),
    "stride 2": (lambda x: strided(x, 2), 2),
    "max pooling": (pooled, 2),
}
# Changes in place for moves by 1 and 2, on 32 ill films of PneumoniaMNIST, measured on 2026-11-29.
on_real_films = {"stride 1": (0.80, 1.29), "stride 2": (0.86, 1.33), "max pooling": (0.70, 1.17)}
in_place, along = {}, {}
for shift in (1, 2):
    moved = np.roll(films, shift, axis=3)
    for name, (layer, jump) in layers.items():
        before, after = layer(films), layer(moved)
        in_place[shift, name] = change(after, before)
        text = f"moved by {shift}, {name:11}: changes by {in_place[shift, name]:.2f} in place"
        text += f" ({on_real_films[name][shift - 1]:.2f} on real films),"
        if shift % jump:
            print(text, "and the map cannot move by half a step")
        else:
            steps = shift // jump
            along[shift, name] = change(after[..., 3:], before[..., 3 - steps : -steps])
            print(text, f"by {along[shift, name]:.2f} when the old map moves along")
finding(
    max(along.values()) < 1e-9,
    "where the map can move along it follows exactly: the layer is *equivariant*. With stride 1 that is "
    "always so, with a stride or a pooling of 2 only for even moves.",
    f"the maps that move along differ by up to {max(along.values()):.2g}.",
)
finding(
    in_place[1, "max pooling"] < in_place[1, "stride 2"],
    "max pooling has the same step as stride 2, yet its map changes less in place after a move by one "
    "pixel. That is a first bit of *in*variance.",
    "here the map of max pooling changes as much in place as that of stride 2.",
)

# %% [markdown]
# After a move by one pixel, windows with stride 2 fall on other pixels and give other numbers. With max
# pooling the largest value is often still inside its block. Unit 04 is about that.
#
# **What it means in medicine.** Move a real film by one pixel and a network with strides may change
# its mind. Test it: it is the same patient.

# %% [markdown]
# ## What you can do now
#
# - You can say the size of every feature map before you run the network, and choose the padding.
# - You wrote the layer that most networks in medical imaging are built from, and know its price.
# - You can say how much of the patient one output sees, and how to make it see more.
#
# Eight exercises, 24 points. Save this notebook, then see how far you got, here and in the other units:

# %% tags=["demo"]
from course_utils import progress

progress.show()

# %% [markdown]
# **Read on**
# - V. Dumoulin and F. Visin, *A guide to convolution arithmetic for deep learning*, 2016
#   ([arXiv:1603.07285](https://arxiv.org/abs/1603.07285)).
# - W. Luo and others, *Understanding the effective receptive field in deep convolutional neural
#   networks*, 2016 ([arXiv:1701.04128](https://arxiv.org/abs/1701.04128)).
# - A. Azulay and Y. Weiss, *Why do deep convolutional networks generalize so poorly to small image
#   transformations?*, 2019 ([arXiv:1805.12177](https://arxiv.org/abs/1805.12177)).
# - J. Yang and others, *MedMNIST v2*, Scientific Data 2023: where the real images come from
#   ([doi:10.1038/s41597-022-01721-8](https://doi.org/10.1038/s41597-022-01721-8)).
