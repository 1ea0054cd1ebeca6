# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Losses
#
# **Unit 02 · about 100 minutes · runs in about 15 seconds with 0.9 GB of memory**
#
# **What you will be able to do**
# - say which loss fits a clinical task, and why another one does not;
# - write the losses for numbers, for yes or no, for one of many and for several at once, so that
#   they agree with PyTorch's and survive extreme inputs;
# - tell a loss that takes probabilities from one that takes logits, and never apply a softmax twice;
# - derive the gradient of cross-entropy and check it numerically;
# - explain why "the most similar image" is a poor diagnosis.
#
# **Before you start:** unit 01 (neuron, sigmoid, softmax, gradient; its `numerical_gradient` is used
# again here), NumPy arrays.
#
# The images here are *phantoms*: drawn by a program, with no patient behind them. What we measure on
# them shows how a method works. It says nothing yet about real patients.

# %%
import numpy as np
import torch

from course_utils import widgets
from course_utils.checks import losses as check
from course_utils.data import phantoms
from course_utils.findings import finding

# Networks as small as ours are faster with one thread: several would wait for each other.
torch.set_num_threads(1)

# %% [markdown]
# ## Lina's three questions
#
# Lina is 8 and small for her age. A hand X-ray shall tell how mature her bones are: the answer is a
# *number*, her bone age. Two days later she is back with fever and a cough. Does her chest X-ray show
# pneumonia? The answer is *yes or no*. And when her films reach the archive, a program shall sort
# them by kind of examination: the answer is *one of six*.
#
# Three networks, three kinds of answers. Each network learns in the same way: it makes a prediction,
# somebody says what would have been right, and a **loss** says how far apart the two are, as one
# number. Training makes this number smaller (unit 01 showed how). So the loss decides what the
# network cares about, and what it ignores.

# %% tags=["demo"]
films = phantoms.modalities(60, 64, seed=3)
kinds = [films.class_names.index(name) for name in ("Hand", "CXR", "HeadCT")]
shown = [films.images[films.labels == kind][0] for kind in kinds]
widgets.figures.images(
    shown,
    ["how old? (a number)", "pneumonia? (yes or no)", "which kind? (one of six)"],
    alt="Three phantoms for three questions: a hand whose bone age is asked, a chest where pneumonia "
    "is asked, and a slice of a head whose kind of examination is asked.",
)

# %% [markdown]
# | the answer is | for example | loss | PyTorch |
# |---|---|---|---|
# | a number | blood pressure | mean squared error | `MSELoss` |
# | yes or no | a broken wrist | binary cross-entropy | `BCEWithLogitsLoss` |
# | exactly one of C classes | blood group | cross-entropy | `CrossEntropyLoss` |
# | any number of C labels | allergies | multilabel margin, or C times yes or no | `MultiLabelMarginLoss` |
#
# Two words for this whole unit. A **logit** (or *score*) is what the last layer gives: any number
# from −∞ to ∞. A **probability** is between 0 and 1: a sigmoid or a softmax makes it from logits.
# A batch holds N patients. All our losses are **means over the batch**, so that their size does not
# depend on N.
#
# **For all exercises of this unit.** What comes in stays as it is: work on copies. The arrays are
# NumPy arrays, never empty. Results are compared to nine digits: do not round, and do not go down to
# float32 where float64 comes in. A loss is *one* number, not a list and not an array of losses. You
# may always use your own functions from above.

# %% [markdown]
# ## A number: mean squared error
#
# How old are the bones? The network gives a number, the radiologist too. The error is their
# difference. **Mean squared error** squares each error and takes the mean:
#
# $$\text{MSE} = \frac{1}{M}\sum_i (\text{prediction}_i - \text{target}_i)^2$$
#
# over all M entries. The square makes both signs count, and large errors count most: an error of
# 4 years costs 16 times as much as one of 1 year.
#
# **Predict, then look.** The line below predicts the age from a maturity score. Which slope gives the
# smallest squares? Then somebody types 18 instead of 8 for one child. Where does the best line go?

# %%
widgets.losses.regression()

# %% [markdown]
# One wrong label pulls the whole line, because its square is so large. The **mean absolute error**
# (dashed) hardly moves its best slope: it is *robust*. Before you choose a robust loss, ask what the
# outlier is: a typing error, or the one child with a disease?

# %% [markdown]
# ### Exercise: mean squared error
#
# Write `mse(prediction, target)` in NumPy.
#
# - `prediction`, `target`: float arrays of the same shape, with one axis or more.
# - Returns one number: the mean over **all** entries, without a factor 1/2.
# - Raises `ValueError` where the shapes differ, also where NumPy could stretch one of them: `(N, 1)`
#   with `(N,)` would silently become `(N, N)`, every child compared with every other.
# - Not allowed here: `torch`, `scipy`, `sklearn`.
#
# By hand: predictions 7 and 10, truth 8 and 7: $((-1)^2 + 3^2)/2 = 5$.


# %% nbgrader={"grade": false, "grade_id": "mse", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-2.2"]
def mse(prediction, target):
    """Return the mean of the squared errors over all entries."""
    ### BEGIN SOLUTION
    if prediction.shape != target.shape:
        raise ValueError(f"the shapes differ: {prediction.shape} and {target.shape}")
    return ((prediction - target) ** 2).mean()
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "mse-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.mse(mse)
### BEGIN HIDDEN TESTS
check.mse(mse, seed=40193)
### END HIDDEN TESTS

# %% [markdown]
# What the `ValueError` saves you from. A network often gives a column `(N, 1)`, and the labels are
# often a row `(N,)`. Here all predictions are perfect, and the loss should be 0:

# %% tags=["demo"]
ages = np.array([3.0, 5.0, 8.0, 9.0, 13.0, 14.0])
column = ages[:, None]
print("right shapes :", mse(ages, ages))
unchecked = np.square(column - ages).mean()
print(f"column, row  : {unchecked:.2f} (what NumPy computes without a check)")
try:
    mse(column, ages)
except ValueError as refusal:
    print("your function refuses:", type(refusal).__name__)

# %% [markdown]
# **What it means in medicine.** The loss has a unit: years squared. Report errors in years (the root
# of the MSE, or the mean absolute error), and never only the mean: an error of 3 years at the age of
# 4 changes the treatment, at 17 it may not.

# %% [markdown]
# ## Yes or no: binary cross-entropy
#
# Does Lina have pneumonia? The network gives a probability $p$ of being ill. The truth is $y = 1$
# (ill) or $y = 0$ (healthy). **Binary cross-entropy** looks at the probability that was given to the
# *truth*, and takes its negative logarithm:
#
# $$\text{loss} = \begin{cases} -\ln p & y = 1 \\ -\ln (1 - p) & y = 0 \end{cases}$$
#
# Why the logarithm? Take many patients, independent of each other. The probability that the model gives
# to *all* truths together (the *likelihood*) is the product of their probabilities. The logarithm makes a
# sum of the product, and minus its mean is our loss. To make it small is to make likely what happened.
#
# A truth that got probability 1 costs nothing. The nearer its probability is to 0, the more it costs,
# without limit. To be *surely wrong* is the worst one can do, for a network as for a doctor.
#
# **Predict, then look.** The patient is ill and the network says $p = 0.02$ (a logit of about −4). How
# large is the loss? How hard does the gradient push? There are two gradients: that *with respect to the
# logit* says how the loss changes when the logit moves a little; that with respect to the probability,
# when the probability does. Compare them.

# %%
widgets.losses.binary()

# %% [markdown]
# With respect to the *logit* $z$ the gradient is $p - y$: between −1 and 1, and largest where the network
# is surely wrong. It *saturates* there, but it does not vanish. With respect to the *probability* it
# has no limit.

# %% [markdown]
# ### Exercise: from probabilities
#
# Write `binary_cross_entropy(p, y)` in NumPy.
#
# - `p`: probabilities of being ill, a float array with one axis or more; `y`: 0 or 1, of the same
#   shape, floats or whole numbers. `uint8` is common: there $-1$ is 255.
# - Returns the mean over all entries, with the natural logarithm.
# - A network may give exactly 0 or 1. Where that is wrong, the true loss is infinite, and one such
#   patient would spoil the batch: return something finite, at least 15 for this patient. Where it is
#   right, the loss is 0 (up to 0.001). Both hold in float32, too: there $1 - 10^{-8}$ is exactly 1. A
#   tiny ε of 1e-7 or less inside the logarithm is welcome: other results must be right to five decimals
#   only.
# - Raises `ValueError` where the shapes differ, also where NumPy could stretch one of them.
# - Not allowed here: `torch`, `scipy`, `sklearn`.
#
# By hand: $p = (0.9,\ 0.2)$ and $y = (1, 0)$: $-(\ln 0.9 + \ln 0.8)/2 = 0.1643$.


# %% nbgrader={"grade": false, "grade_id": "binary_cross_entropy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def binary_cross_entropy(p, y):
    """Return the mean negative logarithm of the probability that the truth was given."""
    ### BEGIN SOLUTION
    if p.shape != y.shape:
        raise ValueError(f"the shapes differ: {p.shape} and {y.shape}")
    given = np.where(y == 1, p, 1 - p)
    return -np.log(np.maximum(given, 1e-12)).mean()
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "binary_cross_entropy-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.binary_cross_entropy(binary_cross_entropy)
### BEGIN HIDDEN TESTS
check.binary_cross_entropy(binary_cross_entropy, seed=61827)
### END HIDDEN TESTS

# %% [markdown]
# ### From the logit
#
# A probability that is exactly 0 or 1 has lost information: the sigmoid of 40 is already 1 for the
# computer, and so is that of 1000. It is better to compute the loss from the logit. Put the sigmoid
# $p = 1/(1 + e^{-z})$ into the formula and simplify:
#
# $$\text{loss} = \begin{cases} \ln(1 + e^{-z}) & y = 1 \\ \ln(1 + e^{z}) & y = 0 \end{cases}$$
#
# On paper this is done. On a computer $e^{1000}$ overflows, although the result is simply 1000.
# Either move the large part out of the logarithm, for example
# $\ln(1 + e^{z}) = z + \ln(1 + e^{-z})$ for $z > 0$; or look up what `np.logaddexp` does.
#
# **Class weight.** With a rare disease, healthy patients make up nearly the whole loss: a network that
# always says "healthy" is almost perfect. `pos_weight` multiplies the loss of the ill patients.

# %% [markdown]
# ### Exercise: from logits
#
# Write `bce_with_logits(z, y, pos_weight=1.0)` in NumPy.
#
# - `z`: logits, a float array with one axis or more; `y`: 0 or 1, of the same shape, floats or whole
#   numbers, `uint8` for example. `pos_weight`: a positive number.
# - Returns the mean over all entries: their losses, those with $y = 1$ times `pos_weight`, added up
#   and divided by the number of entries (not by the sum of the weights; PyTorch does the same).
# - Right for logits from −1000 to 1000.
# - Raises `ValueError` where the shapes differ, also where NumPy could stretch one of them.
# - Not allowed here: `torch`, `scipy`, `sklearn`.
#
# By hand: logits (2, −1) of an ill and a healthy patient cost $\ln(1 + e^{-2}) = 0.1269$ and
# $\ln(1 + e^{-1}) = 0.3133$, in the mean 0.2201. With `pos_weight=3` the ill one counts three times:
# $(3 \cdot 0.1269 + 0.3133)/2 = 0.3470$.


# %% nbgrader={"grade": false, "grade_id": "bce_with_logits", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-2.3"]
def bce_with_logits(z, y, pos_weight=1.0):
    """Return binary cross-entropy from logits, ill patients weighted."""
    ### BEGIN SOLUTION
    if z.shape != y.shape:
        raise ValueError(f"the shapes differ: {z.shape} and {y.shape}")
    ill, healthy = np.logaddexp(0, -z), np.logaddexp(0, z)
    return np.where(y == 1, pos_weight * ill, healthy).mean()
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "bce_with_logits-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.bce_with_logits(bce_with_logits)
### BEGIN HIDDEN TESTS
check.bce_with_logits(bce_with_logits, seed=73309)
### END HIDDEN TESTS

# %% tags=["demo"]
z, y = np.array([2.0, -1.0, 1000.0, -1000.0]), np.array([1, 0, 0, 1])
p = torch.from_numpy(z).sigmoid().numpy()
theirs = torch.nn.functional.binary_cross_entropy_with_logits(
    torch.from_numpy(z), torch.from_numpy(y).double()
)
print(f"from logits        : {bce_with_logits(z, y):.4f}")
print(f"PyTorch from logits: {theirs.item():.4f}")
print(f"from probabilities : {binary_cross_entropy(p, y):.4f} (p has become exactly 1 and 0)")

# %% [markdown]
# **Predict, then look.** One chest in twenty has an opacity. We train the same small model (logistic
# regression) twice, without and with a class weight of 19. What share of the ill will each find? What
# share of the healthy will be called ill? And does the weight make the model *see* better? That would
# show in its **AUC**, the chance that an ill patient gets a higher score than a healthy one.
#
# There is another way to find more of the ill: leave the weight at 1 and call a patient ill from a lower
# probability on. This **threshold** is chosen on other patients, the *validation* patients, so that it
# gives as many false alarms as the weighted model does.
#
# What you need to read the code: `backward()` computes the gradient of the loss with respect to all
# weights, as your `mlp_backward` does. **Adam** then makes the step; it chooses a step of its own for
# each weight (unit 06). **Weight decay** pulls every weight a little towards 0 in each step, so that none
# becomes large for the sake of a few films.

# %% tags=["demo"]
from sklearn.metrics import roc_auc_score

rare = phantoms.chest(4000, 28, seed=1, prevalence=0.05)
middle = phantoms.chest(2000, 28, seed=3, prevalence=0.05)
later = phantoms.chest(2000, 28, seed=2, prevalence=0.05)
pixels, middle_pixels, later_pixels = (
    torch.from_numpy(each.images.reshape(len(each.images), -1) / 255.0).float()
    for each in (rare, middle, later)
)
average = pixels.mean(dim=0)
truths = torch.from_numpy(rare.labels)[:, None].float()


def detector(weight):
    """Probabilities of the middle and the later patients, after training with a class weight."""
    model = torch.nn.Linear(28 * 28, 1)
    torch.nn.init.zeros_(model.weight)
    torch.nn.init.zeros_(model.bias)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02, weight_decay=0.001)
    loss = torch.nn.BCEWithLogitsLoss(pos_weight=torch.tensor(weight))
    for _ in range(400):
        optimizer.zero_grad()
        loss(model(pixels - average), truths).backward()
        optimizer.step()
    each = [model(x - average)[:, 0].sigmoid() for x in (middle_pixels, later_pixels)]
    return [probability.detach().numpy() for probability in each]


ill = later.labels == 1


def report(name, probability, threshold):
    """Print what a threshold finds among the later patients."""
    called = probability > threshold
    print(
        f"{name}, ill from {threshold:.2f} on: finds {called[ill].sum():2d} of {ill.sum()},",
        end=" ",
    )
    print(f"{called[~ill].sum():3d} false alarms at {(~ill).sum()} healthy")


plain_middle, plain = detector(1.0)
report("weight  1", plain, 0.5)
weighted_middle, weighted = detector(19.0)
report("weight 19", weighted, 0.5)
alarms = (weighted_middle[middle.labels == 0] > 0.5).mean()
threshold = np.quantile(plain_middle[middle.labels == 0], 1 - alarms)
report("weight  1", plain, threshold)
for name, probability in {"weight  1": plain, "weight 19": weighted}.items():
    print(f"{name}: AUC {roc_auc_score(ill, probability):.3f},", end=" ")
    print(f"mean probability {probability.mean():.2f} (truth {ill.mean():.2f})")

# %% [markdown]
# Is the difference between the two AUCs more than chance? We draw the later *patients* again (the
# bootstrap of unit 01), each with all of their films, 200 times, and look at the difference each time.

# %% tags=["demo"]
generator = np.random.default_rng(0)
people, person = np.unique(later.patients, return_inverse=True)
differences = []
for _ in range(200):
    times = np.bincount(generator.integers(0, len(people), len(people)), minlength=len(people))[
        person
    ]
    area = [roc_auc_score(ill, scores, sample_weight=times) for scores in (weighted, plain)]
    differences.append(area[0] - area[1])
low, high = np.quantile(differences, [0.025, 0.975])
print(f"AUC with the weight minus AUC without: {low:+.3f} to {high:+.3f} (95 % interval)")
finding(
    low <= 0,
    f"the weight does not make the model see better{', here it even sees worse' if high < 0 else ''}. It "
    "moves the balance between missed patients and false alarms, and a lower threshold does that, too.",
    "here the weighted model also ranks the patients better.",
)
finding(
    weighted.mean() > 3 * ill.mean() and abs(plain.mean() - ill.mean()) < 0.02,
    f"with the weight the probabilities are no longer those of these patients: {weighted.mean():.2f} on "
    f"average, where {ill.mean():.2f} are ill.",
    f"the mean probability is {weighted.mean():.2f} with the weight and {plain.mean():.2f} without.",
)

# %% [markdown]
# **What it means in medicine.** A weight and a threshold answer the same question: how many false alarms
# is a found patient worth? The threshold leaves the probabilities as they are. After training with a
# weight they must be **calibrated** again: corrected so that of 100 patients who get "70 %" about 70 are
# ill. Do that, or say that it was not done, before a doctor reads "70 %".

# %% [markdown]
# ## One of many: softmax and cross-entropy
#
# Lina's film reaches the archive. Which of C kinds is it? The network gives C logits. The **softmax**
# makes probabilities of them, and the loss is again the negative logarithm of the probability that
# the *truth* was given: **cross-entropy**.
#
# **Predict, then look.** The logits are (5, 1, −2). What does it cost if class 0 is right? And what if
# the logits are (1, 5, −2)?

# %%
widgets.losses.softmax()

# %% [markdown]
# In formulas, for one patient with logits $z$ and the true class $t$:
#
# $$\ln p_c = z_c - \ln \sum_j e^{z_j}, \qquad \text{loss} = -\ln p_t$$
#
# The sum under the logarithm is called **log-sum-exp**. On a computer $e^{1000}$ overflows. But all
# logits may be shifted by the same number without a change of the result. Shift by the largest:
# then the largest power is $e^0 = 1$.

# %% [markdown]
# ### Exercise: log-softmax
#
# Write `log_softmax(z)` in NumPy.
#
# - `z`: scores `(N, C)`, a float array, a row for each patient.
# - Returns the logarithms of the probabilities, a new float array `(N, C)`: each row is a softmax of
#   its own.
# - Right for scores from −1000 to 1000, also where one patient's are all large and another's all
#   small. No result is infinite, and an ε inside the logarithm would shift all of them.
# - Not allowed here: `torch`, `scipy`, `sklearn`.
#
# By hand: the row (5, 1, −2) gives (−0.0190, −4.0190, −7.0190): the differences between scores stay.
# The row (0, 0, 0) gives three times $-\ln 3 = -1.0986$.


# %% nbgrader={"grade": false, "grade_id": "log_softmax", "locked": false, "schema_version": 3, "solution": true, "task": false}
def log_softmax(z):
    """Return the logarithm of the softmax of each row."""
    ### BEGIN SOLUTION
    shifted = z - z.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "log_softmax-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.log_softmax(log_softmax)
### BEGIN HIDDEN TESTS
check.log_softmax(log_softmax, seed=28451)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: negative log-likelihood
#
# Some networks end with a log-softmax. Their loss needs only to pick the entry of the truth:
# the **negative log-likelihood**. Likelihood is the probability that the model gives to what really
# happened.
#
# Write `nll_loss(log_probs, labels)` in NumPy.
#
# - `log_probs`: logarithms of probabilities `(N, C)`, a float array. The entry of a class that is
#   *not* the truth may be −∞. `labels`: the true classes, whole numbers `(N,)` of any integer dtype.
# - Returns the mean over the patients of *minus* the entry of the true class.
# - Raises `ValueError` unless `labels` has the shape `(N,)`, and for a label below 0 or from C on. (A
#   −1 often means "not known". NumPy would count it from the end, and take the last class.)
# - Not allowed here: `torch`, `scipy`, `sklearn`.
#
# By hand: the rows hold the logarithms of (1/2, 1/4, 1/4) and (1/8, 3/4, 1/8), the labels are 2 and 1:
# $-(\ln 0.25 + \ln 0.75)/2 = 0.8370$.


# %% nbgrader={"grade": false, "grade_id": "nll_loss", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-2.5"]
def nll_loss(log_probs, labels):
    """Return the mean over patients of minus the log-probability of the true class."""
    ### BEGIN SOLUTION
    patients, classes = log_probs.shape
    if labels.shape != (patients,):
        raise ValueError(f"expected {patients} labels, got an array {labels.shape}")
    if not np.isin(labels, np.arange(classes)).all():
        raise ValueError(f"labels must be from 0 to {classes - 1}")
    return -log_probs[np.arange(patients), labels].mean()
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "nll_loss-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.nll_loss(nll_loss)
### BEGIN HIDDEN TESTS
check.nll_loss(nll_loss, seed=59077)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: cross-entropy with labels
#
# Write `cross_entropy(logits, labels)`, which is what PyTorch's `CrossEntropyLoss` computes.
#
# - `logits`: `(N, C)`, a float array; `labels`: the true classes, whole numbers `(N,)` of any integer
#   dtype.
# - Returns the mean over the patients. Right for logits from −1000 to 1000, without an ε.
# - Raises `ValueError` unless `labels` has the shape `(N,)`, and for a label below 0 or from C on.
# - Not allowed here: `torch`, `scipy`, `sklearn`.
#
# The function takes *logits*. It contains the softmax. (Some networks have a softmax layer before
# PyTorch's `CrossEntropyLoss`. That is a slip: it is applied twice, and training gets slow.)
#
# By hand: (5, 1, −2) with label 0 gives 0.0190; (1, 5, −2) with label 0 gives 4.0190; a batch of both
# gives their mean, 2.0190.


# %% nbgrader={"grade": false, "grade_id": "cross_entropy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cross_entropy(logits, labels):
    """Return the mean cross-entropy of logits with true classes given by their numbers."""
    ### BEGIN SOLUTION
    return nll_loss(log_softmax(logits), labels)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "cross_entropy-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.cross_entropy(cross_entropy)
### BEGIN HIDDEN TESTS
check.cross_entropy(cross_entropy, seed=86413)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: cross-entropy with one-hot rows
#
# The truth can also be written as a row of zeros with a single 1: **one-hot**. Then
# $\text{loss} = -\sum_c \text{onehot}_c \ln p_c$ for each patient. All terms but one are zero.
#
# Write `cross_entropy_onehot(logits, onehot)`.
#
# - `logits`: `(N, C)`, a float array; `onehot`: `(N, C)`, floats or int64, each row with a single 1
#   among zeros.
# - Returns the sum over the classes, then the mean over the N patients.
# - Right for logits from −1000 to 1000, without an ε.
# - Raises `ValueError` where the shapes differ, also where NumPy could stretch one of them.
# - Not allowed here: `torch`, `scipy`, `sklearn`.
#
# By hand: (5, 1, −2) with the row (1, 0, 0) gives 0.0190; (1, 5, −2) with (1, 0, 0) gives 4.0190; a
# batch of both gives 2.0190.


# %% nbgrader={"grade": false, "grade_id": "cross_entropy_onehot", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-2.4"]
def cross_entropy_onehot(logits, onehot):
    """Return the mean cross-entropy of logits with true classes given as one-hot rows."""
    ### BEGIN SOLUTION
    if logits.shape != onehot.shape:
        raise ValueError(f"the shapes differ: {logits.shape} and {onehot.shape}")
    return -(onehot * log_softmax(logits)).sum(axis=1).mean()
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "cross_entropy_onehot-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.cross_entropy_onehot(cross_entropy_onehot)
### BEGIN HIDDEN TESTS
check.cross_entropy_onehot(cross_entropy_onehot, seed=34729)
### END HIDDEN TESTS

# %% [markdown]
# Worked numbers, with your functions:

# %% tags=["demo"]
truth = np.array([0])
for logits in ([[5.0, 1.0, -2.0]], [[1.0, 5.0, -2.0]]):
    logits = np.array(logits)
    by_label = cross_entropy(logits, truth)
    by_row = cross_entropy_onehot(logits, np.array([[1.0, 0.0, 0.0]]))
    probabilities = torch.softmax(torch.from_numpy(logits), dim=1).numpy()
    print(f"{logits[0]}, label 0: {by_label:.4f}, one-hot {by_row:.4f},", end=" ")
    print(f"softmax applied twice {cross_entropy(probabilities, truth):.4f}")

# %% [markdown]
# **Predict, then look.** Before training, a network knows nothing: it should give each of C classes
# about the probability 1/C. Which loss do you expect in the very first step, for 2, 6 and 10 classes?

# %% tags=["demo"]
generator = np.random.default_rng(0)
batch = films.images.reshape(len(films.images), -1) / 255.0
for classes in (2, 6, 10):
    weights = generator.normal(scale=0.001, size=(batch.shape[1], classes))
    first = cross_entropy(batch @ weights, generator.integers(0, classes, len(batch)))
    print(f"{classes:2d} classes: first loss {first:.3f}, ln C = {np.log(classes):.3f}")

labels = generator.integers(0, 10, len(batch))
large = generator.normal(size=(batch.shape[1], 10))
print(f"weights a thousand times larger: {cross_entropy(batch @ large, labels):.1f}")
print(f"a mean over the classes, too: {cross_entropy(batch @ weights, labels) / 10:.3f}")

# %% [markdown]
# Remember this number: the first loss of a classifier is about $\ln C$. If yours is 20, its first
# weights are too large. And if it is 0.1? A new network knows nothing, not even a label that has leaked
# into its input: it has not learned to look there yet. So either it is not new (weights that were
# trained before), or the mean is taken over too many numbers (a wrong reduction), or there are fewer
# classes than you think.
#
# **What it means in medicine.** The softmax always adds up to 1. Show the archive a film of a cat, and
# one of the six kinds will still win, perhaps with 99 %. A probability from a softmax says "compared
# with the other classes", never "I have seen such a thing before".

# %% [markdown]
# ## The gradient of cross-entropy
#
# What does the loss tell the network to change? We derive it. One patient has the logits $z$ and the true
# class $t$:
#
# 1. The loss is $-\ln p_t = -z_t + \ln \sum_j e^{z_j}$.
# 2. Move the logit $z_c$. The first term changes only where $c$ is the true class: its derivative is
#    $-1$ for $c = t$ and 0 otherwise, which is $-\text{onehot}_c$.
# 3. The second term has the derivative $\frac{1}{\sum_j e^{z_j}} \cdot e^{z_c}$, and that is $p_c$, the softmax.
# 4. Together $p_c - \text{onehot}_c$; and the mean over N patients divides it by N:
#
# $$\frac{\partial\,\text{loss}}{\partial z} = \frac{\text{softmax}(z) - \text{onehot}}{N}$$
#
# The prediction minus the truth: one of the most pleasant results in deep learning. The true class's logit is pulled up, all others are pushed down, each
# by the probability that it got. A sure error gives nearly −1 at the truth: the gradient saturates, it
# does not vanish. (With squared error behind a sigmoid it *would* vanish, just where it is needed.)

# %% [markdown]
# ### Exercise: the gradient
#
# Write `cross_entropy_gradient(logits, labels)` in NumPy.
#
# - `logits`: `(N, C)`, a float array; `labels`: the true classes, whole numbers `(N,)` of any integer
#   dtype.
# - Returns the derivative of `cross_entropy(logits, labels)` by each logit, a new float array `(N, C)`.
#   Mind the N: the loss is a mean over the patients.
# - Right for logits from −1000 to 1000.
# - Raises `ValueError` unless `labels` has the shape `(N,)`, and for a label below 0 or from C on.
# - Not allowed here: `torch`, `scipy`, `sklearn`.
#
# By hand: two patients with the logits (0, 0, 0) and (ln 2, 0, 0) have the probabilities
# (1/3, 1/3, 1/3) and (1/2, 1/4, 1/4). With the labels 2 and 0 the gradient is (1/6, 1/6, −1/3) and
# (−1/4, 1/8, 1/8).


# %% nbgrader={"grade": false, "grade_id": "cross_entropy_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-2.8"]
def cross_entropy_gradient(logits, labels):
    """Return the derivative of the mean cross-entropy by each logit."""
    ### BEGIN SOLUTION
    patients, classes = logits.shape
    if labels.shape != (patients,):
        raise ValueError(f"expected {patients} labels, got an array {labels.shape}")
    if not np.isin(labels, np.arange(classes)).all():
        raise ValueError(f"labels must be from 0 to {classes - 1}")
    gradient = np.exp(log_softmax(logits))
    gradient[np.arange(patients), labels] -= 1
    return gradient / patients
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "cross_entropy_gradient-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.cross_entropy_gradient(cross_entropy_gradient)
### BEGIN HIDDEN TESTS
check.cross_entropy_gradient(cross_entropy_gradient, seed=12983)
### END HIDDEN TESTS

# %% [markdown]
# Is it right? In unit 01 you wrote a tool that measures slopes. `earlier.answer` takes it from your
# notebook of that unit, as you saved it. It moves each logit a little and looks how your loss changes.

# %% tags=["demo", "covers-2.8"]
from course_utils import earlier

numerical_gradient = earlier.answer("01-perceptron", "numerical_gradient")

logits, labels = generator.normal(size=(4, 3)), np.array([0, 2, 1, 1])
measured = numerical_gradient(lambda moved: cross_entropy(moved, labels), logits)
ours = cross_entropy_gradient(logits, labels)
gap = np.abs(ours - measured).max()
print("largest disagreement with the measured slopes: below 1e-6:", bool(gap < 1e-6))
print("each row adds up to 0:", np.allclose(ours.sum(axis=1), 0))
for wrong in (2.0, 5.0, 10.0, 1000.0):
    surely = cross_entropy_gradient(np.array([[0.0, wrong, 0.0]]), truth)
    print(f"wrong by {wrong:6.0f}: gradient at the truth {surely[0, 0]:.4f}")

# %% [markdown]
# ## Several at once: the multilabel margin loss
#
# A chest can show an opacity *and* a fracture, or nothing at all. Classes do not compete, so a softmax
# is wrong here. One way is a yes or no for each finding (binary cross-entropy, C times). Another asks
# for an *order*: each finding that is present should get a score at least 1 higher than each one that
# is absent. What is missing to this margin of 1 is the loss:
#
# $$\text{loss} = \frac{1}{C} \sum_{j\ \text{present}}\ \sum_{i\ \text{absent}}
# \max\bigl(0,\ 1 - (s_j - s_i)\bigr)$$
#
# How does one write down "any number of classes"? PyTorch takes a row of C numbers that *lists* the
# present classes, and a −1 where the list ends. With four findings (0 opacity, 1 fracture, 2 fluid,
# 3 tube):
#
# | the film shows | row of the targets |
# |---|---|
# | a fracture and a tube | `[1, 3, -1, -1]` |
# | fluid only | `[2, -1, -1, -1]` |
# | nothing | `[-1, -1, -1, -1]` |
# | all four | `[0, 1, 2, 3]` |

# %% [markdown]
# ### Exercise: multilabel margin loss
#
# Write `multilabel_margin_loss(scores, targets)` in NumPy, with PyTorch's convention.
#
# - `scores`: `(N, C)`, a float array.
# - `targets`: whole numbers `(N, C)` of any signed integer dtype. A row *lists the numbers* of the
#   present classes, none twice. The first −1 ends the list; whatever stands behind it does not count.
#   A row without −1 lists all C classes.
# - Returns the mean over the patients of the loss above. Without a present (or without an absent)
#   class a patient costs 0.
# - Raises `ValueError` where the shapes differ, also where NumPy could stretch one of them.
# - Not allowed here: `torch`, `scipy`, `sklearn`.
#
# By hand: scores (0.5, 2, 0, 1), targets (1, 3, −1, −1). Finding 1 (score 2) is ahead of 0.5 and 0 by
# more than 1: nothing. Finding 3 (score 1) is ahead by 0.5 and by 1: it lacks 0.5 and 0. The loss is
# $0.5/4 = 0.125$.


# %% nbgrader={"grade": false, "grade_id": "multilabel_margin_loss", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-2.6"]
def multilabel_margin_loss(scores, targets):
    """Return the mean of what present classes lack to a margin of 1 over absent ones."""
    ### BEGIN SOLUTION
    if scores.shape != targets.shape:
        raise ValueError(f"the shapes differ: {scores.shape} and {targets.shape}")
    total = 0.0
    for row, listed in zip(scores, targets.tolist(), strict=True):
        present = listed[: listed.index(-1)] if -1 in listed else listed
        absent = np.delete(row, present)
        for label in present:
            total += np.maximum(0, 1 - (row[label] - absent)).sum()
    return total / scores.size
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "multilabel_margin_loss-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.multilabel_margin_loss(multilabel_margin_loss)
### BEGIN HIDDEN TESTS
check.multilabel_margin_loss(multilabel_margin_loss, seed=97651)
### END HIDDEN TESTS

# %% tags=["demo"]
scores = np.array([[0.5, 2.0, 0.0, 1.0], [0.1, 0.2, 0.4, 0.8]])
targets = np.array([[1, 3, -1, -1], [3, 0, -1, 1]])
theirs = torch.nn.functional.multilabel_margin_loss(
    torch.from_numpy(scores), torch.from_numpy(targets)
)
print(f"yours: {multilabel_margin_loss(scores, targets):.4f}, PyTorch's: {theirs.item():.4f}")

# %% [markdown]
# **What it means in medicine.** The margin loss ranks the findings but gives no probabilities: there is
# no threshold that means "present". For a report that must say yes or no for each finding, take
# binary cross-entropy with logits for each.

# %% [markdown]
# ## The distance between two images
#
# Until now the loss compared a prediction with the truth. The same idea compares two *images*. Add up
# the absolute differences of all pixels: the **L1 distance**.
#
# **Predict, then look.** Below are a test image and a training image, 4 × 4 pixels. What happens at
# the pixel 10 and 24, if the computer keeps gray values in 8 bits, which cannot be negative?

# %%
widgets.losses.l1_images()

# %% [markdown]
# ### Exercise: L1 distance
#
# Write `l1_distance(a, b)` in NumPy.
#
# - `a`, `b`: images of the same shape and dtype, with one axis or more. X-rays are often `uint8` or
#   `uint16`, CT is `int16` (from −1024 to 3071), and your own images may be floats such as 0.25.
# - Returns one number: the sum of the absolute differences over all pixels.
# - Raises `ValueError` where the shapes differ, also where NumPy could stretch one of them.
# - Not allowed here: `torch`, `scipy`, `sklearn`.
#
# By hand: the first rows in the picture above, (56, 32, 10, 18) and (10, 20, 24, 17), differ by
# $46 + 12 + 14 + 1 = 73$. The whole images have the distance 456.


# %% nbgrader={"grade": false, "grade_id": "l1_distance", "locked": false, "schema_version": 3, "solution": true, "task": false}
def l1_distance(a, b):
    """Return the sum of the absolute differences of two images."""
    ### BEGIN SOLUTION
    if a.shape != b.shape:
        raise ValueError(f"the shapes differ: {a.shape} and {b.shape}")
    return np.abs(a.astype(float) - b).sum()
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "l1_distance-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.l1_distance(l1_distance)
### BEGIN HIDDEN TESTS
check.l1_distance(l1_distance, seed=45817)
### END HIDDEN TESTS

# %% tags=["demo"]
test_image = np.array(
    [[56, 32, 10, 18], [90, 23, 128, 133], [24, 26, 178, 200], [2, 0, 255, 220]], dtype=np.uint8
)
training_image = np.array(
    [[10, 20, 24, 17], [8, 10, 89, 100], [12, 16, 178, 170], [4, 32, 233, 112]], dtype=np.uint8
)
print("L1 distance:", l1_distance(test_image, training_image))
print("left in uint8, which wraps around:", np.subtract(test_image, training_image).sum())

# %% [markdown]
# ### The nearest neighbour
#
# The simplest classifier of all: keep all training images, and give a new image the label of the one
# that is nearest. No training at all. Is that a doctor's memory?
#
# **Predict, then look.** With 60 chest images in the library, how many of eight new patients get the
# right answer? And if the *same* film, moved by three pixels, is looked up: will it find itself?

# %%
widgets.losses.nearest_neighbor()

# %% [markdown]
# ### Exercise: the nearest neighbour
#
# Write `nearest_neighbor_l1(train_x, train_y, test_x)` in NumPy.
#
# - `train_x`: training images `(M, …)`; `train_y`: their labels, whole numbers `(M,)`; `test_x`: images
#   `(N, …)`. An image may have any shape with one axis or more; the dtypes are those of `l1_distance`,
#   and int64.
# - Returns an array `(N,)`: for each test image the label of the training image with the smallest L1
#   distance. Its dtype may be an integer or a float one. Where several are equally near, any of their
#   labels is right.
# - Raises `ValueError` where training and test images differ in shape, also where NumPy could stretch
#   them, and unless `train_y` has the shape `(M,)`.
# - Not allowed here: `torch`, `scipy`, `sklearn`.
#
# By hand: three training images of two pixels, (0, 0), (200, 200) and (90, 90), have the labels 4, 7
# and 5. The test image (10, 0) has the distances 10, 390 and 170 to them: its label is 4. For
# (190, 210) it is 7, for (110, 80) it is 5.


# %% nbgrader={"grade": false, "grade_id": "nearest_neighbor_l1", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-2.7"]
def nearest_neighbor_l1(train_x, train_y, test_x):
    """Return for each test image the label of the nearest training image."""
    ### BEGIN SOLUTION
    if train_x.shape[1:] != test_x.shape[1:]:
        raise ValueError(f"images of different shapes: {train_x.shape[1:]}, {test_x.shape[1:]}")
    if train_y.shape != (len(train_x),):
        raise ValueError(f"expected {len(train_x)} labels, got an array {train_y.shape}")
    known = train_x.reshape(len(train_x), -1).astype(float)
    nearest = [np.abs(known - image.ravel()).sum(axis=1).argmin() for image in test_x]
    return train_y[nearest]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "nearest_neighbor_l1-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.nearest_neighbor_l1(nearest_neighbor_l1)
### BEGIN HIDDEN TESTS
check.nearest_neighbor_l1(nearest_neighbor_l1, seed=68239)
### END HIDDEN TESTS

# %% [markdown]
# Why it disappoints, in numbers. We have 600 films, several of many patients, in two halves. For a film
# of one half the other half is the library, once as it is, and once with as many films of strangers
# instead. **Predict, then look:** which of the two libraries looks better, and which one tells the truth
# about a new patient?

# %% tags=["demo"]
archive, strangers = phantoms.chest(600, 28, seed=5), phantoms.chest(300, 28, seed=6)
half = np.arange(600) < 300
right = {"films of the same patients": [], "strangers only": []}
person = []
for library in (half, ~half):
    asked = ~library & np.isin(archive.patients, archive.patients[library])
    libraries = (
        (archive.images[library], archive.labels[library]),
        (strangers.images, strangers.labels),
    )
    for answers, (images, labels) in zip(right.values(), libraries, strict=True):
        nearest = nearest_neighbor_l1(images, labels, archive.images[asked])
        answers.extend(nearest == archive.labels[asked])
    person.extend(archive.patients[asked])
_, person = np.unique(person, return_inverse=True)
each = np.bincount(person)
drawn = generator.integers(0, len(each), (1000, len(each)))


def bounds(values):
    """95 % interval of the mean over films; whole patients are drawn again."""
    sums = np.bincount(person, weights=values)
    return np.quantile(sums[drawn].sum(axis=1) / each[drawn].sum(axis=1), [0.025, 0.975])


print(f"{len(person)} films of {len(each)} patients are looked up")
for library, answers in right.items():
    low, high = bounds(answers)
    print(f"library with {library:26}: {np.mean(answers):.0%} right (95 % interval", end=" ")
    print(f"{low:.0%} to {high:.0%})")
same, new = (np.array(answers, dtype=float) for answers in right.values())
low, high = bounds(same - new)
print(f"difference on the same films: {same.mean() - new.mean():.0%} ({low:.0%} to {high:.0%})")

moved = np.pad(archive.images[:300], ((0, 0), (0, 0), (3, 0)), mode="edge")[:, :, :28]
numbers = np.arange(300)
found = (nearest_neighbor_l1(archive.images[:300], numbers, moved) == numbers).mean()
print(f"the same film, moved by three pixels, finds itself: {found:.0%} of 300")
finding(
    bounds(new)[1] < 0.65 and low > 0,
    f"where it knows nobody the nearest neighbour is right for {new.mean():.0%}, little more than a coin, "
    f"if at all. With other films of the same patients it looks better ({same.mean():.0%}), for a bad "
    "reason.",
    f"the nearest neighbour is right for {new.mean():.0%} among strangers, and for {same.mean():.0%} with "
    "films of the same patients.",
)
finding(
    found < 0.5,
    "moved by three pixels, most films are nearer to a stranger than to themselves.",
    f"moved by three pixels, {found:.0%} of the films find themselves.",
)

# %% [markdown]
# What the nearest neighbour measures is the size of the body, the exposure, how the patient stood: many
# pixels. The opacity is a few pixels only, and it drowns. With another film of the *same patient* in the
# library the patient is recognised, not the disease. (The intervals draw whole patients again, not
# films: several films of one patient are not independent.)
#
# **What it means in medicine.** Always split by patient, never by image, and test for the leak as we
# did. These are phantoms, and we chose how much patients differ. On real images the numbers differ;
# the two traps are the same.

# %% [markdown]
# ## Which loss for which task?
#
# Eight tasks from the clinic. Decide for each one before you write. Two questions help: *what kind of
# answer* is wanted, and *what does the last layer of the network give*?
#
# | task | the answer | the network's last layer gives |
# |---|---|---|
# | `"bone age"` | age in months, from a hand X-ray | one number |
# | `"ejection fraction"` | percent, from an ultrasound film | one number |
# | `"pneumonia"` | yes or no | one logit |
# | `"rare tumour"` | yes or no; 1 in 500 has it | one logit |
# | `"melanoma"` | yes or no | one probability (a sigmoid is built in) |
# | `"tissue type"` | exactly one of nine | nine logits |
# | `"organ"` | exactly one of eleven | eleven log-probabilities (a log-softmax is built in) |
# | `"chest findings"` | any number of fourteen, or none | fourteen logits |

# %% [markdown]
# ### Exercise: choose
#
# Write `choose_loss(task)`.
#
# - `task`: one of the eight names above, a string, spelled as in the table.
# - Returns the name of a loss of this unit that fits: `"mse"`, `"binary_cross_entropy"`,
#   `"bce_with_logits"`, `"cross_entropy"`, `"nll_loss"` or `"multilabel_margin_loss"`. Where several
#   fit, each of them is right. One name, no list.
# - Raises `ValueError` for any other string.
#
# By hand: `"bone age"` is a number, and the last layer gives one number: `"mse"`.


# %% nbgrader={"grade": false, "grade_id": "choose_loss", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-2.1"]
def choose_loss(task):
    """Return the name of a loss that fits a clinical task."""
    ### BEGIN SOLUTION
    fitting = {
        "bone age": "mse",
        "ejection fraction": "mse",
        "pneumonia": "bce_with_logits",
        "rare tumour": "bce_with_logits",
        "melanoma": "binary_cross_entropy",
        "tissue type": "cross_entropy",
        "organ": "nll_loss",
        "chest findings": "bce_with_logits",
    }
    if task not in fitting:
        raise ValueError(f"unknown task {task!r}")
    return fitting[task]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "choose_loss-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.choose_loss(choose_loss)
### BEGIN HIDDEN TESTS
check.choose_loss(choose_loss, seed=21577)
### END HIDDEN TESTS

# %% [markdown]
# **What it means in medicine.** A loss is not a clinical goal. It is what a computer can make smaller.
# No loss here knows that a missed cancer and a false alarm are different harms, unless you tell it
# with a weight. So choose the loss for training, and report what counts for patients: sensitivity,
# specificity, and the predictive values at the prevalence of *your* clinic (unit 05).

# %% [markdown]
# ## What you can do now
#
# - You wrote the losses that most networks in medicine are trained with, and they hold at ±1000.
# - You know what a loss expects: logits, probabilities or their logarithms; labels or one-hot rows.
# - You know the first loss of a classifier before it runs, and its gradient by heart.
# - You met three silent traps: broadcasting, 8-bit numbers, and patients on both sides of a split.
#
# Twelve exercises, 35 points. Save this notebook, then see how far you got, here and in the other units:

# %% tags=["demo"]
from course_utils import progress

progress.show()

# %% [markdown]
# **Read on**
# - I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, 2016, sections 4.1 (overflow and
#   underflow) and 6.2 (cost functions) ([deeplearningbook.org](https://www.deeplearningbook.org)).
# - R. van den Goorbergh, M. van Smeden, D. Timmerman, B. Van Calster, *The harm of class imbalance
#   corrections for risk prediction models*, JAMIA 2022: what weights do to probabilities
#   ([doi:10.1093/jamia/ocac093](https://doi.org/10.1093/jamia/ocac093)).
# - D. P. Kingma and J. Ba, *Adam: a method for stochastic optimization*, 2014
#   ([arXiv:1412.6980](https://arxiv.org/abs/1412.6980)).
# - C. Guo and others, *On calibration of modern neural networks*, 2017: what a softmax's 99 % is worth
#   ([arXiv:1706.04599](https://arxiv.org/abs/1706.04599)).
# - J. Zech and others, *Variable generalization performance of a deep learning model to detect
#   pneumonia in chest radiographs*, PLoS Medicine 2018: what a network finds instead of the disease
#   ([doi:10.1371/journal.pmed.1002683](https://doi.org/10.1371/journal.pmed.1002683)).
# - PyTorch's own pages on its [loss functions](https://pytorch.org/docs/stable/nn.html#loss-functions).
