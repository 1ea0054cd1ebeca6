# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Pooling, and the way back
#
# **Unit 04 · about 90 minutes · runs in about 12 seconds with 0.8 GB of memory**
#
# **What you will be able to do**
# - make a feature map smaller by max and by mean pooling, and say what each keeps and loses;
# - say when pooling and activation may change places, and measure what pooling is good for;
# - send gradients back through max pooling, mean pooling and a convolution, ties and overlaps
#   included, and check the result without trusting anybody;
# - turn the feature maps of a deep network into class probabilities by global average pooling.
#
# **Before you start:** unit 01 (its `numerical_gradient` is used again here), unit 02 (softmax, gradient
# of a loss), unit 03 (stride, feature maps; its `conv2d` is used again).
#
# The chest X-rays of this unit are *phantoms* unless real images are at hand: drawn by a program of
# this course, with no patient behind them. We made them, so what they show is partly what we put in.

# %%
import numpy as np
import torch

from course_utils import data, widgets
from course_utils.checks import pooling as check
from course_utils.findings import finding

# Networks as small as ours are faster with one thread: several would wait for each other.
torch.set_num_threads(1)

# %% [markdown]
# ## A child who would not stand still
#
# Leo, 4, has had a fever for five days. He moved when the film was taken, so it was taken again.
# Now there are two chest X-rays of the same minute. They show the same lungs, a few pixels apart.
# A program that says "opacity" for one film and "normal" for the other is of no use to anybody.
#
# **Predict, then look.** A convolution answers to a moved image with a moved feature map (unit 03).
# How different are the two feature maps, compared pixel by pixel?

# %% tags=["demo"]
chest = data.load("pneumoniamnist")
ill = chest.train.images[chest.train.labels == 1] / 255


def edge_maps(images, shift=0):
    """Feature maps (N, 1, 28, 28): where the brightness rises along x (Sobel's kernel, ReLU)."""
    moved = np.roll(images, shift, axis=2)
    smooth = np.roll(moved, 1, axis=1) + 2 * moved + np.roll(moved, -1, axis=1)
    return np.maximum(np.roll(smooth, -1, axis=2) - np.roll(smooth, 1, axis=2), 0)[:, None]


first, second = edge_maps(ill[:1]), edge_maps(ill[:1], shift=2)
widgets.figures.images(
    [ill[0], np.roll(ill[0], 2, axis=1), first[0, 0], second[0, 0], abs(first - second)[0, 0]],
    ["first film", "second film", "its feature map", "its feature map", "difference"],
    alt="Two chest images, the second moved to the right by two pixels, their feature maps, and "
    "the difference of the maps, which is bright along every edge.",
    columns=5,
)

# %% [markdown]
# The edges are the same, but none lies where it was. **Pooling** makes the answer less exact about
# the place: it puts one number where a whole neighbourhood was.

# %% [markdown]
# ## One number for a neighbourhood
#
# A window of $k \times k$ moves over the feature map with stride $s$, as in a convolution. But
# there are no weights. Each window gives a single number:
#
# - **max pooling** its largest value: *is the feature anywhere in here?*
# - **mean pooling** (average pooling) its mean: *how much of it is in here?*
#
# Each channel is pooled by itself. Windows that do not fit are dropped, so the output has
# $\lfloor (n-k)/s \rfloor + 1$ places in a row, as in unit 03.
#
# **Predict, then look.** Which number of the 4 × 4 grid survives in most windows when they
# overlap? And what is the mean of the window that starts with 1, 1? Step through the picture;
# press a cell to jump to its window.

# %%
widgets.pooling.pooling()

# %% [markdown]
# **For all exercises of this unit.** What comes in stays as it is: work on copies. The arrays are NumPy
# float arrays, never empty. Results are *new* NumPy arrays: one that lies in the memory of what came
# in would change with it. They are compared to nine digits: do not round, and do not go down to
# float32 where float64 comes in (where float32 comes in, either is right). Loops are welcome.

# %% [markdown]
# ### Exercise: max pooling
#
# Write `max_pool2d(x, k, s)` in NumPy.
#
# - `x`: feature maps `(N, C, H, W)`;
# - `k`: side of the square window, from 1 to the smaller of `H` and `W`; `s`: stride, at least 1.
#   The stride is a number of its own: windows may overlap ($s<k$) or leave gaps ($s>k$).
# - Returns a new float array `(N, C, H', W')` with the largest value of each window, where
#   $H' = \lfloor (H-k)/s \rfloor + 1$ and `W'` likewise. Windows that do not fit are dropped.
# - Not allowed here: `torch`, `scipy`.
#
# By hand: the rows `1 1 2 5`, `5 7 7 8`, `3 1 1 0` and `1 2 3 4` with $k=2$, $s=2$ give the rows `7 8`
# and `3 4`; with $s=1$ they give `7 7 8`, `7 7 8` and `3 3 4`.


# %% nbgrader={"grade": false, "grade_id": "max_pool2d", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-4.1"]
def max_pool2d(x, k, s):
    """Return the largest value of each window of k by k, with stride s."""
    ### BEGIN SOLUTION
    rows, columns = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    output = np.empty((*x.shape[:2], rows, columns), x.dtype)
    for row, column in np.ndindex(rows, columns):
        window = x[:, :, row * s : row * s + k, column * s : column * s + k]
        output[:, :, row, column] = window.max(axis=(2, 3))
    return output
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "max_pool2d-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.max_pool2d(max_pool2d)
### BEGIN HIDDEN TESTS
check.max_pool2d(max_pool2d, seed=61507)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: mean pooling
#
# Write `avg_pool2d(x, k, s)` in NumPy: the same windows and the same conventions, but a new float array
# with the mean of each window, not rounded. Not allowed here: `torch`, `scipy`.
#
# By hand: the same four rows with $k=2$, $s=2$ give `3.5 5.5` ($14/4$ and $22/4$) and `1.75 2`; with
# $s=1$ they give `3.5 4.25 5.5`, `4 4 4` and `1.75 1.75 2`.


# %% nbgrader={"grade": false, "grade_id": "avg_pool2d", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-4.1"]
def avg_pool2d(x, k, s):
    """Return the mean of each window of k by k, with stride s."""
    ### BEGIN SOLUTION
    rows, columns = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    output = np.empty((*x.shape[:2], rows, columns), x.dtype)
    for row, column in np.ndindex(rows, columns):
        window = x[:, :, row * s : row * s + k, column * s : column * s + k]
        output[:, :, row, column] = window.mean(axis=(2, 3))
    return output
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "avg_pool2d-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.avg_pool2d(avg_pool2d)
### BEGIN HIDDEN TESTS
check.avg_pool2d(avg_pool2d, seed=83926)
### END HIDDEN TESTS

# %% [markdown]
# Worked numbers, with your functions. Sometimes these means are printed as whole numbers; those are
# rounded.

# %% tags=["demo", "covers-4.1"]
grid = np.array([[1, 1, 2, 5], [5, 7, 7, 8], [3, 1, 1, 0], [1, 2, 3, 4]], dtype=float)[None, None]
print("max, 2×2, stride 1:", *max_pool2d(grid, 2, 1)[0, 0].tolist())
print("max, 2×2, stride 2:", *max_pool2d(grid, 2, 2)[0, 0].tolist())
print("mean, 2×2, stride 2:", *avg_pool2d(grid, 2, 2)[0, 0].tolist())
print("the means, rounded:", *np.round(avg_pool2d(grid, 2, 2)[0, 0]).astype(int).tolist())

# %% [markdown]
# **What it means in medicine.** A microcalcification in the breast is a bright point of a pixel or
# two. Max pooling of 4 × 4 keeps its brightness. Mean pooling leaves a sixteenth of it, and noise
# hides the rest. For how much of a lung is white, the mean is the better question.

# %% tags=["demo"]
point = np.zeros((1, 1, 8, 8))
point[0, 0, 2, 5] = 1.0
print("a single bright pixel of 1, pooled 4×4: max", max_pool2d(point, 4, 4).max(), end=", ")
print("mean", avg_pool2d(point, 4, 4).max())

# %% [markdown]
# ## Before or after the activation?
#
# Some networks pool and then apply the ReLU, others the other way round. Does it matter?
#
# **Predict, then look.** One window holds 3, −1, 1.5, −1. Write down four numbers: max and mean,
# each with the ReLU before and with the ReLU after it.

# %%
widgets.pooling.pooling(example="signed", n=2, activation="ReLU, both orders")

# %% tags=["demo", "covers-4.2"]
window = np.array([[3.0, -1.0], [1.5, -1.0]])[None, None]


def relu(x):
    """Return x where it is positive, else 0."""
    return np.maximum(x, 0)


for name, pool in {"max": max_pool2d, "mean": avg_pool2d}.items():
    before, after = pool(relu(window), 2, 2).item(), relu(pool(window, 2, 2)).item()
    print(f"{name:4}: ReLU, then pooling {before:.3f} · pooling, then ReLU {after:.3f}")

# %% [markdown]
# A ReLU never changes the order of two values, so the largest stays the largest: max pooling and
# ReLU may change places. Then pool first: it is the same result with a quarter of the ReLUs. The
# mean also hears the negative values, unless the ReLU has removed them before.

# %% [markdown]
# ### What is pooling good for?
#
# Three claims stand in every textbook. We measure them, on both of Leo's films and 63 more pairs.
#
# 1. *It forgives small movements.* How much does the pooled map change (root mean square, in
#    standard deviations of the map) when the film moves by one pixel, and by three?
# 2. *It makes the dense layer behind it smaller.* How many weights has a layer of 128 neurons that
#    reads 16 such maps?
# 3. *It has nothing to learn.* How many parameters does PyTorch's pooling layer have?
#
# **Predict, then look:** what counts more for the first claim, the kind of pooling or the size of the
# window?

# %% tags=["demo", "covers-4.2"]
pools = {
    "no pooling": lambda x: x,
    "mean 2 × 2": lambda x: avg_pool2d(x, 2, 2),
    "max 2 × 2": lambda x: max_pool2d(x, 2, 2),
    "mean 4 × 4": lambda x: avg_pool2d(x, 4, 4),
    "max 4 × 4": lambda x: max_pool2d(x, 4, 4),
}


def change(pool, shift):
    """Root mean square change of the pooled maps, in their standard deviations."""
    old, new = pool(edge_maps(ill[:64])), pool(edge_maps(ill[:64], shift))
    return np.sqrt(((new - old) ** 2).mean()) / old.std()


moves = {name: (change(pool, 1), change(pool, 3)) for name, pool in pools.items()}
# The same on 64 ill films of PneumoniaMNIST, measured on 2026-11-29.
real_films = ((0.88, 1.39), (0.73, 1.39), (0.74, 1.32), (0.47, 1.15), (0.54, 0.99))
on_real_films = dict(zip(pools, real_films, strict=True))
print(f"{'':12}{'moved by 1':>12}{'moved by 3':>12}{'on real films':>20}{'dense weights':>16}")
for name, pool in pools.items():
    weights = 16 * pool(edge_maps(ill[:1])).size * 128
    here = "".join(f"{each:12.2f}" for each in moves[name])
    real = "".join(f"{each:10.2f}" for each in on_real_films[name])
    print(f"{name:12}{here}{real}{weights:16,}")
print("parameters of a pooling layer:", sum(p.numel() for p in torch.nn.MaxPool2d(2).parameters()))

one, three = (dict(zip(moves, column, strict=True)) for column in zip(*moves.values(), strict=True))
finding(
    max(one["mean 2 × 2"], one["max 2 × 2"]) < one["no pooling"]
    and min(three["mean 2 × 2"], three["max 2 × 2"]) > 0.75 * three["no pooling"]
    and max(three["mean 4 × 4"], three["max 4 × 4"]) < min(three["mean 2 × 2"], three["max 2 × 2"]),
    "pooling forgives *small* movements, and the window sets how small: 2 × 2 softens a step of one pixel "
    "and helps little against three, 4 × 4 still does there.",
    "here the size of the window does not decide how large a movement is forgiven.",
)
both = (one, three)
kind = max(abs(d[f"mean {k}"] - d[f"max {k}"]) for d in both for k in ("2 × 2", "4 × 4"))
size = min(d[f"{name} 2 × 2"] - d[f"{name} 4 × 4"] for d in both for name in ("mean", "max"))
finding(
    kind < size,
    f"the size counts more than the kind: maximum and mean differ by {kind:.2f} at most, windows of 2 × 2 "
    f"and 4 × 4 by {size:.2f} at least.",
    f"maximum and mean differ by up to {kind:.2f}, windows of 2 × 2 and 4 × 4 by {size:.2f} or more.",
)

# %% [markdown]
# None of them forgives completely: pooling is a bit of *in*variance, not a guarantee. And images that are
# moved by a program are not yet a child who breathes and turns.

# %% [markdown]
# ## The way back
#
# To learn, the network must know what each activation did to the loss. The layer above hands down
# one derivative for each pooled number: $\partial L / \partial \text{output}$. Which of the nine
# activations of a window gets it?
#
# Wiggle them in your mind. When the largest activation grows by a little, the maximum grows by the
# same. When another one does, nothing happens. So the largest cell gets the whole derivative, the
# others get 0. In the forward pass the layer notes where the largest value was: a **switch**.
#
# One cell can be the largest of several overlapping windows. It then has several ways to change the
# loss, and the derivatives of all ways **add up**. (That is the chain rule.)
#
# **Predict, then look.** Below left are 25 activations. Windows of 3 × 3 with stride 1 pool them to
# nine numbers. From above right come nine derivatives, 21 in all. How much lands on the 8 in the
# first row? How many of the 25 cells get anything? Press *Play* and watch the counter at the
# bottom. Then choose the examples that are marked *wrong*, and watch it again.

# %% tags=["covers-4.3"]
widgets.pooling.pooling_backward()

# %% [markdown]
# **Ties.** After a ReLU many windows hold nothing but zeros: all cells are the largest. There the
# maximum has a kink and no slope. Any split of the derivative into shares that are not negative and
# sum to 1 is then a valid *subgradient*: all to the first cell (PyTorch), equal shares, all to the
# last. To give *every* tied cell the whole derivative is wrong: more would come out than went in.
# The counter of the picture shows that, too.

# %% [markdown]
# ### Exercise: max pooling, backwards
#
# Write `max_pool2d_backward(dout, x, k, s)` in NumPy.
#
# - `dout`: derivatives of the loss with respect to the pooled values, `(N, C, H', W')`;
#   `x`: what was pooled, `(N, C, H, W)`. `k`, `s` as before.
# - Returns the derivatives with respect to `x`: a new float array `(N, C, H, W)`.
# - Overlapping windows: add up. Cells in no window (windows that do not fit are dropped): 0.
# - Ties: where $k=s$ any split among the largest cells of a window is right, in shares that are not
#   negative and sum to that window's `dout`. Overlapping windows are only tested without ties.
# - Not allowed here: `torch`, `scipy`.
#
# By hand: the rows `1 5 2` and `0 3 4` with $k=2$, $s=1$ have two windows, and 5 is the largest in
# both. With `dout` = `2 3` the 5 gets $2+3=5$, all other cells get 0.


# %% nbgrader={"grade": false, "grade_id": "max_pool2d_backward", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-4.5"]
def max_pool2d_backward(dout, x, k, s):
    """Return the derivatives with respect to x of max pooling with windows of k by k, stride s."""
    ### BEGIN SOLUTION
    dx = np.zeros_like(x)
    for row, column in np.ndindex(*dout.shape[2:]):
        place = np.s_[:, :, row * s : row * s + k, column * s : column * s + k]
        cells = x[place].reshape(*x.shape[:2], k * k)
        switches = np.arange(k * k) == cells.argmax(axis=2)[..., None]
        shares = switches * dout[:, :, row, column, None]
        dx[place] += shares.reshape(x[place].shape)
    return dx
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "max_pool2d_backward-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
check.max_pool2d_backward(max_pool2d_backward)
### BEGIN HIDDEN TESTS
check.max_pool2d_backward(max_pool2d_backward, seed=27459)
### END HIDDEN TESTS

# %% [markdown]
# The worked example, with your functions:

# %% tags=["demo", "covers-4.3"]
activations = np.array(
    [[2, 4, 8, 3, 6], [9, 3, 4, 2, 5], [5, 4, 6, 3, 1], [2, 3, 1, 3, 4], [2, 7, 4, 5, 7]],
    dtype=float,
)[None, None]
upstream = np.array([[1, 3, 1], [1, 4, 2], [6, 2, 1]], dtype=float)[None, None]
print("pooled:", *max_pool2d(activations, 3, 1)[0, 0].astype(int).tolist())
landed = max_pool2d_backward(upstream, activations, 3, 1)
print("gradient:", *landed[0, 0].astype(int).tolist(), sep="\n  ")
print("the 8 has received", landed[0, 0, 0, 2], "· handed down", upstream.sum(), end=" ")
print("· landed", landed.sum())

# %% [markdown]
# Trust nobody, not even yourself. The tool that you wrote in unit 01 moves each of the 25 activations a
# little, pools forward, and measures what happens. `earlier.answer` takes it from your saved notebook.

# %% tags=["demo", "covers-4.3"]
from course_utils import earlier

numerical_gradient = earlier.answer("01-perceptron", "numerical_gradient")


def pooled_loss(x):
    """A number with the derivatives `upstream` with respect to the pooled values."""
    return (max_pool2d(x, 3, 1) * upstream).sum()


gap = abs(numerical_gradient(pooled_loss, activations) - landed).max()
print("max pooling, backwards: the measured slopes are the same:", bool(gap < 1e-6))

# %% [markdown]
# And ties, in an image after a ReLU. How common are they, and where does your function send the
# derivative of a window that holds nothing but zeros?

# %% tags=["demo", "covers-4.5"]
maps = edge_maps(ill[:64])
highest = np.kron(max_pool2d(maps, 2, 2), np.ones((2, 2)))
tied = avg_pool2d((maps == highest).astype(float), 2, 2) * 4 > 1
print(f"windows of 2 × 2 in which several cells are the largest: {tied.mean():.0%}")
flat = np.zeros((1, 1, 2, 2))
print(
    "a flat window, derivative 1:",
    max_pool2d_backward(np.ones((1, 1, 1, 1)), flat, 2, 2)[0, 0].tolist(),
)

# %% [markdown]
# **What it means in medicine.** Of the nine pixels of a window only one receives a gradient. That makes max pooling look for the
# single best sign of a disease, and it makes gradient maps spotty: when a saliency map (unit 08)
# shows scattered dots on Leo's lung, part of that is pooling, not pneumonia.

# %% [markdown]
# ### The mean shares
#
# When any of the $k \cdot k$ cells grows by a little, the mean grows by $1/k^2$ of it. So every cell
# of the window gets an equal share of the derivative. Overlapping windows add up here as well.
#
# **Predict, then look.** In the same 5 × 5 example, which cell receives most, and what does the
# counter say at the end?

# %%
widgets.pooling.pooling_backward(kind="mean")

# %% [markdown]
# ### Exercise: mean pooling, backwards
#
# Write `avg_pool2d_backward(dout, x_shape, k, s)` in NumPy.
#
# - `dout`: derivatives with respect to the pooled values, `(N, C, H', W')`; `x_shape`: the tuple
#   `(N, C, H, W)`. The values of `x` do not matter: why?
# - Returns the derivatives with respect to `x`, a new float array of the shape `x_shape`.
# - Overlapping windows: add up. Cells in no window: 0.
# - Not allowed here: `torch`, `scipy`.
#
# By hand: an image of 2 × 3 with $k=2$, $s=1$ has two windows, and `dout` = `8 4`. The first hands 2 to
# each of its four cells, the second 1. The middle column lies in both: each row becomes `2 3 1`.


# %% nbgrader={"grade": false, "grade_id": "avg_pool2d_backward", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-4.4"]
def avg_pool2d_backward(dout, x_shape, k, s):
    """Return the derivatives with respect to x of mean pooling with windows of k by k, stride s."""
    ### BEGIN SOLUTION
    dx = np.zeros(x_shape, dout.dtype)
    for row, column in np.ndindex(*dout.shape[2:]):
        share = dout[:, :, row, column] / (k * k)
        dx[:, :, row * s : row * s + k, column * s : column * s + k] += share[..., None, None]
    return dx
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "avg_pool2d_backward-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.avg_pool2d_backward(avg_pool2d_backward)
### BEGIN HIDDEN TESTS
check.avg_pool2d_backward(avg_pool2d_backward, seed=94038)
### END HIDDEN TESTS

# %% tags=["demo", "covers-4.4"]
shared = avg_pool2d_backward(upstream, activations.shape, 3, 1)
print(np.round(shared[0, 0], 2))
print("handed down", upstream.sum(), "· landed", round(shared.sum(), 12))

# %% [markdown]
# ## Through the convolution
#
# Below the pooling layer lies the convolution, and its weights are what we want to learn. Each
# output number $o = \sum w \cdot x + b$ was made from one window. Its derivative $d$ goes back the
# way it came:
#
# - every **pixel** of the window gets $d$ times the weight it was multiplied with;
# - every **weight** gets $d$ times the pixel it was multiplied with;
# - the **bias** gets $d$ itself.
#
# A pixel is read by several windows and by all filters, a weight is used at every place and for
# every image. Again all ways add up. Nothing is divided: the mean over the batch is in the loss
# already, so it is in $d$.
#
# **Predict, then look.** An image of 2 × 3, a kernel of 2 × 2: there are two windows, and so two outputs.
# From above come the derivatives 1 and 2. The middle column lies in both windows: what does it get?

# %% tags=["demo", "covers-4.6"]
image = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
kernel = np.array([[1.0, 0.0], [0.0, -1.0]])
first, second = np.pad(kernel, ((0, 0), (0, 1))), np.pad(kernel, ((0, 0), (1, 0)))
widgets.figures.sums(
    [
        [
            ("1 × the kernel,\nat the first window", 1 * first),
            ("2 × the kernel,\nat the second", 2 * second),
            ("for the pixels (dx)", 1 * first + 2 * second),
        ],
        [
            ("1 × the pixels\nof the first window", 1 * image[:, :2]),
            ("2 × the pixels\nof the second", 2 * image[:, 1:]),
            ("for the kernel (dw)", 1 * image[:, :2] + 2 * image[:, 1:]),
        ],
        [
            ("the first\nderivative", np.ones((1, 1))),
            ("the second", 2 * np.ones((1, 1))),
            ("for the bias (db)", 3 * np.ones((1, 1))),
        ],
    ],
    "The way back through a convolution as three sums. Each derivative stamps the kernel, times itself, "
    "at its window: the stamps add up to dx, and the middle column gets a part of both. Each derivative "
    "times the pixels of its window adds up to dw. The derivatives alone add up to db.",
)

# %% [markdown]
# ### Exercise: convolution, backwards
#
# Write `conv2d_backward(dout, x, w, stride=1, padding=0)` in NumPy.
#
# - `dout`: derivatives with respect to the feature maps, `(N, C_out, H', W')`; `x`: images
#   `(N, C_in, H, W)`; `w`: filters `(C_out, C_in, KH, KW)`.
# - The forward pass was that of unit 03: kernel not flipped, zeros on all four sides, the same
#   stride in both directions, pixels that no window reads are allowed (their derivative is 0).
# - Returns the tuple `(dx, dw, db)` of new float arrays with the shapes of `x`, of `w`, and `(C_out,)`.
# - Sums over images and places, no means.
# - Not allowed here: `torch`, `scipy`. (`np.pad` is allowed.)
#
# By hand: the image with the rows `1 2 3` and `4 5 6`, the kernel `[[1, 0], [0, -1]]` and `dout` =
# `1 2` (the picture above) give `dx` = `[[1, 2, 0], [0, -1, -2]]`. In `dw` the upper left number is
# $1\cdot1 + 2\cdot2 = 5$ (derivative times pixel, for both windows), the others are
# $1\cdot2 + 2\cdot3 = 8$, $1\cdot4 + 2\cdot5 = 14$ and $1\cdot5 + 2\cdot6 = 17$. `db` is $1 + 2 = 3$.


# %% nbgrader={"grade": false, "grade_id": "conv2d_backward", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-4.6"]
def conv2d_backward(dout, x, w, stride=1, padding=0):
    """Return the derivatives of a convolution with respect to x, w and its biases."""
    ### BEGIN SOLUTION
    rows, columns = w.shape[2:]
    border = (padding, padding)
    padded = np.pad(x, ((0, 0), (0, 0), border, border))
    dpadded, dw = np.zeros_like(padded), np.zeros_like(w)
    for row, column in np.ndindex(*dout.shape[2:]):
        top, left = row * stride, column * stride
        place = np.s_[:, :, top : top + rows, left : left + columns]
        derivatives = dout[:, :, row, column]
        dw += np.tensordot(derivatives, padded[place], axes=(0, 0))
        dpadded[place] += np.tensordot(derivatives, w, axes=(1, 0))
    inside = np.s_[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return dpadded[inside], dw, dout.sum(axis=(0, 2, 3))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "conv2d_backward-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
check.conv2d_backward(conv2d_backward)
### BEGIN HIDDEN TESTS
check.conv2d_backward(conv2d_backward, seed=15872)
### END HIDDEN TESTS

# %% [markdown]
# Never trust a gradient that you have not checked. First with your own tools: `conv2d` from unit 03 goes
# forward, `numerical_gradient` measures, on two small images.

# %% tags=["demo", "covers-4.6"]
conv2d = earlier.answer("03-convolution", "conv2d")
generator = np.random.default_rng(0)
x, w = generator.normal(size=(2, 2, 5, 4)), generator.normal(size=(3, 2, 3, 2))
handed_down = generator.normal(size=(2, 3, 3, 3))


def loss(x, w, b):
    """A number with the derivatives `handed_down` with respect to the feature maps."""
    return (conv2d(x, w, b, stride=2, padding=1) * handed_down).sum()


b = np.zeros(3)
measured = (
    numerical_gradient(lambda moved: loss(moved, w, b), x),
    numerical_gradient(lambda moved: loss(x, moved, b), w),
    numerical_gradient(lambda moved: loss(x, w, moved), b),
)
computed = conv2d_backward(handed_down, x, w, stride=2, padding=1)
for name, slope, derivative in zip(("dx", "dw", "db"), measured, computed, strict=True):
    print(f"{name}: the measured slopes are the same:", np.allclose(slope, derivative, atol=1e-6))

# %% [markdown]
# Then PyTorch judges, on a chain of all three layers: convolution, ReLU, max pooling.

# %% tags=["demo", "covers-4.6"]
films, filters = ill[:4, None], generator.normal(size=(3, 1, 5, 5))
leaves = [torch.tensor(array, requires_grad=True) for array in (films, filters)]
features = torch.nn.functional.conv2d(*leaves, stride=2, padding=2)
pooled = torch.nn.functional.max_pool2d(features.relu(), 3, 2)
handed_down = generator.normal(size=pooled.shape)
pooled.backward(torch.from_numpy(handed_down))

raw = features.detach().numpy()
back = max_pool2d_backward(handed_down, relu(raw), 3, 2) * (raw > 0)
dx, dw, db = conv2d_backward(back, films, filters, stride=2, padding=2)
print("dx agrees with PyTorch:", np.allclose(dx, leaves[0].grad))
print("dw agrees with PyTorch:", np.allclose(dw, leaves[1].grad))

# %% [markdown]
# ## From feature maps to a diagnosis
#
# An **encoder** is the part of a network that turns an image into feature maps. A deep one makes 512 maps
# of 7 × 7 from a photograph: 512 detectors, each with a coarse map of where it found something. The classifier behind it wants one list of numbers. To flatten
# the maps gives 25,088 numbers, and a weight for each place: the classifier would learn where a
# wheel usually lies. **Global average pooling** asks each detector only *how much did you see?* It
# leaves 512 numbers, works for any image size, and has nothing to learn.
#
# One linear layer makes a score for each class, the softmax turns the scores into probabilities.
#
# **Predict, then look.** Six of the 512 maps are shown, and three classes: dog, car, tree. If all
# maps are moved to the right by two, what happens to the probabilities?

# %% tags=["covers-4.7"]
widgets.pooling.gap_head()

# %% [markdown]
# ### Exercise: global average pooling
#
# Write `global_average_pool(features)` in NumPy.
#
# - `features`: feature maps `(N, C, H, W)`.
# - Returns the mean of each map over its rows and columns: a new float array `(N, C)`.
# - Not allowed here: `torch`, `scipy`.
#
# By hand: one image with the maps `[[1, 6], [3, 2]]` and `[[0, 2], [0, 0]]` gives `[[3, 0.5]]`.


# %% nbgrader={"grade": false, "grade_id": "global_average_pool", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-4.7"]
def global_average_pool(features):
    """Return the mean of every feature map, shape (N, C)."""
    ### BEGIN SOLUTION
    return features.mean(axis=(2, 3))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "global_average_pool-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.global_average_pool(global_average_pool)
### BEGIN HIDDEN TESTS
check.global_average_pool(global_average_pool, seed=72314)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: the classifier
#
# Write `classify_from_features(features, W, b)` in NumPy.
#
# - `features`: feature maps `(N, C, H, W)`; `W`: weights `(K, C)`, one row for each class; `b`:
#   biases `(K,)`.
# - Returns the probabilities, a new float array `(N, K)`: global average pooling, the linear layer,
#   and the softmax over the classes of each image. It must be right for scores of ±1000 too, also
#   where one image's are all large and another's all small.
# - You may use your own functions. Not allowed here: `torch`, `scipy`.
#
# By hand: the maps `[[1, 6], [3, 2]]` and `[[0, 2], [0, 0]]` have the averages 3 and 0.5. With
# `W` = `[[1, 0], [0, 2], [0, 0]]` and `b` = `[-1, 0, 0]` the scores are 2, 1, 0 and the
# probabilities about 0.665, 0.245, 0.090.


# %% nbgrader={"grade": false, "grade_id": "classify_from_features", "locked": false, "schema_version": 3, "solution": true, "task": false}
def classify_from_features(features, W, b):
    """Return the probabilities of the classes, shape (N, K)."""
    ### BEGIN SOLUTION
    scores = global_average_pool(features) @ W.T + b
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "classify_from_features-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.classify_from_features(classify_from_features)
### BEGIN HIDDEN TESTS
check.classify_from_features(classify_from_features, seed=40681)
### END HIDDEN TESTS

# %% [markdown]
# An encoded image, 512 × 7 × 7, with your functions. We have not trained an encoder yet (unit 05),
# so its features and the head's weights are drawn at random here: the shapes count, not the answer.
# Somebody shows you six averages of another network, 0.3, 0.1, −3, 4, 0.9 and −2, and says that its last
# layer ends with a ReLU. Can that be?

# %% tags=["demo", "covers-4.7"]
encoded = relu(generator.normal(size=(1, 512, 7, 7)))
head, biases = generator.normal(size=(3, 512)) / 4, np.zeros(3)
averages = global_average_pool(encoded)
print("features", encoded.shape, "→ averages", averages.shape, end=" ")
probabilities = classify_from_features(encoded, head, biases)
print("→ probabilities", probabilities.shape)
for name, probability in zip(["dog", "car", "tree"], probabilities[0], strict=True):
    print(f"  {name:4} {probability:.3f}")
moved = np.roll(encoded, 3, axis=3)
same = np.allclose(classify_from_features(moved, head, biases), probabilities)
print("moved by three columns, the same probabilities:", same)

claimed = np.array([0.3, 0.1, -3, 4, 0.9, -2])
print(f"smallest of our 512 averages: {averages.min():.3f}; smallest of the six: {claimed.min()}")
print("numbers that cannot be averages of numbers ≥ 0:", claimed[claimed < 0].tolist())

# %% [markdown]
# A ReLU leaves no negative number, and the mean of numbers that are not negative is not negative.
# So −3 and −2 cannot come after a ReLU. The list could come from an encoder whose last layer has no
# ReLU; or its numbers are scores, not averages.
#
# **What it means in medicine.** Global average pooling forgets *where*. A head for "pneumonia, yes
# or no" may. A head for "left or right lung" may not. And it dilutes: a nodule that fills one of the
# 49 cells adds only a 49th of its strength to the average, while a shadow over the whole lung adds
# all of it. The maps themselves still know where: unit 08 turns this head into a map of evidence.

# %% [markdown]
# ### The whole way back
#
# Now you own every part of a network that learns. In a row your backward passes give the derivative
# of the loss by every weight; that of the softmax with cross-entropy is in unit 02. Two films, three
# filters, and PyTorch as the judge:

# %% tags=["demo"]
rows = np.concatenate([np.flatnonzero(chest.train.labels == label)[:8] for label in (0, 1)])
films, labels = 4 * (chest.train.images[rows, None] / 255 - 0.5), chest.train.labels[rows]


def network(films, w, b, W, c):
    """Scores in PyTorch: convolution, ReLU, max pooling 3 × 3, average, linear layer."""
    raw = torch.nn.functional.conv2d(films, w, b)
    return torch.nn.functional.max_pool2d(raw.relu(), 3).mean(dim=(2, 3)) @ W.T + c


few, truth = films[[0, 15]], labels[[0, 15]]
w, b = generator.normal(size=(3, 1, 5, 5)) / 5, np.zeros(3)
W, c = generator.normal(size=(2, 3)), np.zeros(2)

# Forward, with the convolution of PyTorch.
raw = torch.nn.functional.conv2d(*map(torch.from_numpy, (few, w, b))).numpy()
pooled = max_pool2d(relu(raw), 3, 3)
probabilities = classify_from_features(pooled, W, c)

# And back, layer by layer. Global average pooling is mean pooling with one window.
dscores = (probabilities - np.eye(2)[truth]) / len(few)
daverages = (dscores @ W)[..., None, None]
dpooled = avg_pool2d_backward(daverages, pooled.shape, len(pooled[0, 0]), 1)
draw = max_pool2d_backward(dpooled, relu(raw), 3, 3) * (raw > 0)
_, dw, db = conv2d_backward(draw, few, w)
ours = [dw, db, dscores.T @ global_average_pool(pooled), dscores.sum(axis=0)]

leaves = [torch.tensor(array, requires_grad=True) for array in (w, b, W, c)]
scores = network(torch.from_numpy(few), *leaves)
torch.nn.functional.cross_entropy(scores, torch.from_numpy(truth).long()).backward()
for name, gradient, leaf in zip("wbWc", ours, leaves, strict=True):
    print(f"derivative by {name} agrees with PyTorch:", np.allclose(gradient, leaf.grad))

# %% [markdown]
# ### Sixteen films by heart
#
# A first test of every new network: can it learn a handful of films by heart? One that cannot has a
# bug. Sixteen filters now, sixteen films, and 120 steps against the derivatives. PyTorch computes
# them here: loops in Python are as right, but would take minutes. (Each update keeps nine tenths of
# the last one, *momentum*: unit 06.)

# %% tags=["demo"]
generator = np.random.default_rng(1)
w, W = generator.normal(size=(16, 1, 5, 5)) / 5, generator.normal(size=(2, 16)) / 4
parameters = [
    torch.tensor(array, requires_grad=True) for array in (w, np.zeros(16), W, np.zeros(2))
]
optimizer = torch.optim.SGD(parameters, lr=0.3, momentum=0.9)
inputs, targets = torch.from_numpy(films), torch.from_numpy(labels).long()
for step in range(121):
    scores = network(inputs, *parameters)
    error = torch.nn.functional.cross_entropy(scores, targets)
    if step % 30 == 0:
        right = (scores.argmax(dim=1) == targets).sum()
        print(f"step {step:3}: loss {error:.2f}, right {right}/16")
    optimizer.zero_grad()
    error.backward()
    optimizer.step()
finding(
    right == 16,
    "the network knows all sixteen films by heart: every derivative finds its way.",
    f"after {step} steps the network knows {right} of the sixteen films. More steps may help; or there is a "
    "bug.",
)

# %% [markdown]
# That is all it says. A network that knows sixteen films by heart has diagnosed nobody; what it does on
# films it has never seen is the subject of unit 05.

# %% [markdown]
# ## What you can do now
#
# - You can pool, choose between max and mean for a medical reason, and say what moves with it.
# - You wrote the backward passes of pooling and convolution: with the loss of unit 02, that is a
#   whole network that learns.
# - You can build the head that most classifiers in medical imaging end with.
#
# Seven exercises, 26 points. Save this notebook, then see how far you got, here and in the other units:

# %% tags=["demo"]
from course_utils import progress

progress.show()

# %% [markdown]
# **Read on**
# - D. Scherer, A. Müller and S. Behnke, *Evaluation of pooling operations in convolutional
#   architectures for object recognition*, ICANN 2010
#   ([doi:10.1007/978-3-642-15825-4_10](https://doi.org/10.1007/978-3-642-15825-4_10)).
# - M. Lin, Q. Chen and S. Yan, *Network in network*, 2013: where global average pooling comes from
#   ([arXiv:1312.4400](https://arxiv.org/abs/1312.4400)).
# - R. Zhang, *Making convolutional networks shift-invariant again*, 2019
#   ([arXiv:1904.11486](https://arxiv.org/abs/1904.11486)).
# - J. Springenberg and others, *Striving for simplicity: the all convolutional net*, 2014: do we
#   need pooling at all? ([arXiv:1412.6806](https://arxiv.org/abs/1412.6806)).
# - J. Yang and others, *MedMNIST v2*, Scientific Data 2023: where the real images come from
#   ([doi:10.1038/s41597-022-01721-8](https://doi.org/10.1038/s41597-022-01721-8)).
