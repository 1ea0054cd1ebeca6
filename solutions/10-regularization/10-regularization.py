# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Regularization: good on films it has never seen
#
# **Unit 10 · about 180 minutes · runs in about 35 seconds with 1.0 GB of memory**
#
# **What you will be able to do**
# - see that a model learns its patients by heart, and hold it back with a penalty on its weights;
# - write dropout, batch norm (forwards and backwards) and group norm, and say what changes between
#   training and evaluation;
# - stop a training in time, and make new films of old ones without inventing a disease;
# - split films by patient, and say how sure a result is.
#
# **Before you start:** unit 02 (cross-entropy), unit 04 (backward passes), unit 05 (training in
# PyTorch), unit 06 (learning rate, Adam).
#
# The chest X-rays of this unit are *phantoms* unless real images are at hand: drawn by a program of
# this course, with no patient behind them. We made them, so what they show is partly what we put in.
# Where it counts we say what real films gave.
#
# The last line below asks PyTorch to compute on one core. Our networks are so small that several
# cores would spend more time waiting for each other than computing, above all on a busy machine.

# %%
import copy

import numpy as np
import torch
from scipy import ndimage
from sklearn.metrics import roc_auc_score
from sklearn.neighbors import KNeighborsClassifier
from torch import nn
from torch.nn import functional as F

from course_utils import data, models, widgets
from course_utils.checks import regularization as check
from course_utils.findings import finding

torch.set_num_threads(1)

# %% [markdown]
# ## Mira, whose heart is on the other side
#
# Mira, 9, has had a wet cough for as long as she can remember. On her chest X-ray the heart lies on
# the wrong side. The film was turned round by mistake, thinks the radiographer, and mirrors it. But
# nothing was turned round. All of Mira's organs are mirrored (*situs inversus*), and that is the key
# to her cough: in about half of the children whose airways cannot clear themselves (primary ciliary
# dyskinesia) left and right are exchanged.
#
# Her hospital wants a program that finds opacities on chest films. It has the films of fifty children.
# The program is right on all of them, and it is a disappointment on the fifty-first. It has learned
# fifty children by heart. This is called **overfitting**, and everything that is done against it
# **regularization**. Some of that will help. One thing that is done everywhere, without a thought,
# would make the program blind to Mira's heart.

# %% [markdown]
# ## Twelve patients and eleven weights
#
# We begin where everything can be seen: one number for each patient, a marker of inflammation in the
# blood, measured at some time of the disease. A polynomial
# $\hat y = b + w_1 x + w_2 x^2 + \dots + w_d x^d$ is to learn the course from twelve patients.
#
# More weights follow the patients more closely. So the error on these twelve can only fall with the
# degree $d$. What counts is the error on *other* patients (here 40, called **validation** patients).
#
# **Predict, then look.** At which degree will the error on the others be smallest? What will the curve
# do between the twelve patients at degree 11? Step through the degrees. Then choose *degree 11, λ by
# λ* and see what a penalty does.

# %% tags=["covers-10.1"]
widgets.regularization.polynomial()

# %% [markdown]
# With eleven weights and a bias the curve meets every one of the twelve patients: the training error
# is 0. Between them it swings wildly, and its weights are huge. That suggests a cure: make large
# weights expensive. The fit then looks for the minimum of
#
# $$\sum_i (y_i - \hat y_i)^2 + \lambda \sum_j w_j^2$$
#
# The number $\lambda$ (lambda) is the price. It is a **hyperparameter**: no gradient finds it; you
# choose it on validation patients. In statistics this is *ridge regression*, in deep learning *L2
# regularization*. The bias is free: a curve that lies high is not a wild curve.

# %% [markdown]
# ### Exercise: powers as columns
#
# Write `polynomial_features(x, degree)` in NumPy. With powers of $x$ as columns, a linear model
# becomes a polynomial.
#
# - `x`: float array `(N,)`, at least one number; `degree`: a whole number, at least 1.
# - Returns a new float array `(N, degree)`: the columns $x, x^2, \dots, x^{\text{degree}}$, in this
#   order. There is no column of ones: the bias stands for it. `x` stays as it is.
# - From float64 comes float64, from float32 either.
# - Not allowed here: `sklearn`, `torch`.
#
# By hand: $x = (2, -1)$ and degree 3 give the rows $2, 4, 8$ and $-1, 1, -1$.


# %% nbgrader={"grade": false, "grade_id": "polynomial_features", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-10.1"]
def polynomial_features(x, degree):
    """Return the powers of x from 1 to `degree`, one column each."""
    ### BEGIN SOLUTION
    exponents = np.arange(1, degree + 1)
    return x[:, np.newaxis] ** exponents
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "polynomial_features-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.polynomial_features(polynomial_features)
### BEGIN HIDDEN TESTS
check.polynomial_features(polynomial_features, seed=60413)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: ridge regression
#
# Write `ridge_fit(X, y, lam)` in NumPy. It returns `(w, b)`, where
#
# $$\sum_i (y_i - X_i w - b)^2 + \lambda \sum_j w_j^2$$
#
# has its minimum. These are sums, no means.
#
# - `X`: float64 array `(N, D)`, at least two rows; `y`: `(N,)`; `lam`: $\lambda \ge 0$. Both arrays
#   stay as they are.
# - Returns the tuple `(w, b)`: `w` is a new array `(D,)`, `b` a number. The bias $b$ is not
#   penalised. (A way to get there: subtract the mean of each column from `X`, and the mean of `y`
#   from `y`. Fit the weights without a bias, then find $b$.)
# - With $\lambda > 0$ there may be more columns than rows. With $\lambda = 0$ there are more rows than
#   columns. Then some columns may be exact copies or multiples of others: of all best `w` return the
#   one whose sum of squares is smallest (`np.linalg.lstsq` finds it, `np.linalg.solve` does not).
#   Columns that are *nearly* multiples of each other do not occur.
# - Not allowed here: `sklearn`, `torch`.
#
# By hand: $X = (0, 2)$ as a column, $y = (1, 5)$, $\lambda = 2$. The means are 1 and 3, and what is
# left is $\mp 1$ and $\mp 2$. So $w = (1 \cdot 2 + 1 \cdot 2) / (1 + 1 + 2) = 1$ and
# $b = 3 - 1 \cdot 1 = 2$. (Without a penalty: $w = 2$, $b = 1$.)


# %% nbgrader={"grade": false, "grade_id": "ridge_fit", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-10.1"]
def ridge_fit(X, y, lam):
    """Return weights and bias of the penalised least squares fit."""
    ### BEGIN SOLUTION
    middle, height = X.mean(axis=0), y.mean()
    weights = X.shape[1]
    rows = np.vstack([X - middle, np.sqrt(lam) * np.eye(weights)])
    targets = np.concatenate([y - height, np.zeros(weights)])
    w = np.linalg.lstsq(rows, targets, rcond=None)[0]
    return w, height - middle @ w
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "ridge_fit-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.ridge_fit(ridge_fit)
### BEGIN HIDDEN TESTS
check.ridge_fit(ridge_fit, seed=38172)
### END HIDDEN TESTS

# %% [markdown]
# **Predict, then look.** Eleven degrees, twelve patients, and your functions. Which $\lambda$ is best for
# the other patients? What happens to the weights at both ends?

# %% tags=["demo", "covers-10.1"]
rng = np.random.default_rng(1)


def course_of_disease(count):
    """Times from −1 to 1, and a marker that rises and falls again, measured with an error."""
    x = np.sort(rng.uniform(-1, 1, count))
    return x, np.cos(3 * x + 0.5) + rng.normal(0, 0.2, count)


few, others = course_of_disease(12), course_of_disease(200)
errors = {}
print(f"{'λ':>10}{'12 patients':>14}{'200 others':>14}{'Σ w²':>16}")
for lam in (0, 1e-8, 1e-6, 1e-4, 1e-2, 1, 100):
    w, b = ridge_fit(polynomial_features(few[0], 10), few[1], lam)
    inside, outside = (
        np.sqrt(np.mean((polynomial_features(x, 10) @ w + b - y) ** 2)) for x, y in (few, others)
    )
    errors[lam] = outside
    print(f"{lam:10g}{inside:14.3f}{outside:14.3f}{np.sum(w**2):16.4g}")

best = min(errors, key=errors.get)
finding(
    0 < best < 100,
    f"the other patients are served best by λ = {best:g} (error {errors[best]:.2f}). Without a "
    f"penalty the error is {errors[0]:.2f}, with λ = 100 it is {errors[100]:.2f}.",
    f"here the best λ is {best:g}, at one end of the row.",
)

# %% [markdown]
# $\lambda = 0$ is overfitting. A huge $\lambda$ is **underfitting**: all weights are nearly zero, and
# the model says the same of everybody. Between them lies what you want, and only patients that the fit
# has not seen can tell you where.
#
# **What it means in medicine.** Here $x$ was one number. A risk score with eleven blood values as inputs
# and twelve patients is the same curve, only that nobody can draw it. An old rule of thumb asks for ten
# patients *with the disease* for each weight. A network has thousands of weights for each patient. It
# lives by regularization.

# %% [markdown]
# ## Small weights in a network
#
# The penalty of a network is the same, $\lambda \sum w^2$. Its gradient is $2 \lambda w$: each step also
# pulls every weight towards zero, in proportion to its size. With plain gradient descent it makes no
# difference whether you add this pull to the gradient, or shrink the weights directly
# (**weight decay**). With Adam it does.

# %% [markdown]
# ### Exercise: two ways to make weights small
#
# Write two functions in NumPy. Each is judged on its own.
#
# - `l2_gradient(w, grad, lam)`: `grad` is the gradient of the loss at the weights `w`. Returns the
#   gradient of the loss plus the penalty $\lambda \sum w^2$, which is $\text{grad} + 2 \lambda w$.
#   (PyTorch's `weight_decay` adds `weight_decay` · $w$ to the gradient: it is $2\lambda$.)
# - `decoupled_decay_step(w, g, lr, lam)`: `g` is the direction of a step, whatever an optimizer has
#   made of the gradient. Returns the weights after one step, $w - \eta\,g - \eta\,\lambda\,w$, with
#   $\eta$ = `lr`. All is taken at the old weights. Here is no 2: it is how AdamW does it.
# - The arrays are float arrays of one shape, any shape. Both functions return a new array, also where
#   `lam` or `lr` is 0, and leave their inputs as they are. From float64 comes float64, from float32
#   either.
# - Not allowed here: `torch`.
#
# By hand: $w = (1, -2)$, gradient $(0.5, 0.5)$ and $\lambda = 0.25$ give $(1, -0.5)$. A step from
# $w = (1, -2)$ with $g = (4, 2)$, $\eta = 0.25$ and $\lambda = 0.5$ leads to $(-0.125, -2.25)$.


# %% nbgrader={"grade": false, "grade_id": "weight_decay", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-10.1"]
def l2_gradient(w, grad, lam):
    """Return the gradient of the loss with the penalty lam · Σ w²."""
    ### BEGIN SOLUTION
    return grad + 2 * lam * w
    ### END SOLUTION


def decoupled_decay_step(w, g, lr, lam):
    """Return the weights after one step along −g, with a decay of its own."""
    ### BEGIN SOLUTION
    return w - lr * (g + lam * w)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "weight_decay-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.weight_decay(l2_gradient, decoupled_decay_step)
### BEGIN HIDDEN TESTS
check.weight_decay(l2_gradient, decoupled_decay_step, seed=91745)
### END HIDDEN TESTS

# %% [markdown]
# Adam divides each direction by the usual size of the weight's gradients (unit 06). What if the pull is
# part of the gradient? Then it is divided, too.
#
# **Predict, then look.** Three weights begin at 1. The loss pulls at them at random, gently at the first,
# a hundred times harder at the second, and again a hundred times harder at the third. None of it means
# anything, so a good regularizer shrinks all three. Which ones will shrink in either way?

# %% tags=["demo", "covers-10.1"]
pulls = np.array([0.01, 1.0, 100.0])


def left_of(decoupled, lr=1e-3, lam=1.0, steps=500):
    """Three weights after Adam's steps on random gradients: the mean of 200 runs."""
    rng = np.random.default_rng(0)
    w, m, v = np.ones((200, 3)), np.zeros((200, 3)), np.zeros((200, 3))
    for t in range(1, steps + 1):
        g = pulls * rng.normal(size=w.shape)
        if not decoupled:
            g = l2_gradient(w, g, lam / 2)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        direction = m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        w = decoupled_decay_step(w, direction, lr, lam if decoupled else 0.0)
    return w.mean(axis=0)


penalised, decayed = left_of(decoupled=False), left_of(decoupled=True)
print("gradients of size   ", *(f"{pull:>8g}" for pull in pulls))
print("penalty in the loss ", *(f"{weight:8.3f}" for weight in penalised))
print("decoupled decay     ", *(f"{weight:8.3f}" for weight in decayed))
finding(
    np.ptp(penalised) > 0.3 and np.ptp(decayed) < 0.05,
    "with the penalty in the loss Adam shrinks the weight with small gradients to "
    f"{penalised[0]:.2f} and leaves the one with large gradients at {penalised[2]:.2f}. Decoupled, "
    f"all three end between {decayed.min():.2f} and {decayed.max():.2f}.",
    "here the two ways do not differ as they should: has one of the two functions been changed?",
)

# %% [markdown]
# So the weights that the data pull at hardest are hardly held back at all. The decoupled form treats all
# alike: that is **AdamW** (Loshchilov and Hutter, 2017), `torch.optim.AdamW`. PyTorch's
# `Adam(weight_decay=…)` is the first kind.

# %% [markdown]
# ## Fifty children
#
# Now the hospital's films: those of 50 children, 25 of them with an opacity. The network has three stages
# of convolution and a hidden layer, about 60,000 weights and nothing to hold it back.
#
# **Predict, then look.** What will the loss on the films of the 50 be after 250 steps? And on those of
# 60 other children? Where will the second curve turn?

# %% tags=["demo", "nbval-ignore-output"]
chest = data.load("pneumoniamnist")


def patients_of(split):
    """Whose film each one is. Of real films it is not published: each counts as a patient."""
    return np.arange(len(split)) if split.truth is None else split.truth.patients


def some_patients(split, count, seed=0):
    """All films of some patients, half of them with an opacity: images, labels, patients."""
    rng, patients = np.random.default_rng(seed), patients_of(split)
    chosen = [
        rng.permutation(np.unique(patients[split.labels == label]))[: count // 2]
        for label in (0, 1)
    ]
    rows = np.flatnonzero(np.isin(patients, np.concatenate(chosen)))
    return split.images[rows], split.labels[rows], patients[rows]


def network(norm=nn.Identity, dropout=0.0, seed=0):
    """Three stages of convolution, a hidden layer that can learn films by heart, two logits."""
    torch.manual_seed(seed)
    layers = []
    for before, after, stride in ((1, 16, 2), (16, 32, 1), (32, 64, 1)):
        layers += [nn.Conv2d(before, after, 3, stride, padding=1), norm(after), nn.ReLU()]
        layers += [nn.MaxPool2d(2)] if stride == 1 else []
    layers += [nn.Flatten(), nn.Linear(64 * 9, 64), nn.ReLU(), nn.Dropout(dropout)]
    return nn.Sequential(*layers, nn.Linear(64, 2)).to(memory_format=torch.channels_last)


def learn(net, images, labels, steps=250, rate=2e-3, seed=0):
    """Train for about so many steps of 32 films; a generator: one turn for each pass."""
    x, y = models.as_input(images), torch.from_numpy(labels)
    epochs = max(1, round(steps / -(-len(x) // 32)))
    optimizer = torch.optim.Adam(net.parameters(), rate)
    yield from models.fit(net, x, y, epochs=epochs, optimizer=optimizer, seed=seed, batch_size=32)


def opacity(net, images):
    """The probability of an opacity, in evaluation mode."""
    return models.predict(net, models.as_input(images))[:, 1].double().numpy()


def cross_entropy(p, labels):
    """The mean over the films."""
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -np.mean(np.log(np.where(labels == 1, p, 1 - p)))


def loss_on(net, images, labels):
    """Mean cross-entropy of a network."""
    return cross_entropy(opacity(net, images), labels)


fifty, sixty = some_patients(chest.train, 50), some_patients(chest.val, 60)
test = chest.test.images, chest.test.labels
plain = network()
curves, areas, states = [], [], []
for _ in learn(plain, *fifty[:2]):
    guess = opacity(plain, sixty[0])
    curves.append([loss_on(plain, *fifty[:2]), cross_entropy(guess, sixty[1])])
    areas.append(roc_auc_score(sixty[1], guess))
    states.append({name: values.clone() for name, values in plain.state_dict().items()})
inside, outside = np.array(curves).T
turn = int(outside.argmin())
print(f"{sum(p.numel() for p in plain.parameters()):,} weights, {len(fifty[0])} films")
for epoch in sorted({0, turn, len(curves) - 1}):
    print(f"epoch {epoch:3}: loss {inside[epoch]:.3f} on the fifty, {outside[epoch]:.3f} on others")
finding(
    inside[-1] < 0.1 and outside[-1] > 1.2 * outside[turn],
    f"the loss on the fifty falls to {inside[-1]:.3f}. On other children it falls to "
    f"{outside[turn]:.2f} in epoch {turn}, and then rises to {outside[-1]:.2f}.",
    f"here the loss on other children ends at {outside[-1]:.2f}; its least value was "
    f"{outside[turn]:.2f}.",
)

# %% tags=["demo", "nbval-ignore-output"]
from matplotlib.figure import Figure


def drawn_curves(inside, outside, marks=()):
    """A figure of both losses, with named epochs."""
    figure = Figure(figsize=(6.4, 3))
    axis = figure.subplots()
    axis.plot(inside, label="the fifty")
    axis.plot(outside, "--", label="other children")
    for epoch, name in marks:
        axis.axvline(epoch, color="gray", linewidth=1)
        axis.text(epoch, axis.get_ylim()[1], f" {name}", va="top")
    axis.set(xlabel="epoch", ylabel="loss")
    axis.legend()
    return figure


widgets.figures.show(
    drawn_curves(inside, outside),
    f"Loss against epochs. On the fifty it falls to {inside[-1]:.3f}; on other children it is least "
    f"in epoch {turn} ({outside[turn]:.2f}) and ends at {outside[-1]:.2f}.",
)

# %% [markdown]
# ### The learning rate regularizes, too
#
# Two stories are told of it. One: a large rate cannot follow every small bend of the loss, it jumps over
# narrow valleys, and a narrow valley is often one that fits these fifty children and nobody else. The
# other: a small rate does not get far, and in the same number of steps it cannot learn anybody by heart.
# Either way the rate is a regularizer that you cannot leave out, for you have to choose one.
#
# **Predict, then look.** The same network, the same 250 steps, two other rates. Which one ends with the
# smaller loss on the fifty? And on the test films?

# %% tags=["demo", "covers-10.2", "nbval-ignore-output"]
rates = {2e-3: plain}
for rate in (1e-4, 1e-2):
    rates[rate] = network()
    for _ in learn(rates[rate], *fifty[:2], rate=rate):
        pass
print(f"{'rate':>8}{'loss, the fifty':>18}{'loss, test':>14}{'AUC, test':>12}")
fitted = {}
for rate, net in sorted(rates.items()):
    auc = roc_auc_score(test[1], opacity(net, test[0]))
    fitted[rate] = loss_on(net, *fifty[:2]), loss_on(net, *test), auc
    print("{:8g}{:18.3f}{:14.3f}{:12.3f}".format(rate, *fitted[rate]))
slow, usual = fitted[1e-4], fitted[2e-3]
finding(
    slow[0] > usual[0] and slow[1] < usual[1],
    f"the smallest rate has learned the fifty least (loss {slow[0]:.2f}), and is the least wrong on the "
    f"test films: {slow[1]:.2f}, where the rate 0.002 has {usual[1]:.2f}. Who is more ill than whom is "
    f"another question: AUC {slow[2]:.2f} and {usual[2]:.2f}.",
    "here the smallest rate is not the one with the smallest loss on the test films.",
)

# %% [markdown]
# One draw is an anecdote. `benchmarks/regularization.py --part rate` has measured five rates with 200
# patients (250 steps, means of two draws, 95 % intervals over draws and test patients; 2026-11-29):
#
# | images | rate | training loss | test loss | AUC |
# |---|---|---|---|---|
# | phantoms | 0.0001 | 0.642 | 0.70 | 0.59 (0.51–0.68) |
# | phantoms | 0.0003 | 0.543 | 0.64 | 0.67 (0.60–0.74) |
# | phantoms | 0.001 | 0.229 | 0.66 | 0.79 (0.73–0.85) |
# | phantoms | 0.003 | 0.096 | 0.86 | 0.81 (0.76–0.85) |
# | phantoms | 0.01 | 0.521 | 0.92 | 0.64 (0.49–0.78) |
# | PneumoniaMNIST | 0.0001 | 0.168 | 0.34 | 0.93 (0.91–0.95) |
# | PneumoniaMNIST | 0.0003 | 0.064 | 0.40 | 0.93 (0.90–0.95) |
# | PneumoniaMNIST | 0.001 | 0.004 | 0.52 | 0.93 (0.90–0.95) |
# | PneumoniaMNIST | 0.003 | 0.000 | 0.71 | 0.93 (0.90–0.95) |
# | PneumoniaMNIST | 0.01 | 0.001 | 0.90 | 0.91 (0.89–0.93) |
#
# On the real films the second story holds: the smaller the rate, the less is learned by heart, and the
# smaller is the loss on the test films, while the AUC hardly moves. The phantoms are harder. There the
# smallest rates have hardly begun after 250 steps, the largest one cannot settle, the smallest test loss
# belongs to the rate 0.0003 and the highest AUC to 0.003. So the rate is chosen like $\lambda$: on
# validation patients, and by the number that you need.

# %% [markdown]
# ## Dropout: many thin networks
#
# The fifty can be learned by heart because a few neurons agree among themselves: *dark corner and
# bright rib: that is child 17*. **Dropout** (Srivastava and others, 2014) breaks such deals. In every
# training step each neuron is switched off with the probability $p$, for itself and anew. No neuron can
# rely on another one. What trains is a crowd of *thin* networks that share their weights.
#
# In evaluation all neurons work. Then twice as many (at $p = 0.5$) would speak, and louder than in
# training. So in training whatever is kept is divided by $1 - p$ (*inverted* dropout): the mean stays the
# same, and evaluation has nothing to do.
#
# **Predict, then look.** How many different thin networks can ten neurons make? How far is the mean of
# the thin networks from the whole one? Step through them; then look at *not scaled*.

# %% tags=["covers-10.3"]
widgets.regularization.dropout()

# %% [markdown]
# ### Exercise: dropout
#
# Write `dropout(x, p, rng, training)` in NumPy, the *inverted* form that is used today.
#
# - `x`: float array of any shape; `p`: the probability that an element is dropped; `rng`: a NumPy
#   generator, draw from it only; `training`: `True` or `False`. `x` stays as it is.
# - In training each element, for itself, becomes 0 with probability $p$; what is kept is divided by
#   $1 - p$. So the mean stays what it was. Every call draws anew.
# - Else (`training=False`) it returns the values of `x`.
# - Returns an array of the shape of `x`. From float64 comes float64, from float32 either.
# - Raises `ValueError` where `p` is below 0, or is 1 or more, in both modes.
# - Not allowed here: `torch`.
#
# By hand: $x = (1, 2, 3, 4)$ with $p = 0.5$ may become $(2, 0, 0, 8)$, in another call $(0, 4, 6, 8)$.
# The first element is 0 or 2, never anything else, each in half of the calls.


# %% nbgrader={"grade": false, "grade_id": "dropout", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-10.3"]
def dropout(x, p, rng, training):
    """Return x with a random part of its elements dropped, the rest scaled up."""
    ### BEGIN SOLUTION
    if not 0 <= p < 1:
        raise ValueError(f"p must be at least 0 and less than 1, got {p}")
    if not training:
        return x
    kept = rng.random(x.shape) >= p
    return x * kept / (1 - p)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "dropout-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.dropout(dropout)
### BEGIN HIDDEN TESTS
check.dropout(dropout, seed=27509)
### END HIDDEN TESTS

# %% [markdown]
# A thousand neurons that all say 3, with your function:

# %% tags=["demo", "covers-10.3", "nbval-ignore-output"]
rng = np.random.default_rng(0)
for p in (0.2, 0.5, 0.8):
    dropped = dropout(np.full(1000, 3.0), p, rng, training=True)
    print(f"p = {p}: values {np.unique(np.round(dropped, 3)).tolist()}, mean {dropped.mean():.2f}")
print("evaluation:", np.unique(dropout(np.full(1000, 3.0), 0.5, rng, training=False)).tolist())

# %% [markdown]
# And a network with dropout, trained on the fifty. PyTorch's `nn.Dropout` listens to `net.train()` and
# `net.eval()`.
#
# **Predict, then look:** what does it say of *one* film (the one that it is least sure of) in training mode, a
# hundred times?

# %% tags=["demo", "covers-10.3", "nbval-ignore-output"]
thinned = network(dropout=0.5)
for _ in learn(thinned, *fifty[:2]):
    pass
unsure = [int(np.abs(opacity(thinned, sixty[0]) - 0.5).argmin())]
film = models.as_input(sixty[0][unsure])
torch.manual_seed(0)
thinned.train()
with torch.no_grad():
    said = thinned(film.expand(100, -1, -1, -1)).softmax(1)[:, 1].numpy()
whole = opacity(thinned, sixty[0][unsure]).item()
print(f"training mode: {said.min():.2f} to {said.max():.2f}, mean {said.mean():.2f}")
print(f"evaluation mode: {whole:.2f}, every time")
for name, net in {"no dropout": plain, "dropout 0.5": thinned}.items():
    print(f"{name:11} loss on the fifty {loss_on(net, *fifty[:2]):.3f}", end=", ")
    print(f"on test films {loss_on(net, *test):.2f}")
finding(
    np.ptp(said) > 0.01,
    f"in training mode the same film gets anything from {said.min():.2f} to {said.max():.2f}; in "
    f"evaluation mode always {whole:.2f}.",
    "here all hundred answers are nearly the same: the network is very sure of this film.",
)

# %% [markdown]
# **What it means in medicine.** Who forgets `net.eval()` has a program that reads the same film twice
# and says two things. Nobody sees it in the weights. Test it: read a film twice, compare.
# (The spread itself can be of use, as a hint at films that the network is unsure of. Then it is made on
# purpose, with many runs, and said so.)

# %% [markdown]
# ## Batch norm: the company a film keeps
#
# **Batch normalization** (Ioffe and Szegedy, 2015) takes each channel, subtracts its mean and divides by
# its standard deviation, so that the next layer always meets numbers of the same size. Then a learned
# factor $\gamma$ and a learned shift $\beta$ give back what the network wants of it:
#
# $$y = \gamma\, \frac{x - \text{mean}}{\sqrt{\text{variance} + \varepsilon}} + \beta$$
#
# Mean and variance of what? In training: of this channel over all films and pixels **of the batch**. So
# what the network says of a film depends on the films beside it. As they are drawn anew each time, this is
# noise, and noise regularizes. In evaluation there is no batch to speak of. **Running statistics**, kept
# from training, take its place.
#
# **Predict, then look.** One opacity, in sixteen different batches. What will its output be in a batch
# of two films? And what, if all films come from a hospital whose films are brighter?

# %% tags=["covers-10.4"]
widgets.regularization.batchnorm()

# %% [markdown]
# In a batch of two, one film becomes 1 and the other −1 (where they differ at all): all that is left is
# which one is larger. And the statistics kept from home are wrong elsewhere.

# %% [markdown]
# ### Exercise: batch norm, forward
#
# Write `batchnorm_forward(x, gamma, beta, running_mean, running_var, training, momentum=0.1,
# eps=1e-5)` in NumPy, as PyTorch's `nn.BatchNorm2d` computes it.
#
# - `x`: float array `(N, C, H, W)`, not empty; `gamma`, `beta`, `running_mean`, `running_var`: `(C,)`
#   each, float arrays of the same dtype.
# - Returns the tuple `(y, running_mean, running_var)` with new arrays; all inputs stay as they are.
# - In training every channel has one mean and one variance, over all its images and pixels.
#   $y = \gamma\,\hat x + \beta$ with $\hat x = (x - \text{mean}) / \sqrt{\text{variance} + \varepsilon}$
#   and the *biased* variance (divided by the number $m$ of values).
# - Then the running values move towards those of the batch:
#   (1 − `momentum`) · running value + `momentum` · value of the batch. Here the variance is the
#   *unbiased* one (divided by $m - 1$).
# - With `training=False` the running values take the place of mean and variance, and are returned
#   with the numbers they had.
# - Raises `ValueError` in training where a channel has only one value ($N \cdot H \cdot W = 1$): its
#   variance says nothing. With `training=False` one value is fine.
# - From float64 comes float64, from float32 either. Not allowed here: `torch`.
#
# By hand: two images of one pixel, 1 and 7. The mean is 4, the biased variance 9, the unbiased 18. With
# $\gamma = 5$, $\beta = 1$ and a large $\varepsilon = 16$ the root is 5, and $y = -2$ and $4$. The
# running values 0 and 1 become $0.1 \cdot 4 = 0.4$ and $0.9 \cdot 1 + 0.1 \cdot 18 = 2.7$.


# %% nbgrader={"grade": false, "grade_id": "batchnorm_forward", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-10.4"]
def batchnorm_forward(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    """Return the normalised x, and the running mean and variance after this batch."""
    ### BEGIN SOLUTION
    mean, var = running_mean, running_var
    running_mean, running_var = running_mean.copy(), running_var.copy()
    if training:
        m = x.size // x.shape[1]
        if m < 2:
            raise ValueError("in training each channel needs two values or more")
        mean, var = x.mean(axis=(0, 2, 3)), x.var(axis=(0, 2, 3))
        running_mean += momentum * (mean - running_mean)
        running_var += momentum * (var * m / (m - 1) - running_var)
    scale = gamma / np.sqrt(var + eps)
    y = (x - mean[:, None, None]) * scale[:, None, None] + beta[:, None, None]
    return y, running_mean, running_var
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "batchnorm_forward-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check.batchnorm_forward(batchnorm_forward)
### BEGIN HIDDEN TESTS
check.batchnorm_forward(batchnorm_forward, seed=54836)
### END HIDDEN TESTS

# %% [markdown]
# Does it agree with PyTorch, over ten batches, running statistics included?

# %% tags=["demo", "covers-10.4"]
rng = np.random.default_rng(0)
layer = nn.BatchNorm2d(3, dtype=torch.float64)
kept = np.zeros(3), np.ones(3)
for _ in range(10):
    x = rng.normal(2, 3, size=(4, 3, 5, 5))
    y, *kept = batchnorm_forward(x, np.ones(3), np.zeros(3), *kept, training=True)
    same = np.allclose(y, layer(torch.from_numpy(x)).detach())
print("outputs agree:", same)
print("running means agree:", np.allclose(kept[0], layer.running_mean))
print("running variances agree:", np.allclose(kept[1], layer.running_var))

# %% [markdown]
# ### The way back
#
# Mean and variance depend on every film of the batch. So does each output, and so the gradient of one
# film flows into all of them.

# %% [markdown]
# ### Exercise: batch norm, backward
#
# Write `batchnorm_backward(dout, x, gamma, eps=1e-5)` in NumPy: the way back through batch norm *in
# training*.
#
# - `dout`: the gradient of the loss by $y$, `(N, C, H, W)`; `x`: what went into the layer, of the same
#   shape, at least two values a channel; `gamma`: `(C,)`. All are float arrays of one dtype, and stay
#   as they are.
# - Returns the tuple `(dx, dgamma, dbeta)` with new arrays, `(N, C, H, W)`, `(C,)` and `(C,)`.
# - With $\hat x = (x - \text{mean}) / s$ and $s = \sqrt{\text{variance} + \varepsilon}$ (the biased
#   variance), for each channel, all sums and means over its $m = N \cdot H \cdot W$ values:
#   $d\beta = \sum \text{dout}$, $d\gamma = \sum \text{dout}\,\hat x$, and
#   $dx = \frac{\gamma}{s} \left(\text{dout} - \frac{d\beta}{m} - \hat x\,\frac{d\gamma}{m}\right)$.
#   The last two terms are there because mean and variance depend on every $x$, too.
# - From float64 comes float64, from float32 either. Not allowed here: `torch`.
#
# By hand: four images of one pixel, $x = (1, 1, 7, 7)$, $\varepsilon = 16$: mean 4, variance 9, $s = 5$,
# $\hat x = \mp 0.6$. With $\gamma = 5$ and dout $= (1, 0, 0, 0)$: $d\beta = 1$, $d\gamma = -0.6$ and
# $dx = (0.66, -0.34, -0.16, -0.16)$. The gradient of one image changes all of them.


# %% nbgrader={"grade": false, "grade_id": "batchnorm_backward", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-10.4"]
def batchnorm_backward(dout, x, gamma, eps=1e-5):
    """Return the gradients by x, gamma and beta."""
    ### BEGIN SOLUTION
    axes, m = (0, 2, 3), x.size // x.shape[1]
    s = np.sqrt(x.var(axis=axes, keepdims=True) + eps)
    normalised = (x - x.mean(axis=axes, keepdims=True)) / s
    dbeta = dout.sum(axis=axes)
    dgamma = (dout * normalised).sum(axis=axes)
    shared = (dbeta[:, None, None] + normalised * dgamma[:, None, None]) / m
    dx = gamma[:, None, None] / s * (dout - shared)
    return dx, dgamma, dbeta
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "batchnorm_backward-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check.batchnorm_backward(batchnorm_backward)
### BEGIN HIDDEN TESTS
check.batchnorm_backward(batchnorm_backward, seed=73920)
### END HIDDEN TESTS

# %% tags=["demo", "covers-10.4"]
x, dout = rng.normal(2, 3, size=(4, 3, 5, 5)), np.zeros((4, 3, 5, 5))
dout[0] = rng.normal(size=(3, 5, 5))  # only the first film's output matters
gamma = rng.normal(size=3)
leaves = [torch.tensor(each, requires_grad=True) for each in (x, gamma, np.zeros(3))]
F.batch_norm(leaves[0], None, None, *leaves[1:], training=True).backward(torch.from_numpy(dout))
for name, ours, leaf in zip(
    ("dx", "dγ", "dβ"), batchnorm_backward(dout, x, gamma), leaves, strict=True
):
    print(f"{name} agrees with PyTorch: {np.allclose(ours, leaf.grad)}")
reached = np.abs(batchnorm_backward(dout, x, gamma)[0]).max(axis=(1, 2, 3))
print("largest |dx| of each of the four films:", *np.round(reached, 2))

# %% [markdown]
# ### A norm without company
#
# **Group norm** (Wu and He, 2018) takes mean and variance over a few channels of *one* film. There is no
# batch in it, there are no running statistics, and there is no second mode. A batch of two is as good as
# any other.

# %% [markdown]
# ### Exercise: group norm
#
# Write `group_norm(x, groups, gamma, beta, eps=1e-5)` in NumPy. It needs no batch: every image is
# normalised by itself, so training and evaluation are the same.
#
# - `x`: float array `(N, C, H, W)`, not empty; `groups`: how many groups, at least 1; `gamma`, `beta`:
#   `(C,)`, of the same dtype.
# - The channels are cut into `groups` blocks of neighbours, `C // groups` channels each. Every block of
#   *one* image has one mean and one biased variance, over its channels and pixels. Each value becomes
#   $(x - \text{mean}) / \sqrt{\text{variance} + \varepsilon}$; then every *channel* has its own
#   $\gamma$ and $\beta$.
# - Returns a new array `(N, C, H, W)`; all inputs stay as they are.
# - Raises `ValueError` where `groups` does not divide `C`.
# - From float64 comes float64, from float32 either. Not allowed here: `torch`.
#
# By hand: one image with four channels of one pixel, $1, 3, 10, 14$, in two groups, with
# $\varepsilon = 0$. The groups have the means 2 and 12 and the roots 1 and 2, which gives
# $-1, 1, -1, 1$. With $\gamma = (1, 1, 2, 2)$ and $\beta = (0, 0, 1, 1)$: $-1, 1, -1, 3$.


# %% nbgrader={"grade": false, "grade_id": "group_norm", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-10.4"]
def group_norm(x, groups, gamma, beta, eps=1e-5):
    """Return x, every group of channels of every image normalised by itself."""
    ### BEGIN SOLUTION
    n, c = x.shape[:2]
    if c % groups:
        raise ValueError(f"{groups} groups do not divide {c} channels")
    blocks = x.reshape(n, groups, -1)
    mean = blocks.mean(axis=2, keepdims=True)
    var = blocks.var(axis=2, keepdims=True)
    normalised = ((blocks - mean) / np.sqrt(var + eps)).reshape(x.shape)
    return gamma[:, None, None] * normalised + beta[:, None, None]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "group_norm-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.group_norm(group_norm)
### BEGIN HIDDEN TESTS
check.group_norm(group_norm, seed=15683)
### END HIDDEN TESTS

# %% tags=["demo", "covers-10.4"]
x = rng.normal(2, 3, size=(2, 6, 5, 5))
ours = group_norm(x, 3, np.ones(6), np.zeros(6))
theirs = nn.GroupNorm(3, 6, dtype=torch.float64)(torch.from_numpy(x)).detach()
print("group norm agrees with PyTorch:", np.allclose(ours, theirs))
alone = group_norm(x[:1], 3, np.ones(6), np.zeros(6))
print("a film alone gets what it got in company:", np.allclose(ours[:1], alone))

# %% [markdown]
# ### Another clinic
#
# Two networks learn from 600 patients at home, one with batch norm and one with group norm. Then they are
# sent to a clinic where every film is flat and pale: a gray value $v$ becomes $0.5 v + 100$. The
# children are the same, the disease is the same.
#
# **Predict, then look.** Which share of the films will each network call ill? And batch norm in *training*
# mode there, on batches of 64 films from that clinic?

# %% tags=["demo", "covers-10.4", "nbval-ignore-output"]
many = some_patients(chest.train, 600)
there = np.clip(np.rint(0.5 * test[0] + 100), 0, 255).astype(np.uint8)
nets = {"batch norm": network(nn.BatchNorm2d), "group norm": network(lambda c: nn.GroupNorm(4, c))}
for net in nets.values():
    for _ in learn(net, *many[:2], steps=180):
        pass


def in_company(net, images):
    """The probability of an opacity in training mode, in batches of 64 films."""
    copied = copy.deepcopy(net).train()
    with torch.no_grad():
        parts = [copied(batch).softmax(1)[:, 1] for batch in models.as_input(images).split(64)]
    return torch.cat(parts).double().numpy()


says = {name: [opacity(net, films) for films in (test[0], there)] for name, net in nets.items()}
says["batch norm, training mode"] = [
    in_company(nets["batch norm"], films) for films in (test[0], there)
]
called, ranked = {}, {}
print(f"{'':28}{'called ill: home':>18}{'there':>8}{'AUC: home':>14}{'there':>8}")
for name, pair in says.items():
    called[name] = [np.mean(p > 0.5) for p in pair]
    ranked[name] = [roc_auc_score(test[1], p) for p in pair]
    print(f"{name:28}{called[name][0]:18.0%}{called[name][1]:8.0%}", end="")
    print(f"{ranked[name][0]:14.3f}{ranked[name][1]:8.3f}")
print(f"ill in truth: {test[1].mean():.0%}")
home, away = called["batch norm"]
again = called["batch norm, training mode"][1]
finding(
    abs(away - home) > 0.1 and abs(again - home) < abs(away - home),
    f"with the statistics from home, batch norm calls {home:.0%} ill at home and {away:.0%} there. With "
    f"statistics of the films there it is {again:.0%}, without a single new label.",
    f"here batch norm calls {home:.0%} ill at home, {away:.0%} there, and {again:.0%} with statistics of "
    "the films there: the shift does not do what we expected.",
)
home, away = called["group norm"]
finding(
    abs(away - home) > 0.1,
    f"group norm is no shield either: {home:.0%} called ill at home, {away:.0%} there.",
    f"group norm hardly minds the other clinic: {home:.0%} called ill at home, {away:.0%} there.",
)

# %% [markdown]
# `benchmarks/regularization.py --part clinic` has measured it for 1,000 patients (two draws, 95 %
# intervals over draws and test patients; 2026-11-29; of the real films 62 % are ill, of the phantoms 65 %):
#
# | images | norm, mode | AUC at home | AUC there | called ill at home | called ill there |
# |---|---|---|---|---|---|
# | phantoms | none, evaluation | 0.87 (0.82–0.91) | 0.70 (0.62–0.78) | 42% | 94% |
# | phantoms | group, evaluation | 0.75 (0.56–0.91) | 0.68 (0.57–0.79) | 50% | 95% |
# | phantoms | batch, evaluation | 0.86 (0.78–0.93) | 0.73 (0.63–0.83) | 63% | 94% |
# | phantoms | batch, training | 0.88 (0.83–0.93) | 0.89 (0.83–0.94) | 49% | 53% |
# | PneumoniaMNIST | none, evaluation | 0.92 (0.90–0.95) | 0.85 (0.82–0.89) | 71% | 88% |
# | PneumoniaMNIST | group, evaluation | 0.94 (0.93–0.96) | 0.92 (0.89–0.94) | 66% | 80% |
# | PneumoniaMNIST | batch, evaluation | 0.94 (0.92–0.96) | 0.91 (0.86–0.95) | 68% | 95% |
# | PneumoniaMNIST | batch, training | 0.94 (0.92–0.96) | 0.94 (0.91–0.96) | 68% | 65% |
#
# All three networks lose there, and batch norm in evaluation mode calls nearly everybody ill. With the
# statistics of the films there it is back where it was, on phantoms and on real films.

# %% [markdown]
# **What it means in medicine.** A new X-ray machine is such a clinic, and nobody announces it to the
# network. What can be done: let training films vary in gray values as clinics do, or estimate the
# statistics anew with films *from there* (no labels are needed). But training mode itself is no cure: a
# film then gets another answer in another batch, and in a ward where nearly all are ill the batch's mean
# hides the disease (see the last example of the widget). And batches of two, as large 3-D scans enforce
# them, are no place for batch norm at all: there group norm is at home.

# %% [markdown]
# ## Stop in time
#
# Look again at the second of the two curves, that of other children. Who knew where its lowest point
# is! **Early stopping** watches the loss on validation patients. When it has not become better for some
# epochs (the **patience**), stop, and go back to the best epoch.

# %% [markdown]
# ### Exercise: early stopping
#
# Write the class `EarlyStopping(patience, min_delta=0.0)`. After each epoch it gets the validation loss
# and says whether to stop.
#
# - `patience`: a whole number, at least 1; `min_delta`: a number, at least 0.
# - `step(value)`: the loss of the next epoch, a finite number. It is *better* where
#   `value < best - min_delta`; only then it becomes the best. The first value is always better.
# - `step` returns `True` where the last `patience` steps in a row were not better, this one included,
#   else `False`. It goes on so when it is called after it has said `True`: again `True`, until a better
#   value comes.
# - `best_epoch`: the number of the epoch with the best value, from 0. (It is read after one step at
#   least.)
# - Two objects know nothing of each other.
#
# By hand, with `patience=2` and `min_delta=0.1`: the losses $1.0, 0.8, 0.75, 0.78$ give `False`,
# `False`, `False`, `True`, for $0.75$ is not better than $0.8$ by *more* than $0.1$. The best epoch is 1.


# %% nbgrader={"grade": false, "grade_id": "EarlyStopping", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-10.5"]
class EarlyStopping:
    """Says when the validation loss has not become better for some epochs."""

    def __init__(self, patience, min_delta=0.0):
        ### BEGIN SOLUTION
        self.patience = patience
        self.min_delta = min_delta
        self.epoch = -1
        self.best = np.inf
        self.best_epoch = 0
        ### END SOLUTION

    def step(self, value):
        """Take the loss of the next epoch; return whether to stop."""
        ### BEGIN SOLUTION
        self.epoch += 1
        if value < self.best - self.min_delta:
            self.best, self.best_epoch = value, self.epoch
        return self.epoch - self.best_epoch >= self.patience
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "EarlyStopping-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.EarlyStopping(EarlyStopping)
### BEGIN HIDDEN TESTS
check.EarlyStopping(EarlyStopping, seed=46051)
### END HIDDEN TESTS

# %% [markdown]
# **Predict, then look.** At which epoch of the curve above will it stop, with a patience of 8? And if it
# watches the AUC of the same validation films instead? (Lower must be better: it gets −AUC.)


# %% tags=["demo", "covers-10.5", "nbval-ignore-output"]
def watched(values):
    """The epoch after which early stopping ends the training, and the best epoch."""
    stopper = EarlyStopping(patience=8)
    stops = (epoch for epoch, value in enumerate(values) if stopper.step(value))
    return next(stops, len(values) - 1), stopper.best_epoch


def on_test(epoch):
    """Loss and AUC on the test films of the network as it was after this epoch."""
    net = network()
    net.load_state_dict(states[epoch])
    guess = opacity(net, test[0])
    return cross_entropy(guess, test[1]), roc_auc_score(test[1], guess)


by_loss, by_auc = watched(outside), watched(-np.array(areas))
ends = {"the loss": by_loss, "the AUC": by_auc, "nobody": (len(states) - 1,) * 2}
results = {}
print(f"{'watched':12}{'stops after':>12}{'best epoch':>12}{'test loss':>12}{'test AUC':>12}")
for name, (stop, epoch) in ends.items():
    results[name] = on_test(epoch)
    print(f"{name:12}{stop:12}{epoch:12}{results[name][0]:12.2f}{results[name][1]:12.3f}")
finding(
    results["the loss"][0] < results["nobody"][0],
    f"who watches the loss stops after epoch {by_loss[0]} of {len(states)} and has a loss of "
    f"{results['the loss'][0]:.2f} on the test films; who trains to the end has "
    f"{results['nobody'][0]:.2f}.",
    "here the last epoch is as good on the test films as the best one on the validation films.",
)
finding(
    results["nobody"][1] > results["the loss"][1],
    f"the AUC tells another story: {results['the loss'][1]:.2f} at the best loss, "
    f"{results['nobody'][1]:.2f} at the end. The network went on learning who is ill while it became far "
    "too sure of itself.",
    f"the AUC agrees: {results['the loss'][1]:.2f} at the best loss, {results['nobody'][1]:.2f} at the "
    "end.",
)

# %% tags=["demo", "covers-10.5", "nbval-ignore-output"]
widgets.figures.show(
    drawn_curves(inside, outside, [(by_loss[1], "best"), (by_loss[0], "stop")]),
    f"The same curves of the loss; the best epoch is {by_loss[1]}, and early stopping ends the "
    f"training after epoch {by_loss[0]}.",
)

# %% [markdown]
# Two warnings. Watch what you need: the loss asks whether the probabilities are right, the AUC only
# whether the ill come before the healthy. A network that is far too sure of itself has a bad loss, and may
# still rank well. And the validation patients have now been *used*: the best of many epochs on them looks
# better than it is. The last word belongs to test patients that nobody has asked before.

# %% [markdown]
# ## More films from the same children
#
# Best of all regularizers is more data. The next best is to make new films of old ones: move them a
# little, turn them a little, expose them a little differently. A film that was taken a second later
# could have looked like this, and the diagnosis would be the same. That last sentence is the law of
# **augmentation**: only such changes are allowed that leave the answer true.
#
# - *A cat, mirrored, is a cat.* A chest, mirrored, is Mira.
# - A mole has no upper side: turn it as you like. A chest film stands upright.
# - Gray values of a film are a matter of exposure, within limits. In a CT they are a measurement
#   (Hounsfield units), and a brighter liver is another liver.

# %% [markdown]
# ### Exercise: augmentation that keeps the patient
#
# Write `augment(image, mask, rng)`. `ndimage` (of SciPy) is there for the moves, such as
# `ndimage.rotate` with `reshape=False`, and `ndimage.shift`.
#
# - `image`: float array `(H, W)`, values from 0 to 1; `mask`: boolean array `(H, W)`, where the finding
#   is; `rng`: a NumPy generator, draw from it only. Both arrays stay as they are.
# - **Shift**: up to 2 pixels up or down, and up to 2 pixels left or right, whole pixels or not.
#   **Rotation** about the centre: up to 10 degrees in both directions. Each is drawn evenly from its
#   range.
# - **Contrast**: the distance of every pixel from 0.5 is multiplied by one number from 0.9 to 1.1.
#   **Brightness**: one number from −0.1 to 0.1 is added to every pixel. Both are drawn evenly. At the
#   end values below 0 become 0, and values above 1 become 1.
# - The mask moves along, by the same shift and rotation, and stays boolean.
# - **Never a flip.** A mirrored chest has its heart on the right side. That is a disease of its own
#   (dextrocardia), and no other film of the same patient.
# - Every call draws anew. What comes in at the border is yours to choose.
# - Returns the tuple `(image, mask)`: a float array and a boolean array, both `(H, W)`.
# - Not allowed here: `torch`, `torchvision`.
#
# By hand: an image that is 0.5 everywhere. Moves and contrast change nothing in its middle, so only the
# brightness is seen: its middle becomes one number between 0.4 and 0.6.


# %% nbgrader={"grade": false, "grade_id": "augment", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-10.5"]
def augment(image, mask, rng):
    """Return image and mask, moved and turned a little, the image with other gray values."""
    ### BEGIN SOLUTION
    shift = rng.uniform(-2, 2, 2)
    angle = rng.uniform(-10, 10)
    contrast, brightness = rng.uniform(0.9, 1.1), rng.uniform(-0.1, 0.1)
    turned = ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest")
    moved = ndimage.shift(turned, shift, order=1, mode="nearest")
    turned_mask = ndimage.rotate(mask.astype(float), angle, reshape=False, order=1)
    moved_mask = ndimage.shift(turned_mask, shift, order=1) > 0.5
    return np.clip(0.5 + contrast * (moved - 0.5) + brightness, 0, 1), moved_mask
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "augment-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check.augment(augment)
### BEGIN HIDDEN TESTS
check.augment(augment, seed=82364)
### END HIDDEN TESTS

# %% [markdown]
# A film with its finding, and four augmented ones. Does the outline move along?

# %% tags=["demo", "covers-10.5"]
rng = np.random.default_rng(3)
shown = data.phantoms.chest(60, 28, seed=5)
one = int(np.argmax(shown.masks.sum(axis=(1, 2))))
film, mask = shown.images[one] / 255, shown.masks[one]
versions = [(film, mask), *(augment(film, mask, rng) for _ in range(4))]
outlines = [np.where(m ^ ndimage.binary_erosion(m), 1.0, f) for f, m in versions]
widgets.figures.images(
    outlines,
    ["a phantom", *["augmented"] * 4],
    alt="A chest phantom with the outline of its opacity, and four augmented versions: each is moved, "
    "turned and exposed a little differently, the outline lies on the opacity in each, and the heart "
    "stays on the same side.",
    columns=5,
)

# %% [markdown]
# Now the fifty children once more, with thirty versions of each film. The network, the number of steps and
# everything else stay as they were.
#
# **Predict, then look.** Of all regularizers of this unit, how much will this one bring?

# %% tags=["demo", "covers-10.5", "nbval-ignore-output"]
rng, nothing = np.random.default_rng(4), np.zeros((28, 28), dtype=bool)
versions = [augment(film / 255, nothing, rng)[0] for film in fifty[0] for _ in range(30)]
versions = np.rint(255 * np.array(versions)).astype(np.uint8)
augmented = network()
for _ in learn(augmented, versions, np.repeat(fifty[1], 30)):
    pass
aucs = {}
for name, net in {"the fifty": plain, "30 versions of each": augmented}.items():
    aucs[name] = roc_auc_score(test[1], opacity(net, test[0]))
    print(f"{name:21} loss on test films {loss_on(net, *test):.2f}, AUC {aucs[name]:.3f}")
before, after = aucs.values()
finding(
    after > before + 0.02,
    f"the AUC on the test films rises from {before:.2f} to {after:.2f}, with the same fifty children.",
    f"here thirty versions of each film do not help much: AUC {before:.3f} before, {after:.3f} after.",
)

# %% [markdown]
# ### The flip that hides a heart
#
# To mirror films left to right is the most common augmentation of all: for photographs of cats it is
# right. Here is what it does to Mira. The question is now: *on which side is the heart?* Of 200 children
# we mirror the films of half, so that they have situs inversus, and a network learns to tell. Then again,
# with "flips as augmentation": of each training film also the mirrored one, **with the same label**.
#
# **Predict, then look.** What will the second network be able to see?


# %% tags=["demo", "covers-10.5", "nbval-ignore-output"]
def with_situs(images, patients, seed):
    """The films of half the patients mirrored; the label 1 says which."""
    rng, people = np.random.default_rng(seed), np.unique(patients)
    labels = np.isin(patients, rng.permutation(people)[: len(people) // 2]).astype(np.int64)
    return np.where(labels[:, None, None] == 1, images[:, :, ::-1], images), labels


twohundred = some_patients(chest.train, 200)
hearts, sides = with_situs(twohundred[0], twohundred[2], 0)
test_hearts, test_sides = with_situs(chest.test.images, patients_of(chest.test), 1)
flipped = np.concatenate([hearts, hearts[:, :, ::-1]]), np.concatenate([sides, sides])
seen = {}
for name, films in {"no flips": (hearts, sides), "flips": flipped}.items():
    net = network()
    for _ in learn(net, *films, steps=120):
        pass
    seen[name] = roc_auc_score(test_sides, opacity(net, test_hearts))
    print(f"{name:9} AUC for the side of the heart {seen[name]:.3f}")
finding(
    seen["no flips"] > 0.9 and seen["flips"] < 0.7,
    f"without flips the side of the heart is found (AUC {seen['no flips']:.2f}). With flips the "
    f"network is blind to it (AUC {seen['flips']:.2f}): each film came with both answers.",
    "here flips did not make the network as blind as we expected.",
)
widgets.figures.images(
    [test_hearts[test_sides == 0][0], test_hearts[test_sides == 1][0]],
    ["heart on the left (as most)", "situs inversus, as Mira"],
    alt="Two chest films. The heart's shadow reaches to the right of the picture, which is the "
    "patient's left, in the first, and to the left of the picture in the second.",
)

# %% [markdown]
# (In a chest film you face the patient: the patient's left is on the right of the picture.)
#
# `benchmarks/regularization.py --part flip` has measured both questions (200 patients, two draws;
# 2026-11-29):
#
# | images | 200 patients | without flips | with flips |
# |---|---|---|---|
# | phantoms | opacity | 0.83 (0.78–0.88) | 0.83 (0.77–0.88) |
# | phantoms | heart on the other side | 1.00 (0.99–1.00) | 0.51 (0.38–0.64) |
# | PneumoniaMNIST | opacity | 0.93 (0.90–0.95) | 0.92 (0.89–0.94) |
# | PneumoniaMNIST | heart on the other side | 0.99 (0.99–1.00) | 0.45 (0.41–0.49) |
#
# **What it means in medicine.** The second network is not blind by bad luck: no network can learn a
# difference from pairs of films in which it never counts. And nobody would notice, as long as only
# opacities are asked for: about one child in ten thousand has situs inversus. Mirrored films are legal
# only where left and right mean nothing.

# %% [markdown]
# ### Half a pneumonia
#
# Two more ways to change the training set. **Mixup** (Zhang and others, 2017) lays two films over each
# other and mixes their labels in the same proportion. **Label smoothing** leaves the film as it is and
# takes a bit of certainty away from the label: 0.95 instead of 1. Both forbid the network to be
# completely sure.

# %% [markdown]
# ### Exercise: mixup
#
# Write `mixup(x, y, rng, alpha)` in NumPy: every image is mixed with a partner of its batch, and so are
# their labels.
#
# - `x`: float array `(N, …)` with any number of axes, at least one image; `y`: one-hot labels, a float
#   array `(N, K)`; `rng`: a NumPy generator, draw from it only; `alpha`: a positive number. The arrays
#   stay as they are.
# - Draw *one* number $\lambda$ from the Beta distribution with both parameters `alpha` (`rng.beta`)
#   for the whole batch, and the partners as one random permutation of the batch. An image may be its
#   own partner.
# - Returns the tuple `(x, y)` of float arrays with the shapes of the inputs:
#   $\lambda\,x_i + (1 - \lambda)\,x_{\text{partner}}$, and the labels mixed in the same way, with the
#   same $\lambda$ and the same partners. Every call draws anew.
# - Not allowed here: `torch`, `torchvision`.
#
# By hand: two images of two pixels, $(8, 0)$ and $(0, 8)$, with the labels $(1, 0)$ and $(0, 1)$. Where
# $\lambda = 0.75$ and both are partners of each other, the images become $(6, 2)$ and $(2, 6)$, the
# labels $(0.75, 0.25)$ and $(0.25, 0.75)$.


# %% nbgrader={"grade": false, "grade_id": "mixup", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-10.5"]
def mixup(x, y, rng, alpha):
    """Return images and labels, each mixed with those of a partner."""
    ### BEGIN SOLUTION
    lam = rng.beta(alpha, alpha)
    partner = rng.permutation(len(x))
    return lam * x + (1 - lam) * x[partner], lam * y + (1 - lam) * y[partner]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "mixup-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.mixup(mixup)
### BEGIN HIDDEN TESTS
check.mixup(mixup, seed=60972)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: smooth labels
#
# Write `smooth_labels(y, eps)` in NumPy.
#
# - `y`: one-hot labels `(N, K)`, at least one row and two classes, as floats or whole numbers; `eps`:
#   $\varepsilon$, from 0 to 1. `y` stays as it is.
# - Returns a new float array `(N, K)`: $(1 - \varepsilon)\,y + \varepsilon / K$. Every row still sums
#   to 1. From float64 and from whole numbers comes float64, from float32 either.
# - Not allowed here: `torch`.
#
# By hand: $(0, 1, 0, 0)$ with $\varepsilon = 0.2$ becomes $(0.05, 0.85, 0.05, 0.05)$.


# %% nbgrader={"grade": false, "grade_id": "smooth_labels", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-10.5"]
def smooth_labels(y, eps):
    """Return labels that give a part of their certainty to all classes."""
    ### BEGIN SOLUTION
    return (1 - eps) * y + eps / y.shape[1]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "smooth_labels-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.smooth_labels(smooth_labels)
### BEGIN HIDDEN TESTS
check.smooth_labels(smooth_labels, seed=33857)
### END HIDDEN TESTS

# %% tags=["demo", "covers-10.5", "nbval-ignore-output"]
rng = np.random.default_rng(6)
pair = np.array([fifty[0][fifty[1] == label][0] / 255 for label in (0, 1)])
for _ in range(50):
    mixed, labels = mixup(pair, np.eye(2), rng, 0.8)
    if 0.25 < labels[0, 0] < 0.75:
        break
print("labels of the mixed films:", *np.round(labels, 2).tolist())
print("smoothed with ε = 0.1:", *np.round(smooth_labels(np.eye(2), 0.1), 3).tolist())
widgets.figures.images(
    [*pair, *mixed],
    ["normal", "opacity", *(f"{share:.0%} opacity" for share in labels[:, 1])],
    alt="A normal film, one with an opacity, and both mixed films, in which the ribs and hearts of two "
    "children lie over each other.",
)

# %% [markdown]
# The mixed film is of no child on earth, and still the network learns from it: between two films the
# answer shall go over evenly from one to the other. Whether that is a help is a matter of measuring
# (below). A label of 0.95 has a price in medicine: the output can no longer be read as *nineteen of
# twenty*, if the true share is another one. Who needs probabilities must calibrate them afterwards.

# %% [markdown]
# ## Whose film is it?
#
# All of this is worthless if you cannot see overfitting. Two films of one child share the heart, the ribs
# and the machine. If one is in the training set and the other in the validation set, a network that has
# learned the child by heart looks good.

# %% [markdown]
# ### Exercise: folds by patient
#
# Write `grouped_folds(patients, k, rng)` in NumPy, for cross-validation: each fold is once the
# validation set.
#
# - `patients`: integer array `(N,)`, whose film it is; any numbers, also negative, in any order. It
#   stays as it is. `k`: how many folds, at least 2, at most as many as there are patients.
# - `rng`: a NumPy generator; draw from it only, so that the folds can be repeated.
# - Returns a list of `k` NumPy arrays of whole numbers: positions in `patients`, in any order. Every film
#   is in exactly one fold, and all films of a patient are in the same one.
# - The folds' numbers of *patients* differ by 1 at most, however many films each has.
# - The patients are shuffled. Not allowed here: `sklearn`, `torch`.
#
# By hand: the patients `7 7 9 4` in two folds: two patients in one, one in the other, such as
# `[0, 1, 3]` and `[2]`.


# %% nbgrader={"grade": false, "grade_id": "grouped_folds", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-10.5"]
def grouped_folds(patients, k, rng):
    """Return the positions of each fold's films; every patient is in one fold."""
    ### BEGIN SOLUTION
    shuffled = rng.permutation(np.unique(patients))
    return [np.flatnonzero(np.isin(patients, part)) for part in np.array_split(shuffled, k)]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "grouped_folds-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.grouped_folds(grouped_folds)
### BEGIN HIDDEN TESTS
check.grouped_folds(grouped_folds, seed=79218)
### END HIDDEN TESTS

# %% [markdown]
# **Predict, then look.** The simplest model that learns by heart is the nearest neighbour (unit 02): it
# gives a film the label of the most similar one. We ask it in five folds: cut at random, film by film, and
# by patient.

# %% tags=["demo", "covers-10.5"]
films, labels, patients = some_patients(chest.train, 300, seed=2)
pixels = ndimage.gaussian_filter(films / 255, (0, 1, 1)).reshape(len(films), -1)


def cross_validated(folds):
    """Share of the films that a nearest neighbour from the other folds gets right."""
    right = np.zeros(len(films), dtype=bool)
    for fold in folds:
        others = np.setdiff1d(np.arange(len(films)), fold)
        model = KNeighborsClassifier(1).fit(pixels[others], labels[others])
        right[fold] = model.predict(pixels[fold]) == labels[fold]
    return right


by_film = cross_validated(grouped_folds(np.arange(len(films)), 5, np.random.default_rng(0)))
by_patient = cross_validated(grouped_folds(patients, 5, np.random.default_rng(0)))
print(f"{len(films)} films of {len(np.unique(patients))} patients")
print(f"folds of films:    {by_film.mean():.1%} right")
print(f"folds of patients: {by_patient.mean():.1%} right")
finding(
    by_film.mean() > by_patient.mean() + 0.02,
    f"film by film the nearest neighbour seems to be right in {by_film.mean():.0%}. On children it has "
    f"never seen it is right in {by_patient.mean():.0%}.",
    "here both are alike: each of these films stands for a patient of its own, or two films of a "
    "child are hardly more alike than those of two children.",
)

# %% [markdown]
# ## How sure is it?
#
# A result on some hundred films is a draw. With other children it would have been another one. The
# **bootstrap** asks how much: it draws patients from our patients, with replacement, again and again, and
# looks how far the result moves. It must draw *patients*: who draws films takes two films of one child for
# two witnesses.

# %% [markdown]
# ### Exercise: an interval by patient
#
# Write `bootstrap_interval(values, patients, rng, level=0.95, n=2000)` in NumPy: how sure is the mean of
# `values`?
#
# - `values`: float array `(N,)`, one number for each film (such as 1 for a right answer, 0 for a wrong
#   one); `patients`: integer array `(N,)`, whose film it is. At least one film. Both stay as they are.
# - `rng`: a NumPy generator, draw from it only; `level`: between 0 and 1; `n`: how many samples are
#   drawn.
# - One sample: draw as many *patients* as there are, with replacement; each brings all its films, twice
#   where the patient was drawn twice. Take the mean over all these films.
# - Returns the tuple `(low, high)` of two numbers: the interval that holds the share `level` of the `n`
#   means, and leaves out equal shares below and above. For 0.95 these are the quantiles 0.025 and 0.975
#   (`np.quantile`).
# - Not allowed here: `scipy`, `sklearn`, `torch`.
#
# By hand: two patients with one film each, the values 0 and 1. A sample holds 0 twice (a quarter of the
# samples, mean 0), both (a half, mean 0.5) or 1 twice (mean 1). So the interval for `level=0.9` is from 0
# to 1, and for `level=0.3` it is 0.5 at both ends.


# %% nbgrader={"grade": false, "grade_id": "bootstrap_interval", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-10.5"]
def bootstrap_interval(values, patients, rng, level=0.95, n=2000):
    """Return both ends of the bootstrap interval of the mean."""
    ### BEGIN SOLUTION
    _, owner = np.unique(patients, return_inverse=True)
    totals, films = np.bincount(owner, weights=values), np.bincount(owner)
    drawn = rng.integers(len(films), size=(n, len(films)))
    means = totals[drawn].sum(axis=1) / films[drawn].sum(axis=1)
    tail = (1 - level) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    return low, high
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "bootstrap_interval-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.bootstrap_interval(bootstrap_interval)
### BEGIN HIDDEN TESTS
check.bootstrap_interval(bootstrap_interval, seed=41690)
### END HIDDEN TESTS

# %% tags=["demo", "covers-10.5", "nbval-ignore-output"]
whose = patients_of(chest.test)
correct = ((opacity(augmented, test[0]) > 0.5) == test[1]).astype(float)
spans = {}
for name, owner in {"by film": np.arange(len(whose)), "by patient": whose}.items():
    low, high = bootstrap_interval(correct, owner, np.random.default_rng(0))
    spans[name] = high - low
    print(f"{name:11} {correct.mean():.1%} right, 95 % interval {low:.1%} to {high:.1%}")
finding(
    spans["by patient"] > 1.1 * spans["by film"],
    f"{len(whose)} films of {len(np.unique(whose))} patients: drawn by patient the interval is "
    f"{spans['by patient'] / spans['by film']:.2f} times as wide as drawn by film.",
    "here both intervals are about equally wide: each film counts as a patient of its own.",
)

# %% [markdown]
# ## What does each of them bring?
#
# The script `benchmarks/regularization.py` has measured it: the same network with none of them, with each
# one, and with all but mixup, for 50, 200 and 1,000 patients, with intervals over training draws and test
# patients.
#
# **Predict, then look.** For 50 patients, and then for 1,000: which one would you take, if you could have
# only one? Would you dare to say which one is *second*?

# %% tags=["covers-10.5"]
widgets.regularization.budget()

# %% [markdown]
# In a demonstration above you have run one row again: *augmentation* for 50 patients, with your own
# function, one draw, and thirty versions of each film instead of new ones in every step. The table (mean
# AUC, 95 % interval; phantoms three draws, real films two; 2026-11-29):
#
# | phantoms | 50 patients | 200 patients | 1,000 patients |
# |---|---|---|---|
# | none | 0.68 (0.62–0.73) | 0.84 (0.79–0.88) | 0.89 (0.84–0.93) |
# | weight decay | 0.68 (0.62–0.73) | 0.81 (0.74–0.87) | 0.89 (0.84–0.92) |
# | dropout | 0.67 (0.61–0.73) | 0.82 (0.77–0.87) | 0.89 (0.84–0.92) |
# | batch norm | 0.64 (0.59–0.70) | 0.79 (0.74–0.84) | 0.88 (0.80–0.93) |
# | early stopping | 0.56 (0.47–0.64) | 0.72 (0.60–0.82) | 0.87 (0.82–0.92) |
# | augmentation | 0.81 (0.74–0.87) | 0.83 (0.73–0.91) | 0.82 (0.77–0.88) |
# | label smoothing | 0.69 (0.64–0.74) | 0.84 (0.79–0.88) | 0.89 (0.85–0.93) |
# | mixup | 0.67 (0.62–0.72) | 0.83 (0.78–0.87) | 0.86 (0.82–0.91) |
# | all but mixup | 0.77 (0.72–0.81) | 0.81 (0.76–0.86) | 0.84 (0.79–0.89) |
#
# | PneumoniaMNIST | 50 patients | 200 patients | 1,000 patients |
# |---|---|---|---|
# | none | 0.91 (0.89–0.94) | 0.93 (0.90–0.95) | 0.92 (0.90–0.95) |
# | weight decay | 0.91 (0.88–0.93) | 0.92 (0.89–0.95) | 0.92 (0.90–0.95) |
# | dropout | 0.91 (0.89–0.94) | 0.93 (0.91–0.96) | 0.94 (0.91–0.96) |
# | batch norm | 0.93 (0.90–0.95) | 0.94 (0.91–0.96) | 0.94 (0.92–0.96) |
# | early stopping | 0.82 (0.73–0.91) | 0.93 (0.90–0.95) | 0.93 (0.90–0.95) |
# | augmentation | 0.92 (0.90–0.94) | 0.93 (0.91–0.96) | 0.94 (0.91–0.96) |
# | label smoothing | 0.91 (0.88–0.93) | 0.93 (0.90–0.95) | 0.93 (0.91–0.96) |
# | mixup | 0.89 (0.86–0.92) | 0.94 (0.91–0.96) | 0.93 (0.91–0.96) |
# | all but mixup | 0.94 (0.92–0.96) | 0.94 (0.92–0.96) | 0.95 (0.94–0.97) |
#
# How to read it.
#
# - With 50 patients, phantoms: only augmentation is clear of *none*, whose interval ends where its own
#   begins. Most of the others move nothing that the intervals could see.
# - With 1,000 patients, phantoms: nothing is clear of *none*, and augmentation has the lowest mean. All
#   networks take the same 250 steps; each film is seen a few times only. There is nothing to forget yet,
#   and harder films need more steps.
# - Real films are easier: *none* begins at an AUC of 0.91. All but mixup together have the highest mean at
#   each budget, and no interval is clear of *none*. Patients are not published here, so each film counts as
#   one, and the intervals are too narrow.
# - Early stopping is costly with few patients: it gives a fifth of them away for validation, and ten
#   patients are a bad judge.
# - Each regularizer has one strength, chosen once and not tuned. Where intervals overlap, the order of the
#   names is no result.
#
# **What it means in medicine.** There is no best regularizer, there is one that fits the data. The one
# that knows something about films (moved by a pixel it is the same film) helped most where films were
# few, and it is the only one here that can be *wrong* in a medical sense, too.

# %% [markdown]
# ## What you can do now
#
# - You can see overfitting, in a curve and in a pair of curves, and you know why the error on the patients
#   of the fit says nothing.
# - You wrote the regularizers that networks are trained with: penalty and decay, dropout, batch and group
#   norm, early stopping, augmentation, mixup, smoothing.
# - You know which of them change between training and evaluation, and what a new clinic does to them.
# - You split by patient, and you give intervals.
# - You do not mirror chests.
#
# Thirteen exercises, 48 points. Save this notebook, then see how far you got, here and in the other units:

# %% tags=["demo"]
from course_utils import progress

progress.show()

# %% [markdown]
# **Read on**
# - N. Srivastava and others, *Dropout: a simple way to prevent neural networks from overfitting*, Journal
#   of Machine Learning Research 15, 2014.
# - S. Ioffe and C. Szegedy, *Batch normalization*, 2015
#   ([arXiv:1502.03167](https://arxiv.org/abs/1502.03167)).
# - Y. Wu and K. He, *Group normalization*, 2018
#   ([arXiv:1803.08494](https://arxiv.org/abs/1803.08494)).
# - I. Loshchilov and F. Hutter, *Decoupled weight decay regularization*, 2017
#   ([arXiv:1711.05101](https://arxiv.org/abs/1711.05101)).
# - H. Zhang and others, *mixup: beyond empirical risk minimization*, 2017
#   ([arXiv:1710.09412](https://arxiv.org/abs/1710.09412)).
# - C. Zhang and others, *Understanding deep learning requires rethinking generalization*, 2016: networks
#   learn random labels by heart ([arXiv:1611.03530](https://arxiv.org/abs/1611.03530)).
# - J. Yang and others, *MedMNIST v2*, Scientific Data 2023: where the real images come from
#   ([doi:10.1038/s41597-022-01721-8](https://doi.org/10.1038/s41597-022-01721-8)).
