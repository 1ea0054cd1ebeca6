# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Perceptron
#
# **Unit 01 · about 120 minutes · runs in about 15 seconds with 0.9 GB of memory**
#
# **What you will be able to do**
# - say what an artificial neuron computes, and draw the line that it decides by;
# - train a perceptron, and say when it can never succeed;
# - choose an activation function and write it so that no number is too large for it;
# - write a small network in NumPy: forward, backward, and one gentle step downhill;
# - check any gradient with a tool of your own, and count what a network learns.
#
# **Before you start:** unit 00 (arrays, shapes, slopes), matrix products, the derivative of a function.
#
# The table of this unit is real: cells of 569 patients, which scikit-learn brings along. The chest
# images near the end are *phantoms*, drawn by a program, with no patient behind them.

# %%
import numpy as np
import torch
from matplotlib import pyplot as plt
from sklearn.datasets import load_breast_cancer

from course_utils import data, widgets
from course_utils.checks import perceptron as check
from course_utils.findings import finding

# Networks as small as ours are faster with one thread: several would wait for each other.
torch.set_num_threads(1)

# %% [markdown]
# ## Cells under a needle
#
# Mrs. Lindholm, 51, has felt a lump in her breast. A doctor takes some cells from it with a thin
# needle. Under the microscope a program measures the nuclei of the cells: how large they are, how
# rough their outline is. Is the lump malignant (cancer) or benign (harmless)? The answer decides
# whether she is operated on.
#
# In Wisconsin, 569 such samples were measured, one for each patient, and the truth became known
# later. In scikit-learn's copy of this table 0 means *malignant*. We recode it, so that **1 is the
# disease**: otherwise every "found" below would mean a healthy woman, and every "alarm" an ill one.

# %% tags=["demo"]
table = load_breast_cancer()
malignant = (table.target == 0).astype(float)
names = list(table.feature_names)
print(f"{len(malignant)} patients, {table.data.shape[1]} measurements each,", end=" ")
print(f"{malignant.sum():.0f} malignant ({malignant.mean():.0%})")

two = table.data[:, [names.index("worst radius"), names.index("worst texture")]]
figure, axis = plt.subplots(figsize=(6, 4))
for label, marker, colour in ((0, "o", "#0072b2"), (1, "x", "#c95500")):
    chosen = malignant == label
    axis.scatter(
        *two[chosen].T, marker=marker, c=colour, s=18, label=["benign", "malignant"][label]
    )
axis.set(xlabel="radius of the largest nuclei", ylabel="variation of gray (texture)")
axis.legend()
smallest, largest = two[malignant == 1, 0].min(), two[malignant == 0, 0].max()
widgets.figures.show(
    figure,
    "Each patient is a point: malignant samples have larger nuclei and more texture; between the "
    f"radii {smallest:.1f} and {largest:.1f} there are samples of both kinds.",
)

# %% [markdown] tags=["covers-1.1"]
# ### A neuron, and what is called one
#
# Your brain has about 86 billion neurons. Each collects signals from thousands of others, and
# sends signals on along its *axon*. That picture gave artificial neurons their name.
#
# But an artificial neuron is **not a model of the brain**. Real neurons send *spikes*, short
# pulses whose timing matters. They do not learn by sending errors backwards through the same
# fibres, and they need far fewer examples. What we call a neuron is a **non-linear projection of
# data**: it multiplies every measurement with a weight, adds them up, and bends the result.
#
# A short history. 1943: McCulloch and Pitts write down a neuron as a formula. 1958: Rosenblatt's
# *perceptron* learns its weights from examples. 1969: Minsky and Papert show what a single layer
# can never learn, and interest fades. 1986: Rumelhart, Hinton and Williams make *backpropagation*
# known, which trains several layers. 2012: a deep network wins the ImageNet contest by far. After
# that, medicine follows fast. A survey of 2017 (Litjens and others) counted over 300 articles on
# deep learning in medical images, most of them from the year before. And of all the articles that
# PubMed lists in a year, those on artificial intelligence were 300 in 1990 and 59,596 in 2021
# (Sardanelli and others, 2023).
#
# At a conference in Toronto in 2016 Geoffrey Hinton, one of the fathers of the field, said that
# people should *stop training radiologists now*: within five years, or perhaps ten, deep learning
# would do better. The years have passed, most countries have too few radiologists, and many of
# them work *with* networks. Keep this in mind whenever a forecast sounds certain, also when an
# expert makes it.

# %% [markdown]
# ## One neuron decides
#
# A **neuron** takes inputs $x_1 \dots x_D$ (here: a patient's measurements). It has a **weight**
# $w_d$ for each input and one **bias** $b$. It computes the weighted sum and passes it through its
# **activation** $f$:
#
# $$\text{output} = f(w_1 x_1 + \dots + w_D x_D + b)$$
#
# With two inputs the places where the sum is 0 form a **line**: on one side the neuron says
# *malignant*, on the other *benign*. The weights turn the line, the bias shifts it.
#
# How good is a line? Two shares describe it: **sensitivity** is the share of cancers that are found,
# **specificity** the share of healthy women who are left in peace.
#
# **Predict, then look.** A cancer that is called benign is *missed*. Move the bias up: does the
# neuron miss more cancers or fewer? And what is the price? Then move a weight.

# %% tags=["covers-1.2"]
widgets.perceptron.neuron()

# %% [markdown]
# ### What holds for all exercises
#
# - What is passed in stays as it is. Work on a copy where you need to change something.
# - The same call gives the same result, every time. A result stays what it was.
# - An array may be a *view*: a part of a larger one (`x[:, ::2]`) or its transpose. It behaves like any
#   other.
# - You may call your own functions from above. A result may have a NumPy type, such as
#   `np.float64` for a float or `np.int64` for an `int`.
# - "Not allowed here" lists what a task forbids. Everywhere forbidden are the course's own code
#   (`course_utils`) and what looks into Python itself: `exec`, `eval`, `compile`, `globals`,
#   `vars`, `importlib`, `inspect`, `gc`, `ctypes`, `sys.modules`.

# %% [markdown]
# ### Exercise: the neuron
#
# Write `neuron(x, w, b, activation)` in NumPy, for many patients at once.
#
# - `x`: inputs `(N, D)`, one row for each patient, at least one; `w`: weights `(D,)`; `b`: the
#   bias, a number. All are floats.
# - `activation`: a function. Give it the sum (an array of sums, or one sum at a time).
# - Returns one number for each patient: an array `(N,)` of floats.
# - Not allowed here: torch.
#
# By hand, for the two patients $(1, 2)$ and $(3, 0)$ with $w = (0.5, -1)$ and $b = 0.5$: the sums are
# $0.5\cdot1 - 1\cdot2 + 0.5 = -1$ and $0.5\cdot3 - 1\cdot0 + 0.5 = 2$. The step function (1 above
# 0, else 0) makes 0 and 1 of them.


# %% nbgrader={"grade": false, "grade_id": "neuron", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-1.2"]
def neuron(x, w, b, activation):
    """Return activation(weighted sum + bias) for every row of x."""
    ### BEGIN SOLUTION
    return activation(x @ w + b)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "neuron-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.neuron(neuron)
### BEGIN HIDDEN TESTS
check.neuron(neuron, seed=40127)
### END HIDDEN TESTS

# %% [markdown]
# Mrs. Lindholm's nuclei: a radius of 17.2, a texture of 29. First we *standardise*: subtract
# the mean, divide by the standard deviation, so that both measurements count alike.

# %% tags=["demo"]
mean, deviation = two.mean(axis=0), two.std(axis=0)
lindholm = (np.array([[17.2, 29.0]]) - mean) / deviation
weights, bias = np.array([1.0, 0.3]), 0.0
print("her standardised measurements:", lindholm.round(2)[0])
print("weighted sum:", neuron(lindholm, weights, bias, lambda total: total).round(2)[0])
answers = neuron((two - mean) / deviation, weights, bias, lambda total: (total > 0).astype(float))
missed = int(((answers == 0) & (malignant == 1)).sum())
alarms = int(((answers == 1) & (malignant == 0)).sum())
print(f"with these weights {missed} cancers are missed, and {alarms} healthy women are alarmed")

# %% [markdown]
# **What it means in medicine.** With these two measurements no line separates the groups. Each choice
# of the bias is a trade: a missed cancer against needless operations, sensitivity against specificity.
# Which mistake is worse, no number says. People do.

# %% [markdown]
# ## Learning from mistakes
#
# Nobody has to find the weights by hand. The **perceptron** of 1958 looks at one sample after the
# other. Its labels $y$ are $-1$ and $1$. It starts with $w = 0$ and $b = 0$. Where a sample lies
# on the wrong side of the line, or exactly on it, the line is moved:
#
# $$\text{if } y\,(w \cdot x + b) \le 0: \qquad w \leftarrow w + \eta\, y\, x, \qquad
# b \leftarrow b + \eta\, y$$
#
# $\eta$ is the **learning rate**. One pass over all samples is an **epoch**. If a line exists that
# separates the two classes (with more than two inputs: a plane), the rule finds one after finitely
# many mistakes. If none exists, it goes on for ever.
#
# **Predict, then look.** Two inputs, each 0 or 1. AND is 1 when both are 1, OR when at least one
# is 1, XOR when exactly one is 1. For which of the three does the perceptron stop making mistakes?

# %% tags=["covers-1.3"]
widgets.perceptron.perceptron_learning()

# %% [markdown]
# ### Exercise: the perceptron's learning rule
#
# Write `train_perceptron(X, y, epochs, lr=1.0)` in NumPy.
#
# - `X`: samples `(N, D)`, at least one; `y`: labels `(N,)`, each −1.0 or 1.0; `epochs`: passes over
#   all samples, at least 0; `lr`: the learning rate, positive. All but `epochs` are floats.
# - Start with zeros. Take the samples in their order, in every epoch. Update when
#   $y\,(w\cdot x + b) \le 0$: that is a mistake.
# - Returns `(w, b, mistakes)`: weights, a float array `(D,)`; the bias, a number; and a list with the
#   number of mistakes of each epoch, whole numbers. Do not stop early: the list has `epochs`
#   entries.
# - Not allowed here: sklearn.
#
# By hand: one sample $(2, 1)$ with label −1, two epochs, $\eta = 0.5$. The first sum is 0, a
# mistake: $w = 0.5\cdot(-1)\cdot(2, 1) = (-1, -0.5)$ and $b = -0.5$. The second sum is $-3$, no
# mistake. Result: `(array([-1. , -0.5]), -0.5, [1, 0])`.


# %% nbgrader={"grade": false, "grade_id": "train_perceptron", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-1.3"]
def train_perceptron(X, y, epochs, lr=1.0):
    """Return weights, bias and the number of mistakes in each epoch."""
    ### BEGIN SOLUTION
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        wrong = 0
        for sample, label in zip(X, y, strict=True):
            if label * (sample @ w + b) <= 0:
                w = w + lr * label * sample
                b = b + lr * label
                wrong += 1
        mistakes.append(wrong)
    return w, b, mistakes
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "train_perceptron-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check.train_perceptron(train_perceptron)
### BEGIN HIDDEN TESTS
check.train_perceptron(train_perceptron, seed=81353)
### END HIDDEN TESTS

# %% tags=["demo", "covers-1.3"]
corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
problems = {"AND": [-1, -1, -1, 1], "OR": [-1, 1, 1, 1], "XOR": [-1, 1, 1, -1]}
for problem, labels in problems.items():
    w, b, mistakes = train_perceptron(corners, np.array(labels, dtype=float), epochs=12)
    print(f"{problem:3}: mistakes in each epoch {mistakes}")

# %% [markdown]
# AND and OR converge, XOR never does: no line has $(0,1)$ and $(1,0)$ on one side and $(0,0)$ and
# $(1,1)$ on the other.
#
# Now the patients, with all 30 measurements. Is there a plane that separates them? That question has
# an answer without any training: a *linear programme* looks for weights and a bias with
# $y\,(w \cdot x + b) \ge 1$ for every patient, and says whether there are any. From such a plane also
# follows a limit: the rule makes at most $R^2 \lVert (w, b) \rVert^2$ mistakes, where $R$ is the length
# of the longest sample, with a 1 for the bias (Novikoff, 1962).
#
# **Predict, then look.** Will 300 epochs be enough?

# %% tags=["demo", "covers-1.3"]
from scipy.optimize import linprog

standard = (table.data - table.data.mean(axis=0)) / table.data.std(axis=0)
y = 2 * malignant - 1
w, b, mistakes = train_perceptron(standard, y, epochs=300)
print("mistakes among 569 patients, every thirtieth epoch:", mistakes[::30])

extended = np.column_stack([standard, np.ones(len(y))])
plane = {
    "30 measurements": linprog(
        np.zeros(31), A_ub=-y[:, None] * extended, b_ub=-np.ones(len(y)), bounds=(None, None)
    ),
    "radius and texture": linprog(
        np.zeros(3),
        A_ub=-y[:, None] * np.column_stack([(two - mean) / deviation, np.ones(len(y))]),
        b_ub=-np.ones(len(y)),
        bounds=(None, None),
    ),
}
for inputs, answer in plane.items():
    print(f"{inputs}: is there a plane that separates all patients?", answer.success)
limit = (extended**2).sum(axis=1).max() * (plane["30 measurements"].x ** 2).sum()
finding(
    plane["30 measurements"].success and mistakes[-1] > 0,
    "a plane through the 30 measurements separates all patients, so the mistakes must end. Yet there "
    f"are still {mistakes[-1]} in epoch {len(mistakes)}, after {sum(mistakes):,} in all; the theorem "
    f"promises an end after at most {limit / 1e6:,.0f} million of them. **Finite is not fast.**",
    f"in epoch {len(mistakes)} there were {mistakes[-1]} mistakes; a plane that separates all patients "
    f"{'exists' if plane['30 measurements'].success else 'does not exist'}.",
)

# %% [markdown]
# A plane that separates these 569 says little about the next patient: with 31 free numbers one can
# fit a lot. And a theorem that says "it will end" does not say when.
#
# **What it means in medicine.** "One of the two findings alone is harmless, both together are not"
# is AND. But "a hormone that is too low *or* too high is a disease" is like XOR: one line cannot
# say it. We need more than one neuron, and something between them that is not a line.

# %% [markdown]
# ## What bends the line: activations
#
# The activation $f$ is applied to the sum of each neuron. The usual ones:
#
# | name | $f(x)$ |
# |---|---|
# | linear | $x$ |
# | sigmoid | $\sigma(x) = 1 / (1 + e^{-x})$ |
# | ReLU | $\max(x, 0)$ |
# | ELU | $x$ where $x > 0$, else $\alpha\,(e^x - 1)$ |
# | softplus | $\ln(1 + e^x)$ |
# | swish | $x\,\sigma(x)$ |
# | softmax | $e^{x_i} / \sum_j e^{x_j}$ |
#
# All but the last take one number and give one number. **Softmax** takes all scores of one patient
# together and makes shares of them that sum to 1. Unit 02 needs it, where one of many classes wins.
#
# Five properties were once thought desirable:
#
# | | linear | sigmoid | ReLU | ELU ($\alpha = 1$) | softplus | swish | softmax |
# |---|---|---|---|---|---|---|---|
# | cheap | yes | yes | yes | yes | yes | yes | yes |
# | non-linear | **no** | yes | yes | yes | yes | yes | yes |
# | differentiable | yes | yes | **no** (at 0) | yes | yes | yes | yes |
# | monotonic | yes | yes | yes | yes | yes | **no** | yes |
# | bounded | **no** | yes | **no** | **no** | **no** | **no** | yes |
#
# *Cheap* means a few operations for each neuron, next to the many products of its sum (ReLU needs
# no exponential and is the cheapest). *Monotonic* for softmax: a share grows with its own score.
#
# **Predict, then look.** The sigmoid has all five, ReLU fails two. Yet ReLU won. Step along each
# curve and watch its **slope** far from 0: what will a network of ten layers make of it?

# %% tags=["covers-1.4"]
widgets.perceptron.activations()

# %% [markdown] tags=["covers-1.4"]
# ### Why ReLU won
#
# To train a network one multiplies along each path from its end to its beginning: the slope of an
# activation, a weight, the next slope, the next weight (below you will write this). The sigmoid's
# slope is never more than $1/4$, and almost 0 where it is *saturated*: unless the weights are large,
# the product **vanishes**, and early layers learn nothing. ReLU's slope is exactly 1 for every active
# neuron, however deep the network is, so that only the weights count; how to choose them is measured
# below (*The first weights*). And where the sum is negative ReLU gives exactly 0: only a part of the
# neurons is active for one patient. That is **sparsity**; it saves work, and often separates the
# cases better. Being bounded, which seemed desirable, is just what saturates. The missing slope at
# the single point 0 does no harm: one takes 0 or 1 there.
#
# ReLU has a fault of its own. A neuron whose sum is negative for **every** patient always gives 0, and
# its slope is always 0: nothing can teach it any more. It is a **dead ReLU**; you will meet some below.
#
# ### Numbers that are too large
#
# The formulas of the table are right on paper. A computer's numbers end at about $10^{308}$:

# %% tags=["demo", "covers-1.4"]
with np.errstate(over="ignore", invalid="ignore"):
    large = np.exp(np.array([1.0, 100.0, 710.0]))
    print("powers of e for 1, 100 and 710:", large)
    print("a share of two large scores   :", large[2] / (large[2] + large[2]), "(it should be 0.5)")
print("powers of e for -1, -100, -1000:", np.exp(np.array([-1.0, -100.0, -1000.0])))

# %% [markdown]
# ### Exercise: six activations
#
# Write six functions in NumPy: `sigmoid(x)`, `relu(x)`, `elu(x, alpha=1.0)`, `softplus(x)`,
# `swish(x)` and `softmax(x, axis=-1)`. Each is judged on its own.
#
# - `x`: a float array with one axis or more, not empty; `alpha`: a positive number; `axis`: along
#   which softmax sums to 1.
# - Returns a **new** array of the same shape, never `x` itself. Keep the precision: for a float64
#   array compute in float64.
# - Write the plain formulas of the table first, and run the check: the worked examples pass. Then make
#   them right for numbers as large as ±1000, and **silent**: no overflow warning. Find forms that only
#   take exponentials of numbers $\le 0$. Softmax does not change when the same number is subtracted
#   from all scores.
# - Near 0 small errors do not matter: the error is judged as it is, not relative to the value.
# - Not allowed here: torch, scipy, sklearn.
#
# By hand, for $-2, 0, 2$ (rounded): sigmoid 0.1192, 0.5, 0.8808; ReLU 0, 0, 2; ELU −0.8647, 0, 2;
# softplus 0.1269, 0.6931, 2.1269; swish −0.2384, 0, 1.7616; softmax 0.0159, 0.1173, 0.8668.


# %% nbgrader={"grade": false, "grade_id": "activations", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-1.4"]
def sigmoid(x):
    """Return 1 / (1 + exp(−x))."""
    ### BEGIN SOLUTION
    return (1 + np.tanh(x / 2)) / 2
    ### END SOLUTION


def relu(x):
    """Return x where it is positive, else 0."""
    ### BEGIN SOLUTION
    return np.maximum(x, 0)
    ### END SOLUTION


def elu(x, alpha=1.0):
    """Return x where it is positive, else alpha (exp(x) − 1)."""
    ### BEGIN SOLUTION
    return np.maximum(x, 0) + alpha * np.expm1(np.minimum(x, 0))
    ### END SOLUTION


def softplus(x):
    """Return ln(1 + exp(x))."""
    ### BEGIN SOLUTION
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))
    ### END SOLUTION


def swish(x):
    """Return x times its sigmoid."""
    ### BEGIN SOLUTION
    return x * sigmoid(x)
    ### END SOLUTION


def softmax(x, axis=-1):
    """Return shares that sum to 1 along an axis."""
    ### BEGIN SOLUTION
    powers = np.exp(x - x.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "activations-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
check.activations(sigmoid, relu, elu, softplus, swish, softmax)
### BEGIN HIDDEN TESTS
check.activations(sigmoid, relu, elu, softplus, swish, softmax, seed=62989)
### END HIDDEN TESTS

# %% [markdown]
# **Predict, then look.** Put ten neurons in a row, each fed by the one before it, and multiply their
# ten slopes (we leave the weights out). How large is the largest product that ten sigmoids can give?
# And with random sums?

# %% tags=["demo", "covers-1.4"]
generator = np.random.default_rng(0)
sums = generator.normal(size=(2000, 10))  # 2000 rows of ten neurons
slopes = {"sigmoid": sigmoid(sums) * (1 - sigmoid(sums)), "ReLU": (sums > 0).astype(float)}
print(f"ten sigmoids at their steepest: {0.25**10:.1e}")
for name, slope in slopes.items():
    product = slope.prod(axis=1)
    print(f"{name:7}: largest product of ten slopes {product.max():.1e},", end=" ")
    print(f"mean of the products {product.mean():.1e}")
print(f"share of neurons that ReLU switches off: {(relu(sums) == 0).mean():.0%}", end="; ")
print(f"share with sigmoid: {(sigmoid(sums) == 0).mean():.0%}")
still_open = (slopes["ReLU"].prod(axis=1) == 1).mean()
finding(
    0 < still_open < 0.01,
    f"{still_open:.2%} of the rows of ten ReLUs stay open. But an open one hands the slope on "
    "undiminished, and there are very many paths through a real network.",
    f"{still_open:.2%} of the rows of ten ReLUs stay open; expected about one in a thousand.",
)

# %% [markdown]
# ## Layers
#
# Several neurons that look at the same inputs form a **layer**. Their weights stand side by side
# in a matrix. The next layer takes the first one's outputs as its inputs. Nothing flows back: this
# is a **feed-forward** network, or *multi-layer perceptron* (MLP). A layer between input and
# output is called **hidden**. Sending a patient's data through it is the **forward pass**; a
# trained network that is in use does nothing else (*inference*).
#
# $$h = \text{ReLU}(x W_1 + b_1), \qquad \text{output} = h W_2 + b_2$$
#
# Without the ReLU two layers would be one: $(x W_1) W_2 = x (W_1 W_2)$ is again a single matrix.
#
# **Predict, then look.** Two inputs, 0 and 2. Compute by hand what the network below answers, then
# step through its first four frames (the way back comes later in this unit). Now choose inputs for
# which a hidden neuron is switched off.

# %% tags=["covers-1.5"]
widgets.perceptron.backprop(x1=0, x2=2, y=1)

# %% [markdown]
# ### Exercise: the forward pass
#
# Write `mlp_forward(x, params)` in NumPy.
#
# - `x`: inputs `(N, D)`, at least one row; `params`: a dict with `"W1"` `(D, H)`, `"b1"` `(H,)`,
#   `"W2"` `(H, K)` and `"b2"` `(K,)`, all float arrays.
# - Hidden layer with ReLU, output layer linear. Returns the outputs, a float array `(N, K)`, also
#   where $K = 1$.
# - The dict stays as it is, too. Not allowed here: torch.
#
# By hand: `W1 = [[1, -1], [2, 1]]`, `b1 = [0, -1]`, `W2 = [[1], [-3]]`, `b2 = [0.5]`. For the
# patient $(1, 1)$ the hidden sums are $3$ and $-1$, after ReLU $3$ and $0$; the output is
# $3\cdot1 + 0\cdot(-3) + 0.5 = 3.5$. For the patient $(0, 2)$ they are $4$ and $1$, and the output
# is $4\cdot1 + 1\cdot(-3) + 0.5 = 1.5$.


# %% nbgrader={"grade": false, "grade_id": "mlp_forward", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-1.5"]
def mlp_forward(x, params):
    """Return the outputs (N, K) of a network with one hidden layer of ReLUs."""
    ### BEGIN SOLUTION
    hidden = np.maximum(x @ params["W1"] + params["b1"], 0)
    return hidden @ params["W2"] + params["b2"]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "mlp_forward-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.mlp_forward(mlp_forward)
### BEGIN HIDDEN TESTS
check.mlp_forward(mlp_forward, seed=35771)
### END HIDDEN TESTS

# %% [markdown]
# Two hidden neurons are enough for XOR. These weights were found by thinking, not by learning:

# %% tags=["demo", "covers-1.5"]
xor = {
    "W1": np.array([[1.0, 1.0], [1.0, 1.0]]),
    "b1": np.array([0.0, -1.0]),
    "W2": np.array([[1.0], [-2.0]]),
    "b2": np.array([0.0]),
}
for corner, output in zip(corners, mlp_forward(corners, xor), strict=True):
    print(corner, "->", output[0])

# %% [markdown]
# ## How much can a network learn?
#
# Each weight and each bias is a number that training may choose: a **parameter**, a *degree of
# freedom*. A layer with $n$ inputs and $m$ neurons has $n \cdot m$ weights and $m$ biases. (The
# picture below takes up an idea of [TensorFlow Playground](https://playground.tensorflow.org) and
# [ConvNetJS](https://cs.stanford.edu/people/karpathy/convnetjs/), two well-known pages on the web.)
#
# **Predict, then look.** Three networks see the same points: 2 inputs, 1 output, and 3, 6 or 20
# hidden neurons. Write down how many parameters each has. Which one can draw a closed curve? And
# which one begins to draw islands around single points? Some labels are wrong, as in every
# hospital. Play the training back, and compare the points it learns from with new points.

# %% tags=["covers-1.7", "nbval-ignore-output"]
widgets.perceptron.degrees_of_freedom()

# %% [markdown]
# ### Exercise: count the parameters
#
# Write `count_parameters(layer_sizes)`.
#
# - `layer_sizes`: a list with the number of inputs first, then the number of neurons of each
#   layer; at least one number.
# - Returns the number of weights and biases of all fully connected layers, an `int`. Inputs have no
#   parameters: for a list of one number it is 0.
# - Not allowed here: torch.
#
# By hand: `[5, 3, 2]` gives $(5\cdot3 + 3) + (3\cdot2 + 2) = 26$.


# %% nbgrader={"grade": false, "grade_id": "count_parameters", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-1.7"]
def count_parameters(layer_sizes):
    """Return the number of weights and biases of a feed-forward network."""
    ### BEGIN SOLUTION
    total, inputs = 0, layer_sizes[0]
    for neurons in layer_sizes[1:]:
        total += (inputs + 1) * neurons
        inputs = neurons
    return total
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "count_parameters-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.count_parameters(count_parameters)
### BEGIN HIDDEN TESTS
check.count_parameters(count_parameters, seed=94403)
### END HIDDEN TESTS

# %% tags=["demo", "covers-1.7"]
for hidden in (3, 6, 20):
    print(f"2 inputs, {hidden:2} hidden neurons, 1 output: {count_parameters([2, hidden, 1])}")
print("30 measurements, 8 hidden neurons, 1 output:", count_parameters([30, 8, 1]))
print("an image of 28 × 28, 64 hidden neurons, 1 output:", count_parameters([28 * 28, 64, 1]))

# %% [markdown]
# With 3 neurons the network is too stiff for these points. With 20 it gets the most of its own
# points right, also some that have a wrong label, and does worse than 6 on new points: it
# *overfits*. We chose seeds that show this well; other seeds make it weaker or turn it round. Try
# some.
#
# **What it means in medicine.** With 100 patients and 50,000 parameters a network can learn every
# patient by heart, and say nothing about the next one. Always ask: how many patients, how many
# parameters, and what came out on patients that it has never seen?

# %% [markdown]
# ## Which way is down?
#
# The **error** says how wrong a network is. Here: the mean of the squared differences between
# output and truth, over all $N \cdot K$ entries,
#
# $$E = \frac{1}{N K} \sum_{n, k} (\text{output}_{nk} - y_{nk})^2 .$$
#
# To make it smaller, ask of every parameter: if it grows a little, does $E$ grow or fall, and how
# fast? That number is the **slope**; all slopes together are the **gradient**. One can simply
# measure it: move one entry a little up, a little down, and look at the difference.
#
# $$\frac{\partial f}{\partial x_i} \approx
# \frac{f(x + \varepsilon e_i) - f(x - \varepsilon e_i)}{2 \varepsilon}$$
#
# ($e_i$ is 1 at entry $i$ and 0 elsewhere.) This is slow: two forward passes for each parameter.
# But it needs no thinking, and so it is the best judge of gradients that were computed cleverly.
# You will reuse this tool in later units.

# %% [markdown]
# ### Exercise: a gradient by measuring
#
# Write `numerical_gradient(f, x, eps=1e-5)` in NumPy.
#
# - `f`: a function that takes an array shaped like `x` and returns a number; `x`: a float array with
#   one axis or more, not empty; `eps`: the step.
# - Returns the gradient by central differences: a float64 array shaped like `x`. Compute in
#   float64, also where `x` is float32.
# - Afterwards `x` is what it was, bit by bit. (`x[i] += eps` and then `x[i] -= eps` is not enough:
#   rounding leaves a trace. Work on a copy.)
# - Not allowed here: scipy.
#
# By hand: for $f(x) = x_1^2 + x_2^2$ at $(1, -3)$ the gradient is $(2, -6)$.


# %% nbgrader={"grade": false, "grade_id": "numerical_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-1.6"]
def numerical_gradient(f, x, eps=1e-5):
    """Return the gradient of f at x by central differences."""
    ### BEGIN SOLUTION
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = eps
        gradient[index] = (f(x + step) - f(x - step)) / (2 * eps)
    return gradient
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "numerical_gradient-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.numerical_gradient(numerical_gradient)
### BEGIN HIDDEN TESTS
check.numerical_gradient(numerical_gradient, seed=57731)
### END HIDDEN TESTS

# %% [markdown]
# ## Backpropagation
#
# The clever way needs one pass forward and one backward. It is the chain rule, read from the end:
# how fast does the error change with the output? With the hidden values? With their sums? With the
# weights? Each answer is the one before it, times one more slope. What arrives at a ReLU that was
# switched off stops there: its slope is 0.
#
# For many patients at once the numbers stand in matrices. Forward from left to right, back from right
# to left, and a gradient always has the shape of the thing it belongs to:
#
# | | inputs | hidden sums | hidden values | outputs | error |
# |---|---|---|---|---|---|
# | forward | $x$ | $x W_1 + b_1$ | ReLU of the sums | $h W_2 + b_2$ | $E$ |
# | shape | $(N, D)$ | $(N, H)$ | $(N, H)$ | $(N, K)$ | a number |
# | gradient, same shape | not needed | $\partial E / \partial \text{sums}$ | $\partial E / \partial h$ | $\partial E / \partial \text{output}$ | 1 |
#
# $W_2$ has the shape $(H, K)$, and it acts on every patient. So its gradient sums over the patients: of
# the two matrices $(N, H)$ and $(N, K)$ only one product has the shape $(H, K)$. When you do not know
# which matrix to transpose, ask the shapes. Then check with `numerical_gradient`.
#
# **Predict, then look.** A network with two inputs, two hidden neurons and one output says 3.5,
# the truth is 2. Which weights must fall? Which ones get no blame at all? Step through: forward,
# the error, backward, a gentle update, and forward again.

# %% tags=["covers-1.6"]
widgets.perceptron.backprop()

# %% [markdown]
# ### Exercise: the backward pass
#
# Write `mlp_backward(x, y, params)` in NumPy: the gradient of the error of `mlp_forward`.
#
# - `x`: inputs `(N, D)`, at least one row; `y`: truths `(N, K)`; `params`: as in `mlp_forward`. All
#   are float arrays.
# - The error is the mean of the squared differences over **all** $N \cdot K$ entries.
# - Returns a dict with the keys `"W1"`, `"b1"`, `"W2"`, `"b2"`; each gradient has the shape of its
#   parameter.
# - Where a hidden sum is exactly 0 ReLU has no slope; the tests never go there.
# - Not allowed here: torch, scipy.
#
# By hand, with the network from above, $x = (1, 1)$ and $y = 2$: the output is 3.5, so $\partial E
# / \partial \text{output} = 2\,(3.5 - 2) = 3$. `b2` gets 3, `W2` gets $3\cdot3 = 9$ and $0\cdot3 =
# 0$. To the first hidden neuron goes back $3 \cdot 1 = 3$, to the second nothing (it is off): `b1`
# gets $(3, 0)$ and `W1` gets `[[3, 0], [3, 0]]`.


# %% nbgrader={"grade": false, "grade_id": "mlp_backward", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-1.6"]
def mlp_backward(x, y, params):
    """Return the gradient of the mean squared error for every parameter."""
    ### BEGIN SOLUTION
    sums = x @ params["W1"] + params["b1"]
    hidden = np.maximum(sums, 0)
    d_output = 2 * (hidden @ params["W2"] + params["b2"] - y) / y.size
    d_sums = (d_output @ params["W2"].T) * (sums > 0)
    return {
        "W1": x.T @ d_sums,
        "b1": d_sums.sum(axis=0),
        "W2": hidden.T @ d_output,
        "b2": d_output.sum(axis=0),
    }
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "mlp_backward-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
check.mlp_backward(mlp_backward)
### BEGIN HIDDEN TESTS
check.mlp_backward(mlp_backward, seed=23671)
### END HIDDEN TESTS

# %% [markdown]
# Do the clever gradient and the measured one agree? The habit of this check will save you days.

# %% tags=["demo", "covers-1.6"]
small = {
    "W1": np.array([[1.0, -1.0], [2.0, 1.0]]),
    "b1": np.array([0.0, -1.0]),
    "W2": np.array([[1.0], [-3.0]]),
    "b2": np.array([0.5]),
}
patient, truth = np.array([[1.0, 1.0]]), np.array([[2.0]])


def error(params):
    """Mean squared error of the network with these parameters."""
    return ((mlp_forward(patient, params) - truth) ** 2).mean()


gradients = mlp_backward(patient, truth, small)
for name, value in small.items():
    measured = numerical_gradient(lambda moved, name=name: error(small | {name: moved}), value)
    gap = abs(measured - gradients[name]).max()
    print(f"{name}: {gradients[name].tolist()}, measured the same: {bool(gap < 1e-6)}")

# %% [markdown]
# ### Exercise: one gentle step
#
# Write `gradient_step(params, grads, lr)`.
#
# - `params`: a dict of float arrays, with any names; `grads`: a dict with the same names and shapes,
#   perhaps in another order; `lr`: the learning rate, a number, 0 or more.
# - Returns a **new** dict with **new** arrays: each parameter moved by `lr` times its gradient,
#   downhill. The old dict and its arrays stay as they are.
# - Not allowed here: torch.
#
# By hand: `{"w": [1, -2], "b": [0.5]}`, the gradients `{"w": [4, 2], "b": [-1]}` and `lr` $= 0.25$
# give `{"w": [0, -2.5], "b": [0.75]}` (all of them arrays).


# %% nbgrader={"grade": false, "grade_id": "gradient_step", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-1.6"]
def gradient_step(params, grads, lr):
    """Return the parameters after one step of gradient descent."""
    ### BEGIN SOLUTION
    return {name: value - lr * grads[name] for name, value in params.items()}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "gradient_step-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.gradient_step(gradient_step)
### BEGIN HIDDEN TESTS
check.gradient_step(gradient_step, seed=18713)
### END HIDDEN TESTS

# %% [markdown]
# One gentle step: next time the prediction is closer. With a step that is too long it is not:

# %% tags=["demo", "covers-1.6"]
print(f"before           : prediction {mlp_forward(patient, small)[0, 0]:.4f}, truth 2,", end=" ")
print(f"error {error(small):.4f}")
for lr in (0.01, 0.1):
    moved = gradient_step(small, gradients, lr)
    print(
        f"after one, lr={lr:<4}: prediction {mlp_forward(patient, moved)[0, 0]:.4f}, truth 2,",
        end=" ",
    )
    print(f"error {error(moved):.4f}")

# %% [markdown]
# ### A network for Mrs. Lindholm
#
# Everything together: forward, backward, a step, many times. We hide a quarter of the patients, the
# **test** patients, and look at them once, at the very end. Each row of the table is another patient,
# so no patient is on two sides. The mean and the deviation for standardising come from the training
# patients alone.
#
# From which output on shall we say *malignant*? A missed cancer is worse than a needless second look,
# so we want to find 95 of 100. Which **threshold** does that? Not the test patients may tell us, or
# they would no longer be new: 107 others, the **validation** patients, choose it.

# %% tags=["demo", "covers-1.6"]
order = generator.permutation(len(malignant))
held_out, validation, seen = order[:142], order[142:249], order[249:]
center, spread = table.data[seen].mean(axis=0), table.data[seen].std(axis=0)
inputs = (table.data - center) / spread
targets = malignant[:, None]
net = {
    "W1": generator.normal(size=(30, 8)) / np.sqrt(30),
    "b1": np.zeros(8),
    "W2": generator.normal(size=(8, 1)) / np.sqrt(8),
    "b2": np.zeros(1),
}
for epoch in range(301):
    if epoch % 100 == 0:
        wrong = ((mlp_forward(inputs[validation], net) - targets[validation]) ** 2).mean()
        print(f"epoch {epoch:3}: error on the validation patients {wrong:.3f}")
    net = gradient_step(net, mlp_backward(inputs[seen], targets[seen], net), lr=0.05)


def interval(hits, total):
    """95 % interval of a share (Wilson 1927)."""
    share, z = hits / total, 1.96
    middle = (share + z**2 / (2 * total)) / (1 + z**2 / total)
    half = z * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2)) / (1 + z**2 / total)
    return f"{share:.3f} (95 % interval {middle - half:.3f} to {middle + half:.3f})"


outputs = mlp_forward(inputs[validation], net)[:, 0]
threshold = np.quantile(outputs[malignant[validation] == 1], 0.05)
print(f"threshold that 95 % of the ill validation patients exceed: {threshold:.2f}")

outputs = mlp_forward(inputs[held_out], net)[:, 0]
says = outputs > threshold
ill = malignant[held_out] == 1
print("sensitivity", interval((says & ill).sum(), ill.sum()))
print("specificity", interval((~says & ~ill).sum(), (~ill).sum()))
likest = abs((two[held_out] - [17.2, 29.0]) / deviation).sum(axis=1).argmin()
print(f"the test patient most like Mrs. Lindholm: output {outputs[likest]:.2f},", end=" ")
print("truly", "malignant" if ill[likest] else "benign")

# %% [markdown]
# **What it means in medicine.** We asked for 95 of 100 and see another share on the test patients: the
# threshold came from a few dozen cancers. A **95 % interval** says which true shares fit to what was
# counted, and these are wide: 142 patients cannot tell 95 from 99 percent. The samples come from one
# hospital in the early 1990s, and more than a third of them are malignant. This share of the ill
# among those who are examined is the **prevalence**. In a screening programme perhaps one woman in two
# hundred has cancer; with the same sensitivity and specificity most alarms would be false. A number
# without its interval, its place and its prevalence says little.

# %% tags=["demo"]
sensitivity, specificity = (says & ill).sum() / ill.sum(), (~says & ~ill).sum() / (~ill).sum()
for prevalence in (0.37, 0.005):
    right, false = sensitivity * prevalence, (1 - specificity) * (1 - prevalence)
    print(
        f"prevalence {prevalence:.1%}: of 100 alarms {100 * right / (right + false):.0f} are right"
    )

# %% [markdown]
# ### The first weights
#
# Training needs weights to begin with. Zeros do not work: all neurons of a layer would compute the
# same, get the same gradient, and stay the same for ever. So one draws them at random. How large?
#
# A neuron adds up $n$ products. If its weights have the standard deviation $c/\sqrt n$, its sum has
# about $c$ times the deviation of its inputs, whatever $n$ is. ReLU throws half of that away (in the
# mean of the squares), so $c = \sqrt 2$ keeps the size from layer to layer (He and others, 2015).
#
# **Predict, then look.** Ten layers of 100 neurons. What comes out at the end with $c = 0.5$, and with
# $c = 4$? And how much of a gradient is left when it has come back to the first layer?

# %% tags=["demo", "covers-1.4"]
activations = {
    "sigmoid": (sigmoid, lambda sums: sigmoid(sums) * (1 - sigmoid(sums))),
    "ReLU": (relu, lambda sums: (sums > 0).astype(float)),
}


def through_ten_layers(name, c):
    """Deviation of the last layer's values, and what is left of a gradient at the first layer."""
    activation, slope = activations[name]
    values, way = generator.normal(size=(200, 100)), []
    for _ in range(10):
        layer = generator.normal(size=(100, 100)) * c / np.sqrt(100)
        way.append((slope(values @ layer), layer))
        values = activation(values @ layer)
    left = generator.normal(size=values.shape)
    start = np.linalg.norm(left)
    for slopes_here, layer in way[::-1]:
        left = np.einsum("ij,kj->ik", left * slopes_here, layer)
    return values.std(), np.linalg.norm(left) / start


left_over = {}
for name in activations:
    for c in (0.5, np.sqrt(2), 4.0):
        deviation_10, left_over[name, c] = through_ten_layers(name, c)
        print(f"{name:7} c = {c:.2f}: values of layer 10 vary by {deviation_10:8.1e},", end=" ")
        print(f"gradient at layer 1: {left_over[name, c]:8.1e} of what was sent back")
best = left_over["ReLU", np.sqrt(2)]
finding(
    0.1 < best < 10 and all(left_over["sigmoid", c] < 0.05 for c in (0.5, np.sqrt(2), 4.0)),
    f"with $c = \\sqrt 2$ ten ReLU layers hand back {best:.2f} of a gradient; smaller weights let it "
    "vanish, larger ones let it explode. Sigmoids lose it with all three.",
    f"with $c = \\sqrt 2$ ten ReLU layers hand back {best:.2g} of a gradient.",
)

# %% [markdown]
# **Dead ReLUs.** Why did we standardise the measurements? The cells' raw areas are in the hundreds, and
# all are positive. Then the sign of a few weights decides the sum of *every* patient.

# %% tags=["demo", "covers-1.4"]
weights, dead = generator.normal(size=(30, 200)) / np.sqrt(30), {}
for name, measurements in {"raw": table.data, "standardised": standard}.items():
    dead[name] = (relu(measurements @ weights) == 0).all(axis=0).mean()
    print(f"{name:12}: {dead[name]:.0%} of 200 new neurons give 0 for all 569 patients")
finding(
    dead["raw"] > 0.2 and dead["standardised"] == 0,
    f"on raw measurements {dead['raw']:.0%} of the neurons are dead before the first step; on "
    "standardised ones none is.",
    f"{dead['raw']:.0%} of the neurons are dead on raw, {dead['standardised']:.0%} on standardised "
    "measurements.",
)

# %% [markdown]
# ## Features by hand, features by learning
#
# In **manual machine learning** an expert designs *features*: numbers that should matter. A simple
# model then weighs them. The nuclei's radius is such a feature. In **deep learning** the network
# gets the pixels and learns its features itself.
#
# **Predict, then look.** Chest images, with and without an opacity (a white shadow). By hand we
# measure brightness, contrast, how bright the lungs are, how different left and right are, and how
# spotted they are. Will five good ideas beat 784 raw pixels? Two things could make the difference, the
# features and the model. So that we can tell, both models get both: logistic regression (a single
# neuron with a sigmoid) and a network with one hidden layer, on the five features and on the pixels.
#
# **AUC** is the chance that an ill patient gets a higher score than a healthy one: 0.5 is guessing, 1 is
# perfect. Its interval comes from the **bootstrap**: we draw the test images again, 200 times, each
# time as many as there are, some twice and some not at all, and see how the AUC varies. Two models are
# compared **in pairs**: on the same draws, by their difference.

# %% tags=["demo", "covers-1.8", "nbval-ignore-output"]
from scipy import ndimage
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

chest = data.load("pneumoniamnist")
print(chest)


def by_hand(images):
    """Five features of each image, (N, 5)."""
    x = images / 255
    lungs = x[:, 5:22, 4:24]
    near, far = (ndimage.gaussian_filter(x, (0, width, width)) for width in (1.5, 4))
    asymmetry = abs(near - near[:, :, ::-1])[:, 5:22, 4:13]
    features = (
        x.mean(axis=(1, 2)),
        x.std(axis=(1, 2)),
        lungs.mean(axis=(1, 2)),
        asymmetry.max(axis=(1, 2)),
        (near - far)[:, 5:22, 4:24].std(axis=(1, 2)),
    )
    return np.stack(features, axis=1)


def pixels(images):
    """All gray values, (N, 784)."""
    return images.reshape(len(images), -1) / 255


models = {
    "logistic regression": lambda: LogisticRegression(C=0.01, max_iter=500),
    "one hidden layer": lambda: MLPClassifier(
        (64,), alpha=1.0, tol=0.02, n_iter_no_change=2, random_state=0
    ),
}
draws = np.random.default_rng(1).integers(0, len(chest.test.labels), (200, len(chest.test.labels)))
areas = {}
for inputs, features in {"five features": by_hand, "pixels": pixels}.items():
    train, test = features(chest.train.images), features(chest.test.images)
    center, spread = train.mean(axis=0), train.std(axis=0) + 0.01
    for name, make in models.items():
        with threadpool_limits(1):  # one thread here, too: it is NumPy that multiplies
            model = make().fit((train - center) / spread, chest.train.labels)
        scores = model.predict_proba((test - center) / spread)[:, 1]
        redrawn = [roc_auc_score(chest.test.labels[draw], scores[draw]) for draw in draws]
        areas[inputs, name] = np.array([roc_auc_score(chest.test.labels, scores), *redrawn])
        low, high = np.quantile(redrawn, [0.025, 0.975])
        print(f"{inputs:13}, {name:19}: AUC {areas[inputs, name][0]:.2f}", end=" ")
        print(f"(95 % interval {low:.2f} to {high:.2f})")

# %% tags=["demo", "nbval-ignore-output"]
leads = {
    "the network, on pixels instead of the five features": (
        areas["pixels", "one hidden layer"] - areas["five features", "one hidden layer"]
    ),
    "on pixels, the network instead of logistic regression": (
        areas["pixels", "one hidden layer"] - areas["pixels", "logistic regression"]
    ),
    "on the five features, the network instead of logistic regression": (
        areas["five features", "one hidden layer"] - areas["five features", "logistic regression"]
    ),
}
low = {}
for change, lead in leads.items():
    low[change], high = np.quantile(lead[1:], [0.025, 0.975])
    print(f"{change}: {lead[0]:+.2f} ({low[change]:+.2f} to {high:+.2f})")
on_real_films = dict(
    zip(areas, (0.90, 0.90, 0.93, 0.94), strict=True)
)  # PneumoniaMNIST, 2026-11-29
print("\nAUC                                 here  on real films")
for (inputs, name), area in areas.items():
    print(f"{inputs:13}, {name:19} {area[0]:6.2f} {on_real_films[inputs, name]:14.2f}")
from_features, from_model, _ = leads
finding(
    min(low[from_features], low[from_model]) > 0.1,
    "neither is enough alone. The network needs the pixels, and the pixels need the network: only both "
    f"together lead, by {leads[from_features][0]:.2f} and {leads[from_model][0]:.2f}.",
    f"here the network gains {leads[from_features][0]:.2f} from the pixels, and "
    f"{leads[from_model][0]:.2f} over logistic regression on them: on these images the five simple "
    "ideas go far.",
)

# %% [markdown] tags=["covers-1.8"]
# **Be careful:** we drew the phantoms, and we made the opacities faint and put them anywhere, so that
# simple ideas fail. The last column is measured on real films: there the gap is small.
# In the real images an opacity often makes a whole lung whiter, and that five numbers can say. There are
# no names of patients with them, so that their intervals count every film as another patient.
#
# Hand-made features are still used where patients are few, or where a doctor must understand each
# number. The price of learned features is that nobody has chosen them: what the network looks at must
# be found out afterwards.

# %% [markdown] tags=["covers-1.9"]
# ## What networks do with images
#
# Four tasks, from coarse to fine. The same network often does several of them.
#
# - **Classification:** one answer for the whole image. *Is there pneumonia on this film?*
# - **Detection:** where? A box around each finding. *Where are the nodules in this CT?*
# - **Segmentation:** an answer for every pixel. *Which pixels belong to the tumour, how large is
#   it?*
# - **Visualization:** make visible what cannot be seen directly, such as a sharper image from less
#   radiation, or the region that decided the answer.
#
# This course writes classifiers first; their parts serve the other tasks too.

# %% [markdown] tags=["covers-1.10"]
# ## Can we trust it?
#
# In 2021 a debate ran through medicine and the press: had AI a long way to go before doctors can trust
# it? Networks for X-rays had done brilliantly in studies, and worse in other hospitals. Some had
# learned the *hospital* instead of the disease: from a metal marker, from the kind of scanner, from the
# way patients lay (Zech and others, 2018). DeGrave and others looked at networks that found COVID-19 on
# chest films: they had learned such shortcuts, and failed on films from elsewhere. Roberts and others
# read 62 such studies, and found none that was fit for use in a clinic. And of 36 systems for breast
# screening 34 were less accurate than a single radiologist (Freeman and others).
#
# A good number on hidden patients *of the same hospital* does not show this. Three questions help.
# Does it hold on patients from somewhere else? For women and men, old and young alike? And **what
# did the network look at?** Unit 08 gives you tools for the last one, and shows how they fail.

# %% [markdown]
# ## What you can do now
#
# - You know what a neuron computes, and that its line is a medical decision.
# - You trained a perceptron, and saw what a line can never say.
# - You wrote a network from nothing: forward, backward, downhill. Every large network in this
#   course works like that, with more layers.
# - You own a tool that judges gradients. Units 02 and 04 ask for it.
#
# Eight exercises, 30 points. Save this notebook, then see how far you got, here and in the other units:

# %% tags=["demo"]
from course_utils import progress

progress.show()

# %% [markdown]
# **Read on**
# - W. N. Street, W. H. Wolberg, O. L. Mangasarian, *Nuclear feature extraction for breast tumor
#   diagnosis*, 1993: where the table comes from
#   ([doi:10.1117/12.148698](https://doi.org/10.1117/12.148698)).
# - G. Hinton, remarks at the conference *Machine Learning and the Market for Intelligence*, Creative
#   Destruction Lab, Toronto 2016.
# - F. Sardanelli and others, *Artificial intelligence (AI) in biomedical research: discussion on
#   authors' declaration of AI in their articles title*, European Radiology Experimental 2023: the
#   articles per year
#   ([doi:10.1186/s41747-022-00316-7](https://doi.org/10.1186/s41747-022-00316-7)).
# - F. Rosenblatt, *The perceptron: a probabilistic model for information storage and organization
#   in the brain*, 1958 ([doi:10.1037/h0042519](https://doi.org/10.1037/h0042519)).
# - D. E. Rumelhart, G. E. Hinton, R. J. Williams, *Learning representations by back-propagating
#   errors*, 1986 ([doi:10.1038/323533a0](https://doi.org/10.1038/323533a0)).
# - A. B. J. Novikoff, *On convergence proofs for perceptrons*, Symposium on the Mathematical Theory of
#   Automata, 1962.
# - K. He, X. Zhang, S. Ren, J. Sun, *Delving deep into rectifiers: surpassing human-level performance on
#   ImageNet classification*, 2015: the first weights
#   ([arXiv:1502.01852](https://arxiv.org/abs/1502.01852)).
# - G. Litjens and others, *A survey on deep learning in medical image analysis*, 2017
#   ([arXiv:1702.05747](https://arxiv.org/abs/1702.05747)).
# - F. A. C. Azevedo and others, *Equal numbers of neuronal and nonneuronal cells make the human
#   brain an isometrically scaled-up primate brain*, 2009: the 86 billion
#   ([doi:10.1002/cne.21974](https://doi.org/10.1002/cne.21974)).
# - A. J. DeGrave, J. D. Janizek, S.-I. Lee, *AI for radiographic COVID-19 detection selects
#   shortcuts over signal*, 2021
#   ([doi:10.1038/s42256-021-00338-7](https://doi.org/10.1038/s42256-021-00338-7)).
# - M. Roberts and others, *Common pitfalls and recommendations for using machine learning to detect and
#   prognosticate for COVID-19 using chest radiographs and CT scans*, Nature Machine Intelligence 2021
#   ([doi:10.1038/s42256-021-00307-0](https://doi.org/10.1038/s42256-021-00307-0)).
# - K. Freeman and others, *Use of artificial intelligence for image analysis in breast cancer screening
#   programmes: systematic review of test accuracy*, BMJ 2021
#   ([doi:10.1136/bmj.n1872](https://doi.org/10.1136/bmj.n1872)).
# - J. R. Zech and others, *Variable generalization performance of a deep learning model to detect
#   pneumonia in chest radiographs*, 2018
#   ([doi:10.1371/journal.pmed.1002683](https://doi.org/10.1371/journal.pmed.1002683)).
# - J. Yang and others, *MedMNIST v2*, Scientific Data 2023
#   ([doi:10.1038/s41597-022-01721-8](https://doi.org/10.1038/s41597-022-01721-8)).
