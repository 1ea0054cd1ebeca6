# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Optimizers
#
# **Unit 06 · about 120 minutes · runs in about 20 seconds with 0.9 GB of memory**
#
# **What you will be able to do**
# - say how a network learns by walking downhill, and see when it is stuck;
# - find a first learning rate by a test instead of by luck;
# - draw mini-batches, and say what their noise costs and what it gives;
# - write momentum, Adagrad and Adam in NumPy so that they agree with PyTorch, step by step;
# - change the learning rate on the way, and make a large batch out of small ones.
#
# **Before you start:** unit 01 (gradient, one gentle step), unit 02 (cross-entropy), NumPy arrays.
#
# The chest images here are *phantoms*, drawn by a program, with no patient behind them. What we
# measure on them shows how a method works. It says nothing yet about real patients.

# %%
import numpy as np
import torch
from matplotlib import pyplot as plt

from course_utils import data, models, widgets
from course_utils.checks import optimizers as check
from course_utils.findings import finding
from course_utils.widgets.counter import counted

torch.set_num_threads(
    1
)  # for networks this small, threads wait for each other longer than they work

# %% [markdown]
# ## Ready by six
#
# In unit 03 Mrs. Okoye's chest X-ray waited in a queue of ninety, and a network was to mark her
# shadow, so that her film is read first. That network must learn. Every evening at ten the films
# of the day are added to the archive, with what the doctors found. At six in the morning the
# queue of the new day opens, and the network must be ready. The night has eight hours.
#
# How does a network learn, and what makes it ready by six? That is the work of the **optimizer**.
# To see it at work we take a small model, which learns in a second: a single neuron over the
# brightness of 196 patches, with binary cross-entropy as its loss (unit 02).

# %% tags=["demo"]
chest = data.load("pneumoniamnist")


def patches(images):
    """Mean brightness of each 2 × 2 pixels, one row for each film."""
    return images.reshape(len(images), 14, 2, 14, 2).mean(axis=(2, 4)).reshape(len(images), -1)


train = patches(chest.train.images)
middle, spread = train.mean(axis=0), train.std(axis=0)
films = np.column_stack([(train - middle) / spread, np.ones(len(train))])
ill = chest.train.labels.astype(float)


def film_loss(w):
    """Binary cross-entropy over all films, from logits."""
    logits = films @ w
    return (np.logaddexp(0, logits) - ill * logits).mean()


def film_gradient(w, rows):
    """Its gradient, the mean over the chosen films."""
    chosen = films[rows]
    probability = (1 + np.tanh(chosen @ w / 2)) / 2  # the sigmoid, for logits of any size
    return (probability - ill[rows]) @ chosen / len(rows)


everyone = np.arange(len(films))
untrained = np.zeros(films.shape[1])
print(f"{len(films)} films, {films.shape[1]} weights;", end=" ")
print(f"loss of the untrained neuron: {film_loss(untrained):.4f} = ln 2")

# %% [markdown]
# ## Downhill
#
# The loss is a landscape: every choice of weights $w$ is a place, and the loss is its height. A
# real network has millions of weights, so nobody sees this landscape from above. You stand in
# fog. All you know is the slope under your feet: the **gradient** $dL/dw$, which points uphill.
# **Gradient descent** takes a step the other way, again and again:
#
# $$w \leftarrow w - \eta \, \frac{dL}{dw}$$
#
# The **learning rate** $\eta$ (in code `lr`) says how long the steps are.

# %% [markdown]
# ### Exercise: gradient descent
#
# Write `gradient_descent(grad, w0, lr, steps)` in NumPy.
#
# - `grad`: a function; give it a place `(D,)`, it returns the gradient there, `(D,)`.
# - `w0`: the start, a float array `(D,)`, which stays as it is; `lr`: the learning rate;
#   `steps`: how many steps, at least 0.
# - Returns the path, a new array `(steps + 1, D)`: the start, then the place after each step. In a
#   step all weights move at once.
# - In this unit arrays hold float64 or float32. From float64 comes float64, from float32 either.
# - Not allowed here: torch.
#
# By hand: on a bowl with the gradient $2w$, from $w = (1, -2)$ with `lr=0.25`, every step halves
# the weights. Two steps give the path $(1, -2)$, $(0.5, -1)$, $(0.25, -0.5)$.


# %% nbgrader={"grade": false, "grade_id": "gradient_descent", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-6.1"]
def gradient_descent(grad, w0, lr, steps):
    """Return the path of gradient descent: the start and the place after each step."""
    ### BEGIN SOLUTION
    path = [w0]
    for _ in range(steps):
        here = path[-1]
        path.append(here - lr * grad(here))
    return np.array(path)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "gradient_descent-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.gradient_descent(gradient_descent)
### BEGIN HIDDEN TESTS
check.gradient_descent(gradient_descent, seed=27183)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: one step
#
# Later you will walk with other gradients in every step. So write one step alone:
# `sgd_step(w, g, lr)`. It is called *stochastic* gradient descent (SGD) when the gradient `g` comes
# from a random part of the patients.
#
# - `w`: weights, a float array of any shape; `g`: the gradient, of the same shape; `lr`: a number.
# - Returns the new weights, a new array, also where `lr` is 0. `w` and `g` stay as they are: all
#   functions of this unit are **pure**, they return what is new and change nothing.
# - From float64 comes float64, from float32 either. Not allowed here: torch.
#
# By hand: $w = (1, -2)$, $g = (4, 2)$ and `lr=0.25` give $(0, -2.5)$.


# %% nbgrader={"grade": false, "grade_id": "sgd_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sgd_step(w, g, lr):
    """Return the weights after one step of gradient descent."""
    ### BEGIN SOLUTION
    return w - lr * g
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "sgd_step-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.sgd_step(sgd_step)
### BEGIN HIDDEN TESTS
check.sgd_step(sgd_step, seed=61409)
### END HIDDEN TESTS

# %% [markdown]
# ### “Your model is stuck”
#
# Where the gradient is zero, the walk ends. That may be the deepest valley. It may also be a
# **local minimum** (a valley, but not the deepest), a **saddle point** (down on two sides, up on
# the others) or a **plateau** (flat for miles).
#
# **Predict, then look.** Three walks of 60 steps. Which of them could you tell from a good end, if
# you knew only the loss and the gradient of the last step?

# %% tags=["demo"]
walks = {
    "local minimum": (lambda w: 4 * w**3 - 6 * w + 1, [2.0], lambda w: w**4 - 3 * w**2 + w),
    "saddle point": (lambda w: w * [2.0, -2.0], [1.5, 0.0], lambda w: w[0] ** 2 - w[1] ** 2),
    "plateau": (lambda w: w * np.exp(-(w**2) / 2), [4.5], lambda w: 1 - np.exp(-(w**2) / 2)),
}
figure, axes = plt.subplots(1, 3, figsize=(10, 3))
for axis, (name, (grad, start, height)) in zip(axes, walks.items(), strict=True):
    path = gradient_descent(grad, np.array(start), 0.05, 60)
    last = path[-1]
    print(f"{name:13}: ends at {last.round(2)}, loss {np.squeeze(height(last)):.3f},", end=" ")
    print(f"gradient of length {np.linalg.norm(grad(last)):.4f}")
    if len(start) == 2:
        x, y = np.meshgrid(np.linspace(-2, 2, 60), np.linspace(-2, 2, 60))
        axis.contour(x, y, height([x, y]), 12, cmap="cividis")
        axis.plot(*path.T, "o-", color="#c95500", markersize=3)
        axis.set(xlabel="first weight", ylabel="second weight")
    else:
        w = np.linspace(-2, 2.2, 200) if name == "local minimum" else np.linspace(-5, 5, 200)
        axis.plot(w, height(w), color="#0072b2")
        axis.plot(path[:, 0], height(path[:, 0]), "o", color="#c95500", markersize=4)
        axis.set(xlabel="weight", ylabel="loss")
    axis.set_title(name)
figure.tight_layout()
widgets.figures.show(
    figure,
    "Three walks that end with almost no gradient: in the shallower of two valleys, at a saddle "
    "point whose ridge the walk follows exactly, and on a plateau where it hardly moves.",
)

# %% [markdown]
# None of them. The gradient is (almost) zero each time, and the loss no longer falls. With millions
# of weights saddle points are far more common than bad valleys: to be a valley, *every* direction
# must lead up. Two remedies follow in this unit: noise, and steps that remember.

# %% [markdown]
# ## How long is a step?
#
# **Predict, then look.** One weight on a parabola with the curvature 1. Steps that are too short
# waste the night. What happens with a rate of 1.8? Of 2.1? And if the valley is three times as
# steep, is 0.7 still a good rate?

# %% tags=["covers-6.2"]
widgets.optimizers.learning_rate()

# %% [markdown]
# On a valley with the curvature $a$ a step multiplies the distance by $1 - \eta a$. Below
# $\eta = 2/a$ the walk converges, above it every step leads further away. The steepest direction
# sets this limit, for all weights together. Nobody knows $a$ beforehand, but it can be felt.
#
# ### The range test
#
# Start with a tiny rate and let it grow by the same factor in every step. Write down each step's
# loss. At first nothing happens; then the loss falls; then it explodes. A good first rate is where
# the loss falls **most steeply**, seen against the logarithm of the rate. (Where the loss is
# *smallest*, the training is about to diverge.)
#
# **Predict, then look.** A small network as in unit 01: two inputs, 20 hidden neurons, one output, trained on
# invented patients in two half-moons. At which rate will it diverge?

# %%
widgets.optimizers.range_test()

# %% [markdown]
# ### Exercise: read the range test
#
# Write `suggest_lr(lrs, losses)` in NumPy.
#
# - `lrs`: the rates that were tried, growing, `(T,)`; `losses`: the loss at each, `(T,)`. `T` is at
#   least 100.
# - Returns one rate, a float: where the **smoothed** loss falls most steeply against
#   $\log_{10}$ of the rate. Any way of smoothing over 5 to 10 neighbouring losses will do: your
#   answer is right when it is within a factor of 10 of ours.
# - The end of the curve may be wild: losses that explode, fall back and explode again, `inf` or
#   `nan`. Nothing from the first loss on that is not finite counts, even if later losses are finite
#   again and lower; and nothing behind the smallest (smoothed) loss.
# - Raises `ValueError` where the smoothed loss falls by less than 1 % of its first value.
# - The arrays stay as they are.
#
# By hand: a curve of straight pieces goes through the losses 2.4, 2.2, 1.2, 0.9 and 5 at the rates
# 0.001, 0.01, 0.1, 1 and 10, with 30 rates in each decade. It falls by 0.2, 1 and 0.3 in a decade: most
# steeply between 0.01 and 0.1, so 0.03 is a good answer.


# %% nbgrader={"grade": false, "grade_id": "suggest_lr", "locked": false, "schema_version": 3, "solution": true, "task": false}
def suggest_lr(lrs, losses):
    """Return the learning rate where the smoothed loss falls most steeply."""
    ### BEGIN SOLUTION
    broken = np.flatnonzero(~np.isfinite(losses))
    end = broken[0] if len(broken) else len(losses)
    windows = np.lib.stride_tricks.sliding_window_view(losses[:end], 9)
    smooth, centers = windows.mean(axis=1), lrs[4 : end - 4]
    lowest = smooth.argmin()
    if smooth[0] - smooth[lowest] < 0.01 * smooth[0]:
        raise ValueError("the loss never falls: there is no good rate on this curve")
    falls = -np.diff(smooth[: lowest + 1]) / np.diff(np.log10(centers[: lowest + 1]))
    return centers[falls.argmax()]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "suggest_lr-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.suggest_lr(suggest_lr)
### BEGIN HIDDEN TESTS
check.suggest_lr(suggest_lr, seed=84431)
### END HIDDEN TESTS

# %% [markdown]
# Now the same with the films, your step, and a new part of the films in every step:


# %% tags=["demo"]
def range_test_of_films(rates, films_a_step=256, seed=0):
    """The loss of each step's films, before a step with each rate."""
    rng, w, losses = np.random.default_rng(seed), untrained, []
    for rate in rates:
        rows = rng.choice(len(films), films_a_step, replace=False)
        logits = films[rows] @ w
        losses.append((np.logaddexp(0, logits) - ill[rows] * logits).mean())
        w = sgd_step(w, film_gradient(w, rows), rate)
    return np.array(losses)


rates = 10 ** np.linspace(-5, 1.5, 131)
tested = range_test_of_films(rates)
suggested = suggest_lr(rates, tested)
print(f"suggested rate: {suggested:.2g}")
after = {}
for factor in (0.1, 0.3, 1, 3, 10):
    lr = factor * suggested
    path = gradient_descent(lambda w: film_gradient(w, everyone), untrained, lr, 100)
    after[factor] = film_loss(path[-1])
    print(f"100 steps with {factor:4g} × the suggested rate, {lr:7.2g}: loss {after[factor]:.3f}")
curvature = np.linalg.eigvalsh(films.T @ films / len(films) / 4).max()  # where the neuron says 1/2
print(
    f"the steepest direction at the start has the curvature {curvature:.1f}: 2 / a = {2 / curvature:.2g}"
)
best = min(after, key=after.get)
finding(
    best == 1 and suggested < 2 / curvature,
    "The suggested rate is the best of the five: a third of it is slower, three times as much is above "
    "$2/a$ and begins to swing, ten times as much is of no use. A factor of three matters, and the test "
    "found the rate without knowing $a$.",
    f"Here {best} × the suggested rate is the best of the five. The test gives a *first* rate: try a third and "
    "three times of it, too. (A rate above $2/a$ can work: $a$ was measured at the start, and the valley of a "
    "neuron gets flatter where it is sure of its answers.)",
)

figure, axis = plt.subplots(figsize=(6, 3))
axis.semilogx(rates, np.minimum(tested, 1), color="#0072b2")
axis.axvline(suggested, color="#c95500", linestyle="--", label="suggested")
axis.set(xlabel="learning rate", ylabel="loss (cut at 1)", ylim=(0.5, 1))
axis.legend()
widgets.figures.show(
    figure,
    f"The loss stays near 0.69 at tiny rates, falls, and then explodes; the suggested rate of {suggested:.2g} "
    "lies on the slope.",
)

# %% [markdown]
# **What it means in medicine.** A network that “does not work on our films” may only have had the
# wrong rate. Test the rate before you blame the films, and write it into the report: a study that
# does not say how it was trained cannot be repeated.

# %% [markdown]
# ## How many patients a step?
#
# The exact gradient is a mean over *all* patients. That is expensive: one step costs a pass over the
# whole archive, called an **epoch**. The mean over a few patients points roughly the same way.
#
# - **full batch**: all patients a step. Deterministic, smooth, expensive.
# - **online**: one patient a step. Cheap steps, but every patient pulls in another direction: the
#   walk looks crazy.
# - **mini-batch**: some patients a step, usually 8 to 256. What nearly everybody does.
#
# **Predict, then look.** All three read the same patients with the same rate. Which is first near
# the best line? Which is nearest at the end?

# %% tags=["covers-6.3"]
widgets.optimizers.batch_size()

# %% [markdown]
# Online is **fast at first and noisy at the end**: near the minimum the true gradient is small, and
# what is left is noise. With batches of $B$ patients the noise shrinks like $1/\sqrt{B}$: four times
# the work for half the noise. The archive is sorted (by day, by ward, by finding), so the
# patients must be **shuffled** before they are cut into batches, and anew in every epoch.

# %% [markdown]
# ### Exercise: mini-batches
#
# Write `minibatches(n, batch_size, rng)`, for one epoch.
#
# - `n`: number of patients, at least 1; `batch_size`: at least 1; `rng`: a NumPy `Generator`, from
#   which all that is random must come (`rng.permutation`, `rng.shuffle` …).
# - Yields (or returns a list of) batches: NumPy arrays of whole numbers, one axis each, with the
#   indices from 0 to n − 1. Together they hold **each index exactly once**, in random order: any patient
#   may come into any batch. Every batch has `batch_size` indices, only the last one may be smaller.
#
# By hand: 10 patients in batches of 4 give arrays of 4, 4 and 2 indices, such as
# `[7 0 3 9]`, `[1 8 5 2]`, `[6 4]`.


# %% nbgrader={"grade": false, "grade_id": "minibatches", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-6.4"]
def minibatches(n, batch_size, rng):
    """Yield index arrays: all n patients once, shuffled, batch_size at a time."""
    ### BEGIN SOLUTION
    order = rng.permutation(n)
    for start in range(0, n, batch_size):
        yield order[start : start + batch_size]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "minibatches-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.minibatches(minibatches)
### BEGIN HIDDEN TESTS
check.minibatches(minibatches, seed=39217)
### END HIDDEN TESTS

# %% [markdown]
# The films again, for five epochs. The rate of each is about the largest that works:


# %% tags=["demo"]
def learn(step, batch_size, epochs=5, seed=0):
    """Losses over all films after each epoch; `step(w, g)` returns the new weights."""
    rng, w, losses = np.random.default_rng(seed), untrained, [film_loss(untrained)]
    for _ in range(epochs):
        for rows in minibatches(len(films), batch_size, rng):
            w = step(w, film_gradient(w, rows))
        losses.append(film_loss(w))
    return np.array(losses), w


for batch_size, lr in ((len(films), 0.05), (32, 0.02), (1, 0.002)):
    losses, _ = learn(lambda w, g, lr=lr: sgd_step(w, g, lr), batch_size)
    updates = -(-len(films) // batch_size)
    print(f"{batch_size:4} films a step, {updates:4} updates an epoch:", losses.round(3))

# %% [markdown]
# ### The noise that shakes you out
#
# How large is the noise? Measure it: 200 mini-batches of each size, and how far their gradients lie from
# the exact one. It should shrink like $1/\sqrt{B}$, so the last column should hardly change.

# %% tags=["demo", "covers-6.3"]
rng = np.random.default_rng(0)
exact = film_gradient(untrained, everyone)
print(f"length of the exact gradient at the start: {np.linalg.norm(exact):.2f}")
scaled = []
for size in (1, 4, 16, 64):
    batches = [rng.choice(len(films), size, replace=False) for _ in range(200)]
    away = [np.linalg.norm(film_gradient(untrained, rows) - exact) for rows in batches]
    noise = np.sqrt(np.mean(np.square(away)))
    scaled.append(noise * np.sqrt(size))
    print(f"batch {size:2}: noise {noise:5.2f}, noise × √batch {scaled[-1]:.2f}")
finding(
    max(scaled) < 1.15 * min(scaled),
    f"The noise of one film, {scaled[0]:.1f}, is {scaled[0] / np.linalg.norm(exact):.0f} times as long as the "
    "exact gradient. Four times as many films halve it.",
    "The last column changes more than expected: 200 batches are few, and the noise of single films is uneven.",
)

# %% [markdown]
# Noise is not only bad. **Predict, then look.** 1,000 walks start in the shallow valley of the first
# figure. How many reach the deep one, without noise, with some, with much? (This noise is Gaussian and of a
# size that we chose, so that the effect can be seen. The noise of mini-batches has another shape, and another
# size at each place.)


# %% tags=["demo"]
def share_in_the_deep_valley(noise, walks=1000, steps=400):
    """How many of the walks end left of the hill between the valleys."""
    rng, w = np.random.default_rng(0), np.full(walks, 1.13)
    for _ in range(steps):
        slope = 4 * w**3 - 6 * w + 1
        w = sgd_step(w, slope + noise * rng.normal(size=walks), 0.05)
    return (w < 0.17).mean()


for noise in (0, 3, 6):
    print(f"noise {noise}: {share_in_the_deep_valley(noise):.0%} in the deep valley")

# %% [markdown]
# **What it means in medicine.** Chance decides in which order the films come, and so which network
# you get. Same films, same code, another shuffle: for how many *new* films does the answer change?

# %% tags=["demo"]
new = patches(chest.test.images)
new_films = np.column_stack([(new - middle) / spread, np.ones(len(new))])
answers = [
    new_films @ learn(lambda w, g: sgd_step(w, g, 0.02), 32, seed=seed)[1] > 0 for seed in (1, 2)
]
changed = int((answers[0] != answers[1]).sum())
print(f"{changed} of {len(new_films)} new films change sides with the shuffle")
right = [(answer == chest.test.labels).mean() for answer in answers]
always = np.mean(chest.test.labels == 1)
print("accuracy of the two networks:", " and ".join(f"{share:.3f}" for share in right))
print(f"“ill” for everybody would be right on {always:.3f}")
finding(
    changed > 3 * abs(right[0] - right[1]) * len(new_films),
    f"The accuracies differ by {abs(right[0] - right[1]):.3f}, that is {abs(right[0] - right[1]) * len(new_films):.0f} "
    f"films, but {changed} films are judged differently. Report several seeds, not the best one.",
    f"{changed} films are judged differently, and the accuracies differ by {abs(right[0] - right[1]):.3f}. Report "
    "several seeds, not the best one.",
)
finding(
    max(right) < always + 0.05,
    "And neither is much better than “ill” for everybody. A single neuron cannot find an opacity that may lie "
    "anywhere (unit 05). Here it only has to show how learning works.",
    f"Both are clearly better than “ill” for everybody ({always:.3f}).",
)

# %% [markdown]
# ### A large batch out of small ones
#
# A film of full size fills the memory: only four fit, but you want the calm gradient of 32.
# **Gradient accumulation** computes the gradients of 8 small batches with the same weights, takes
# their mean, and makes *one* step. Nothing is approximated, as long as each patient counts the same.
# (It is sometimes called a normalization. It is none: it is a sum, done in parts.)

# %% [markdown]
# ### Exercise: accumulate gradients
#
# Write `accumulate_gradients(grad_fn, batches)` in NumPy.
#
# - `grad_fn`: a function; give it an array of indices, it returns the **mean** gradient of these
#   samples, an array `(D,)`.
# - `batches`: a list of index arrays, at least one, none empty. Their sizes may differ. No sample
#   comes twice. The list stays as it is.
# - Returns the mean gradient over all samples, a float64 array `(D,)`, as those of `grad_fn` are.
# - Never ask `grad_fn` for more indices than the largest batch has: more does not fit into memory.
#
# By hand: a batch of 2 with the mean gradient 3, and a batch of 1 with −4, give
# $(2 \cdot 3 - 4) / 3 = 2/3$.


# %% nbgrader={"grade": false, "grade_id": "accumulate_gradients", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-6.10"]
def accumulate_gradients(grad_fn, batches):
    """Return the mean gradient over all samples of the batches."""
    ### BEGIN SOLUTION
    total, samples = 0.0, 0
    for batch in batches:
        total = total + len(batch) * grad_fn(batch)
        samples += len(batch)
    return total / samples
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "accumulate_gradients-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.accumulate_gradients(accumulate_gradients)
### BEGIN HIDDEN TESTS
check.accumulate_gradients(accumulate_gradients, seed=75029)
### END HIDDEN TESTS

# %% tags=["demo"]
rows = np.arange(250)
parts = np.split(rows, range(32, 250, 32))
whole = film_gradient(untrained, rows)
apart = accumulate_gradients(lambda part: film_gradient(untrained, part), parts)
print("sizes of the parts:", [len(part) for part in parts])
print("the same gradient:", np.allclose(apart, whole))

# Batch norm (unit 05) takes away the mean of the batch and divides by its deviation, so there it
# matters with whom a film is normalized.
brightness = train[:250].mean(axis=1)
normed = [(b - b.mean()) / b.std() for b in (brightness[part] for part in parts)]
together = (brightness - brightness.mean()) / brightness.std()
print(
    f"normalized in parts or together, a film differs by up to "
    f"{abs(np.concatenate(normed) - together).max():.2f} standard deviations"
)

# %% [markdown]
# With **batch norm** in the network accumulation is *not* the same as a large batch: mean and
# deviation are still those of the small batches. Then freeze the statistics, or normalize in another
# way (over groups of channels, for example).

# %% [markdown]
# ## Steps that remember
#
# In a ravine plain gradient descent is in trouble. Across, the walls are steep and allow only a small
# rate; along, the floor is nearly flat and would need a large one. Three ideas help.
#
# ### Momentum
#
# A ball does not stop at every pebble. It has a **velocity** $v$, to which each gradient adds a push;
# friction keeps the share $\mu$ (mu) of it. Pushes from side to side cancel, pushes along add up.
# With $\mu = 0.9$ a steady slope is walked ten times as fast, because $1 + 0.9 + 0.9^2 + \dots = 10$:
#
# $$v \leftarrow \mu v + g \qquad\qquad w \leftarrow w - \eta v$$
#
# This is PyTorch's form. (Some books put $\eta$ into the velocity, or $1 - \mu$ before $g$.)

# %% [markdown]
# ### Exercise: momentum
#
# Write `momentum_step(w, g, v, lr, mu=0.9)` in NumPy.
#
# - `w`, `g`, `v`: weights, gradient and velocity, float arrays of one shape; they stay as they are.
# - Returns `(w, v)`, both new arrays: first the velocity is renewed, then the weights move with it.
# - From float64 comes float64, from float32 either. Not allowed here: torch.
#
# By hand: $w = 1$, $g = 2$, $v = 10$, `lr=0.1`, `mu=0.9` give $v = 9 + 2 = 11$ and
# $w = 1 - 1.1 = -0.1$.


# %% nbgrader={"grade": false, "grade_id": "momentum_step", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-6.5"]
def momentum_step(w, g, v, lr, mu=0.9):
    """Return weights and velocity after one step with momentum."""
    ### BEGIN SOLUTION
    v = mu * v + g
    return w - lr * v, v
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "momentum_step-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.momentum_step(momentum_step)
### BEGIN HIDDEN TESTS
check.momentum_step(momentum_step, seed=10667)
### END HIDDEN TESTS

# %% [markdown]
# ### Adagrad: a rate for every weight
#
# Some signs are on every film, others on one in a hundred: a pacemaker, a collapsed lung. The weight
# of a rare sign gets a push only now and then, and one rate for all is too small for it. **Adagrad**
# keeps for each weight the sum $s$ of its squared gradients and divides by its root. Where the pushes
# were many and large, the steps become short; where they were rare, they stay long:
#
# $$s \leftarrow s + g^2 \qquad\qquad w \leftarrow w - \eta \, \frac{g}{\sqrt{s} + \varepsilon}$$
#
# All of it goes element by element. $\varepsilon$ (eps) is a tiny number against $0/0$. Some write
# $\sqrt{s + \varepsilon}$ instead. Both are right here.

# %% [markdown]
# ### Exercise: Adagrad
#
# Write `adagrad_step(w, g, s, lr, eps=1e-10)` in NumPy.
#
# - `w`, `g`, `s`: weights, gradient and sum of squares, float arrays of one shape; they stay as
#   they are.
# - Returns `(w, s)`, both new arrays; the new gradient's square is already in the sum that divides it.
# - Where a weight has never had a gradient, it stays. `eps` is added to $\sqrt s$, or to $s$ under the
#   root: both are right.
# - From float64 comes float64, from float32 either. Not allowed here: torch.
#
# By hand: $w = 1$, $g = 3$, $s = 16$, `lr=0.5` give $s = 25$ and $w = 1 - 0.5 \cdot 3/5 = 0.7$.


# %% nbgrader={"grade": false, "grade_id": "adagrad_step", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-6.6"]
def adagrad_step(w, g, s, lr, eps=1e-10):
    """Return weights and sums of squares after one step of Adagrad."""
    ### BEGIN SOLUTION
    s = s + g**2
    return w - lr * g / (np.sqrt(s) + eps), s
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "adagrad_step-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.adagrad_step(adagrad_step)
### BEGIN HIDDEN TESTS
check.adagrad_step(adagrad_step, seed=92821)
### END HIDDEN TESTS

# %% tags=["demo"]
rng = np.random.default_rng(0)
w, s = np.zeros(2), np.zeros(2)
for _ in range(500):
    signs = rng.random(2) < [0.9, 0.01]  # on nine films of ten, on one of a hundred
    w, s = adagrad_step(w, signs * 1.0, s, lr=0.1)
print("gradients so far :", s, "(common sign, rare sign)")
print("next step's rate :", (0.1 / np.sqrt(s)).round(4))

# %% [markdown]
# The rare sign keeps a far larger rate. But the sum only grows: in a long training every rate
# fades away, whether the work is done or not.

# %% [markdown]
# ### Adam: both together
#
# **Adam** has momentum *and* a rate for every weight, and it forgets. It keeps two running means:
# $m$ of the gradients (where do they point?) and $v$ of their squares (how large are they?).
#
# $$m \leftarrow \beta_1 m + (1 - \beta_1)\, g \qquad\qquad
#   v \leftarrow \beta_2 v + (1 - \beta_2)\, g^2$$
#
# Both start at 0, so in the first steps they are far too small: with $\beta_2 = 0.999$ the first $v$ is
# only a thousandth of $g^2$. The **bias correction** makes up for that. $t$ counts the steps, from 1:
#
# $$\hat m = \frac{m}{1 - \beta_1^{\,t}} \qquad\qquad \hat v = \frac{v}{1 - \beta_2^{\,t}}
#   \qquad\qquad w \leftarrow w - \eta \, \frac{\hat m}{\sqrt{\hat v} + \varepsilon}$$
#
# Many slides leave the correction out. Without it the first step would be $0.1 / \sqrt{0.001}$, more
# than three times as long as meant.

# %% [markdown]
# ### Exercise: Adam
#
# Write `adam_step(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8)` in NumPy.
#
# - `w`, `g`, `m`, `v`: weights, gradient, first and second moment, float arrays of one shape; they
#   stay as they are. `t`: the number of this step, 1 for the first.
# - Returns `(w, m, v)`, all new arrays. `m` and `v` are returned *without* the correction.
# - $\varepsilon$ is added to $\sqrt{\hat v}$, or to $\hat v$ under the root: both are right. So is the
#   faster form of Adam's paper, which has both corrections in the rate and adds $\varepsilon$ to
#   $\sqrt v$ or to $v$.
# - From float64 comes float64, from float32 either. Not allowed here: torch.
#
# By hand: from $w = 1$ and from rest, with $g = 4$, `lr=0.5` and $t = 1$: $m = 0.4$, $v = 0.016$,
# corrected $\hat m = 4$ and $\hat v = 16$. The step is $0.5 \cdot 4/4 = 0.5$, so $w = 0.5$.


# %% nbgrader={"grade": false, "grade_id": "adam_step", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-6.7"]
def adam_step(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """Return weights and both moments after step number t of Adam."""
    ### BEGIN SOLUTION
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), m, v
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "adam_step-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check.adam_step(adam_step)
### BEGIN HIDDEN TESTS
check.adam_step(adam_step, seed=53987)
### END HIDDEN TESTS

# %% [markdown]
# **Predict, then look.** How long is Adam's first step with a rate of 0.01, if the gradient is
# 0.0001? If it is 10,000?

# %% tags=["demo"]
for g in (1e-4, 1.0, 1e4):
    rest = np.zeros(1)
    w, m, v = adam_step(rest, np.array([g]), rest, rest, 1, lr=0.01)
    print(f"gradient {g:<8g}: first step {abs(w[0]):.4f}")

# %% [markdown]
# It is the rate itself, whatever the gradient's size. That is why the same rate (often 0.001) serves
# for so many networks.
#
# ### Who is first at the bottom?
#
# **Predict, then look.** Four optimizers start at the same place. Say who will win, *then* press Play.
# Try all four surfaces, and other starts: click on the map. From where does nobody find the deepest
# valley? Start on the saddle at $y = 0$, then at $y = 1$: who gets away, and why?

# %% tags=["covers-6.1", "covers-6.5", "covers-6.6", "covers-6.7"]
widgets.optimizers.landscape()

# %% [markdown]
# No optimizer wins everywhere. In the round bowl nothing beats plain steps. In the ravine momentum
# adds up the small pushes along the floor. At the saddle Adam leaves first, because it makes a tiny
# gradient as long as a large one. Among many minima a rolling ball passes over small hills.
#
# In daily work one takes the optimizers of PyTorch, `torch.optim`. An optimizer gets the parameters once, keeps
# what it remembers about each of them (velocity, sums, moments) to itself, and changes them in `step()` by
# what lies in their `.grad`. First: do yours agree with them? Twenty steps of Adam, the same gradients.

# %% tags=["demo", "covers-6.7"]
rng = np.random.default_rng(0)
w, m, v = (np.zeros(films.shape[1]) for _ in range(3))
theirs = torch.zeros(films.shape[1], dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.Adam([theirs], lr=0.01)
for t in range(1, 21):
    g = film_gradient(w, rng.choice(len(films), 32))
    w, m, v = adam_step(w, g, m, v, t, lr=0.01)
    theirs.grad = torch.from_numpy(g)
    optimizer.step()
print("the same weights after 20 steps:", np.allclose(w, theirs.detach().numpy()))

# %% [markdown]
# Now the films with five optimizers, and the same mini-batches:


# %% tags=["demo"]
def learn_with(optimizer_of, epochs=5, seed=0):
    """Losses over all films after each epoch; `optimizer_of` makes an optimizer of the weights."""
    w = torch.zeros(films.shape[1], dtype=torch.float64, requires_grad=True)
    optimizer, rng, losses = optimizer_of([w]), np.random.default_rng(seed), []
    for _ in range(epochs):
        for rows in minibatches(len(films), 32, rng):
            w.grad = torch.from_numpy(film_gradient(w.detach().numpy(), rows))
            optimizer.step()
        losses.append(film_loss(w.detach().numpy()))
    return np.array(losses)


optim = torch.optim
makers = {
    "SGD, 0.002": lambda weights: optim.SGD(weights, lr=0.002),
    "SGD, 0.02": lambda weights: optim.SGD(weights, lr=0.02),
    "momentum, 0.002": lambda weights: optim.SGD(weights, lr=0.002, momentum=0.9),
    "Adagrad, 0.03": lambda weights: optim.Adagrad(weights, lr=0.03),
    "Adam, 0.003": lambda weights: optim.Adam(weights, lr=0.003),
}
print("loss over all films after epoch 1, 2, 3, 4, 5")
ends = {}
for name, maker in makers.items():
    losses = learn_with(maker)
    ends[name] = losses[-1]
    print(f"{name:16}", losses.round(3))
finding(
    abs(ends["momentum, 0.002"] - ends["SGD, 0.02"])
    < abs(ends["SGD, 0.002"] - ends["SGD, 0.02"]) / 3,
    "Momentum with a rate of 0.002 gets as far as plain SGD with ten times the rate "
    f"({ends['momentum, 0.002']:.3f} and {ends['SGD, 0.02']:.3f}; SGD with 0.002 {ends['SGD, 0.002']:.3f}).",
    f"Momentum with 0.002 ends at {ends['momentum, 0.002']:.3f}, SGD with ten times the rate at "
    f"{ends['SGD, 0.02']:.3f}, with the same rate at {ends['SGD, 0.002']:.3f}.",
)

# %% [markdown]
# All of that was one neuron, whose loss is a single bowl. A convolutional network has hills. The same
# optimizers train the small network that units 07 and 08 use (three convolutions, batch norm, 6,010
# parameters) on 1,000 films, three epochs each, with one fixed rate for each that we did not tune further.

# %% tags=["demo", "covers-6.5", "covers-6.6", "covers-6.7", "nbval-ignore-output"]
makers = {
    "SGD, 0.02": lambda weights: optim.SGD(weights, lr=0.02),
    "momentum, 0.02": lambda weights: optim.SGD(weights, lr=0.02, momentum=0.9),
    "Adagrad, 0.02": lambda weights: optim.Adagrad(weights, lr=0.02),
    "Adam, 0.01": lambda weights: optim.Adam(weights, lr=0.01),
}
pixels = models.standardized(chest.train.images[:1000])
truth = torch.from_numpy(chest.train.labels[:1000])
print("training loss of a convolutional network after epoch 1, 2, 3")
deep = {}
for name, maker in counted(makers.items(), "training"):
    network = models.SmallNet(2, widths=(8, 16, 32), seed=0)
    optimizer = maker(network.parameters())
    epochs = models.fit(
        network, pixels, truth, epochs=3, optimizer=optimizer, seed=0, batch_size=32
    )
    losses = [epoch.loss for epoch in epochs]
    deep[name] = losses[-1]
    print(f"{name:16}", *(f"{loss:.3f}" for loss in losses))
finding(
    max(deep, key=deep.get) == "SGD, 0.02",
    "Here plain SGD is the slowest: after three epochs its loss is "
    f"{deep['SGD, 0.02']:.3f}, with momentum at the same rate {deep['momentum, 0.02']:.3f}, with Adam "
    f"{deep['Adam, 0.01']:.3f}.",
    f"After three epochs the losses are {', '.join(f'{n} {x:.3f}' for n, x in deep.items())}.",
)

# %% [markdown]
# The same two cells on phantoms and on the real films of PneumoniaMNIST (this notebook with real images,
# 2026-11-29, one seed; training loss at the end):
#
# | | neuron, phantoms | neuron, real | network, phantoms | network, real |
# |---|---|---|---|---|
# | plain SGD, small rate | 0.570 | 0.313 | | |
# | plain SGD, larger rate | 0.462 | 0.154 | 0.526 | 0.256 |
# | momentum | 0.462 | 0.154 | 0.507 | 0.198 |
# | Adagrad | 0.463 | 0.161 | 0.475 | 0.163 |
# | Adam | 0.453 | 0.149 | 0.487 | 0.195 |
#
# Real films are easier, but the order is nearly the same. With a well-chosen rate plain SGD is as good on the
# neuron, which is no ravine of a million weights. Adagrad and Adam come near their best without much tuning:
# that is why they are what one tries first.

# %% [markdown]
# ## A rate that changes on the way
#
# Far from the valley long steps save time. Near its floor they only stir up noise. So begin large
# and end small: **learning-rate decay**.
#
# - **step decay**: the rate stays for some epochs, then it is multiplied by $\gamma$ (gamma), again and
#   again;
# - **cosine decay**: half a cosine wave, from the full rate to 0: slow at first, fast in the middle,
#   gentle at the end;
# - **cyclic**: up and down in triangles. On the way up it shakes you out of bad places, on the way
#   down it settles; stop at the end of a cycle.
#
# **Predict, then look.** 400 noisy walks with each schedule. Which ends lowest? What does the loss of
# the cyclic one do when its rate goes up?

# %%
widgets.optimizers.schedules()

# %% [markdown]
# ### Exercise: step decay
#
# Write `step_decay(lr, epoch, gamma, every)` in plain Python or NumPy.
#
# - `lr`: the first rate; `epoch`: from 0; `gamma`: the rate is multiplied by it after every `every`
#   epochs (a whole number, at least 1).
# - Returns the rate of this epoch, a float (64 bits, not rounded). The epochs 0 to `every` − 1 have
#   the full rate. Not allowed here: torch.
#
# By hand: `step_decay(0.8, 25, 0.5, 10)`: two periods have passed, so $0.8 \cdot 0.5^2 = 0.2$. And
# `step_decay(0.8, 9, 0.5, 10)` is still 0.8.


# %% nbgrader={"grade": false, "grade_id": "step_decay", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-6.8"]
def step_decay(lr, epoch, gamma, every):
    """Return the learning rate of an epoch, multiplied by gamma after every few epochs."""
    ### BEGIN SOLUTION
    return lr * gamma ** (epoch // every)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "step_decay-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.step_decay(step_decay)
### BEGIN HIDDEN TESTS
check.step_decay(step_decay, seed=44729)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: cosine decay
#
# Write `cosine_decay(lr, step, total)` in plain Python or NumPy.
#
# - `lr`: the first rate; `step`: a whole number from 0 to `total`, which is at least 1.
# - Returns the rate of this step, a float (64 bits, not rounded): half a cosine wave from `lr` (step 0)
#   to 0 (step `total`). Not allowed here: torch.
#
# By hand: half of the way gives half of the rate, `cosine_decay(0.8, 50, 100)` is 0.4. After a third
# of the way three quarters are left, because $\cos 60° = 1/2$: `cosine_decay(0.8, 40, 120)` is 0.6.


# %% nbgrader={"grade": false, "grade_id": "cosine_decay", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cosine_decay(lr, step, total):
    """Return the learning rate of a step on half a cosine wave down to 0."""
    ### BEGIN SOLUTION
    return lr * (1 + np.cos(np.pi * step / total)) / 2
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "cosine_decay-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.cosine_decay(cosine_decay)
### BEGIN HIDDEN TESTS
check.cosine_decay(cosine_decay, seed=68111)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: a cyclic rate
#
# Write `cyclic_lr(step, low, high, half_cycle)` in plain Python or NumPy.
#
# - `step`: from 0; `low`, `high`: lowest and highest rate; `half_cycle`: steps from low to high (a
#   whole number, at least 1), and as many back.
# - Returns the rate of this step, a float (64 bits, not rounded): a triangle that starts low and
#   repeats for ever. Not allowed here: torch.
#
# By hand: with `low=0.125`, `high=0.625`, `half_cycle=4` the steps 0, 1, 4, 5, 8 have the rates 0.125,
# 0.25, 0.625, 0.5, 0.125.


# %% nbgrader={"grade": false, "grade_id": "cyclic_lr", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cyclic_lr(step, low, high, half_cycle):
    """Return the learning rate of a step on a triangle between low and high."""
    ### BEGIN SOLUTION
    from_top = abs(step % (2 * half_cycle) - half_cycle) / half_cycle
    return high - (high - low) * from_top
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "cyclic_lr-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.cyclic_lr(cyclic_lr)
### BEGIN HIDDEN TESTS
check.cyclic_lr(cyclic_lr, seed=21559)
### END HIDDEN TESTS

# %% [markdown]
# What do they do for the films? One by one the noise is largest, so schedules matter most there. The
# rate is a little too large on purpose. **Predict, then look.** After which epochs will the cyclic
# schedule, whose cycle takes two epochs, look good?


# %% tags=["demo"]
def learn_online(rate_of_step, epochs=4, seed=0):
    """Losses over all films after each epoch, one film a step."""
    rng, w, losses, count = np.random.default_rng(seed), untrained, [], 0
    for _ in range(epochs):
        for rows in minibatches(len(films), 1, rng):
            w = sgd_step(w, film_gradient(w, rows), rate_of_step(count))
            count += 1
        losses.append(film_loss(w))
    return np.array(losses)


total = 4 * len(films)
schedules = {
    "constant 0.015": lambda t: 0.015,
    "step decay": lambda t: step_decay(0.015, t // len(films), 0.4, 1),
    "cosine decay": lambda t: cosine_decay(0.015, t, total),
    "cyclic": lambda t: cyclic_lr(t, 0.0005, 0.015, len(films)),
}
online = {}
for name, schedule in schedules.items():
    online[name] = learn_online(schedule)
    print(f"{name:14} loss after epoch 1, 2, 3, 4:", online[name].round(3))
falling = max(online["step decay"][-1], online["cosine decay"][-1])
finding(
    falling < online["constant 0.015"][-1],
    f"The two rates that fall end lower ({falling:.3f} or less) than the constant one "
    f"({online['constant 0.015'][-1]:.3f}), which keeps stirring up noise.",
    f"The rates that fall end at {falling:.3f} or less, the constant one at {online['constant 0.015'][-1]:.3f}: "
    "four epochs do not show the difference here.",
)
first, low_rate, top, again = online["cyclic"]
finding(
    low_rate < top > again,
    f"The cyclic one is good after epochs 2 and 4 ({low_rate:.3f}, {again:.3f}), where its rate is low, and bad "
    f"after epoch 3, at its top ({top:.3f}): keep the network of the end of a cycle.",
    f"The cyclic one has the losses {', '.join(f'{x:.3f}' for x in online['cyclic'])} here.",
)

# %% [markdown]
# **What it means in medicine.** “Which epoch do we keep?” must be decided on validation films, before
# anybody looks at the test. Who picks the best of many test results reports luck.

# %% [markdown]
# ## From eight hours to two minutes
#
# Could the night be shorter? In 2017 and 2018 several groups raced to train the same network
# (ResNet-50) on the same 1.3 million photographs (ImageNet). More chips share the work of one step,
# so the batch grows with them. Here are their records:

# %% tags=["demo", "covers-6.9"]
records = [  # hardware, chips, batch, optimizer, accuracy in %, minutes
    ("P100", 256, "8192", "momentum", 76.3, 60),
    ("TPUv2", 128, "8192→16384", "momentum", 76.1, 30),
    ("P100", 1024, "32768", "RMS+momentum", 74.9, 15),
    ("P40", 1024, "65536", "LARS", 76.2, 8.7),
    ("TPUv2", 4, "1024", "momentum", 76.3, 480),
    ("TPUv2", 256, "16384", "momentum", 75.1, 10),
    ("TPUv2", 256, "32768", "LARS", 76.3, 8.5),
    ("TPUv3", 512, "32768", "LARS", 76.4, 3.3),
    ("TPUv3", 1024, "32768", "LARS, distributed BN", 76.3, 2.2),
]
print("hardware chips batch       optimizer             accuracy   time    chips × minutes")
for hardware, chips, batch, optimizer, accuracy, minutes in records:
    time = f"{minutes / 60:.0f} h" if minutes > 60 else f"{minutes:g} min"
    print(f"{hardware:8} {chips:5} {batch:11} {optimizer:21} {accuracy} %   {time:8}", end=" ")
    print(f"{chips * minutes:8,.0f}")

figure, axis = plt.subplots(figsize=(7, 4))
kinds = {"momentum": ("o", "#0072b2"), "RMS+momentum": ("s", "#ad7700"), "LARS": ("^", "#008a65")}
for kind, (marker, colour) in kinds.items():
    rows = [r for r in records if r[3].partition(",")[0] == kind]
    sizes = [int(r[2].rpartition("→")[2]) for r in rows]
    axis.scatter(
        sizes, [r[5] for r in rows], marker=marker, color=colour, s=60, label=kind, zorder=3
    )
    for row, size in zip(rows, sizes, strict=True):
        left = row[0] == "P100" and row[1] == 1024
        axis.annotate(
            f"{row[4]} %",
            (size, row[5]),
            textcoords="offset points",
            xytext=(-8, -4) if left else (8, -4),
            ha="right" if left else "left",
            fontsize=9,
            fontweight="bold" if row[4] < 76 else "normal",
        )
axis.set(xscale="log", yscale="log", xlabel="batch size (largest)", ylabel="minutes")
axis.set_xticks([1024, 8192, 16384, 32768, 65536], ["1,024", "8,192", "16,384", "32,768", "65,536"])
axis.minorticks_off()
axis.set_yticks([2, 5, 10, 30, 60, 480], ["2", "5", "10", "30", "60", "480 (8 h)"])
axis.set_xlim(800, 130000)
axis.legend(title="accuracy beside the marks")
widgets.figures.show(
    figure,
    "Training time falls from 480 minutes at a batch of 1,024 to 2.2 minutes at 32,768. Two of the "
    "large batches without LARS lose more than one percentage point; all runs with LARS keep 76.2 % "
    "or more.",
)

# %% [markdown]
# (All but the last used *local* batch norm, with the statistics of each chip's own part of the batch. The first
# four rows are by Goyal, Smith, Akiba, Jia and their colleagues, the others by Ying and colleagues.)
#
# What can be read from it, and what not?
#
# - **Time falls because chips are added.** Chips × minutes do not fall: on the same TPUv2, 4 chips need
#   1,920 chip-minutes and 256 chips 2,176 or more. A large batch is not cheaper, only sooner.
# - **A larger batch needs care.** With batches from 16,384 on, momentum and RMS+momentum end at
#   75.1 % and 74.9 % where smaller ones reach 76.3 %. (One run keeps 76.1 %: it *raises* the batch on
#   the way from 8,192 to 16,384 instead of lowering the rate.)
# - **Linear scaling.** With $k$ times the batch there are $k$ times fewer steps in an epoch. To get equally
#   far, each must be $k$ times as long: Goyal and others multiply the rate by $k$ with the batch. That goes
#   well as long as the long steps do not diverge.
# - **Warm-up.** In the first steps the weights are random and the slopes change fast; there long steps do most
#   harm. So the rate begins small and rises to its full value in the first epochs (five of Goyal's ninety):
#   at step $t$ of $T$ steps of warm-up it is $\eta\, t / T$. After that it falls as usual.
# - **LARS** (layer-wise adaptive rate scaling) gives every layer a rate of its own, and keeps 76.2 %
#   and more up to 65,536.
# - The rows differ in hardware, code and year. They are records, not an experiment: one run each,
#   no intervals.
#
# Does linear scaling hold for our neuron? One epoch with small batches and a small rate, then larger batches:

# %% tags=["demo", "covers-6.9"]
reached = {}
for batch_size, factor in ((32, 1), (256, 1), (256, 8), (1024, 32)):
    lr = 0.005 * factor
    losses, _ = learn(lambda w, g, lr=lr: sgd_step(w, g, lr), batch_size, epochs=3)
    reached[batch_size, factor] = losses[-1]
    print(
        f"batch {batch_size:4}, rate {lr:.3f} ({factor:2} ×): loss after 3 epochs {losses[-1]:.3f}"
    )
print(f"steps diverge above 2 / a = {2 / curvature:.3f}")
small, same, eight, far = reached.values()
finding(
    abs(eight - small) < abs(same - small) / 3 and far > small + 0.1,
    f"Eight times the batch with the same rate has hardly learned ({same:.3f} instead of {small:.3f}); with eight "
    f"times the rate it keeps up ({eight:.3f}). At 32 times the rate is above $2/a$, and it fails ({far:.3f}): "
    "linear scaling has an end.",
    f"The losses are {small:.3f} (batch 32), {same:.3f} (256, same rate), {eight:.3f} (256, eight times the rate) and "
    f"{far:.3f} (1,024, 32 times).",
)

# %% [markdown]
# **Weight decay** is the last word that is needed for LARS: in each step every weight is also pulled a little
# towards 0, as if $\beta w$ were added to its gradient. Weights that nothing holds fade away, and large ones
# must be paid for (unit 10).
#
# LARS in one formula: layer $l$ with the weights $w_l$ and the gradient $g_l$ multiplies the common
# rate by
#
# $$\lambda_l = \eta \, \frac{\lVert w_l \rVert}{\lVert g_l \rVert + \beta \lVert w_l \rVert}$$
#
# ($\beta$ is the weight decay, $\eta$ a small number such as 0.001). So each step changes each layer by
# the same *share* of its length. Is that needed? In a small untrained network the layers differ:

# %% tags=["demo"]
network = models.SmallNet(n_classes=2, widths=(8, 16, 32), seed=0)
images = torch.tensor(chest.train.images[:64, None] / 255, dtype=torch.float32)
labels = torch.tensor(chest.train.labels[:64])
torch.nn.functional.cross_entropy(network(images), labels).backward()
print("layer                 |w|    |g|   |w| / |g|")
for name, weights in network.named_parameters():
    if weights.ndim > 1:
        length, slope = weights.norm().item(), weights.grad.norm().item()
        print(f"{name:18} {length:6.2f}  {slope:5.2f}  {length / slope:10.2f}")

# %% [markdown]
# One rate for all is a compromise; the layer with the smallest ratio sets the limit.
#
# **What it means in medicine.** A hospital has thousands of films, not millions, and one or two
# cards. A batch of 32 and a good rate are ready long before six. Records in minutes matter to those
# who train one very large network for everybody. Ask also what a training costs in energy, and who
# can afford to repeat it: a result that nobody can check is hard to trust.

# %% [markdown]
# ## What you can do now
#
# - You wrote the optimizers that train most networks in medical imaging, and they agree with PyTorch.
# - You can find a learning rate, choose a batch size, and change the rate on the way.
# - When a model is stuck, you know what to ask: the rate? the shuffle? a saddle, a plateau?
# - You can read a table of training records without being dazzled.
#
# Mrs. Okoye's queue opens at six. With your Adam, your mini-batches and a schedule the network is
# ready. Whether it looks at the right place is the question of unit 08.
#
# Eleven exercises, 32 points. Save this notebook, then see how far you got, here and in the other units:

# %% tags=["demo"]
from course_utils import progress

progress.show()

# %% [markdown]
# **Read on**
# - D. P. Kingma and J. Ba, *Adam: a method for stochastic optimization*, 2015
#   ([arXiv:1412.6980](https://arxiv.org/abs/1412.6980)).
# - J. Duchi, E. Hazan and Y. Singer, *Adaptive subgradient methods*, Journal of Machine Learning
#   Research 12, 2011: Adagrad.
# - L. N. Smith, *Cyclical learning rates for training neural networks*, 2017: also the range test
#   ([arXiv:1506.01186](https://arxiv.org/abs/1506.01186)).
# - P. Goyal and others, *Accurate, large minibatch SGD: training ImageNet in 1 hour*, 2017
#   ([arXiv:1706.02677](https://arxiv.org/abs/1706.02677)).
# - S. L. Smith and others, *Don't decay the learning rate, increase the batch size*, 2017
#   ([arXiv:1711.00489](https://arxiv.org/abs/1711.00489)); T. Akiba, S. Suzuki and K. Fukuda, *Extremely large
#   minibatch SGD*, 2017 ([arXiv:1711.04325](https://arxiv.org/abs/1711.04325)); X. Jia and others, *Highly
#   scalable deep learning training system with mixed-precision*, 2018
#   ([arXiv:1807.11205](https://arxiv.org/abs/1807.11205)); C. Ying and others, *Image classification at
#   supercomputer scale*, 2018 ([arXiv:1811.06992](https://arxiv.org/abs/1811.06992)): rows five to nine.
# - Y. You, I. Gitman and B. Ginsburg, *Large batch training of convolutional networks*, 2017: LARS
#   ([arXiv:1708.03888](https://arxiv.org/abs/1708.03888)).
# - Y. Dauphin and others, *Identifying and attacking the saddle point problem*, 2014
#   ([arXiv:1406.2572](https://arxiv.org/abs/1406.2572)).
# - X. Bouthillier and others, *Accounting for variance in machine learning benchmarks*, 2021: what
#   another seed changes ([arXiv:2103.03098](https://arxiv.org/abs/2103.03098)).
# - J. Yang and others, *MedMNIST v2*, Scientific Data 2023: where the real images come from
#   ([doi:10.1038/s41597-022-01721-8](https://doi.org/10.1038/s41597-022-01721-8)).
