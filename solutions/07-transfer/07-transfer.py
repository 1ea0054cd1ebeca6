# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Transfer: begin with what is known
#
# **Unit 07 · about 120 minutes · runs in about 65 seconds with 1.1 GB of memory**
#
# **What you will be able to do**
# - take a network that was trained for one task, give it a new head, and adapt it to gray images;
# - decide what is trained and what is frozen, batch norm included, and set a learning rate for each
#   layer;
# - measure, with intervals, which way is best for 10, 50, 250 and 1,000 labelled films, and say
#   where pre-training stops to pay;
# - pre-train without any label, read a feature space, and let a small network learn from a large
#   one.
#
# **Before you start:** unit 05 (networks and training in PyTorch), unit 06 (learning rates), unit 02
# (cross-entropy).
#
# The images of this unit are *phantoms* unless real ones are at hand: drawn by a program of this
# course, with no patient behind them. We made them, so what they show is partly what we put in. For
# the main experiment we say what real images gave, and it is not the same.

# %%
import numpy as np
import torch
from scipy import stats
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from torch import nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, TensorDataset

from course_utils import data, models, widgets
from course_utils.checks import transfer as check
from course_utils.findings import finding
from course_utils.widgets.counter import counted

torch.set_num_threads(
    1
)  # for networks this small, threads wait for each other longer than they work

# %% [markdown]
# ## Ten films with a diagnosis
#
# A children's hospital in the mountains has 1,000 chest X-rays on a disk. Nobody has ever written
# down, film by film, whether there is an opacity. The only radiologist found an evening for *ten* of
# them. Then Noor, 6, comes in with a cough, and somebody asks whether a network could look at her
# film tonight.
#
# Ten labels are not enough to learn to see. But there are networks that can see already, because
# they learned something else. To begin with their weights is called **transfer learning**.
#
# - **Training is expensive.** A network for photographs learned from more than a million labelled
#   images, for days. Its weights are a file that you load in a second.
# - **Large medical data sets are rare.** A label costs the minutes of a specialist, and privacy keeps
#   images where they are.
# - **The nearer the source, the better.** Anyone who wants to find a rare disease on chest X-rays
#   should begin with a network that has seen chest X-rays, of all kinds and for any purpose, rather than
#   one that has seen dogs and cars: train on *all* X-rays, then fine-tune on *one* question.
#
# And the counter-evidence. Raghu and others (2019) compared networks that began with photographs
# (ImageNet) and networks that began at random, on large sets of eye and chest images. In the end
# both were about equally good, and small networks from scratch kept up with big famous ones. Where
# labels were few, the head start helped. So transfer is a question to be *measured*, and this unit
# measures it.

# %% tags=["demo"]
chest = data.load("pneumoniamnist")
pool, new = chest.train.images[:1000], chest.test.images[:600]
pool_labels, new_labels = chest.train.labels[:1000], chest.test.labels[:600]
x_pool, x_new = models.standardized(pool), models.standardized(new)
print(f"{len(pool)} films of the hospital, {pool_labels.mean():.0%} with an opacity")
print(f"{len(new)} films of other patients to test on, {new_labels.mean():.0%} with an opacity")

# %% [markdown]
# Our source is a small network that comes with this course (the script
# `course_utils/authoring/pretrain.py` made it): it tells six *kinds* of images apart, on phantoms with
# disturbed contrast and noise. It never heard of opacities.
#
# **Predict, then look.** How often will it name the kind of a new image? And is a network that does
# so a good start to find pneumonia?

# %% tags=["demo", "covers-7.1"]
kinds = data.phantoms.modalities(600, 28, seed=3)
source = models.modality_net()
named = models.predict(source, models.standardized(kinds.images)).argmax(1).numpy()
print(f"{(named == kinds.labels).mean():.1%} of {len(kinds)} new images are named rightly")
firsts = [int(np.flatnonzero(kinds.labels == label)[0]) for label in range(6)]
widgets.figures.images(
    [*kinds.images[firsts], pool[pool_labels == 0][0], pool[pool_labels == 1][0]],
    [*kinds.class_names, "target: normal", "target: opacity"],
    alt="Six phantoms, one of each kind that the source network knows: abdominal CT, breast MRI, "
    "chest X-ray, chest CT, hand and head CT; and two chest films of the target task, a normal "
    "one and one with an opacity, which differ far less than the six.",
)

# %% [markdown]
# It is nearly always right. That is not diagnosis: on the real images of these six kinds even logistic
# regression on bare pixels is nearly always right (unit 05 measures it). But on its way to the answer
# the network computes 32 features of every image. The question of this unit is what they are worth
# for Noor.

# %% [markdown]
# ## A new head
#
# The last layer of the source network, its **head**, has six outputs, one for each kind. We need
# two. The rest, its **body**, stays.

# %% [markdown]
# ### Exercise: replace the head
#
# Write `replace_head(model, n_classes)`.
#
# - `model`: a network (`nn.Module`) whose last layer is `model.fc`, an `nn.Linear`. Its body may be
#   frozen or not.
# - Put a new `nn.Linear` (itself: no container, no `nn.LazyLinear`) with a bias in the place of
#   `model.fc`. It reads as many features as the old one and gives `n_classes` logits. No softmax: the
#   loss does that.
# - The new head is freshly initialized at random, also when the number of classes is the same, and it
#   is trainable, also when the old one was frozen.
# - The body stays as it is: same weights, same `requires_grad`, each layer in the same mode (training
#   or evaluation).
# - Return the network. It may be the same object, changed.
#
# Example: a `model.fc` of `Linear(4, 6)` and `n_classes` = 2 give a `model.fc` of `Linear(4, 2)`.


# %% nbgrader={"grade": false, "grade_id": "replace_head", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-7.4"]
def replace_head(model, n_classes):
    """Return the network with a new last layer for n_classes classes."""
    ### BEGIN SOLUTION
    model.fc = nn.Linear(model.fc.in_features, n_classes)
    return model
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "replace_head-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.replace_head(replace_head)
### BEGIN HIDDEN TESTS
check.replace_head(replace_head, seed=48213)
### END HIDDEN TESTS

# %% [markdown]
# ## What may move?
#
# There are four ways to go on:
#
# | strategy | body | head |
# |---|---|---|
# | **from scratch** | random weights, trained | trained |
# | **head only** | pre-trained, **frozen** | trained |
# | **full fine-tuning** | pre-trained, trained | trained |
# | **layer-wise rates** | pre-trained, trained *slowly* at the front | trained fast |
#
# To freeze a parameter is to set its `requires_grad` to `False`: no gradient is computed for it, and
# the optimizer leaves it alone. Each parameter has a name that says where it is:
# `layer1.conv.weight`, `fc.bias`.

# %% [markdown]
# ### Exercise: freeze
#
# Write `freeze(model, trainable=())`.
#
# - `model`: any network. `trainable`: a tuple of **prefixes** of parameter names.
# - A parameter is trained (`requires_grad` is `True`) when its name begins with one of the prefixes,
#   *up to a dot or to the end of the name*: `layer1` covers `layer1.conv.weight`, and does not cover
#   `layer10.conv.weight`. All others are frozen. What was frozen before and is named becomes
#   trainable.
# - A bare string instead of a tuple is refused with a `TypeError`: Python would take it letter by
#   letter.
# - The model is changed in place; what the function returns is not looked at. Weights stay, and each
#   layer's mode (training or evaluation) too.
#
# Example: `freeze(model, ("fc",))` leaves `fc.weight` and `fc.bias` trainable, and `freeze(model)`
# nothing. Mind the comma.


# %% nbgrader={"grade": false, "grade_id": "freeze", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-7.2"]
def freeze(model, trainable=()):
    """Freeze all parameters but those below the named prefixes."""
    ### BEGIN SOLUTION
    if isinstance(trainable, str):
        raise TypeError(f"trainable must be a tuple of names, such as ({trainable!r},)")
    for name, parameter in model.named_parameters():
        named = [name == prefix or name.startswith(f"{prefix}.") for prefix in trainable]
        parameter.requires_grad = any(named)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "freeze-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.freeze(freeze)
### BEGIN HIDDEN TESTS
check.freeze(freeze, seed=90577)
### END HIDDEN TESTS

# %% [markdown]
# How many parameters are left to learn?

# %% tags=["demo", "covers-7.2"]
torch.manual_seed(0)
network = replace_head(models.modality_net(), 2)


def trained(network):
    """How many parameters of a network will be trained, and how many it has."""
    counts = [(p.numel(), p.requires_grad) for p in network.parameters()]
    return sum(n for n, moves in counts if moves), sum(n for n, _ in counts)


for prefixes in ((), ("fc",), ("layer3", "fc"), ("layer1", "layer2", "layer3", "fc")):
    freeze(network, prefixes)
    print("trained: {:5} of {} parameters".format(*trained(network)), "for", prefixes)

# %% [markdown]
# ### Frozen, and yet it moves
#
# Batch norm (unit 05) brings each channel to mean 0 and variance 1, then gives it a factor and a shift:
# these two are parameters. In training mode it takes mean and variance of the *batch* before it. In
# evaluation mode there may be one film only, so it uses **running statistics**: a mean over the batches
# seen so far. These are no parameters. They have no gradient, and `requires_grad` does not stop them: in training mode *every
# forward pass* moves them. A frozen body with live batch norms is not frozen.
#
# **Predict, then look.** The body is frozen. We show the network 1,000 films in training mode and
# never call an optimizer. Do the features of Noor's film change?

# %% tags=["demo", "covers-7.4"]
noor = x_new[new_labels == 1][:1]


def features_of(network, x):
    """Features (N, 32) in evaluation mode."""
    network.eval()
    with torch.no_grad():
        return network.features(x).mean(dim=(2, 3))


def drift(network, prepare):
    """How far the features of Noor's film move, in percent, when films pass by."""
    before = features_of(network, noor)
    network.train()
    prepare(network)
    with torch.no_grad():
        for batch in x_pool.split(50):
            network(batch)
    return 100 * ((features_of(network, noor) - before).norm() / before.norm()).item()


freeze(network, ("fc",))
print(f"training mode: the frozen features move by {drift(network, lambda n: None):.0f} %")
network = replace_head(models.modality_net(), 2)
freeze(network, ("fc",))
norms = [m for m in network.modules() if isinstance(m, nn.BatchNorm2d)]
stopped = drift(network, lambda n: [m.eval() for m in norms])
print(f"its {len(norms)} batch norms in evaluation mode: by {stopped:.0f} %")

# %% [markdown]
# ### Exercise: freeze the batch norms, too
#
# Write `freeze_batchnorm(model)`. It is called *after* each `model.train()`, which switches all
# layers to training mode.
#
# - Every batch-norm layer (1-D, 2-D or 3-D, at any depth) that has **no trainable parameter** goes
#   to evaluation mode. One with a single trainable parameter stays. One without any parameters
#   (`affine=False`) has none that is trainable: it goes.
# - All other layers stay as they are, other norms (group, instance) too: do not switch anything on.
#   Weights, statistics and `requires_grad` stay.
# - The model is changed in place; what the function returns is not looked at. Allowed: all of
#   PyTorch; `isinstance` also takes a tuple of classes.
#
# Example: with `layer1` frozen, `layer1.norm` goes to evaluation mode, `layer2.norm` stays.


# %% nbgrader={"grade": false, "grade_id": "freeze_batchnorm", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-7.4"]
def freeze_batchnorm(model):
    """Put batch-norm layers without trainable parameters into evaluation mode."""
    ### BEGIN SOLUTION
    norms = nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d
    for module in model.modules():
        trained = any(parameter.requires_grad for parameter in module.parameters())
        if isinstance(module, norms) and not trained:
            module.eval()
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "freeze_batchnorm-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.freeze_batchnorm(freeze_batchnorm)
### BEGIN HIDDEN TESTS
check.freeze_batchnorm(freeze_batchnorm, seed=31864)
### END HIDDEN TESTS

# %% [markdown]
# **What it means in medicine.** A network in a hospital that is left in training mode by mistake
# changes with every patient it sees, without a single label and without a trace in its weights.
# Two films read in another order then get other answers.

# %% [markdown]
# ### A rate for each layer
#
# A frozen body cannot adapt; a free one can forget. The way between: all layers move, but not
# equally fast. The first ones find edges and textures that any image has, and should hardly change.
# The ones near the softmax are about the old task, and must change most. So the rate grows towards
# the head: with a factor $\gamma < 1$, the head learns at $\eta$, the layer before at $\gamma\eta$,
# the one before that at $\gamma^2\eta$.

# %% [markdown]
# ### Exercise: layer-wise learning rates
#
# Write `layer_learning_rates(model, base_lr, gamma)`.
#
# - Each **child** of the model (`model.children()`, in this order) that has parameters, at any depth,
#   makes one group. Children without parameters (ReLU, pooling) make none and do not count.
# - A group is a dict `{"params": [all parameters of the child], "lr": its rate}`. `params` is a list (no
#   generator) of the network's own parameters (no copies), frozen ones too. Return the list of groups,
#   in the order of the children: what `torch.optim.Adam(groups)` takes.
# - The last group has the rate `base_lr`, each earlier one `gamma` times that of the next.
#
# Example: three children with parameters, `base_lr` = 0.01 and `gamma` = 0.1 give the rates 0.0001,
# 0.001, 0.01.


# %% nbgrader={"grade": false, "grade_id": "layer_learning_rates", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-7.3"]
def layer_learning_rates(model, base_lr, gamma):
    """Return one parameter group for each child, with rates that grow towards the last."""
    ### BEGIN SOLUTION
    parameters = [list(child.parameters()) for child in model.children()]
    groups = [{"params": own} for own in parameters if own]
    for earlier, group in enumerate(reversed(groups)):
        group["lr"] = base_lr * gamma**earlier
    return groups
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "layer_learning_rates-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.layer_learning_rates(layer_learning_rates)
### BEGIN HIDDEN TESTS
check.layer_learning_rates(layer_learning_rates, seed=75921)
### END HIDDEN TESTS

# %% [markdown]
# ## Look once, learn often
#
# A frozen body gives the same features for the same film, every time. So why run it in every epoch?
# Run it once, keep the features, and train the head on them alone. With 32 numbers for each film
# this takes milliseconds. A linear classifier on frozen features is also called a **linear probe**:
# it measures what the features know.
#
# To see what passes through a layer in the middle, PyTorch has **hooks**: functions of yours that it
# calls whenever the layer runs. `layer.register_forward_hook(f)` calls `f(layer, inputs, output)` *after*
# the layer, `layer.register_forward_pre_hook(f)` calls `f(layer, inputs)` *before* it; `inputs` is a tuple.
# Both return a handle. Its `remove()` ends the calls; forget it, and the hook stays on the network.


# %% tags=["demo"]
def tell(layer, inputs, output):
    """What a hook is given: the layer, a tuple of its inputs, its output."""
    print("layer2 got", tuple(inputs[0].shape), "and gave", tuple(output.shape))


looking = network.layer2.register_forward_hook(tell)
_ = network(x_new[:5])
looking.remove()
_ = network(x_new[:5])  # nobody is told any more

# %% [markdown]
# ### Exercise: extract the features
#
# Write `extract_features(model, loader)`.
#
# - `model`: any network whose last layer is `model.fc`; `loader`: gives batches `(images, labels)`, and
#   may shuffle: then each pass has another order.
# - The features of an image are what goes **into** `model.fc`: `(N, D)` for all images, in the order
#   of the loader; labels `(N,)`. Return the two tensors as a pair, their dtypes as they come.
# - The network runs in evaluation mode and without gradients, whatever mode it came in. Its weights,
#   running statistics, `requires_grad`, head and answers are the same afterwards, and no hook stays on
#   it. (Whether it is left in evaluation mode does not matter.)
# - Any way is right that lets the network itself run: a hook on `model.fc` (remove it when you are
#   done), an `nn.Identity` in its place for a while … You cannot rely on other methods of the network,
#   nor call its children in a row: `forward` may do more than that.
#
# Example: 7 images in batches of 3, 3 and 1, before a head of `Linear(3, 4)`: features `(7, 3)`.


# %% nbgrader={"grade": false, "grade_id": "extract_features", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-7.6"]
def extract_features(model, loader):
    """Return features (N, D) before the head, and labels (N,), of all images of the loader."""
    ### BEGIN SOLUTION
    model.eval()
    features, labels = [], []
    hook = model.fc.register_forward_pre_hook(lambda module, given: features.append(given[0]))
    with torch.no_grad():
        for images, targets in loader:
            model(images)
            labels.append(targets)
    hook.remove()
    return torch.cat(features), torch.cat(labels)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "extract_features-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.extract_features(extract_features)
### BEGIN HIDDEN TESTS
check.extract_features(extract_features, seed=26490)
### END HIDDEN TESTS

# %% [markdown]
# **Predict, then look.** Below are 240 films as points, in three feature spaces: of a network with
# random weights, of the pre-trained one, and of one that was fine-tuned on other patients' films.
# The plane shows the two directions in which the features vary most. In which space do normal films
# and opacities fall apart by themselves? Press solid points to see their films and their nearest
# neighbours.

# %% tags=["covers-7.6", "nbval-ignore-output"]
widgets.transfer.feature_space()

# %% [markdown]
# Two honest remarks. The probe was tested on *patients* that it was not fitted on, not merely on
# other films: two films of one child are no independent test. And a picture of two directions hides
# thirty others: the probe uses all of them, and can be right where the picture looks mixed.

# %% [markdown]
# ## Which strategy for how many labels?
#
# Now the experiment. From the 1,000 films we draw 1 %, 5 %, 25 % or all of the labels, train in the
# four ways, and test on 600 films of other patients. One draw is an anecdote: with ten films it
# matters *which* ten. So everything is repeated with other films and other random weights, and we
# show intervals.
#
# What is the same for all four: the films of a draw, the number of steps, batches of 32, and Adam. What
# is not: the learning rate (a fresh network needs another one than a trained one). Three of the four
# rates are the best of those that were tried on *validation* patients; that of the head alone was set to
# 0.05 without a search. The number of steps is a choice, too: more below. So a fifth row shows the head
# alone trained *to the end*, by scikit-learn's logistic regression: nobody can say that it only lacked
# time, or another rate.
#
# **Predict, then look.** Draw four curves, AUC against labels, before you run the cell. Which is best
# for ten films? For 1,000? Where do they cross?

# %% tags=["demo", "covers-7.2", "covers-7.3", "nbval-ignore-output"]
STEPS = {10: 30, 50: 50, 250: 100, 1000: 200}
SEEDS = range(4)
WIDTHS = (8, 16, 32)


def drawn(count, seed):
    """Rows of the labelled films: both classes in their usual proportion."""
    rng, rows = np.random.default_rng(seed), []
    for label in (0, 1):
        members = rng.permutation(np.flatnonzero(pool_labels == label))
        rows.append(members[: round(count * len(members) / len(pool_labels))])
    return np.concatenate(rows)


def start(strategy, seed):
    """What is trained, and its optimizer."""
    torch.manual_seed(seed)
    if strategy == "head only":  # the body stands still: its features are inputs
        head = nn.Linear(WIDTHS[-1], 2)
        return head, torch.optim.Adam(head.parameters(), 5e-2)
    if strategy == "from scratch":
        network = quick(models.SmallNet(2, widths=WIDTHS, seed=seed))
        return network, torch.optim.Adam(network.parameters(), 1e-2)
    network = quick(replace_head(models.modality_net(), 2))
    gamma = 0.5 if strategy == "layer-wise rates" else 1.0
    return network, torch.optim.Adam(layer_learning_rates(network, 2e-2, gamma))


def quick(network):
    """The same network, its numbers ordered in memory so that a CPU trains it a third faster."""
    return network.to(memory_format=torch.channels_last)


def learn(network, optimizer, rows, seed, y=None, x=x_pool, steps=None, **options):
    """Train on these rows for about as many steps as this number of films gets."""
    y = torch.from_numpy(pool_labels) if y is None else y
    batches = -(-len(rows) // 32)
    epochs = round((steps or STEPS[len(rows)]) / batches)
    for _ in models.fit(
        network, x[rows], y[rows], epochs=epochs, optimizer=optimizer, seed=seed, batch_size=32,
        **options,
    ):  # fmt: skip
        pass
    return network


def auc(network, x=x_new):
    """Area under the ROC curve on the test patients."""
    return roc_auc_score(new_labels, models.predict(network, x)[:, 1])


def probe_auc(features, new_features, rows):
    """The same of a linear probe: the head alone, trained to the end."""
    probe = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    probe.fit(features[rows], pool_labels[rows])
    return roc_auc_score(new_labels, probe.decision_function(new_features))


def both(network):
    """Features of the hospital's films and of the test films, as arrays."""
    sets = (x_pool, pool_labels), (x_new, new_labels)
    loaders = [DataLoader(TensorDataset(x, torch.from_numpy(y)), 256) for x, y in sets]
    return [extract_features(network, loader)[0].numpy() for loader in loaders]


known = both(models.modality_net())


def trial(strategy, count, seed):
    """AUC of one strategy with this number of labels, in one draw."""
    rows = drawn(count, seed)
    if strategy == "head only, to the end":
        return probe_auc(*known, rows)
    x, x_test = map(torch.from_numpy, known) if strategy == "head only" else (x_pool, x_new)
    return auc(learn(*start(strategy, seed), rows, seed, x=x), x_test)


strategies = "from scratch", "head only", "full fine-tuning", "layer-wise rates"
strategies += ("head only, to the end",)
cases = [(strategy, count) for strategy in strategies for count in STEPS]
found = {case: [trial(*case, seed) for seed in SEEDS] for case in counted(cases, "training")}
results = {strategy: [found[strategy, count] for count in STEPS] for strategy in strategies}

print(f"{'labelled films':22}" + "".join(f"{count:>16}" for count in STEPS))
for strategy, table in results.items():
    cells = [f"{np.mean(row):.3f} ± {np.std(row, ddof=1):.3f}" for row in table]
    print(f"{strategy:22}" + "".join(f"{cell:>16}" for cell in cells))

# %% [markdown]
# (Mean and standard deviation of four draws.) The same as a picture: step through the budgets. The
# bars on the right are 95 % intervals of the mean over draws; the points are the single draws.

# %% tags=["demo", "covers-7.2", "nbval-ignore-output"]
widgets.transfer.strategies(results, tuple(STEPS), len(pool))

# %% [markdown]
# Two intervals that overlap do not show that two strategies are equal, and intervals that lie apart can
# be luck. But here the draws come in **pairs**: in draw 1 all strategies had the same films. So subtract,
# draw by draw, and look at the interval of the *differences*. If it holds 0, these draws do not decide.

# %% tags=["demo", "covers-7.2", "nbval-ignore-output"]
LABELS = list(STEPS)


def lead(first, second, count):
    """The mean lead in AUC of one strategy over another in the same draws, and its 95 % interval."""
    pair = results[first][LABELS.index(count)], results[second][LABELS.index(count)]
    low, high = stats.ttest_rel(*pair).confidence_interval()
    return np.mean(np.subtract(*pair)), low, high


def told(first, second, count):
    """The same in words."""
    return "{:+.3f} (95 % interval {:+.3f} to {:+.3f})".format(*lead(first, second, count))


def mean_of(strategy, count):
    """Mean AUC of a strategy."""
    return np.mean(results[strategy][LABELS.index(count)])


print("lead in AUC, mean of the draws and 95 % interval")
for first, second in [
    ("full fine-tuning", "from scratch"),
    ("full fine-tuning", "head only"),
    ("layer-wise rates", "full fine-tuning"),
    ("from scratch", "head only, to the end"),
]:
    print(f"{first} − {second}")
    for count in STEPS:
        print(
            f"{count:7} labels"
            + "{:+8.3f} ({:+.3f} to {:+.3f})".format(*lead(first, second, count))
        )

_, low, high = lead("full fine-tuning", "from scratch", 10)
ten = [results[name][0] for name in ("from scratch", "head only", "full fine-tuning")]
finding(
    low < 0 < high,
    "**Ten labels:** these draws do not decide between fine-tuning and starting from scratch: "
    f"{told('full fine-tuning', 'from scratch', 10)}. Which ten films were drawn matters more: "
    f"single draws lie between {np.min(ten):.2f} and {np.max(ten):.2f}. Whoever makes one draw can "
    "“show” nearly anything.",
    "**Ten labels:** fine-tuning already differs from starting from scratch: "
    f"{told('full fine-tuning', 'from scratch', 10)}.",
)
ahead, low, high = lead("full fine-tuning", "from scratch", 50)
finding(
    ahead > 0,
    "**Fifty labels:** beginning with the source is ahead of beginning with nothing, by "
    f"{told('full fine-tuning', 'from scratch', 50)}. "
    + ("The interval holds 0: it may be chance." if low < 0 else "The interval leaves 0 out."),
    "**Fifty labels:** beginning with the source was no better than beginning with nothing: "
    f"{told('full fine-tuning', 'from scratch', 50)}.",
)
finding(
    lead("head only, to the end", "full fine-tuning", 1000)[2] < 0,
    "**All labels:** the head alone is behind, even when it is trained to the end: "
    f"{mean_of('head only, to the end', 1000):.2f} against "
    f"{mean_of('full fine-tuning', 1000):.2f}. It has 66 parameters, and its features were made for "
    "another question: no head can see what the body threw away.",
    "**All labels:** the head alone, trained to the end, keeps up with fine-tuning here: "
    f"{mean_of('head only, to the end', 1000):.2f} against "
    f"{mean_of('full fine-tuning', 1000):.2f}. The old features are good for this question, too.",
)
passed = [n for n in STEPS if mean_of("from scratch", n) > mean_of("head only, to the end", n)]
finding(
    passed and passed[0] > 10,
    "**The curves cross:** with few labels the head alone is ahead of the network that began at random; "
    f"from {passed[0] if passed else 0} labels on it is overtaken. The question is never “is transfer "
    "good?” but “how many labels, and how near is the source?”",
    "**The curves do not cross here:** the network that began at random is "
    + ("ahead from the beginning." if passed else "behind the head alone with all budgets."),
)

# %% [markdown]
# What we chose: the same number of steps for all, on purpose few. A network that begins at random
# mainly needs *longer*. On the phantoms, with all labels and three times the steps, from scratch and
# full fine-tuning both came to an AUC of about 0.92 (two draws each): the head start was gone, as Raghu
# and others found. The test patients were never asked when rates were chosen. And an interval over
# draws says nothing about the 600 test films, which are a draw, too.
#
# `benchmarks/transfer.py` makes the same table on real films (PneumoniaMNIST; five draws, mean and 95 %
# interval):
#
# | real films, labels | 10 | 50 | 250 | 1,000 |
# |---|---|---|---|---|
# | from scratch | 0.78 ± 0.15 | 0.86 ± 0.10 | 0.95 ± 0.01 | 0.94 ± 0.02 |
# | head only, to the end | 0.86 ± 0.12 | 0.90 ± 0.04 | 0.92 ± 0.02 | 0.92 |
# | full fine-tuning | 0.87 ± 0.04 | 0.90 ± 0.03 | 0.94 ± 0.01 | 0.94 ± 0.02 |
# | layer-wise rates | 0.86 ± 0.08 | 0.90 ± 0.07 | 0.93 ± 0.02 | 0.95 ± 0.01 |
#
# Real films are easier than our phantoms, and the head start at ten labels is larger. The rest
# repeats: at 250 labels the network from scratch has overtaken the head, and with all labels it is level
# with fine-tuning. A network that had seen nothing but *drawn* images helped with real ones.
#
# **What it means in medicine.** All numbers are of one kind of film, from one (invented) hospital.
# Prevalence and machines differ elsewhere, and an AUC says nothing about where to cut. Zech and others
# (2018) showed networks that did well in their own hospital and worse in the next. A network that was
# fine-tuned must be tested again *at the place where it is used*, on patients that it has not met.

# %% [markdown]
# ## Three colours, one gray
#
# The large networks that everybody begins with learned from colour photographs. Their first layer
# wants three channels, and Noor's film has one. Two ways: copy the film into three channels, or change
# the first layer once. The second costs a third.

# %% [markdown]
# ### Exercise: a first layer for gray images
#
# Write `rgb_to_gray_weights(weight)`.
#
# - `weight`: the kernels of a first layer, a tensor `(C_out, 3, k, k)`.
# - Returns a tensor `(C_out, 1, k, k)` of the same dtype (float64 stays float64): convolved with a gray image, it responds as
#   the old kernels do to the same image in all three channels.
# - The given tensor stays as it is.
#
# By hand: the three kernels `[1, 0]`, `[2, -1]`, `[3, 4]` and the gray pixels `[5, 6]` in each
# channel respond with $5 + 4 + 39 = 48$. One kernel does the same: `[6, 3]`.


# %% nbgrader={"grade": false, "grade_id": "rgb_to_gray_weights", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-7.4"]
def rgb_to_gray_weights(weight):
    """Return kernels for one gray channel that respond as the given ones to three equal channels."""
    ### BEGIN SOLUTION
    return weight.sum(dim=1, keepdim=True)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rgb_to_gray_weights-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.rgb_to_gray_weights(rgb_to_gray_weights)
### BEGIN HIDDEN TESTS
check.rgb_to_gray_weights(rgb_to_gray_weights, seed=58137)
### END HIDDEN TESTS

# %% [markdown]
# A famous network, with your functions: ResNet-18 gets a gray first layer and a head for two classes.
# Its weights from ImageNet are used when they can be had (a download of 45 MB, once), and then its frozen
# features get a linear probe. Two things must be as they were for the photographs: the *size* (our films
# are enlarged from 28 to 112 pixels; the network learned at 224) and the *scale* of the gray values
# (ImageNet's mean, 0.449, and deviation, 0.226, over its three colours). Without the weights there is
# nothing to probe: random weights say nothing about ImageNet, so then no number is shown.

# %% tags=["demo", "covers-7.4", "nbval-ignore-output"]
resnet, saw_photographs = models.imagenet_net()


def as_photograph(images):
    """Gray films (N, 28, 28) in size and scale as ImageNet's photographs, (N, 1, 112, 112)."""
    scaled = (torch.from_numpy(images[:, None]).float() / 255 - 0.449) / 0.226
    return F.interpolate(scaled, size=(112, 112), mode="bilinear", antialias=True)


film = as_photograph(new[:1])
with torch.no_grad():
    three = resnet.conv1(film.expand(-1, 3, -1, -1))
    resnet.conv1.weight = nn.Parameter(rgb_to_gray_weights(resnet.conv1.weight.detach()))
    one = F.conv2d(film, resnet.conv1.weight, stride=2, padding=3)
print("the same response to a gray film:", torch.allclose(three, one, atol=1e-4))
replace_head(resnet, 2)
freeze(resnet, ("fc",))
print("trained: {:,} of {:,} parameters".format(*trained(resnet)))
if saw_photographs:
    rows = drawn(250, 0)
    sets = (pool[rows], pool_labels[rows]), (new, new_labels)
    found = []
    for images, labels in counted(sets, "looking at films, of the hospital and new"):
        films = TensorDataset(as_photograph(images), torch.from_numpy(labels))
        found.append(extract_features(resnet, DataLoader(films, 64))[0].numpy())
    probe = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000, C=0.01))
    score = roc_auc_score(new_labels, probe.fit(found[0], sets[0][1]).decision_function(found[1]))
    print(f"linear probe, 250 labels, {found[0].shape[1]} features from ImageNet: AUC {score:.3f}")

# %% [markdown]
# ## Labels for free
#
# The hospital has 1,000 films and ten labels. The other 990 are worth something, too. In
# **self-supervised learning** the label is made from the image itself. Turn a film by 0°, 90°, 180° or
# 270° and ask: how far was it turned? A network that can tell must know where the heart lies, how ribs run, that
# shoulders are up. No radiologist needed (Gidaris and others, 2018).

# %% [markdown]
# ### Exercise: a batch of rotations
#
# Write `rotation_batch(images)`.
#
# - `images`: a tensor `(N, C, H, H)` of square images, floats or whole numbers, which stays as it is.
# - Returns a pair of tensors: all four rotations of each image, `(4N, C, H, H)` of the same dtype, and
#   their labels `(4N,)`, whole numbers of the dtype `int64`. Label $k$ means $k \cdot 90°$
#   **counter-clockwise**, as `torch.rot90` with `k` does it on the last two axes.
# - Any order, but the labels in the same one.
#
# By hand: the image with the rows `1 2` and `3 4` gives, for $k$ = 1, the rows `2 4` and `1 3`.


# %% nbgrader={"grade": false, "grade_id": "rotation_batch", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-7.5"]
def rotation_batch(images):
    """Return all four rotations of each image, and how many quarter turns each has."""
    ### BEGIN SOLUTION
    turned = [torch.rot90(images, k, dims=(2, 3)) for k in range(4)]
    return torch.cat(turned), torch.arange(4).repeat_interleave(len(images))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rotation_batch-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.rotation_batch(rotation_batch)
### BEGIN HIDDEN TESTS
check.rotation_batch(rotation_batch, seed=17745)
### END HIDDEN TESTS

# %% [markdown]
# **Predict, then look.** One network knows six kinds of images *with* their labels. One has seen only
# this hospital's films, *without* a label, and learned to tell how they are turned. Whose frozen
# features say more about opacities? Two controls belong to the question. Features of *random* weights: what
# does one get for nothing? And rotations of *other* images (hands, heads, abdomens): is it turning that
# teaches, or having seen chest films?

# %% tags=["demo", "covers-7.5", "nbval-ignore-output"]
more = data.phantoms.modalities(1500, 28, seed=4)
elsewhere = models.standardized(more.images[more.labels != more.class_names.index("CXR")][:1000])


def turner_of(x):
    """A network that learned how these images (N, 1, 28, 28) are turned."""
    turned, quarters = rotation_batch(x)
    network = quick(models.SmallNet(4, widths=WIDTHS, seed=5))
    optimizer = torch.optim.Adam(network.parameters(), 5e-3)
    return learn(network, optimizer, np.arange(len(turned)), 5, y=quarters, x=turned, steps=250)


turner, elsewhere_turner = (turner_of(x) for x in counted([x_pool, elsewhere], "turning images"))
x_turned, y_turned = rotation_batch(x_new)
right = (models.predict(turner, x_turned).argmax(1) == y_turned).float().mean().item()
print(f"turned films of other patients: {right:.1%} recognized\n")

sources = {
    "random weights": both(models.SmallNet(2, widths=WIDTHS, seed=5)),
    "six kinds, labelled": known,
    "rotations, films": both(turner),
    "rotations, other images": both(elsewhere_turner),
}
probed = {
    name: np.array([[probe_auc(*sets, drawn(count, seed)) for seed in SEEDS] for count in STEPS])
    for name, sets in sources.items()
}
print(f"{'linear probe on':24}" + "".join(f"{count:>16}" for count in STEPS))
for name, table in probed.items():
    cells = [f"{np.mean(row):.3f} ± {np.std(row, ddof=1):.3f}" for row in table]
    print(f"{name:24}" + "".join(f"{cell:>16}" for cell in cells))


def more_than(first, second, count):
    """The lead in AUC of one source's features over another's, in the same draws, in words."""
    at = LABELS.index(count)
    pair = probed[first][at], probed[second][at]
    low, high = stats.ttest_rel(*pair).confidence_interval()
    return f"{np.mean(np.subtract(*pair)):+.3f} ({low:+.3f} to {high:+.3f})", low, high


said, low, high = more_than("rotations, films", "six kinds, labelled", 250)
finding(
    right > 0.9 and low < 0 < high,
    "Nobody labelled the turned films. With 250 labels these draws cannot tell the features that grew from them "
    f"from those that cost 4,000 labels of another kind: {said}.",
    f"The features from turned films differ from those of six labelled kinds, with 250 labels: {said}.",
)
said, low, high = more_than("rotations, films", "rotations, other images", 250)
finding(
    low < 0 < high,
    "Is it the nearness of the source? To have turned chest films instead of other images gives, with 250 "
    f"labels, {said}: the interval holds 0, so these draws cannot say that nearness counts.",
    "Is it the nearness of the source? To have turned chest films instead of other images gives, with 250 "
    f"labels, {said}.",
)
said, low, high = more_than("random weights", "six kinds, labelled", 1000)
best = max(probed, key=lambda name: probed[name][-1].mean())
finding(
    best != "random weights",
    f"With all labels the random features reach {probed['random weights'][-1].mean():.2f}, the best ones "
    f"{probed[best][-1].mean():.2f} ({best}). Random is not worthless: without this control one would "
    "praise too much.",
    f"With all labels the *random* features are the best: {probed['random weights'][-1].mean():.2f}. A table "
    "without this control would have praised pre-training for nothing.",
)

# %% [markdown]
# Rotation is not a free lunch. It fits where up and down mean something. On a round slice of tissue
# under the microscope there is no "up", and the network would learn the scanner's habits instead.

# %% [markdown]
# ## A teacher and a student network
#
# The best network may be too large for the small computer beside the X-ray machine. A small network
# that learns from 0/1 labels alone hears very little from each film: one bit. A trained teacher can say
# more: *opacity, but I would not bet on it*. Or, among six kinds of images: *chest CT; it could have
# been an abdomen, never a hand*. To learn from a teacher's probabilities instead of labels is called
# **distillation** (Hinton and others, 2015).
#
# A good teacher is too sure of itself: 0.998 and nearly nothing for the rest. So the logits are divided
# by a **temperature** $T$ before the softmax. At $T=1$ nothing changes, at a larger $T$ the small
# probabilities come out.
#
# **Predict, then look.** Which class will be second for an abdominal CT? What does the picture show at
# $T=20$? And at $T=0.5$?

# %% tags=["covers-7.9", "nbval-ignore-output"]
widgets.transfer.distillation()

# %% [markdown]
# The small network, called the **student**, learns from both, from the softened teacher and from the
# labels:
#
# $$L = \alpha\, T^2\, \mathrm{KL}\!\left(q \,\|\, p\right) + (1-\alpha)\,
# \text{cross-entropy}(z_s, y)$$
#
# with the logits $z_t$ of the teacher and $z_s$ of the student, and their softened answers
# $q = \mathrm{softmax}(z_t/T)$ and $p = \mathrm{softmax}(z_s/T)$. $\mathrm{KL}(q\|p) =
# \sum_k q_k \log(q_k/p_k)$ measures how far the student's answer is from the teacher's; it is 0 when
# they agree. Why $T^2$? Softened logits have gradients that are about $T^2$ times smaller. The factor
# makes up for it, so $\alpha$ means the same at every temperature.

# %% [markdown]
# ### Exercise: the distillation loss
#
# Write `distillation_loss(student_logits, teacher_logits, labels, temperature, alpha)`.
#
# - `student_logits`, `teacher_logits`: tensors `(N, K)`; `labels`: class numbers `(N,)`;
#   `temperature` > 0; `alpha` from 0 to 1, the share of the soft part.
# - Returns $L$ as above, a tensor with one number and no axis, that PyTorch can differentiate, in the
#   dtype of the logits (float32 or float64). What is passed in stays as it is.
# - KL: the sum over the classes, the **mean over the images**. The cross-entropy is of the logits at
#   temperature 1, and a mean over the images as well.
# - No gradient flows into the teacher. Value *and* gradients are judged. Logits of ±1000 are fine.
# - Allowed: all of PyTorch. `F.kl_div(log_p, q)` takes the *logarithm* of the student's probabilities
#   first, then the teacher's probabilities.
#
# By hand: one image, $z_s = (0, 0)$, $z_t = (2\ln 3, 0)$, label 0, $T = 2$, $\alpha = 0.5$. Then $q =
# (0.75, 0.25)$, $p = (0.5, 0.5)$, KL ≈ 0.1308, cross-entropy $\ln 2$ ≈ 0.6931, and $L$ ≈
# $0.5 \cdot 4 \cdot 0.1308 + 0.5 \cdot 0.6931 = 0.6082$.


# %% nbgrader={"grade": false, "grade_id": "distillation_loss", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-7.9"]
def distillation_loss(student_logits, teacher_logits, labels, temperature, alpha):
    """Return the loss of a student that learns from a teacher and from labels."""
    ### BEGIN SOLUTION
    log_p = F.log_softmax(student_logits / temperature, dim=1)
    q = F.softmax(teacher_logits.detach() / temperature, dim=1)
    soft = F.kl_div(log_p, q, reduction="batchmean")
    hard = F.cross_entropy(student_logits, labels)
    return alpha * temperature**2 * soft + (1 - alpha) * hard
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "distillation_loss-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check.distillation_loss(distillation_loss)
### BEGIN HIDDEN TESTS
check.distillation_loss(distillation_loss, seed=63052)
### END HIDDEN TESTS

# %% [markdown]
# **Predict, then look.** The teacher comes from another hospital: a network fine-tuned on 1,000 labelled
# films of *other* patients. It has never seen a label of this hospital. The student has a fifth of its
# parameters, and it sees each film at half the size, 14 × 14 pixels. It gets 50 labels; then no label, but
# the teacher's soft answers to all 1,000 films; then, for comparison, all 1,000 labels and no teacher; then
# both. The same number of steps each time. How near does it come?

# %% tags=["demo", "covers-7.9", "nbval-ignore-output"]
others = np.arange(1000, 2000)
if chest.train.truth is not None:  # phantoms say whose films they are, real images do not
    of_whom = chest.train.truth.patients
    others = np.flatnonzero(~np.isin(of_whom, of_whom[:1000]))[:1000]
x_others, y_others = models.standardized(chest.train.images[others]), chest.train.labels[others]
teacher, optimizer = start("full fine-tuning", 0)
learn(teacher, optimizer, np.arange(1000), 0, y=torch.from_numpy(y_others), x=x_others)
teacher.eval()
with torch.no_grad():
    says = teacher(x_pool)
print(f"teacher: {trained(teacher)[1]:,} parameters, AUC {auc(teacher):.3f}")


def student(rows, seed, alpha, temperature=2.0):
    """A small network that learned from these rows, by the share alpha from the teacher."""
    small = models.SmallNet(2, widths=(8, 8, 8), seed=seed)
    network = quick(nn.Sequential(nn.AvgPool2d(2), small))  # halves the film, then looks
    optimizer = torch.optim.Adam(network.parameters(), 1e-2)
    targets = torch.cat([says, torch.from_numpy(pool_labels)[:, None]], dim=1)

    def loss(logits, given):
        return distillation_loss(logits, given[:, :2], given[:, 2].long(), temperature, alpha)

    return learn(network, optimizer, rows, seed, y=targets, loss=loss, steps=128)


every_film = np.arange(1000)
plans = {
    "50 labels": lambda seed: student(drawn(50, seed), seed, 0.0),
    "teacher, no label": lambda seed: student(every_film, seed, 1.0),
    "1,000 labels": lambda seed: student(every_film, seed, 0.0),
    "teacher and 1,000 labels": lambda seed: student(every_film, seed, 0.5),
}
ways = {}
for name, plan in counted(plans.items(), "the student learns"):
    small = [plan(seed) for seed in SEEDS]
    ways[name] = np.array([auc(network) for network in small])
print(f"student: {trained(small[0])[1]:,} parameters")
for name, found in ways.items():
    print(f"  {name:24} AUC {found.mean():.3f} ({found.min():.3f} to {found.max():.3f})")


def by_teacher(second):
    """By how much the student without a label is ahead of another one, in words, and the interval."""
    pair = ways["teacher, no label"], ways[second]
    low, high = stats.ttest_rel(*pair).confidence_interval()
    return f"{np.mean(np.subtract(*pair)):+.3f} ({low:+.3f} to {high:+.3f})", low, high


said, low, _ = by_teacher("50 labels")
finding(
    low > 0,
    "The student that saw *no label at all*, only what the teacher thinks of this hospital's films, is "
    f"ahead of the one with 50 labels: {said} in AUC. Films without a label are worth something, when "
    "there is a teacher.",
    "The student that saw no label at all, only what the teacher thinks, is not surely ahead of the one with "
    f"50 labels: {said} in AUC.",
)
said, low, high = by_teacher("1,000 labels")
finding(
    high > 0,
    f"Against the student with all 1,000 labels it differs by {said}: the teacher's answers stand in for "
    "950 labels that nobody had to write. The teacher had 1,000 labels of its own, though, from elsewhere: "
    "they were carried over, not saved.",
    f"The student with all 1,000 labels is still better: {said}. A teacher does not replace labels here.",
)

# %% [markdown]
# **What it means in medicine.** The student also learns the teacher's mistakes. If the teacher has
# learned a marker in the corner (unit 08) instead of the lung, so will all its students, and their
# labels never disagree with it.

# %% [markdown] tags=["covers-7.7"]
# ## Where the data are
#
# Large public sets to begin with, or to test on. Read the unit of each number: a *study* may have
# hundreds of images, and one *patient* may have many studies. The numbers do not compare.
#
# | set | what | how many | counted in |
# |---|---|---|---|
# | [OAI](https://nda.nih.gov/oai) | knees: X-ray and MR | 431,000 | studies |
# | [CheXpert](https://stanfordmlgroup.github.io/competitions/chexpert/) | chest X-rays | 224,000 | images |
# | [NIH CXR](https://nihcc.app.box.com/v/ChestXray-NIHCC) | chest X-rays | 112,000 | images |
# | [MURA](https://stanfordmlgroup.github.io/competitions/mura/) | X-rays of arms and shoulders | 40,000 | images |
# | [DeepLesion](https://nihcc.app.box.com/v/DeepLesion) | CT, lesions marked ("bookmarked") in daily work | 33,000 | images |
# | [DDSM](https://www.cancerimagingarchive.net/collection/cbis-ddsm/) (here its newer form, CBIS-DDSM) | mammography | 2,500 | studies |
# | [fastMRI](https://fastmri.med.nyu.edu/) | knee MR, with raw data of the scanner | 1,500 | examinations |
# | [MRNet](https://stanfordmlgroup.github.io/competitions/mrnet/) | knee MR | 1,300 | examinations |
# | [BraTS](https://www.med.upenn.edu/cbica/brats/) | brain tumours, MR in four sequences, outlined | some hundreds to thousands, by year | patients |
#
# - **Challenges** come with data, a question and a hidden test set:
#   [Kaggle](https://www.kaggle.com/competitions), [Grand Challenge](https://grand-challenge.org/challenges/),
#   and those of the [MICCAI](https://miccai.org/) conference.
# - **Collections** to search: [TCIA](https://www.cancerimagingarchive.net/) (the Cancer Imaging Archive,
#   with its browser [NBIA](https://nbia.cancerimagingarchive.net/)), [XNAT](https://www.xnat.org/) servers of
#   many universities, the American College of Radiology's Data Science Institute
#   ([ACR DSI](https://www.acrdsi.org/)), and S. Aylward's
#   [list of open data sets](https://www.aylward.org/notes/open-access-medical-image-repositories).
#
# Sites move: where a link is dead, search for the name.
#
# Before you use one: who was imaged, with which machines, and who made the labels, how? The labels of
# NIH CXR and CheXpert were read *from reports by a program*; a part of them is wrong. Are there names
# burned into the images? May you use them for this purpose?

# %% [markdown]
# ## Practice: a mammography reader
#
# What do the teams do whose networks read mammograms? Hardly one does only one thing:
#
# | step | why | read |
# |---|---|---|
# | pre-processing | Remove labels and the muscle, equal the contrast, put the breast always on the same side: what the network need not learn costs no films. | [Shen 2019](https://doi.org/10.1038/s41598-019-48995-4) |
# | learned **and** hand-crafted features | What is known (density, asymmetry) need not be learned again from few patients. | [Kooi 2017](https://doi.org/10.1016/j.media.2016.07.007) |
# | augmentation | Each time a film is used it is changed a little (moved, turned by a few degrees, another contrast), so that the network cannot learn it by heart. Only what could be real: no upside-down breast. | [Shorten 2019](https://doi.org/10.1186/s40537-019-0197-0) |
# | transfer | Begin with photographs, better with other mammograms: edges need not be learned again. | [Raghu 2019](https://arxiv.org/abs/1902.07208) |
# | batch norm, dropout | Stable training, and less learned by heart from few patients. | [Ioffe 2015](https://arxiv.org/abs/1502.03167), [Srivastava 2014](https://jmlr.org/papers/v15/srivastava14a.html) |
# | attention | A lesion fills a thousandth of the image. A small branch of the network gives every place a weight from 0 to 1, learned with the rest; the features are multiplied by it, so that the answer comes from few places. | [Ilse 2018](https://arxiv.org/abs/1802.04712) |
# | multi-view | Four images of a patient, two of each breast, are judged together: what hides in one may stand free in the other. | [Geras 2017](https://arxiv.org/abs/1703.07047) |
# | balanced data | Of 1,000 women in screening about six have cancer: draw the ill more often in training, then correct the probabilities. | [Buda 2018](https://arxiv.org/abs/1710.05381) |
# | context | Age, earlier images and the family change how likely a disease is before anybody looks. | [Yala 2019](https://doi.org/10.1148/radiol.2019182716) |
# | multi-stage or end-to-end | First find candidates, then classify them; or all at once, with more data. | [Ribli 2018](https://doi.org/10.1038/s41598-018-22437-z) |
#
# **Predict, then look.** Three of these steps, measured on our films. *Hand-crafted
# features:* brightness and spread in each quarter of the film, and brightness of the four parts of the
# lungs, twelve numbers; 50 labels. *Augmentation:* in training every film is moved by up to two pixels,
# each time another way; 50 labels. *Multi-view:* judge all films of a test patient together, by the mean
# of their scores. Which of the three will help?

# %% tags=["demo", "covers-7.8", "nbval-ignore-output"]
LUNGS = slice(6, 22)  # their rows in a film of 28 × 28


def by_hand(images):
    """Twelve numbers of each film: brightness and spread of its quarters and of the lungs' parts."""
    blocks = (images / 255).reshape(len(images), 2, 14, 2, 14)
    lungs = (images / 255)[:, LUNGS].reshape(len(images), 2, 8, 2, 14)
    parts = [blocks.mean((2, 4)), blocks.std((2, 4)), lungs.mean((2, 4))]
    numbers = [part.reshape(len(images), -1) for part in parts]
    return np.concatenate(numbers, axis=1)


hand = by_hand(pool), by_hand(new)
joint = tuple(np.concatenate(pair, axis=1) for pair in zip(known, hand, strict=True))
features = {"hand-crafted": hand, "learned": known, "both": joint}
by_features = {
    name: np.array([probe_auc(*sets, drawn(50, seed)) for seed in SEEDS])
    for name, sets in features.items()
}
for name, found in by_features.items():
    print(f"{name:13} {features[name][0].shape[1]:2} features: AUC {found.mean():.3f}")


class Moved(nn.Module):
    """In training mode moves every film by up to two pixels; its border repeats the last pixels."""

    def forward(self, x):
        if not self.training:
            return x
        wider = F.pad(x, (2, 2, 2, 2), mode="replicate")
        corners = torch.randint(0, 5, (len(x), 2)).tolist()
        cut = [film[:, i : i + 28, j : j + 28] for film, (i, j) in zip(wider, corners, strict=True)]
        return torch.stack(cut)


def tuned_on_moved(seed, count=50):
    """AUC of full fine-tuning as in the experiment, but on moved films."""
    network, optimizer = start("full fine-tuning", seed)
    return auc(learn(nn.Sequential(Moved(), network), optimizer, drawn(count, seed), seed))


print()
still = np.array(results["full fine-tuning"][LABELS.index(50)])
moved = np.array([tuned_on_moved(seed) for seed in counted(SEEDS, "training on moved films")])
low, high = stats.ttest_rel(moved, still).confidence_interval()
print(f"films as they are: AUC {still.mean():.3f}; moved in training: {moved.mean():.3f}", end=", ")
print(f"a lead of {np.mean(moved - still):+.3f} ({low:+.3f} to {high:+.3f})")

if chest.test.truth is not None:  # only phantoms know which films are of one patient
    patients, where = np.unique(chest.test.truth.patients[:600], return_inverse=True)
    scores = models.predict(teacher, x_new)[:, 1].numpy()
    together = np.bincount(where, scores) / np.bincount(where)
    truth = np.bincount(where, new_labels) / np.bincount(where)
    single = np.unique(where, return_index=True)[1]
    print(f"\n{len(patients)} patients, one film each: AUC", end=" ")
    print(f"{roc_auc_score(truth, scores[single]):.3f}; all films of each together: ", end="")
    print(f"{roc_auc_score(truth, together):.3f}")

gap = stats.ttest_rel(by_features["both"], by_features["learned"]).confidence_interval()
finding(
    gap.low < 0 < gap.high,
    "Twelve numbers that anybody could think of reach "
    f"{by_features['hand-crafted'].mean():.2f}, 32 learned ones {by_features['learned'].mean():.2f}, and "
    "together they are not surely better: they say much the same.",
    "Hand-crafted and learned features together differ from the learned ones alone: "
    f"{by_features['both'].mean():.2f} against {by_features['learned'].mean():.2f}.",
)
better = int((moved > still).sum())
finding(
    better > len(still) / 2,
    f"To move the films in training raises the AUC in {better} of {len(still)} draws, by "
    f"{np.mean(moved - still):+.3f} on average. An opacity may lie anywhere, so a moved film is one that could be "
    "real. " + ("The interval holds 0: more draws are needed to be sure." if low < 0 else ""),
    f"To move the films in training helps in {better} of {len(still)} draws here, "
    f"{np.mean(moved - still):+.3f} in AUC: these films are centred, and so are new ones.",
)

# %% [markdown]
# Several films of one patient help only if they show something *new*. Our phantoms repeat the same view,
# with the same opacity in it. Two views of a breast show different projections.
#
# And we owe you this: before we chose what is shown here, we tried moved films in four settings on the
# phantoms (29 November 2026, four draws each). With 50 labels the lead was +0.021 (shown above) and, with
# twice the steps, +0.036; with 250 labels it was −0.003, and +0.047 with three times the steps. Films that
# change need more steps, and a step that helps in one setting must be measured again in the next.

# %% [markdown]
# ## What you can do now
#
# - You can give a network a new head and a new first layer, freeze it so that it is really frozen, and
#   train its layers at their own rates.
# - You know which strategy to try first for a given number of labels, and you know that it has to be
#   measured, with several draws, on other patients.
# - You can pre-train without labels, and hand knowledge from a large network to a small one.
#
# And Noor? The radiologist looked at her film the next morning.
#
# Eight exercises, 28 points. Save this notebook, then see how far you got, here and in the other units:

# %% tags=["demo"]
from course_utils import progress

progress.show()

# %% [markdown]
# **Read on**
# - M. Raghu, C. Zhang, J. Kleinberg and S. Bengio, *Transfusion: understanding transfer learning for
#   medical imaging*, NeurIPS 2019 ([arXiv:1902.07208](https://arxiv.org/abs/1902.07208)).
# - K. He, R. Girshick and P. Dollár, *Rethinking ImageNet pre-training*, 2018: from scratch, given time
#   ([arXiv:1811.08883](https://arxiv.org/abs/1811.08883)).
# - J. Yosinski and others, *How transferable are features in deep neural networks?*, 2014
#   ([arXiv:1411.1792](https://arxiv.org/abs/1411.1792)).
# - S. Gidaris, P. Singh and N. Komodakis, *Unsupervised representation learning by predicting image
#   rotations*, ICLR 2018 ([arXiv:1803.07728](https://arxiv.org/abs/1803.07728)).
# - G. Hinton, O. Vinyals and J. Dean, *Distilling the knowledge in a neural network*, 2015
#   ([arXiv:1503.02531](https://arxiv.org/abs/1503.02531)).
# - J. Zech and others, *Variable generalization performance of a deep learning model to detect
#   pneumonia in chest radiographs*, PLOS Medicine 2018
#   ([doi:10.1371/journal.pmed.1002683](https://doi.org/10.1371/journal.pmed.1002683)).
# - J. Yang and others, *MedMNIST v2*, Scientific Data 2023: where the real images come from
#   ([doi:10.1038/s41597-022-01721-8](https://doi.org/10.1038/s41597-022-01721-8)).
