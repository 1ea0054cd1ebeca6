# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Convolutional networks
#
# **Unit 05 · about 150 minutes · runs in about 50 seconds with 1.1 GB of memory**
#
# **What you will be able to do**
# - build a convolutional network from its blocks in PyTorch, and count what it costs;
# - write the training loop and an honest evaluation, and find a bug before it costs a day;
# - say how good a diagnosis is: sensitivity, specificity, predictive values, AUC, with intervals;
# - split images so that no patient is in two parts, and show what happens otherwise;
# - say what VGG, ResNet and Inception added, build their blocks, and compare eighteen architectures.
#
# **Before you start:** units 00 (a module, batches), 01 (gradient step), 02 (cross-entropy), 03
# (convolution), 04 (pooling).
#
# The images of this unit are *phantoms* unless real ones are at hand: drawn by a program of this
# course, with no patient behind them. We made them, so what they show is partly what we put in. Where
# it matters, we also say what we measured on real X-rays.

# %%
import numpy as np
import torch
from scipy import stats
from sklearn.calibration import calibration_curve
from sklearn.metrics import precision_recall_curve, roc_auc_score, roc_curve
from torch import nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, TensorDataset

from course_utils import data, widgets
from course_utils.checks import cnn as check
from course_utils.findings import finding
from course_utils.widgets.counter import counted

torch.set_num_threads(
    1
)  # for networks this small, threads wait for each other longer than they work

# %% [markdown]
# ## A film at two in the morning
#
# Amara, 5, has a high fever and breathes fast. The district hospital has an X-ray machine and a nurse
# at night; the radiologist comes on Monday. Twenty-three films are waiting. A network shall not
# replace anybody. It shall put the films in order, so that the doctor on call looks first where a
# child may have pneumonia.
#
# By the end of this unit you have trained three such networks. Then comes the harder question: what is
# their answer worth for Amara?

# %% tags=["demo"]
chest = data.load("pneumoniamnist")
print(chest)
ill, well = chest.train.images[chest.train.labels == 1], chest.train.images[chest.train.labels == 0]
widgets.figures.images(
    [*ill[:4], *well[:4]],
    [chest.class_names[1]] * 4 + [chest.class_names[0]] * 4,
    alt="Eight chest images of 28 × 28 pixels: above four with white shadows in the lungs, at another "
    "place in each; below four without.",
)

# %% [markdown]
# ## Three kinds of blocks
#
# A convolutional network is a stack of three kinds of layers.
#
# | block | what it does | what it learns | input → output |
# |---|---|---|---|
# | convolution (unit 03) | looks for a small pattern everywhere | $C_{out}\,(C_{in}\,k^2 + 1)$ | $C_{in} \times H \times W$ → $C_{out} \times H' \times W'$ |
# | pooling (unit 04) | makes maps smaller, forgives small moves | nothing | $C \times H \times W$ → $C \times H/2 \times W/2$ |
# | fully connected (dense) | weighs all numbers against each other | $n_{out}\,(n_{in} + 1)$ | a vector of $n_{in}$ → a vector of $n_{out}$ |
#
# Between them stand activations (ReLU). Before the first dense layer the maps are *flattened* into one
# long vector. Some drawings show the dense layers as small cubes: that is a slip, their output is a
# vector.
#
# **Predict, then look.** A small network for colour images of 32 × 32: convolution to 6 maps, pooling,
# convolution to 16 maps, pooling, then dense layers of 120, 84 and 10. Where do most of its parameters
# sit? And where most of its multiplications? Step through the stack.

# %% tags=["covers-5.1"]
widgets.cnn.blocks()

# %% [markdown]
# The dense layers hold most of the parameters, the convolutions do most of the work: their few weights
# are used at every place.
#
# ### A network in PyTorch
#
# Units 01 to 04 were written in NumPy. In PyTorch a network is a module, a class like your `Standardizer`
# of unit 00, made from `nn.Module`. It has two
# methods: `__init__` makes the layers and keeps them under names, `forward` says in which order data flow
# through them. PyTorch does the rest: it finds all weights in the layers, draws their first values, and
# works out the gradients by itself. Two dense layers with a ReLU between them:


# %% tags=["demo"]
class TwoLayers(nn.Module):
    """From three numbers to two, over five hidden neurons."""

    def __init__(self):
        super().__init__()  # first of all, always: without it PyTorch finds no layers
        self.hidden = nn.Linear(3, 5)
        self.out = nn.Linear(5, 2)

    def forward(self, x):
        return self.out(F.relu(self.hidden(x)))


small = TwoLayers()
print("four samples (4, 3) →", tuple(small(torch.zeros(4, 3)).shape))  # calls forward
print({name: tuple(weights.shape) for name, weights in small.named_parameters()})

# %% [markdown]
# A layer takes a whole batch: the first axis counts the samples. For images `nn.Conv2d(c_in, c_out, k)`
# is a convolution, `F.max_pool2d(x, 2)` pools, `x.flatten(1)` makes a vector of each image.
#
# ### Exercise: a simple CNN
#
# Write the class `SimpleCNN(c_in=3, n_classes=10, size=32)`, an `nn.Module`.
#
# - `c_in`: channels of the image; `n_classes`: number of classes; `size`: height and width of the
#   (square) images, at least 16.
# - Layers, in this order: convolution to 6 maps with kernels of 5 × 5, ReLU, max pooling 2 × 2;
#   convolution to 16 maps with kernels of 5 × 5, ReLU, max pooling 2 × 2; flatten; dense 120, ReLU;
#   dense 84, ReLU; dense `n_classes`. No padding, stride 1, all layers with biases.
# - `forward(x)` takes a float tensor `(N, c_in, size, size)` and returns the **logits**
#   `(N, n_classes)`: nothing comes after the last dense layer. No softmax: PyTorch's cross-entropy has
#   it inside.
# - The names of the layers are yours. The first dense layer must fit: from `size` compute how many
#   places are left (a window that does not fit is dropped).
# - In this exercise and all that build networks: the weights start as you like; no layer that is not
#   asked for, no dropout either; each layer has its sizes when the network is made (no lazy layers
#   such as `nn.LazyLinear`); the input of `forward` stays as it is.
#
# By hand: 32 → 28 → 14 → 10 → 5, so the first dense layer reads $16 \cdot 5 \cdot 5 = 400$ numbers.
# In all there are 62,006 parameters. For gray images of 28: 28 → 24 → 12 → 8 → 4, so 256 numbers.


# %% nbgrader={"grade": false, "grade_id": "SimpleCNN", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-5.2"]
class SimpleCNN(nn.Module):
    """Two convolutions with pooling, then three dense layers; returns logits."""

    def __init__(self, c_in=3, n_classes=10, size=32):
        super().__init__()
        ### BEGIN SOLUTION
        side = ((size - 4) // 2 - 4) // 2
        self.conv1 = nn.Conv2d(c_in, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * side * side, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, n_classes)
        ### END SOLUTION

    def forward(self, x):
        """Return the logits, shape (N, n_classes)."""
        ### BEGIN SOLUTION
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = F.relu(self.fc1(x.flatten(1)))
        return self.fc3(F.relu(self.fc2(x)))
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "SimpleCNN-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check.SimpleCNN(SimpleCNN)
### BEGIN HIDDEN TESTS
check.SimpleCNN(SimpleCNN, seed=48217)
### END HIDDEN TESTS

# %% tags=["demo", "covers-5.2"]
network = SimpleCNN()
print(f"{sum(p.numel() for p in network.parameters()):,} parameters")
print("three colour images of 32 × 32 →", tuple(network(torch.zeros(3, 3, 32, 32)).shape))

# %% [markdown]
# ## Two simpler models
#
# How good is good? A convolutional network must beat something that is simpler. We take two rivals
# that see the image as a list of 784 numbers and do not know which pixels are neighbours.
#
# **Logistic regression** has one weight for each pixel and class. As a layer it is `Linear(784, 10)`
# for ten classes: `(N, 784)` goes in, `(N, 10)` comes out; the weight has the shape `(10, 784)`, the
# bias `(10,)`.
#
# ### Exercise: logistic regression
#
# Write `make_logistic_regression(n_features, n_classes)`.
#
# - Returns a network (an `nn.Module`): one linear layer with biases, from `(N, n_features)` to the
#   logits `(N, n_classes)`. Also two classes have two logits. No softmax, no sigmoid.
#
# By hand: 784 pixels and 10 classes have $784 \cdot 10 + 10 = 7{,}850$ parameters.


# %% nbgrader={"grade": false, "grade_id": "make_logistic_regression", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-5.3"]
def make_logistic_regression(n_features, n_classes):
    """Return a network of one linear layer."""
    ### BEGIN SOLUTION
    return nn.Linear(n_features, n_classes)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "make_logistic_regression-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.make_logistic_regression(make_logistic_regression)
### BEGIN HIDDEN TESTS
check.make_logistic_regression(make_logistic_regression, seed=90563)
### END HIDDEN TESTS

# %% tags=["demo", "covers-5.3"]
for name, parameter in make_logistic_regression(784, 10).named_parameters():
    print(f"{name:6} {tuple(parameter.shape)}")

# %% [markdown]
# Ten outputs are right for the ten digits that this layer is famous for. For six kinds of medical
# images, ten outputs are a slip that is easy to miss, because **nothing complains**: the network runs
# and learns. Further down you will see what the four surplus outputs do.
#
# **The multilayer perceptron (MLP)** puts hidden layers in between. It can combine pixels, but it must
# learn every combination at every place anew.
#
# ### Exercise: two hidden layers
#
# Write `make_mlp(n_features, n_classes, hidden=512, dropout=0.0)`.
#
# - Returns a network: dense `hidden`, ReLU, dropout; dense `hidden`, ReLU, dropout; dense `n_classes`.
#   From `(N, n_features)` to the logits `(N, n_classes)`; all layers with biases.
# - `dropout`: the probability with which a hidden neuron is switched off, each for itself, in training
#   mode only (it switches neurons off for one step; it does not remove weights). The others grow by
#   $1/(1 - \text{dropout})$, as `nn.Dropout` does it. At 0 nothing is switched off. The dropout of a
#   hidden layer may stand before or after its ReLU.
#
# By hand: 784 pixels, 10 classes and two layers of 512 have
# 785 · 512 + 513 · 512 + 513 · 10 = 669,706 parameters.


# %% nbgrader={"grade": false, "grade_id": "make_mlp", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-5.4"]
def make_mlp(n_features, n_classes, hidden=512, dropout=0.0):
    """Return a network with two hidden layers."""
    ### BEGIN SOLUTION
    return nn.Sequential(
        nn.Linear(n_features, hidden),
        nn.ReLU(),
        nn.Dropout(dropout),
        nn.Linear(hidden, hidden),
        nn.ReLU(),
        nn.Dropout(dropout),
        nn.Linear(hidden, n_classes),
    )
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "make_mlp-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.make_mlp(make_mlp)
### BEGIN HIDDEN TESTS
check.make_mlp(make_mlp, seed=27184)
### END HIDDEN TESTS

# %% tags=["demo", "covers-5.4"]
rivals = {
    "logistic regression": make_logistic_regression(784, 2),
    "MLP": make_mlp(784, 2),
    "CNN": SimpleCNN(1, 2, 28),
}
for name, network in rivals.items():
    print(f"{name:20} {sum(p.numel() for p in network.parameters()):8,} parameters")

# %% [markdown]
# The CNN has 15 times fewer parameters than the MLP. Hold on to that number.
#
# ## An epoch in batches
#
# Nobody computes the gradient from all images at once: it would take long and need much memory.
# Training takes a **batch** of a few images, makes one step, takes the next batch. One pass over all
# training images is an **epoch**.
#
# *Medical MNIST* (MedNIST) has 58,954 images of six kinds: abdomen CT, breast MRI, chest X-ray, chest
# CT, hand, head CT. Somebody takes 42,000 for training, keeps 16,954 for validation, and chooses
# batches of 16. *MedMNIST* is another collection, with a similar name: twelve sets of small 2-D images
# and six of 3-D images, among them PneumoniaMNIST, the children's chest X-rays of this unit.
#
# **Predict:** how many steps does one epoch of training have? How many batches does the validation
# have, and how many images are in its last batch?
#
# ### Exercise: number of batches
#
# Write `num_batches(n, batch_size, drop_last=False)`.
#
# - `n`: number of images, at least 0 (no image, no batch); `batch_size`: at least 1; whole numbers.
# - Returns the number of batches (`int`). A smaller last batch counts, unless `drop_last` is true.
#
# By hand: 10 images at batch 4 are 3 batches (4, 4, 2), or 2 with `drop_last`.


# %% nbgrader={"grade": false, "grade_id": "num_batches", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-5.5"]
def num_batches(n, batch_size, drop_last=False):
    """Return how many batches an epoch has."""
    ### BEGIN SOLUTION
    full, rest = divmod(n, batch_size)
    return full if drop_last or rest == 0 else full + 1
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "num_batches-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.num_batches(num_batches)
### BEGIN HIDDEN TESTS
check.num_batches(num_batches, seed=63905)
### END HIDDEN TESTS

# %% tags=["demo", "covers-5.5"]
for part, n in {"training": 42_000, "validation": 16_954}.items():
    count = num_batches(n, 16)
    print(f"{part:10} {n:6,} images at batch 16: {count:5,} batches,", end=" ")
    print(f"{n - 16 * (count - 1)} images in the last one")
print(f"together {42_000 + 16_954:,} images")

# %% [markdown]
# 16 divides 42,000, but not 16,954: the last validation batch has only 10 images. Remember this when
# you average: **the mean of the batches' means is not the mean over the images.**
#
# ## The training loop
#
# ```
# for each epoch:
#     training loop                       model.train()
#         for each batch of the training images:
#             training step
#                 zero the old gradients
#                 forward:  logits, loss
#                 backward: gradients
#                 optimize: w ← w − η · gradient
#     validation loop                     model.eval(), no gradients
#         for each batch of the validation images:
#             validation step: logits, loss, right answers
# ```
#
# The *optimizer* is `gradient_step` of unit 01 in PyTorch's clothes: `optimizer.step()` moves every
# weight a little against its gradient. (Unit 06 explains the better ones.) Two habits of PyTorch must
# be known. `loss.backward()` **adds** to the gradients that are there, so they must be zeroed in every
# step. And some layers behave differently in training and in use: dropout, batch norm. That is what
# `model.train()` and `model.eval()` switch.
#
# ### Exercise: one epoch of training
#
# Write `train_one_epoch(model, loader, loss_fn, optimizer)`.
#
# - `model`: a network; `loader`: yields pairs (inputs, targets), each a batch; `loss_fn(outputs,
#   targets)`: the *mean* loss of a batch, such as `nn.CrossEntropyLoss()`; `optimizer`: has
#   `zero_grad()` and `step()`.
# - Puts the model into training mode, makes one step for every batch, and leaves it in training mode.
#   The model comes without gradients: zero them before `backward` or after the step, as you like.
# - Returns the mean loss over all *samples* that the loader gave (`float`, rounded as float32 is fine),
#   each loss as it was before its step; also with a smaller last batch, and with a loader that leaves
#   some samples of its data set out (`drop_last=True`).
#
# By hand: two batches of 4 and of 2 samples with the losses 1.0 and 0.4 have the mean
# $(4 \cdot 1.0 + 2 \cdot 0.4)/6 = 0.8$, not 0.7.


# %% nbgrader={"grade": false, "grade_id": "train_one_epoch", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-5.6"]
def train_one_epoch(model, loader, loss_fn, optimizer):
    """Train for one epoch; return the mean loss over the samples."""
    ### BEGIN SOLUTION
    model.train()
    total, count = 0.0, 0
    for inputs, targets in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(inputs), targets)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(targets)
        count += len(targets)
    return total / count
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "train_one_epoch-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.train_one_epoch(train_one_epoch)
### BEGIN HIDDEN TESTS
check.train_one_epoch(train_one_epoch, seed=15478)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: evaluation
#
# Write `evaluate(model, loader, loss_fn)`.
#
# - `model`, `loader`, `loss_fn` as above; the model returns logits `(N, K)`, the targets are class
#   numbers `(N,)`.
# - Returns the tuple `(loss, accuracy)`, two floats (no tensors; rounded as float32 is fine): the mean
#   loss and the share of right answers (the largest logit wins), both over all samples that the loader
#   gave.
# - Works in **evaluation mode** and records **no gradients** (`torch.no_grad()`); afterwards gradients
#   are recorded again.
# - Afterwards *every module's own* `training` flag is as it was before. `model.train()` at the end is
#   not enough: it would also wake a batch norm that somebody froze on purpose (unit 07).
#   `model.modules()` gives the network, its parts, and their parts.
#
# By hand: 3 of 4 right in the first batch and 0 of 1 in the second are $3/5 = 0.6$, not 0.375.


# %% nbgrader={"grade": false, "grade_id": "evaluate", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-5.6"]
def evaluate(model, loader, loss_fn):
    """Return the mean loss and the accuracy over the samples."""
    ### BEGIN SOLUTION
    were_training = [module for module in model.modules() if module.training]
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for inputs, targets in loader:
            logits = model(inputs)
            total += loss_fn(logits, targets).item() * len(targets)
            right += (logits.argmax(dim=1) == targets).sum().item()
            count += len(targets)
    for module in were_training:
        module.training = True
    return total / count, right / count
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "evaluate-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.evaluate(evaluate)
### BEGIN HIDDEN TESTS
check.evaluate(evaluate, seed=82031)
### END HIDDEN TESTS

# %% [markdown]
# ### First: can it learn one batch by heart?
#
# Before you train for an hour, train on sixteen films only. A network that cannot learn sixteen films
# by heart has a bug. The first loss is a test, too: a network that knows nothing should lose about
# $\ln 2 = 0.69$ on two classes (unit 02).
#
# **Predict, then look.** One of the two networks below has a softmax at its end, before the
# cross-entropy. Nothing complains. How low can its loss get?


# %% tags=["demo"]
def tensors(split):
    """Images (N, 1, 28, 28) from −2 to 2, and labels, for a DataLoader."""
    images = torch.from_numpy(split.images[:, None]).float()
    return TensorDataset(images * (4 / 255) - 2, torch.from_numpy(split.labels))


def optimizer_for(model, rate):
    """Gradient steps that keep nine tenths of the last step (momentum: unit 06)."""
    return torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)


# %% tags=["demo", "covers-5.6", "nbval-ignore-output"]
by_kind = [np.flatnonzero(chest.train.labels == kind)[:8] for kind in (0, 1)]
sixteen = torch.utils.data.Subset(tensors(chest.train), np.concatenate(by_kind).tolist())
one_batch = DataLoader(sixteen, batch_size=16)
ends = {"logits": nn.Identity(), "softmax at the end": nn.Softmax(dim=1)}
lowest = {}
for name, tail in counted(ends.items(), "learning sixteen films by heart"):
    torch.manual_seed(0)
    model = nn.Sequential(SimpleCNN(1, 2, 28), tail)
    optimizer = optimizer_for(model, 0.02)
    losses = [
        train_one_epoch(model, one_batch, nn.CrossEntropyLoss(), optimizer) for _ in range(150)
    ]
    lowest[name] = losses[-1]
    print(f"{name:18}", " → ".join(f"{losses[step]:.3f}" for step in (0, 49, 99, 149)))
print(f"the lowest loss behind a softmax: ln(1 + 1/e) = {np.log(1 + np.exp(-1)):.3f}")
finding(
    lowest["logits"] < 0.05,
    f"With logits the loss goes to 0 ({lowest['logits']:.3f}): this network can learn.",
    f"With logits the loss has come to {lowest['logits']:.3f} so far: give it more steps, then look for a bug.",
)

# %% [markdown]
# With the softmax before the cross-entropy the loss can never be below 0.313: even
# the surest answer, (1, 0), goes through a second softmax and comes out as (0.73, 0.27). The sixteen
# films would all be right, and on a whole data set you would only wonder why it learns so slowly.
#
# ## What is a diagnosis worth?
#
# Before training, decide how you will judge. Accuracy alone is not it: where 95 of 100 children are
# healthy, "healthy" for everybody has an accuracy of 95 % and finds no one.
#
# ### Exercise: the confusion matrix
#
# Write `confusion_matrix(labels, predictions, n_classes)` in NumPy or plain Python.
#
# - `labels`, `predictions`: integer arrays `(N,)`, class numbers from 0 to `n_classes` − 1; any integer
#   dtype, also `uint8`, as data sets store labels.
# - Returns an integer array `(n_classes, n_classes)` that holds any count: **row = truth, column =
#   prediction**. Classes that do not occur keep their row and column of zeros.
# - Not allowed here: `sklearn`, `scipy`.
#
# By hand: the labels `0 0 0 1 1 1 1` and the predictions `0 1 1 0 1 1 1` give `[[1, 2], [1, 3]]`.


# %% nbgrader={"grade": false, "grade_id": "confusion_matrix", "locked": false, "schema_version": 3, "solution": true, "task": false}
def confusion_matrix(labels, predictions, n_classes):
    """Return how often each class (row) was taken for each class (column)."""
    ### BEGIN SOLUTION
    table = np.zeros((n_classes, n_classes), dtype=int)
    for truth, answer in zip(labels, predictions, strict=True):
        table[truth, answer] += 1
    return table
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "confusion_matrix-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.confusion_matrix(confusion_matrix)
### BEGIN HIDDEN TESTS
check.confusion_matrix(confusion_matrix, seed=39746)
### END HIDDEN TESTS

# %% [markdown]
# For a disease, two shares of this table have names:
#
# - **sensitivity**: of the *ill*, how many does the test find?
# - **specificity**: of the *healthy*, how many does it leave alone?
#
# ### Exercise: sensitivity and specificity
#
# Write `sensitivity_specificity(labels, scores, threshold=0.5)` in NumPy or plain Python.
#
# - `labels`: array `(N,)`, **1 is ill**, 0 is healthy; both occur. `scores`: float array `(N,)`.
# - A patient is *positive* when the score is **at least** the threshold.
# - Returns the tuple `(sensitivity, specificity)`, two floats. Not allowed here: `sklearn`, `scipy`.
#
# By hand: the labels `1 1 1 0 0 0 0 0` and the scores `0.9 0.5 0.2 0.7 0.6 0.4 0.3 0.1` give $2/3$ (two
# of three ill are found) and $3/5$ (three of five healthy are left alone).
#
# (Look at your labels first. In scikit-learn's breast-cancer table 0 is *malignant*: recode it so that
# 1 is the disease.)


# %% nbgrader={"grade": false, "grade_id": "sensitivity_specificity", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sensitivity_specificity(labels, scores, threshold=0.5):
    """Return the share of the ill that is found, and of the healthy that is left alone."""
    ### BEGIN SOLUTION
    labels = np.asarray(labels)
    positive = np.asarray(scores) >= threshold
    return float(positive[labels == 1].mean()), float((~positive)[labels == 0].mean())
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "sensitivity_specificity-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.sensitivity_specificity(sensitivity_specificity)
### BEGIN HIDDEN TESTS
check.sensitivity_specificity(sensitivity_specificity, seed=71259)
### END HIDDEN TESTS

# %% [markdown]
# Amara's mother asks neither. Her question is: *the test is positive; how likely is my child ill?* That
# is the **positive predictive value** (PPV). The **negative predictive value** (NPV) is the share of the
# healthy among the negative. Both depend on the **prevalence**: how common the disease is where the
# test is used.
#
# **Predict.** A test finds 90 % of the ill and leaves 90 % of the healthy alone. One person in a hundred
# is ill. Of a hundred people who test positive, how many are ill?
#
# ### Exercise: predictive values
#
# Write `predictive_values(sensitivity, specificity, prevalence)`.
#
# - Three numbers from 0 to 1. There are always some positive and some negative results.
# - Returns the tuple `(ppv, npv)`, two floats.
#
# By hand: a sensitivity of 0.8, a specificity of 0.9, a prevalence of 0.01. Of 10,000 people 100 are
# ill. The test finds 80 of them, and calls 990 of the 9,900 healthy ill. PPV $= 80/1{,}070 \approx
# 0.075$. It misses 20 and leaves 8,910 alone: NPV $= 8{,}910/8{,}930 \approx 0.9978$.


# %% nbgrader={"grade": false, "grade_id": "predictive_values", "locked": false, "schema_version": 3, "solution": true, "task": false}
def predictive_values(sensitivity, specificity, prevalence):
    """Return how likely a positive is ill, and a negative healthy."""
    ### BEGIN SOLUTION
    found, missed = sensitivity * prevalence, (1 - sensitivity) * prevalence
    spared, alarmed = specificity * (1 - prevalence), (1 - specificity) * (1 - prevalence)
    return found / (found + alarmed), spared / (spared + missed)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "predictive_values-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.predictive_values(predictive_values)
### BEGIN HIDDEN TESTS
check.predictive_values(predictive_values, seed=56802)
### END HIDDEN TESTS

# %% tags=["demo"]
print("a test with sensitivity 0.90 and specificity 0.90:")
for place, prevalence in {"screening": 0.01, "family doctor": 0.1, "chest clinic": 0.5}.items():
    ppv, npv = predictive_values(0.9, 0.9, prevalence)
    print(f"  {place:14} prevalence {prevalence:4.0%}: PPV {ppv:5.1%}, NPV {npv:6.2%}")

# %% [markdown]
# The same test, the same program: in a screening eleven of twelve alarms are false. Never quote
# predictive values without the prevalence, and never take them from a test set that was collected with
# 62 % ill children, as PneumoniaMNIST's was.
#
# Each threshold gives another pair of sensitivity and specificity. All pairs together form the **ROC
# curve**; the area under it (**AUC**) has a simple meaning: *take one ill and one healthy patient at
# random; how often does the ill one have the higher score?* 0.5 is a coin, 1 is perfect.
#
# ### Exercise: the area under the ROC curve
#
# Write `roc_auc(labels, scores)` in NumPy or plain Python.
#
# - `labels`: array `(N,)`, 1 is ill, 0 is healthy; `scores`: float array `(N,)`, any real numbers.
# - Returns the area (`float`). A tie between an ill and a healthy patient counts one half; scores that
#   differ in their last digits are no tie.
# - Raises `ValueError` when all are ill or all are healthy.
# - Not allowed here: `sklearn`, `scipy`.
#
# By hand: the labels `1 1 0 0 1` and the scores `0.9 0.4 0.4 0.6 0.6`. The ill have 0.9, 0.6 and 0.4,
# the healthy 0.6 and 0.4. Of their six pairs three are won, two tied, one lost. So $4/6 \approx 0.667$.


# %% nbgrader={"grade": false, "grade_id": "roc_auc", "locked": false, "schema_version": 3, "solution": true, "task": false}
def roc_auc(labels, scores):
    """Return how often an ill patient scores higher than a healthy one."""
    ### BEGIN SOLUTION
    labels, scores = np.asarray(labels), np.asarray(scores)
    sick, healthy = np.sort(scores[labels == 1]), scores[labels == 0]
    if len(sick) == 0 or len(healthy) == 0:
        raise ValueError("the labels must hold both classes")
    beaten = len(sick) - np.searchsorted(sick, healthy, side="right")
    tied_or_beaten = len(sick) - np.searchsorted(sick, healthy, side="left")
    return float((beaten.mean() + tied_or_beaten.mean()) / (2 * len(sick)))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "roc_auc-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.roc_auc(roc_auc)
### BEGIN HIDDEN TESTS
check.roc_auc(roc_auc, seed=24691)
### END HIDDEN TESTS

# %% [markdown]
# **Predict, then look.** Move the threshold. It is the same score everywhere, and the same confusion matrix
# for 100 ill and 100 healthy. Which threshold would you choose for a children's ward, where 40 of 100 are
# ill? And for a screening with 2 of 100: how many of the day's alarms will be ill? Does a better score help
# more, or another threshold?

# %% tags=["covers-5.7"]
widgets.cnn.threshold()

# %% [markdown]
# ## Whose images are these?
#
# Many patients have several films. If one of them is in the training set and another in the test set,
# the network can recognise the *patient* (the shape of the ribs, a scar, the cable of a pump) and
# repeat the diagnosis. The test looks splendid, and means nothing for a new patient. So the *patients*
# are split, never the images. (And look for names: some films carry the patient's name or number burned
# into the pixels. That is a breach of privacy, and one more thing to recognise.)
#
# ### Exercise: split by patient
#
# Write `split_by_patient(patient_ids, fractions, rng)` in NumPy.
#
# - `patient_ids`: integer array `(N,)`, whose image it is; any numbers, also negative, in any order. It
#   stays as it is.
# - `fractions`: a tuple or list, shares of the *patients* for each part, such as `(0.7, 0.15, 0.15)`;
#   they sum to 1.
# - `rng`: a NumPy generator; draw from it only, so that the split can be repeated.
# - Returns a list (or tuple) with one NumPy array of whole numbers for each part: positions in
#   `patient_ids`, in any order. Every image is in exactly one part, no patient is in two. Round as you
#   like: each part has its share of the patients up to one patient (four parts rounded down leave more
#   than that to the last one).
# - The patients are shuffled. Not allowed here: `sklearn`, `torch`.
#
# By hand: the patients `7 7 9 4` and the fractions `(2/3, 1/3)` can give `[0, 1, 3]` and `[2]`.


# %% nbgrader={"grade": false, "grade_id": "split_by_patient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def split_by_patient(patient_ids, fractions, rng):
    """Return the positions of each part's images; every patient is in one part."""
    ### BEGIN SOLUTION
    everybody = rng.permutation(np.unique(patient_ids))
    borders = np.rint(np.cumsum(fractions) * len(everybody)).astype(int)
    groups = np.split(everybody, borders[:-1])
    return [np.flatnonzero(np.isin(patient_ids, group)) for group in groups]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "split_by_patient-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.split_by_patient(split_by_patient)
### BEGIN HIDDEN TESTS
check.split_by_patient(split_by_patient, seed=98130)
### END HIDDEN TESTS

# %% [markdown]
# **Predict, then look.** 1,500 phantoms of some 600 invented patients, and a model that knows its
# training films by heart: the nearest neighbour of unit 02. Ten times the images are split, ten times
# the patients. How much better does the split by image look?

# %% tags=["demo"]
cohort = data.phantoms.chest(1500, 28, seed=7)
everything = tensors(cohort)
pixels = everything.tensors[0].flatten(1)
right = {"by image": [], "by patient": []}
known = {"by image": [], "by patient": []}
for seed in range(10):
    generator = np.random.default_rng(seed)
    splits = {
        "by image": np.split(generator.permutation(1500), [1050]),
        "by patient": split_by_patient(cohort.patients, (0.7, 0.3), generator),
    }
    for name, (training, testing) in splits.items():
        distances = torch.cdist(pixels[testing], pixels[training])
        nearest = training[distances.argmin(dim=1).numpy()]
        right[name].append(np.mean(cohort.labels[nearest] == cohort.labels[testing]))
        known[name].append(np.mean(np.isin(cohort.patients[testing], cohort.patients[training])))
for name in right:
    print(f"split {name:10}: {np.mean(right[name]):.1%} right;", end=" ")
    print(f"{np.mean(known[name]):.0%} of the test films show a patient of the training films")
better = np.greater(right["by image"], right["by patient"]).sum()
print(f"the split by image looks better in {better} of 10")

# %% [markdown]
# Nothing about the model has changed. It has met the patients before, and that is all. The more a
# model learns by heart, the more a leak flatters it; with a network that trains for long it is hard to
# tell from skill. PneumoniaMNIST does not say which film is whose: ask, before you trust a test set.
#
# ## Three models, one question
#
# Now all parts are there. The same images, the same loop, three models: logistic regression, MLP, CNN.
# After every epoch the validation images are asked; the curves grow while you watch, two epochs at a
# time. (If a cell from here on stops with `NotImplementedError` or `NameError`, an exercise above is still empty.)
#
# **Predict** the order of the three on chest opacity. An opacity can be anywhere in the lungs, and it is
# a soft shadow among ribs. Which model can use that?

# %% tags=["demo"]
recipes = {  # how to build it for k classes, epochs, learning rate
    "logistic regression": (
        lambda k: nn.Sequential(nn.Flatten(), make_logistic_regression(784, k)),
        10,
        0.001,
    ),
    "MLP": (lambda k: nn.Sequential(nn.Flatten(), make_mlp(784, k, dropout=0.2)), 10, 0.01),
    "CNN": (lambda k: SimpleCNN(1, k, 28), 10, 0.02),
}


def probabilities(model, images):
    """The probability of every class, shape (N, K), in evaluation mode."""
    with torch.no_grad():
        return model.eval()(images).softmax(dim=1).numpy()


def fit(model, train, val, epochs, rate, seed=0):
    """Train a model; yield a record after every epoch."""
    order = torch.Generator().manual_seed(seed)
    loader = DataLoader(train, batch_size=32, shuffle=True, generator=order)
    optimizer, loss_fn = optimizer_for(model, rate), nn.CrossEntropyLoss()
    images, labels = val.tensors
    for epoch in range(1, epochs + 1):
        train_loss = train_one_epoch(model, loader, loss_fn, optimizer)
        val_loss, val_accuracy = evaluate(model, DataLoader(val, batch_size=256), loss_fn)
        answers = probabilities(model, images)
        table = confusion_matrix(labels.numpy(), answers.argmax(axis=1), answers.shape[1])
        yield {
            "epoch": epoch,
            "train_loss": train_loss,
            "val_loss": val_loss,
            "val_accuracy": val_accuracy,
            "confusion": table.tolist(),
        }


def trained(dataset, recipe, show=lambda history: None):
    """Build and train one model; `show` is called after every epoch."""
    build, epochs, rate = recipe
    torch.manual_seed(0)
    model, history = build(len(dataset.class_names)), []
    for record in fit(model, tensors(dataset.train), tensors(dataset.val), epochs, rate):
        history.append(record)
        show(history)
    return model, history


# %% tags=["demo", "covers-5.7", "nbval-ignore-output"]
from matplotlib.figure import Figure


def curves(histories):
    """The losses of all models so far: training dashed, validation with points."""
    figure = Figure(figsize=(8.5, 2.8))
    axes = figure.subplots(1, 2)
    for (name, history), colour in zip(
        histories.items(), ("#000000", "#0072B2", "#D55E00"), strict=False
    ):
        epochs = [record["epoch"] for record in history]
        axes[0].plot(epochs, [r["train_loss"] for r in history], "--", color=colour)
        axes[0].plot(epochs, [r["val_loss"] for r in history], "o-", ms=3, color=colour, label=name)
        axes[1].plot(epochs, [r["val_accuracy"] for r in history], "o-", ms=3, color=colour)
    axes[0].set(xlabel="epoch", ylabel="loss (dashed: training)", ylim=(0, None))
    axes[1].set(xlabel="epoch", ylabel="validation accuracy", ylim=(0.5, 1))
    axes[0].legend(frameon=False, fontsize=8)
    figure.subplots_adjust(left=0.08, right=0.98, bottom=0.18, top=0.95, wspace=0.26)
    ends = [f"{name} {history[-1]['val_accuracy']:.2f}" for name, history in histories.items()]
    return widgets.figures.show(
        figure,
        alt="Loss and validation accuracy by epoch. Accuracy so far: " + ", ".join(ends) + ".",
    )


def watched(dataset):
    """Train all three models with live curves; return models and histories."""
    models, histories = {}, {}
    screen = display(display_id=True)

    def show(name, history):
        histories[name] = history
        if len(history) % 2 == 0:  # drawing takes time, too
            screen.update(curves(histories))

    for name, recipe in recipes.items():
        models[name], histories[name] = trained(
            dataset, recipe, lambda history, name=name: show(name, list(history))
        )
    return models, histories


models, histories = watched(chest)

# %% [markdown]
# **Predict, then look.** Step through the epochs of the CNN. Which error does it unlearn first: the
# missed children, or the false alarms?

# %% tags=["demo", "nbval-ignore-output"]
widgets.cnn.training(histories["CNN"], class_names=list(chest.class_names))

# %% tags=["demo", "nbval-ignore-output"]
(spared, alarmed), _ = histories["CNN"][0]["confusion"]
start, share_ill = histories["CNN"][0]["val_accuracy"], np.mean(chest.val.labels == 1)
finding(
    spared < 0.1 * (spared + alarmed),
    f"After one epoch the CNN calls {alarmed} of the {spared + alarmed} healthy films of the validation ill, too. "
    f"Its accuracy is {start:.3f}, and {share_ill:.1%} of these films are ill: it has learned nothing but the "
    "prevalence. The confusion matrix shows it, the accuracy hides it. Only then it begins to look.",
    f"After one epoch the CNN already leaves {spared} of the {spared + alarmed} healthy films of the validation "
    f"alone (accuracy {start:.3f}). Not every network starts like this: one that calls everybody ill would have "
    f"an accuracy of {share_ill:.3f} here, and the confusion matrix would show it.",
)

# %% [markdown]
# ### With intervals
#
# The test set has 624 films. Other 624 films would have given other numbers. The **bootstrap** shows how
# different: draw 624 films from these 624, with repetition, measure again, 200 times. The middle 95 % of
# the results is the interval. Films of one patient belong together, so we draw *patients*, where we know
# them. `scipy.stats.bootstrap` does the drawing, and scikit-learn's `roc_auc_score` the many areas; that it
# agrees with your `roc_auc` we look at once.


# %% tags=["demo"]
def measures(labels, scores, prevalence=0.05):
    """Accuracy, AUC, sensitivity, specificity, PPV and NPV at a prevalence."""
    sensitivity, specificity = sensitivity_specificity(labels, scores)
    values = predictive_values(sensitivity, specificity, prevalence)
    accuracy = np.mean((scores >= 0.5) == labels)
    return np.array([accuracy, roc_auc_score(labels, scores), sensitivity, specificity, *values])


def interval(statistic, patients, rounds=200):
    """The middle 95 % of statistic(rows) when the patients are drawn again: (low, high)."""
    everybody = np.unique(patients)
    films = [np.flatnonzero(patients == patient) for patient in everybody]

    def again(drawn):
        return statistic(np.concatenate([films[number] for number in drawn]))

    return stats.bootstrap(
        (np.arange(len(films)),),
        again,
        vectorized=False,
        n_resamples=rounds,
        method="percentile",
        rng=0,
    ).confidence_interval


def people(split):
    """Whose film it is; where nobody says, every film counts as a patient."""
    return np.arange(len(split)) if split.truth is None else split.truth.patients


# %% tags=["demo", "covers-5.7", "nbval-ignore-output"]
images, labels = tensors(chest.test).tensors
labels = labels.numpy()
patients = people(chest.test)
scores = {name: probabilities(model, images)[:, 1] for name, model in models.items()}
cells, auc = [], {}
for name, given in counted(scores.items(), "drawing the patients again"):
    values = measures(labels, given)
    auc[name] = roc_auc(labels, given)
    low, high = interval(lambda rows, s=given: measures(labels[rows], s[rows]), patients)
    triples = zip(values, low, high, strict=True)
    cells.append([f"{value:.2f} ({a:.2f}–{b:.2f})" for value, a, b in triples])
print(f"{len(labels)} test films" + "".join(f"{name:>22}" for name in scores))
names = ["accuracy", "AUC", "sensitivity", "specificity", "PPV at 5 %", "NPV at 5 %"]
for name, row in zip(names, zip(*cells, strict=True), strict=True):
    print(f"{name:14}" + "".join(f"{cell:>22}" for cell in row))


agree = np.allclose(list(auc.values()), [roc_auc_score(labels, given) for given in scores.values()])
print("your areas under the ROC curve are scikit-learn's:", agree)
always_ill = np.mean(labels == 1)
print(f"“ill” for everybody has an accuracy of {always_ill:.2f}")


def lead(rows):
    """By how much the AUC of the CNN exceeds that of the MLP, on the same films."""
    cnn, mlp = (roc_auc_score(labels[rows], scores[name][rows]) for name in ("CNN", "MLP"))
    return cnn - mlp


low, high = interval(lead, patients)
print(f"AUC of the CNN minus AUC of the MLP: 95 % interval {low:.3f} to {high:.3f}")

linear = np.mean((scores["logistic regression"] >= 0.5) == labels)
finding(
    linear - always_ill < 0.05,
    f"Logistic regression has an accuracy of {linear:.3f}. “Ill” for everybody has {always_ill:.3f}: it is hardly "
    f"better than an answer without looking. Its AUC of {auc['logistic regression']:.2f} says that it does see "
    "something; at this threshold it does not help.",
    f"Logistic regression has an accuracy of {linear:.3f}, “ill” for everybody {always_ill:.3f}.",
)
finding(
    low > 0 and auc["logistic regression"] < auc["MLP"],
    "By AUC the order is logistic regression < MLP < CNN, and the lead of the CNN over the MLP on the same films "
    f"is more than chance: {low:.3f} to {high:.3f}, with a fifteenth of the MLP's parameters. The CNN knows before "
    "it starts that neighbours belong together and that an opacity is an opacity anywhere. "
    + (
        ""
        if chest.test.truth
        else "(Nobody says whose these films are. They were drawn one by one, so the true "
        "interval is wider.)"
    ),
    f"By AUC the lead of the CNN over the MLP is {auc['CNN'] - auc['MLP']:+.3f}, with an interval of {low:.3f} to "
    f"{high:.3f}: the MLP keeps up here, though the CNN has fifteen times fewer parameters.",
)

# %% [markdown]
# ### All thresholds at once
#
# The table has one threshold, 0.5. A curve shows them all. The **ROC curve** has the sensitivity above the
# share of false alarms among the healthy (1 − specificity): a score without any sense gives the diagonal.
# The **precision–recall curve** asks the other question: of the alarms, how many are ill (*precision* is
# another word for PPV) against how many of the ill are found (*recall* is sensitivity)? Its base line is the
# prevalence *of these films*, so it must be drawn again for another place.

# %% tags=["demo", "covers-5.7", "nbval-ignore-output"]
figure = Figure(figsize=(8.5, 3.4))
left, right = figure.subplots(1, 2)
for (name, given), style in zip(scores.items(), (":", "--", "-"), strict=True):
    alarms, found, _ = roc_curve(labels, given)
    precision, recall, _ = precision_recall_curve(labels, given)
    left.plot(alarms, found, style, label=f"{name}: {auc[name]:.2f}")
    right.plot(recall[:-1], precision[:-1], style, label=name)
    sensitivity, specificity = sensitivity_specificity(labels, given)
    left.plot(1 - specificity, sensitivity, "ko", ms=4)
left.plot([0, 1], [0, 1], color="#999999", lw=1)
right.axhline(always_ill, color="#999999", lw=1)
left.set(xlabel="1 − specificity", ylabel="sensitivity", title="ROC (points: threshold 0.5)")
right.set(xlabel="recall (sensitivity)", ylabel="precision (PPV)", title="precision–recall")
right.set_ylim(min(0.5, always_ill - 0.05), 1.01)
left.legend(title="area under it", frameon=False, fontsize=8, title_fontsize=8)
figure.tight_layout()
order = sorted(auc, key=auc.get)
widgets.figures.show(
    figure,
    alt="ROC and precision–recall curves of the three models. From the smallest area under the ROC curve to the "
    "largest: " + ", ".join(f"{name} {auc[name]:.2f}" for name in order) + ".",
)

# %% [markdown]
# **We made these phantoms so that it comes out like this.** On the real films of PneumoniaMNIST the same
# code gave us, on 2026-11-29 with one seed:
#
# | PneumoniaMNIST, 624 test films | logistic regression | MLP | CNN |
# |---|---|---|---|
# | accuracy (“ill” for everybody: 0.62) | 0.83 (0.81–0.86) | 0.87 (0.85–0.90) | 0.83 (0.81–0.86) |
# | AUC | 0.91 (0.88–0.94) | 0.93 (0.91–0.96) | 0.95 (0.93–0.97) |
# | sensitivity | 0.98 (0.97–0.99) | 0.97 (0.96–0.99) | 0.99 (0.99–1.00) |
# | specificity | 0.59 (0.53–0.65) | 0.70 (0.64–0.76) | 0.57 (0.52–0.64) |
#
# There the lead of the CNN is small (0.003 to 0.028), and by accuracy the MLP wins: the films are centred, and
# a whole lung may be white. (Nobody says whose these films are, so films were drawn one by one, and the true
# intervals are wider.) At a threshold of 0.5 all three find nearly all ill children and alarm many of the healthy, because three quarters of
# the training films are of ill children. (Unit 01 names 0.917 for logistic regression on these films: that
# one was trained to the end, ours for ten epochs.) The lesson from both: an accuracy without an interval is
# an opinion.
#
# **What it means in medicine.** Look at the PPV at a prevalence of 5 %. Even the best of the three would
# mostly raise false alarms in a school, where few children have pneumonia. To *sort* the films of
# children who are ill anyway it may be useful: nobody is sent home by it. The same network, two uses,
# two answers.
#
# ### Whom does it miss?
#
# One number for all hides the subgroup for which the network fails. Here we know the truth: how many
# pixels of the lungs are covered by an opacity.

# %% tags=["demo", "nbval-ignore-output"]
if chest.test.truth is None:
    print(
        "Real images: nobody has outlined the opacities. Ask for subgroups when you collect data."
    )
else:
    sick = np.flatnonzero(labels == 1)
    area = chest.test.truth.masks[sick].sum(axis=(1, 2))
    limits = np.quantile(area, [1 / 3, 2 / 3])
    third = np.digitize(area, limits)  # 0, 1, 2: every film is in one group
    finds = {}
    for group in range(3):
        inside = sick[third == group]
        sizes = area[third == group]
        print(
            f"opacity of {sizes.min():3} to {sizes.max():3} pixels, {len(inside)} films:", end=" "
        )
        for name in ("MLP", "CNN"):
            hit = scores[name][inside] >= 0.5
            low, high = interval(lambda rows, hit=hit: hit[rows].mean(), patients[inside])
            finds[name, group] = hit.mean(), low, high
            print(f"{name} finds {hit.mean():.0%} ({low:.0%}–{high:.0%})", end="   ")
        print()
    small, large = finds["CNN", 0], finds["CNN", 2]
    finding(
        small[2] < large[1],
        f"The CNN finds {small[0]:.0%} of the smallest opacities and {large[0]:.0%} of the largest, and the "
        "intervals lie apart: one number for all would have hidden it.",
        f"The CNN finds {small[0]:.0%} of the smallest opacities and {large[0]:.0%} of the largest; the intervals "
        "do not lie apart.",
    )

# %% [markdown]
# The early, small finding is where help would be needed most, and where a network is likely to be worst. Ask
# the same for age, sex, hospital and machine: PneumoniaMNIST has children of *one* hospital, so nobody knows
# what its winners do elsewhere. Zech (2018) trained on one hospital's X-rays and lost much at the next;
# DeGrave (2021) found networks that had learned the hospital's marks instead of the disease.
#
# And who says what is true? Two physicians labelled these children's films, and a third checked the test
# films (Kermany 2018). Where doctors disagree, the label is an opinion: a network that agrees with 95 %
# of noisy labels may be as good as one can measure, or only as wrong.
#
# ### When it says 80 %, is it 80 %?
#
# A doctor reads the score as a probability. **Calibration** asks whether it is one: of all films with a
# score near 0.8, about 80 % should be ill. The *reliability diagram* shows it; the **expected
# calibration error** (ECE) is the mean distance from the diagonal, each bin weighted by its films.


# %% tags=["demo", "nbval-ignore-output"]
figure = Figure(figsize=(8.5, 3))
errors = {}
for axis, (name, given) in zip(figure.subplots(1, 3, sharey=True), scores.items(), strict=True):
    share, mean_score = calibration_curve(labels, given, n_bins=10)  # of the bins with films
    films = np.histogram(given, bins=10, range=(0, 1))[0]
    films = films[films > 0]
    errors[name] = np.average(abs(share - mean_score), weights=films)
    axis.plot([0, 1], [0, 1], ":", color="#666666")
    axis.plot(mean_score, share, "-", color="#0072B2", lw=1)
    axis.scatter(mean_score, share, s=films, color="#0072B2", alpha=0.6)
    axis.set(title=f"{name}: ECE {errors[name]:.3f}", xlabel="score")
figure.axes[0].set_ylabel("share that is ill")
figure.tight_layout()
widgets.figures.show(
    figure,
    alt="Reliability diagrams: the share of ill films against the score, larger points for more films. "
    + ", ".join(
        f"{name} has an expected calibration error of {e:.3f}" for name, e in errors.items()
    )
    + ".",
)

# %% [markdown]
# A high AUC says nothing about calibration: stretch all scores, and the AUC stays. Networks that are
# trained for long become too sure of themselves (Guo 2017). And calibration is lost as soon as the
# prevalence changes: on another ward 80 % is no longer 80 %.
#
# ## Easy is not useful: the kind of image
#
# Now the six kinds of images, abdomen CT to head CT, with the same three models.
#
# **Predict:** by how much does the CNN beat logistic regression here?

# %% tags=["demo", "covers-5.7", "nbval-ignore-output"]
kinds = data.load("mednist", 28)
few = {
    split: type(part)(part.images[:1200], part.labels[:1200])
    for split, part in {"train": kinds.train, "val": kinds.val, "test": kinds.test}.items()
}
images, classes = tensors(few["test"]).tensors
rights = {}
for name, (build, _, rate) in counted(recipes.items(), "training on six kinds"):
    torch.manual_seed(0)
    model = build(6)
    for _ in fit(model, tensors(few["train"]), tensors(few["val"]), 4, rate / 2):
        pass
    right = probabilities(model, images).argmax(axis=1) == classes.numpy()
    low, high = stats.binomtest(int(right.sum()), len(right)).proportion_ci()
    rights[name] = right.mean()
    print(
        f"{name:20} accuracy on {len(right)} test images {right.mean():.3f} ({low:.3f}–{high:.3f})"
    )
finding(
    rights["logistic regression"] > 0.97,
    f"Nothing to win: logistic regression is right on {rights['logistic regression']:.1%}. A hand is dark outside, "
    "a chest is not; a few pixels decide.",
    f"Logistic regression is right on {rights['logistic regression']:.1%}, after four epochs on 1,200 images: more "
    "than enough to tell that the task is easy, though the best of the three "
    f"({max(rights.values()):.1%}) has something left to win.",
)

# %% [markdown]
# (On 1,200 real MedNIST images of 28 × 28, logistic regression that was trained to the end reached 98.8 %.) So
# a paper that reports 99 % on such a task has
# shown that its code runs. It is not a diagnosis: nobody in a hospital asks whether this is a hand.
#
# And the slip from above, ten outputs for six classes?

# %% tags=["demo", "covers-5.3", "nbval-ignore-output"]
surplus = {}
for outputs in counted((6, 10), "training with 6 and with 10 outputs"):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Flatten(), make_logistic_regression(784, outputs))
    before = probabilities(model, images)[:, 6:].sum(axis=1).mean()
    for _ in fit(model, tensors(few["train"]), tensors(few["val"]), 4, 0.001):
        pass
    after = probabilities(model, images)
    right = (after.argmax(axis=1) == classes.numpy()).mean()
    print(f"{outputs:2} outputs: accuracy {right:.3f}; probability of classes that do not exist:")
    surplus[outputs] = after[:, 6:].sum(axis=1).mean(), right
    print(f"   {before:.1%} before training, {surplus[outputs][0]:.2%} after")
finding(
    surplus[10][0] < 0.1 and abs(surplus[10][1] - surplus[6][1]) < 0.03,
    "Training pushes the four surplus outputs down, so the accuracy hardly shows the slip: "
    f"{surplus[6][1]:.3f} and {surplus[10][1]:.3f}.",
    f"The four surplus outputs keep {surplus[10][0]:.1%} of the probability; the accuracies are "
    f"{surplus[6][1]:.3f} and {surplus[10][1]:.3f}.",
)

# %% [markdown]
# The slip costs parameters and some probability, and one day the program names class 8. Compare the number of outputs
# with the number of classes; the first loss helps, too: $\ln 10 = 2.3$ instead of $\ln 6 = 1.8$.
#
# ## What the layers have learned
#
# The two convolutions of your network are its **feature extractor**, the dense layers its
# **classifier**. In deep networks for photographs one finds an order: first layers answer to edges and
# textures (**low-level** features), middle ones to parts, the last ones to objects (**high-level**). It
# is a tendency: a texture may well turn up late, a part early.
#
# Medical images are different. In a photograph a dog fills half of the image; large parts decide. A
# microcalcification or an early opacity is a few pixels. It is small and yet *high-level*: what makes it
# a finding is its relation to everything around it. **Small is not low-level.** And a network that pools
# away the small has lost it for good.
#
# **Predict, then look.** This is the network that you trained. A spot, three pixels wide, is added to a
# healthy film: in which layer does it drown in the noise, or does it reach the answer? Then choose a
# *fainter* one, and choose another *view*: the neurons
# (click on one to see its patch of the film) or the filters.

# %% tags=["demo", "covers-5.9", "covers-5.12", "nbval-ignore-output"]
widgets.cnn.feature_maps(models["CNN"], well[0] * (4 / 255) - 2)

# %% [markdown]
# A spot can stand out of the noise in every feature map and still change the answer hardly at all: then the
# features saw it, and the classifier had never learned that so little can matter. Make the spot wider, or
# fainter, and find the limit of *your* network. And the filters: 5 × 5
# weights are too few to look like anything. An edge, a dark spot in a bright ring: low-level features.
#
# ### From edges to parts
#
# Your network has two convolutions: too few to see the order grow. Here is one with three, which comes with
# this course (unit 07 uses it): it tells six kinds of images apart. For four maps of each layer we looked
# through 600 images for the places where the map is *strongest*, and cut out what the neuron sees there.
# **Predict:** what do the patches of one row have in common in the first layer, what in the last?

# %% tags=["demo", "covers-5.12", "covers-5.9", "nbval-ignore-output"]
from course_utils import models as pretrained

deeper = pretrained.modality_net()
gallery = data.phantoms.modalities(600, 28, seed=3)
looked = pretrained.standardized(gallery.images)
SEES = {"layer1": (3, 1), "layer2": (8, 2), "layer3": (18, 4)}  # field in pixels, pixels a cell

figure = Figure(figsize=(9, 4.4))
grid = figure.subplots(
    4, 15 + 2, gridspec_kw={"width_ratios": [1] * 5 + [0.3] + [1] * 5 + [0.3] + [1] * 5}
)
for axis in grid.flat:
    axis.set_axis_off()
kinds_seen = {layer: [] for layer in SEES}
with torch.no_grad():
    x = looked
    for block, (layer, (field, stride)) in enumerate(SEES.items()):
        stage = getattr(deeper, layer)
        maps = stage.relu(stage.norm(stage.conv(x)))
        x = stage.pool(maps)
        strongest = maps.amax(dim=(2, 3))  # (600, channels): the best place of every image
        channels = strongest.amax(dim=0).argsort(descending=True)[:4]
        for row, channel in enumerate(channels):
            best = strongest[:, channel].argsort(descending=True)[:5]
            kinds_seen[layer].append(len(set(gallery.labels[best.numpy()])))
            for column, film in enumerate(best):
                place = int(maps[film, channel].argmax())
                middle = np.array(divmod(place, maps.shape[3])) * stride + (stride - 1) // 2
                low = middle - (field - 1) // 2 + field  # in the image padded by one field
                padded = np.pad(gallery.images[film], field)
                patch = padded[low[0] : low[0] + field, low[1] : low[1] + field]
                axis = grid[row, block * 6 + column]
                axis.imshow(patch, cmap="gray", vmin=0, vmax=255)
                if row == 0 and column == 2:
                    axis.set_title(f"{layer}: sees {field} × {field} pixels", fontsize=10)
figure.subplots_adjust(left=0.01, right=0.99, bottom=0.01, top=0.9, wspace=0.08, hspace=0.08)
from_kinds = {layer: np.mean(counts) for layer, counts in kinds_seen.items()}
finding(
    from_kinds["layer3"] < from_kinds["layer1"],
    f"The five patches of a row come from {from_kinds['layer1']:.1f} kinds of images on average in the first layer, "
    f"and from {from_kinds['layer3']:.1f} in the last: edges are everywhere, parts belong to one organ.",
    f"The five patches of a row come from {from_kinds['layer1']:.1f} kinds of images on average in the first layer, "
    f"from {from_kinds['layer3']:.1f} in the last.",
)
widgets.figures.show(
    figure,
    alt="For four maps of each of three layers, the five patches of 600 images that excite it most: edges and "
    "corners of 3 × 3 pixels in the first layer, pieces of texture and outline of 8 × 8 in the second, parts "
    "of an organ of 18 × 18 in the third.",
)
#
# ## Deeper: VGG
#
# Simonyan and Zisserman asked in 2014: how far does one get with nothing but small kernels and depth?
# Their **VGG** networks are lists. A number is a 3 × 3 convolution with so many filters (padding keeps
# the size) and a ReLU; M is max pooling. Whenever the maps get smaller, the number of channels grows:
# less *where*, more *what*.
#
# | configuration | weight layers | what is new |
# |---|---|---|
# | A | 11 | 8 convolutions, 3 dense layers |
# | A-LRN | 11 | A with a local response normalization; it did not help |
# | B | 13 | two more convolutions at the beginning |
# | C | 16 | three more, of 1 × 1 |
# | D ("VGG-16") | 16 | these three are 3 × 3 |
# | E ("VGG-19") | 19 | three more of 3 × 3 |
#
# (Some slides call both A and A-LRN "A": they are two columns of the paper.)
#
# **Predict, then look.** Which layers hold most of the 138 million parameters of configuration D? And
# which do most of the multiplications?

# %% tags=["covers-5.8"]
widgets.cnn.vgg()

# %% [markdown]
# ### Exercise: VGG's features
#
# Write `vgg_features(config, in_channels=3)`.
#
# - `config`: a list. A whole number: so many filters of 3 × 3, then a ReLU. A tuple `(channels, k)`:
#   filters of $k \times k$ ($k$ odd), then a ReLU. `"LRN"`: `nn.LocalResponseNorm(5)` with PyTorch's
#   other defaults. `"M"`: max pooling 2 × 2 with stride 2.
# - Convolutions have stride 1, biases, and the zero padding that keeps the size.
# - Returns a network from `(N, in_channels, H, W)` to the last feature maps. No batch norm. `config`
#   stays as it is.
# - Not allowed here: `torchvision`.
#
# By hand: `[8, "M", 16, "M"]` turns 3 × 28 × 28 into 16 × 7 × 7 and has
# $8 \cdot 28 + 16 \cdot 73 = 1{,}392$ parameters.


# %% nbgrader={"grade": false, "grade_id": "vgg_features", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-5.8"]
def vgg_features(config, in_channels=3):
    """Return the feature extractor that a configuration describes."""
    ### BEGIN SOLUTION
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers += [nn.Conv2d(in_channels, channels, k, padding=k // 2), nn.ReLU()]
            in_channels = channels
    return nn.Sequential(*layers)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "vgg_features-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.vgg_features(vgg_features)
### BEGIN HIDDEN TESTS
check.vgg_features(vgg_features, seed=43577)
### END HIDDEN TESTS

# %% [markdown]
# All six configurations with your function. PyTorch's *meta device* builds a network without memory for
# its weights: shapes only, so that 138 million parameters cost nothing.

# %% tags=["demo", "covers-5.8"]
A = [64, "M", 128, "M", 256, 256, "M", 512, 512, "M", 512, 512, "M"]
doubled = [64, 64, "M", 128, 128, "M"]
three = [256, 256, "M", 512, 512, "M", 512, 512, "M"]
configurations = {
    "A": A,
    "A-LRN": [64, "LRN", *A[1:]],
    "B": doubled + three,
    "C": doubled + [256, 256, (256, 1), "M"] + 2 * [512, 512, (512, 1), "M"],
    "D": doubled + [256] * 3 + ["M"] + 2 * [512, 512, 512, "M"],
    "E": doubled + [256] * 4 + ["M"] + 2 * [512, 512, 512, 512, "M"],
}
with torch.device("meta"):
    head = nn.Sequential(nn.Linear(512 * 7 * 7, 4096), nn.Linear(4096, 4096), nn.Linear(4096, 1000))
    for name, config in configurations.items():
        features = vgg_features(config)
        layers = sum(isinstance(layer, nn.Conv2d) for layer in features.modules()) + 3
        inside, behind = (sum(p.numel() for p in part.parameters()) for part in (features, head))
        maps = tuple(features(torch.empty(1, 3, 224, 224)).shape[1:])
        print(f"{name:5} {layers} weight layers; 224 × 224 → {maps};", end=" ")
        print(f"parameters: features {inside:11,}, classifier {behind:,}")

# %% [markdown]
# Nine tenths of the parameters sit in the three dense layers, and most of them in the first. Unit 04's
# global average pooling would have spared them; later networks did just that.
#
# ## Is deeper better?
#
# A deeper network can do all that a shallower one can: let the extra layers hand their input on
# unchanged. So it should never be worse. But in 2015 He and others saw plain networks get *worse* with
# more layers, already on the training images. It is hard to learn "change nothing" with convolutions and
# ReLUs.
#
# Their remedy is the **skip connection**: the block adds its result to its input. Doing nothing now
# means: all weights zero. Each block has the option to keep a feature or to update it.
#
# > **Batch norm, in short.** While a network trains, the numbers that a layer gets drift: all larger, all
# > shifted. *Batch normalization* (`nn.BatchNorm2d(channels)`) stands behind a convolution and puts that
# > right: from each channel it takes away the mean over the batch (all images and places) and divides by the
# > standard deviation. Then it multiplies by a learned factor (its `weight`, first 1) and adds a learned
# > shift (its `bias`, first 0): two parameters for each channel. Because of the shift the convolution before
# > needs no bias. In evaluation mode there may be a single image, so it uses averages that it kept while it
# > trained. That is why `model.eval()` matters. (Units 07 and 10 come back to it.)
#
# ### Exercise: the residual block
#
# Write the class `ResidualBlock(c_in, c_out, stride=1)`, an `nn.Module`.
#
# - The branch: convolution 3 × 3 from `c_in` to `c_out` with the stride and padding 1, batch norm, ReLU;
#   convolution 3 × 3 from `c_out` to `c_out` with stride 1 and padding 1, batch norm. The convolutions
#   have no biases (`bias=False`).
# - The shortcut: the input itself where `stride` is 1 and `c_in` equals `c_out`. Otherwise a
#   *projection*: convolution 1 × 1 from `c_in` to `c_out` with the stride, no bias, then batch norm.
# - `forward(x)`: branch + shortcut, and then a ReLU. `(N, c_in, H, W)` → `(N, c_out, ⌈H/stride⌉,
#   ⌈W/stride⌉)`. `x` stays as it is.
# - Batch norm is `nn.BatchNorm2d` with its defaults, one for each convolution. The names of the layers
#   are yours.
#
# By hand: `ResidualBlock(4, 4)` has $2 \cdot 4 \cdot 4 \cdot 9 + 2 \cdot 2 \cdot 4 = 304$ parameters.


# %% nbgrader={"grade": false, "grade_id": "ResidualBlock", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-5.10"]
class ResidualBlock(nn.Module):
    """Two convolutions with batch norm, added to their input."""

    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        ### BEGIN SOLUTION
        self.branch = nn.Sequential(
            nn.Conv2d(c_in, c_out, 3, stride=stride, padding=1, bias=False),
            nn.BatchNorm2d(c_out),
            nn.ReLU(),
            nn.Conv2d(c_out, c_out, 3, padding=1, bias=False),
            nn.BatchNorm2d(c_out),
        )
        self.shortcut = nn.Sequential()
        if stride != 1 or c_in != c_out:
            self.shortcut.append(nn.Conv2d(c_in, c_out, 1, stride=stride, bias=False))
            self.shortcut.append(nn.BatchNorm2d(c_out))
        ### END SOLUTION

    def forward(self, x):
        """Return the updated feature maps."""
        ### BEGIN SOLUTION
        return F.relu(self.branch(x) + self.shortcut(x))
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "ResidualBlock-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.ResidualBlock(ResidualBlock)
### BEGIN HIDDEN TESTS
check.ResidualBlock(ResidualBlock, seed=67918)
### END HIDDEN TESTS

# %% [markdown]
# **Predict, then look.** Four networks learn from the same 1,000 phantoms for five epochs: 1 block and
# 20 blocks (3 and 41 convolutions), each with skip connections and without. Which of the four learns least?


# %% tags=["demo", "covers-5.10", "nbval-ignore-output"]
class PlainBlock(nn.Module):
    """Your residual block, with the shortcut taken away again."""

    def __init__(self, channels):
        super().__init__()
        self.block = ResidualBlock(channels, channels)

    def forward(self, x):
        norms = [part for part in self.block.modules() if isinstance(part, nn.BatchNorm2d)]
        convolutions = [part for part in self.block.modules() if isinstance(part, nn.Conv2d)]
        for convolution, norm in zip(convolutions, norms, strict=True):
            x = F.relu(norm(convolution(x)))
        return x


def deep(kind, blocks, channels=8):
    """A stem, a stack of blocks, global average pooling, a classifier."""
    stem = [nn.Conv2d(1, channels, 5, stride=4, padding=2), nn.ReLU()]
    head = [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 2)]
    return nn.Sequential(*stem, *(kind() for _ in range(blocks)), *head)


thousand = torch.utils.data.Subset(everything, range(1000))
kinds_of_block = {"plain": lambda: PlainBlock(8), "residual": lambda: ResidualBlock(8, 8)}
last_loss = {}
for blocks, name in counted([(n, kind) for n in (1, 20) for kind in kinds_of_block], "training"):
    torch.manual_seed(0)
    model = deep(kinds_of_block[name], blocks)
    loader = DataLoader(thousand, batch_size=32, shuffle=True)
    optimizer = optimizer_for(model, 0.02)
    losses = [train_one_epoch(model, loader, nn.CrossEntropyLoss(), optimizer) for _ in range(5)]
    last_loss[name, blocks] = losses[-1]
    print(f"{blocks:2} blocks, {name:8}: training loss", *(f"{loss:.2f}" for loss in losses))
finding(
    last_loss["plain", 20] > last_loss["plain", 1] + 0.03
    and last_loss["residual", 20] < last_loss["residual", 1],
    "Without skip connections 20 blocks learn *less* than one: the loss ends at "
    f"{last_loss['plain', 20]:.2f} instead of {last_loss['plain', 1]:.2f}. With them the same 41 convolutions "
    f"learn more than the three: {last_loss['residual', 20]:.2f} against {last_loss['residual', 1]:.2f}. This is "
    "the *training* loss, so it is no overfitting: the plain network cannot find what it could express.",
    "The four losses end at "
    + ", ".join(f"{loss:.2f}" for loss in last_loss.values())
    + ": in this short run "
    "the skip connections do not decide.",
)

# %% [markdown]
# And the option to change nothing: set the weights of a block's last batch norm to zero (its biases start
# there), and it hands positive features on unchanged. A stack of such blocks does no harm.

# %% tags=["demo", "covers-5.10"]
block = ResidualBlock(8, 8)
nn.init.zeros_([part for part in block.modules() if isinstance(part, nn.BatchNorm2d)][-1].weight)
features = torch.rand(2, 8, 7, 7)
print("largest change of the features:", (block(features) - features).abs().max().item())

# %% [markdown]
# ## Wider: Inception
#
# How large should a kernel be? A nodule needs a small one, a shadow over a whole lobe a large one. The
# **Inception** block of GoogLeNet (2014) does not choose. It looks at the pixel itself (1 × 1), at its
# neighbours (3 × 3), at its further neighbours (5 × 5), and at the largest of the neighbours (pooling),
# and puts all answers behind each other. The next layer picks what it needs.
#
# ### Exercise: the Inception block
#
# Write the class `InceptionBlock(c_in, c1, c3, c5, c_pool)`, an `nn.Module`.
#
# - Four branches on the same input: convolution 1 × 1 to `c1` maps; convolution 3 × 3 to `c3` maps;
#   convolution 5 × 5 to `c5` maps; max pooling 3 × 3 with stride 1 and padding 1, followed by a
#   convolution 1 × 1 to `c_pool` maps. The 5 × 5 is a true 5 × 5. (`nn.MaxPool2d(3)` alone has stride 3.)
# - Stride 1, biases, and the padding that keeps the size. A ReLU after each branch.
# - `forward(x)`: `(N, c_in, H, W)` → `(N, c1 + c3 + c5 + c_pool, H, W)`, the branches in this order
#   along the channels. (GoogLeNet also thins the channels by 1 × 1 before the large kernels; we leave
#   that out.)
#
# By hand: `InceptionBlock(3, 4, 6, 2, 3)` makes 4 + 6 + 2 + 3 = 15 maps of 3.


# %% nbgrader={"grade": false, "grade_id": "InceptionBlock", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-5.11"]
class InceptionBlock(nn.Module):
    """Four looks at the same feature maps, put behind each other."""

    def __init__(self, c_in, c1, c3, c5, c_pool):
        super().__init__()
        ### BEGIN SOLUTION
        self.near = nn.Conv2d(c_in, c1, 1)
        self.around = nn.Conv2d(c_in, c3, 3, padding=1)
        self.further = nn.Conv2d(c_in, c5, 5, padding=2)
        self.pooled = nn.Conv2d(c_in, c_pool, 1)
        ### END SOLUTION

    def forward(self, x):
        """Return the maps of all branches."""
        ### BEGIN SOLUTION
        largest = F.max_pool2d(x, 3, stride=1, padding=1)
        looks = [self.near(x), self.around(x), self.further(x), self.pooled(largest)]
        return F.relu(torch.cat(looks, dim=1))
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "InceptionBlock-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.InceptionBlock(InceptionBlock)
### BEGIN HIDDEN TESTS
check.InceptionBlock(InceptionBlock, seed=31064)
### END HIDDEN TESTS

# %% tags=["demo", "covers-5.11"]
films = everything.tensors[0][:4]
block = InceptionBlock(1, 4, 8, 2, 2)
print("four films", tuple(films.shape), "→", tuple(block(films).shape))
for parameter in block.parameters():
    if parameter.dim() == 4:
        print(f"  kernels {tuple(parameter.shape)}: {parameter.numel():3} weights")

# %% [markdown]
# ## A gallery
#
# From LeNet (1998) to transformers. For this gallery every network was really built, on the meta device
# and without a download, and counted. They come from torchvision and from *timm*, a library with more
# than a thousand image models; LeNet and SegNet are ours.
#
# **Predict, then look.** Which network has the most parameters, and which does the most
# multiplications? Is the newest one the largest?

# %% tags=["covers-5.13"]
widgets.cnn.gallery()

# %% [markdown]
# To build one yourself takes one line. The weights are the download, not the network:

# %% tags=["demo", "covers-5.13"]
from torchvision import models as zoo

with torch.device("meta"):
    for name in ("vgg16", "resnet50", "densenet121", "mobilenet_v2", "convnext_tiny", "vit_b_16"):
        network = zoo.get_model(name, weights=None)
        print(f"{name:13} {sum(p.numel() for p in network.parameters()):11,} parameters")

# %% [markdown]
# A larger network is not a better doctor. On 28 × 28 pixels the published ResNet-18 reaches an AUC of
# 0.944 on PneumoniaMNIST (Yang 2023), with some 250 times the parameters of your
# network. Compare it with the table of real films above: with 624 films nobody can tell the two apart. What
# limits such a test is the images, their labels, and the 624 films: not the number of layers.
#
# ## What you can do now
#
# - You can build, train and check a convolutional network, and find out in a minute that it has a bug.
# - You can say what its answer is worth: for whom, at which prevalence, how sure.
# - You know the three ideas behind most architectures: small kernels and depth (VGG), the option to
#   change nothing (ResNet), several looks at once (Inception).
#
# Amara's film was the third in the queue after the network had sorted it. The doctor on call looked at
# it at ten past two, and decided himself.
#
# Fourteen exercises, 46 points. Save this notebook, then see how far you got, here and in the other units:

# %% tags=["demo"]
from course_utils import progress

progress.show()

# %% [markdown]
# **Read on**
# - Y. LeCun and others, *Gradient-based learning applied to document recognition*, 1998: LeNet
#   ([doi:10.1109/5.726791](https://doi.org/10.1109/5.726791)).
# - K. Simonyan and A. Zisserman, *Very deep convolutional networks*, 2014: VGG
#   ([arXiv:1409.1556](https://arxiv.org/abs/1409.1556)).
# - C. Szegedy and others, *Going deeper with convolutions*, 2014: Inception
#   ([arXiv:1409.4842](https://arxiv.org/abs/1409.4842)).
# - K. He and others, *Deep residual learning*, 2015
#   ([arXiv:1512.03385](https://arxiv.org/abs/1512.03385)).
# - J. Yang and others, *MedMNIST v2*, Scientific Data 2023
#   ([doi:10.1038/s41597-022-01721-8](https://doi.org/10.1038/s41597-022-01721-8)).
# - D. Kermany and others, *Identifying medical diagnoses and treatable diseases by image-based deep
#   learning*, Cell 2018: where the children's films come from
#   ([doi:10.1016/j.cell.2018.02.010](https://doi.org/10.1016/j.cell.2018.02.010)).
# - S. Ioffe and C. Szegedy, *Batch normalization*, 2015
#   ([arXiv:1502.03167](https://arxiv.org/abs/1502.03167)).
# - M. Zeiler and R. Fergus, *Visualizing and understanding convolutional networks*, 2013: strongest patches
#   ([arXiv:1311.2901](https://arxiv.org/abs/1311.2901)).
# - J. Zech and others, *Variable generalization performance of a deep learning model to detect
#   pneumonia*, PLoS Medicine 2018
#   ([doi:10.1371/journal.pmed.1002683](https://doi.org/10.1371/journal.pmed.1002683)).
# - A. DeGrave and others, *AI for radiographic COVID-19 detection selects shortcuts over signal*, Nature
#   Machine Intelligence 2021
#   ([doi:10.1038/s42256-021-00338-7](https://doi.org/10.1038/s42256-021-00338-7)).
# - C. Guo and others, *On calibration of modern neural networks*, 2017
#   ([arXiv:1706.04599](https://arxiv.org/abs/1706.04599)).
