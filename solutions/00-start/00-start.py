# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # First steps
#
# **Unit 00 · about 45 minutes · runs in about 5 seconds with 0.7 GB of memory**
#
# **What you will be able to do**
# - work in a notebook of this course: run a cell, play with a picture, let your answer be checked,
#   see how far you are, and hand in;
# - read the shape of an array, and compute with a whole table at once;
# - measure how steep a function is, and compare that with what PyTorch says;
# - write a module of your own, and feed it with patients in batches;
# - read an error message from its last line upwards.
#
# **Before you start:** some Python: functions, loops, lists. Nothing else.
#
# The patients of this unit are invented.

# %%
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset

from course_utils import widgets
from course_utils.checks import start as check

# %% [markdown]
# ## A notebook is a list of cells
#
# You are reading a *text cell*. The gray box above is a *code cell*. Click into it and press
# **Shift + Enter**: Python runs it, shows what comes out below it, and goes on to the next cell. Run
# the cells from the top to the bottom: a cell can use only what cells before it have made. The
# **kernel** is the Python program behind the notebook. It remembers every name until you restart it
# (menu *Kernel → Restart Kernel*).
#
# The first code cell of every unit makes the names ready that all others use. Run it first, always.
#
# Here is a morning in the children's clinic where Doctor Aylin Demir has her first day. Four children
# wait. Each row is a child; the columns are the body temperature (°C), the weight (kg) and the
# breaths per minute.

# %%
children = np.array(
    [
        [36.5, 12.0, 28.0],
        [39.5, 20.0, 44.0],
        [37.5, 16.0, 24.0],
        [38.5, 24.0, 36.0],
    ]
)
names = ["Ada", "Ben", "Cleo", "Dario"]
print(children.shape)

# %% [markdown]
# `(4, 3)` is the **shape** of this array: four rows, three columns. The number of axes is the length of
# that tuple; axis 0 goes down, axis 1 goes to the right. Most mistakes of a first year are mistakes
# about shapes, so print them often.
#
# `children[1]` is Ben's row, `children[:, 1]` the column of weights, `children[1, 1]` Ben's weight.
# Counting begins at 0.

# %%
print("Ben:", children[1], "of shape", children[1].shape)
print("all weights:", children[:, 1])
print("mean of each column:", children.mean(axis=0))
print("mean of each row:   ", children.mean(axis=1))

# %% [markdown]
# `mean(axis=0)` takes axis 0 away: four rows become one, and three numbers remain. The other one,
# `mean(axis=1)`, adds degrees, kilograms and breaths of a child. It computes without a complaint, and
# means nothing at all: Python checks shapes, you check sense.
#
# ## Two shapes become one
#
# How far is each child from the mean? `children - children.mean(axis=0)` subtracts an array of shape
# `(3,)` from one of shape `(4, 3)`. How can that work? NumPy compares the two shapes **from the
# right**. Two lengths fit if they are equal or if one of them is 1. An axis of length 1, or one that is
# missing on the left, is read again and again. This is called **broadcasting**.
#
# **Predict, then look.** A table of shape (3, 4) minus three numbers, one for each row: does NumPy do
# that? Make your guess. Then choose *a table minus three numbers* below the picture. (Buttons step
# through the frames; a click on a number of the result shows what it is made of; the arrow keys work,
# too.)

# %% tags=["demo"]
widgets.start.broadcasting()

# %% [markdown]
# Three numbers of shape (3,) are a *row*: 3 meets 4, and NumPy refuses. To subtract one number from each
# row, make them a column of shape (3, 1), with `numbers[:, None]` or with `mean(axis=1, keepdims=True)`.
# Worse than a refusal is a shape that fits by accident: with a square table, (3, 3) minus (3,) always
# works, and does the wrong thing if you meant a column.

# %%
from_the_mean = children - children.mean(axis=0)
print(from_the_mean)
print("shapes:", children.shape, "and", children.mean(axis=0).shape, "become", from_the_mean.shape)

# %% [markdown]
# ## Your first exercise
#
# Who of the children is the most unusual? 2 °C above the mean is a lot, 2 kg is not. Numbers of
# different units can be compared after they are **standardized**: subtract the mean of the column, then
# divide by its **standard deviation**, the root of the mean squared distance from the mean. Afterwards 1
# means "one standard deviation above the mean", in every column. Networks learn better from such
# numbers, too.
#
# An exercise has three parts: a text that says exactly what is wanted, a cell in which you write, and a
# cell that checks. The check tries your function on many inputs and says what is wrong, and why. You can
# run it as often as you like. Under the first sentence there is a second, folded one: open it when you
# want to know where to look.

# %% [markdown]
# ### Exercise: standardize a table
#
# Write `standardize(X)`.
#
# - `X`: array `(N, D)`, N ≥ 1 patients and D ≥ 1 measurements, whole numbers or floats.
# - Return a new array `(N, D)` of floats: from each column its mean is subtracted, then the column is
#   divided by its standard deviation.
# - The standard deviation divides by N (`np.std` does so).
# - A constant column, in which all numbers are equal, becomes 0. (Its standard deviation is 0.) The
#   columns that we test are either exactly constant or clearly not.
# - `X` stays as it is. Not allowed here: torch, scipy, sklearn. (Everywhere forbidden are the course's
#   own code and whatever looks into Python itself.)
#
# By hand: the columns of `[[1, 10], [3, 10], [5, 10]]` have the means 3 and 10 and the standard
# deviations √(8/3) ≈ 1.633 and 0. The result is `[[-1.225, 0], [0, 0], [1.225, 0]]`.


# %% nbgrader={"grade": false, "grade_id": "standardize", "locked": false, "schema_version": 3, "solution": true, "task": false}
def standardize(X):
    """Return the columns of X, each with mean 0 and standard deviation 1 (or 0 if constant)."""
    ### BEGIN SOLUTION
    spread = X.std(axis=0)
    return (X - X.mean(axis=0)) / np.where(spread == 0, 1, spread)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "standardize-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.standardize(standardize)
### BEGIN HIDDEN TESTS
check.standardize(standardize, seed=41822)
### END HIDDEN TESTS

# %% [markdown]
# A gray line in the report means: not written yet. A red row is a case that failed, with the input that
# shows it best. When all rows are green, the answer has all its points; it is graded by the same check
# with other random numbers.
#
# Now the question can be answered.

# %% tags=["demo"]
unusual = np.abs(standardize(children))
child, column = np.unravel_index(unusual.argmax(), unusual.shape)
measured = ["temperature", "weight", "breaths"][column]
print("most unusual:", names[child], "in", measured, f"({unusual.max():.2f} standard deviations)")

# %% [markdown]
# ## How steep is it?
#
# To learn, a network asks one question millions of times: *if I turn this number up a little, does my
# error rise or fall, and how fast?* The answer is a **slope**, also called a derivative. It can be
# measured without any rule of calculus: ask the function a little to the left and a little to the right,
# and divide the difference by the distance.
#
# **Predict, then look.** The line goes through two points of the curve. While the step becomes smaller,
# the line comes closer to the curve's own direction. Is the smallest step the best one? Step to the
# end, and watch the error on the right.

# %% tags=["demo"]
widgets.start.secant()

# %% [markdown]
# At first a smaller step is better. Then the error rises again: a computer keeps about 16 digits of a
# number, and two values that lie very close agree in nearly all of them. Their difference is then made of
# the last, rounded digits. A step of about 10⁻⁵ on both sides is a good choice for functions like these.
#
# And asking on both sides beats asking on one side: there the errors of both sides cancel, for the most
# part.

# %% [markdown]
# ### Exercise: measure a slope
#
# Write `slope_of(f, x, h=1e-5)`.
#
# - `f`: a function of one number that returns a number. `x`: a number. `h` > 0: the step.
# - Return the **central difference** as a float: f a step h to the right, minus f a step h to the left,
#   divided by the distance of these two places.
# - Not allowed here: torch, scipy, np.gradient.
#
# By hand: for f(x) = x² at x = 3 with h = 1: (4² − 2²) / 2 = (16 − 4) / 2 = 6.


# %% nbgrader={"grade": false, "grade_id": "slope_of", "locked": false, "schema_version": 3, "solution": true, "task": false}
def slope_of(f, x, h=1e-5):
    """Return the slope of f at x, measured over a step h to both sides."""
    ### BEGIN SOLUTION
    return (f(x + h) - f(x - h)) / (2 * h)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "slope_of-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.slope_of(slope_of)
### BEGIN HIDDEN TESTS
check.slope_of(slope_of, seed=70315)
### END HIDDEN TESTS

# %% [markdown]
# ## Tensors know their slopes
#
# PyTorch's arrays are called **tensors**. They behave like NumPy's arrays, with one gift more: a tensor
# with `requires_grad=True` remembers how everything was computed from it. `backward()` then goes this way
# back and puts the slope into `.grad`. That is **autograd**. It measures nothing: it applies the rules
# of calculus, step by step.
#
# A fever medicine works the better the more of it is in the blood, up to a point. Doctor Demir's
# pharmacist describes this by f(x) = x · exp(−x). How fast does it rise at x = 0.5?

# %%
x = torch.tensor(0.5, requires_grad=True, dtype=torch.float64)
effect = x * torch.exp(-x)
effect.backward()
print("autograd: ", x.grad.item())

# %% tags=["demo"]
print("measured: ", slope_of(lambda dose: dose * np.exp(-dose), 0.5))

# %% [markdown]
# Two independent ways, one number: so you may believe both. Keep this habit. You will check every
# gradient of this course so.
#
# Two things that surprise everybody once:
# - `.grad` **adds up**: a second `backward()` adds its slope to the first. Training code therefore
#   empties it before each step.
# - A result that still remembers its way refuses `.numpy()`. `detach()` gives the same numbers without
#   the memory.

# %%
effect = x * torch.exp(-x)
effect.backward()
print("after a second backward:", x.grad.item())
print("as NumPy:", effect.detach().numpy())

# %% [markdown]
# ## A module of your own
#
# In PyTorch a network, a layer, or any step with numbers of its own is an `nn.Module`: a class with two
# functions. `__init__` is called once, when it is made, and keeps what it needs. `forward` says what it
# does with its input. You never call `forward` yourself: `module(x)` does.
#
# Here is the smallest one that learns: it multiplies by a number and adds another.


# %%
class Line(nn.Module):
    """Gives slope · x + start; both numbers can be trained."""

    def __init__(self):
        super().__init__()  # first of all: let nn.Module get ready
        self.slope = nn.Parameter(torch.tensor(2.0))
        self.start = nn.Parameter(torch.tensor(1.0))

    def forward(self, x):
        return self.slope * x + self.start


line = Line()
print("line(3) =", line(torch.tensor(3.0)).item())
print("to be trained:", [name for name, _ in line.named_parameters()])

# %% [markdown]
# An `nn.Parameter` is a number that training shall change. Other numbers belong to a module, too, but
# were *measured* and shall stay: the mean of a hospital, for instance. They are **buffers**:
# `self.register_buffer("mean", mean)` makes the buffer `self.mean`. Parameters and buffers are saved and
# loaded together, in the module's `state_dict()`; the optimizer sees only the parameters.

# %% [markdown]
# ### Exercise: a module that standardizes
#
# Write the class `Standardizer`, an `nn.Module`.
#
# - `Standardizer(mean, std)`: two tensors of shape `(D,)`, float32, no number of `std` is 0. It keeps
#   them as two buffers with the names `mean` and `std`, which are in its `state_dict()`, and it has no
#   parameters and no other buffers.
# - Called with a tensor `(N, D)`, it returns a tensor `(N, D)`: each column minus its `mean`, divided by
#   its `std`.
# - After other numbers have been loaded into its buffers it uses those.
#
# By hand: `mean` = `[2, 100]` and `std` = `[0.5, 20]` turn the patient `[1, 120]` into
# `[(1 − 2) / 0.5, (120 − 100) / 20]` = `[-2, 1]`.


# %% nbgrader={"grade": false, "grade_id": "Standardizer", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Standardizer(nn.Module):
    """Standardizes columns by the mean and the standard deviation that it was made with."""

    def __init__(self, mean, std):
        super().__init__()
        ### BEGIN SOLUTION
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)
        ### END SOLUTION

    def forward(self, x):
        """Return x, of shape (N, D), standardized."""
        ### BEGIN SOLUTION
        return (x - self.mean) / self.std
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "Standardizer-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.Standardizer(Standardizer)
### BEGIN HIDDEN TESTS
check.Standardizer(Standardizer, seed=15903)
### END HIDDEN TESTS

# %% [markdown]
# Why not compute mean and standard deviation of whoever is in the room? Because then a child's numbers
# would depend on who else came that day. A model is standardized with the numbers of the patients that
# it learned from, and carries them along.
#
# ## Patients in batches
#
# A **Dataset** says how many examples there are (`__len__`) and gives one of them (`__getitem__`). A
# **DataLoader** takes it, shuffles, and hands out **batches**: several examples stacked to one tensor,
# with the number of examples as its first axis. That is all the training loop of unit 05 will need.


# %%
class Clinic(Dataset):
    """The children of this morning, and whether each has a fever (38 °C and more)."""

    def __len__(self):
        return len(children)

    def __getitem__(self, number):
        measured = torch.tensor(children[number], dtype=torch.float32)
        return measured, int(children[number, 0] >= 38)


clinic = Clinic()
loader = DataLoader(clinic, batch_size=3)
for batch, fever in loader:
    print("batch of shape", tuple(batch.shape), "· fever:", fever.tolist())

# %% tags=["demo"]
all_children = torch.tensor(children, dtype=torch.float32)
to_standard = Standardizer(all_children.mean(dim=0), all_children.std(dim=0, correction=0))
for batch, _ in loader:
    print(np.array2string(to_standard(batch).numpy(), precision=2, suppress_small=True))

# %% [markdown]
# The last batch is smaller: four children in batches of three leave one. Code that works only for full
# batches fails on the last day of the month.
#
# ## How to read an error
#
# Errors are not a verdict on you: they are the most exact help that there is. Read them **from the last
# line upwards**. The last line says *what* went wrong, the arrow above it *where*. Here is one on
# purpose, caught so that the notebook goes on.

# %%
try:
    children - children.mean(axis=1)
except ValueError as error:
    print("ValueError:", error)

# %% [markdown]
# In words: an array of shape (4, 3) met one of shape (4,). From the right, 3 meets 4. Somebody took the
# mean of the rows and forgot `keepdims=True`, or meant the columns.
#
# | the last line begins with | it most often means | first thing to try |
# |---|---|---|
# | `NameError: name 'X' is not defined` | a cell further up has not run, or a typing error | run the cells from the top |
# | `ValueError: operands could not be broadcast` | two shapes do not fit | print both `.shape` |
# | `TypeError: … missing 1 required positional argument` | a function got too few things | compare with its `def` line |
# | `IndexError: … out of bounds` | counting began at 1, or went one too far | the last index is `len - 1` |
# | `RuntimeError: Can't call numpy() on Tensor that requires grad` | the tensor remembers its way | `.detach().numpy()` |
# | `NotImplementedError: This exercise has no answer yet.` | an exercise further up is empty | write it |
#
# If nothing makes sense any more: *Kernel → Restart Kernel and Run All Cells*. What is wrong after that
# is really in the notebook.
#
# ## What you can do now
#
# - You can read shapes, and say before NumPy does whether two of them fit.
# - You can measure a slope, and you know that PyTorch finds the same one.
# - You can write a module, and you know what of it is trained.
#
# And Doctor Demir? She saw the child first whose numbers stood out most, and she knew in which of them.
#
# Three exercises, 10 points. Save this notebook (**Ctrl + S**), then see how far you got, here and in the
# other units. In a terminal `course progress` shows the same. To hand in, use the *Submit* button of
# JupyterLab's assignment list if your class has one, or `course submit 00-start --student YOUR-ID`: it
# makes a file that you send as your teachers tell you.

# %% tags=["demo"]
from course_utils import progress

progress.show()

# %% [markdown]
# **Read on**
# - *NumPy: the absolute basics for beginners* ([numpy.org](https://numpy.org/doc/stable/user/absolute_beginners.html))
#   and its page on [broadcasting](https://numpy.org/doc/stable/user/basics.broadcasting.html).
# - *Learn the basics*, PyTorch's own first lessons
#   ([pytorch.org](https://docs.pytorch.org/tutorials/beginner/basics/intro.html)).
