# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Why should we trust it?
#
# **Unit 08 · about 150 minutes · runs in about 95 seconds with 1.1 GB of memory**
#
# **What you will be able to do**
# - draw saliency maps in nine ways: by gradients, by feature maps, by hiding parts of the image;
# - share out a prediction fairly among parts of an image (LIME, Shapley values);
# - *measure* whether a map says anything: against the true lesion, against random weights, random
#   labels and noise;
# - catch a network that took a shortcut, and say what intervening on a marker changes and what not.
#
# **Before you start:** unit 03 (feature maps), unit 04 (global average pooling, gradients), PyTorch.
#
# The chest X-rays are *phantoms*: drawn by a program of this course, with no patient behind them. That
# is what makes this unit possible: of every phantom we know where the lesion is, to the pixel. Of
# real films nobody knows that. The last section is about those.

# %%
import numpy as np
import torch
from captum import attr
from scipy import stats
from sklearn.metrics import roc_auc_score
from torch import nn
from torch.nn import functional as F

from course_utils import data, models, widgets
from course_utils.checks import saliency as check
from course_utils.findings import finding
from course_utils.widgets.counter import counted

torch.set_num_threads(
    1
)  # for networks this small, threads wait for each other longer than they work

# %% [markdown] tags=["covers-8.1"]
# ## The doctor who never examined you
#
# Mr. Lindqvist, 58, coughs. A program looks at his chest X-ray and says: *opacity*, and is quite sure. It has
# never seen him walk in, it does not know that he smokes, it cannot be asked "why?". And it was
# right about most films, in a study, in another country.
#
# Would you accept a diagnosis from a doctor who never examined you and never explains? Three people
# need an answer, and each needs another one:
#
# - the **radiologist**: *where* do you see it? Then I look there, and decide myself;
# - the **developer**: did you learn the disease, or something that came along with it?
# - **Mr. Lindqvist**: what would have to be different for another result?
#
# A **saliency map** colours the pixels that mattered for a prediction. It looks like an answer to the
# first question. This unit draws such maps in every common way, and then does what is often left
# out: it *measures* them. Keep one sentence in mind: a map that convinces you is not yet a map that
# is right.
#
# First a network to ask. It learns from 1,500 phantoms, half of them with an opacity in a lung.

# %% tags=["demo", "nbval-ignore-output"]
train = data.phantoms.chest(1500, 28, seed=1)
test = data.phantoms.chest(200, 28, seed=2)
network = models.classifier(train.images, train.labels, watch=counted)
x = models.as_input(test.images)  # (N, 1, 28, 28); one unit is 64 gray values, 0 is middle gray
probability = models.predict(network, x)[:, 1].numpy()
print(f"AUC on {len(test)} films of other patients: {roc_auc_score(test.labels, probability):.2f}")

case = 9  # Mr. Lindqvist
one_film = {test.patients[row]: row for row in [*np.flatnonzero(test.labels == 1)[::-1], case]}
ill = np.sort(list(one_film.values()))  # one film of each ill patient: what we test maps on
print(f"{len(ill)} of the patients are ill")
print(f"P(opacity) for Mr. Lindqvist: {probability[case]:.2f}")

# %% [markdown]
# Two small helpers for this lesson: one brings coarse maps to the image's size, one draws films with
# maps beside them. The true lesion is outlined.

# %% tags=["demo"]
from matplotlib.figure import Figure


def enlarge(maps):
    """Bring maps (N, h, w) to 28 × 28, smoothly."""
    return F.interpolate(maps[:, None], size=(28, 28), mode="bilinear")[:, 0]


def show(film, maps, alt, mask=None):
    """Draw a film and maps of it, each under its name, bright where a map is high."""
    figure = Figure(figsize=(1.9 * (len(maps) + 1), 2.3))
    axes = figure.subplots(1, len(maps) + 1)
    axes[0].imshow(film, cmap="gray")
    axes[0].set_title("film", fontsize=10)
    for axis, (name, found) in zip(axes[1:], maps.items(), strict=True):
        axis.imshow(np.asarray(found), cmap="viridis")
        axis.set_title(name, fontsize=10)
    for axis in axes:
        axis.set_axis_off()
        if mask is not None and mask.any():
            axis.contour(mask, [0.5], colors="white", linewidths=3)
            axis.contour(mask, [0.5], colors="#c95500", linewidths=1.2)
    figure.tight_layout()
    return widgets.figures.show(figure, alt)


# %% [markdown]
# **Predict, then look.** Nine methods explain one film, side by side. How many of them will point into
# the outlined lesion? Step through them, then change the class to *normal*, and look at the healthy
# patient: what does a map show where there is nothing to find?

# %% tags=["demo", "covers-8.2", "nbval-ignore-output"]
widgets.saliency.methods()

# %% [markdown]
# ## The slope of the score
#
# The oldest idea: change a pixel a little. How much does the score of the class change? That is the
# **gradient** of the score by the pixels, and backpropagation gives it for all pixels at once. The
# absolute value says how sensitive the network is there, in either direction.
#
# Two choices matter. It is the gradient of the **score** (logit), *before* the softmax. After it, a
# network that is 90 % sure has hardly any slope left, and the other classes pull along. And an
# image with several channels gets one number for each pixel: the maximum over its channels.

# %% [markdown]
# ### Exercise: the vanilla gradient
#
# Write `vanilla_gradient(model, x, target)` in PyTorch.
#
# - `model`: an `nn.Module` in evaluation mode, from images `(N, C, H, W)` to scores `(N, K)` before
#   the softmax; `x`: a float tensor `(N, C, H, W)` that stays as it is, without requiring gradients
#   afterwards; `target`: the class's number.
# - Returns a tensor `(N, H, W)`: the absolute derivative of each image's own score for `target` by its
#   pixels, the maximum over the channels. Each image as if it were alone.
# - What stays in the `.grad` of the model's parameters does not count. Not allowed here: captum.
#
# By hand: where the score is $2 x_1 - 3 x_2$, the map of the two pixels is $2$ and $3$.


# %% nbgrader={"grade": false, "grade_id": "vanilla_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-8.2"]
def vanilla_gradient(model, x, target):
    """Return how sensitive the score of the target is to every pixel, (N, H, W)."""
    ### BEGIN SOLUTION
    image = x.detach().clone().requires_grad_()
    total = model(image)[:, target].sum()
    slopes = torch.autograd.grad(total, image)[0]
    return slopes.abs().amax(dim=1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "vanilla_gradient-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.vanilla_gradient(vanilla_gradient)
### BEGIN HIDDEN TESTS
check.vanilla_gradient(vanilla_gradient, seed=58203)
### END HIDDEN TESTS

# %% [markdown]
# Your map and Captum's, on Mr. Lindqvist's film; and what the softmax would have done to it.

# %% tags=["demo", "covers-8.2"]
film = x[[case]]
mine = vanilla_gradient(network, film, 1)
theirs = attr.Saliency(network).attribute(film.clone().requires_grad_(), target=1)[:, 0]
print("the same as Captum's:", torch.allclose(mine, theirs, atol=1e-6))
softened = vanilla_gradient(nn.Sequential(network, nn.Softmax(dim=1)), film, 1)
print("after the softmax the map is weaker:", bool(softened.max() < mine.max() / 2))
show(
    test.images[case],
    {"gradient": mine[0]},
    "Mr. Lindqvist's film with an opacity in one lung, outlined, and the gradient map beside it: "
    "scattered bright dots, many of them in and around the outline.",
    test.masks[case],
)

# %% [markdown]
# **What it means in medicine.** The map says where the *network* is sensitive, not where the disease
# is. And it looks like noise: neighbouring pixels have gradients of different sign, because of the
# many switches of ReLU and max pooling (unit 04). The next two ideas try to clean it up.

# %% [markdown]
# ## Three ways back through a ReLU
#
# On the way back, each ReLU decides which gradients pass. Three rules are in use:
#
# | rule | passes where | idea |
# |---|---|---|
# | plain | the neuron was on: $x > 0$ | this is the derivative |
# | deconvnet | the *gradient* is positive | keep what raises the score |
# | guided | both | keep it only where there was something |
#
# The last two are *not* derivatives of anything. They make crisp pictures. Whether these are about
# the network's decision is a question that we will measure.

# %% [markdown]
# ### Exercise: the backward rules of a ReLU
#
# Write `relu_backward(grad, x, rule)` in PyTorch.
#
# - `grad`: the gradient that comes down from above; `x`: what went *into* the ReLU in the forward
#   pass. Float tensors of the same shape that stay as they are. Where `x` is 0, the neuron was off.
# - `rule`: `"plain"`, `"deconvnet"` or `"guided"`; for anything else raise `ValueError`.
# - Returns a new tensor: `grad` where it passes, 0 elsewhere.
#
# By hand: `grad` = `2 −1 3 −4` and `x` = `1 5 −2 −3` give `2 −1 0 0`, `2 0 3 0` and `2 0 0 0`.


# %% nbgrader={"grade": false, "grade_id": "relu_backward", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-8.3"]
def relu_backward(grad, x, rule):
    """Return the gradient below a ReLU by the plain, the deconvnet or the guided rule."""
    ### BEGIN SOLUTION
    if rule == "plain":
        return grad * (x > 0)
    if rule == "deconvnet":
        return grad * (grad > 0)
    if rule == "guided":
        return grad * (grad > 0) * (x > 0)
    raise ValueError(f"rule must be plain, deconvnet or guided, got {rule!r}")
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "relu_backward-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.relu_backward(relu_backward)
### BEGIN HIDDEN TESTS
check.relu_backward(relu_backward, seed=20716)
### END HIDDEN TESTS

# %% [markdown]
# Put your rules into the network, by two **hooks** at every ReLU module. A hook is a function of yours that
# PyTorch calls whenever the module runs. A *forward hook* is told what went in and what came out: ours
# keeps what went in. A *backward hook* is told the gradients below the module (towards the image) and
# above it; what it returns goes on instead of the gradient below. Hooks stay until `remove()` is called.
#
# The result must be Captum's. Then a trap: a network that calls `F.relu` instead of having
# `nn.ReLU` modules offers nothing to hook. Captum says nothing then, and gives you the plain
# gradient under the name of guided backpropagation.

# %% tags=["demo", "covers-8.3"]
import warnings

warnings.filterwarnings("ignore", message="Setting backward hooks on ReLU")


def with_rule(network, x, target, rule):
    """The gradient map (N, H, W) with another rule at every ReLU module."""
    inputs, handles = {}, []
    back = torch.enable_grad()(relu_backward)  # inside a backward pass gradients are switched off

    def remember(relu, given, output):
        """On the way forward: keep what went into this ReLU."""
        inputs[relu] = given[0].detach()

    def replace(relu, below, above):
        """On the way back: what is returned goes on instead of the gradient below."""
        return (back(above[0], inputs[relu], rule),)

    for module in network.modules():
        if isinstance(module, nn.ReLU):
            handles.append(module.register_forward_hook(remember))
            handles.append(module.register_full_backward_hook(replace))
    found = captum(attr.Saliency, network, x, target)
    for handle in handles:
        handle.remove()
    return found


class Functional(nn.Module):
    """The same network, but its ReLUs are calls, not modules."""

    def __init__(self, network):
        super().__init__()
        self.stages = nn.ModuleList([network.layer1, network.layer2, network.layer3])
        self.fc = network.fc

    def forward(self, x):
        for stage in self.stages:
            x = stage.pool(F.relu(stage.norm(stage.conv(x))))
        return self.fc(x.mean(dim=(2, 3)))


def captum(method, network, x, target=1, **settings):
    """A Captum map (N, H, W): the absolute value for gradients, the signed value for the rest."""
    found = method(network).attribute(x.clone().requires_grad_(), target=target, **settings)
    return found.detach()[:, 0]


plain = with_rule(network, film, 1, "plain")
deconvnet = with_rule(network, film, 1, "deconvnet")
guided = with_rule(network, film, 1, "guided")
for name, ours, method in [
    ("deconvnet", deconvnet, attr.Deconvolution),
    ("guided", guided, attr.GuidedBackprop),
]:
    print(
        name, "as Captum's:", torch.allclose(ours, captum(method, network, film).abs(), atol=1e-5)
    )
called = captum(attr.GuidedBackprop, Functional(network), film).abs()
print("with F.relu, “guided” is the plain gradient:", torch.allclose(called, plain, atol=1e-5))
show(
    test.images[case],
    {"plain": plain[0], "deconvnet": deconvnet[0], "guided": guided[0]},
    "The three rules on one film: the plain gradient is scattered, deconvnet and guided "
    "backpropagation draw fewer, clearer dots, inside and outside the outlined lesion.",
    test.masks[case],
)

# %% [markdown]
# ## Averaging the noise away
#
# **SmoothGrad** says: a gradient at one exact image is an accident. Ask at many images nearby, and
# take the mean. Nearby means: with a little noise of standard deviation $\sigma$ on every pixel.
#
# The order counts. Average the *signed* gradients, so that those that point up and down by accident
# cancel; take the absolute value afterwards. The other way round, the noise stays.

# %% [markdown]
# ### Exercise: SmoothGrad
#
# Write `smoothgrad(gradient, x, n, sigma, generator)` in NumPy.
#
# - `gradient`: a function that takes an array of the shape of `x` and returns the signed gradient
#   there, an array of the same shape; `x`: a float array of any shape that stays as it is;
#   `n`: the number of samples, at least 1; `sigma`: standard deviation of the noise, in the units of
#   `x`; `generator`: a NumPy generator, the only source of the noise.
# - Returns a float array shaped as `x`: the absolute value of the mean gradient at
#   `x + sigma · noise`. The noise is normal, new for every sample and every pixel.
# - It is judged by mean and spread over many pixels: the order of your draws is free.
#
# By hand: two samples with the gradients 4 and −6 at a pixel give 1, not 5.


# %% nbgrader={"grade": false, "grade_id": "smoothgrad", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-8.4"]
def smoothgrad(gradient, x, n, sigma, generator):
    """Return the absolute value of the mean gradient at n noisy copies of x."""
    ### BEGIN SOLUTION
    total = np.zeros(x.shape)
    for _ in range(n):
        total += gradient(x + sigma * generator.standard_normal(x.shape))
    return np.abs(total / n)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "smoothgrad-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.smoothgrad(smoothgrad)
### BEGIN HIDDEN TESTS
check.smoothgrad(smoothgrad, seed=91457)
### END HIDDEN TESTS

# %% [markdown]
# **Predict, then look.** $\sigma = 0.3$ is 19 gray values. What will happen to the map for a $\sigma$ of
# 128 gray values?


# %% tags=["demo", "covers-8.4"]
def signed_gradient(model, target=1):
    """A function from images (N, 1, 28, 28) to signed gradients, arrays both."""

    def gradient(images):
        found = captum(attr.Saliency, model, torch.tensor(images).float(), target, abs=False)
        return found[:, None].numpy()

    return gradient


smooth = {
    f"σ = {sigma}": smoothgrad(
        signed_gradient(network), film.numpy(), 32, sigma, np.random.default_rng(0)
    )[0, 0]
    for sigma in (0.0, 0.3, 2.0)
}
show(
    test.images[case],
    smooth,
    "Three gradient maps: without noise scattered, with a little noise smoother and calmer, with "
    "much noise spread over the image, no longer about this film.",
    test.masks[case],
)

# %% [markdown]
# A little noise calms the map. Too much asks about images that are no chest films any more. There is
# no right $\sigma$: a choice of yours changes the picture, and the reader of the picture must know it.

# %% [markdown]
# ## Which feature map saw it?
#
# Our network ends as most classifiers do (unit 04): the last feature maps are averaged, and one linear
# layer weighs the averages. Weigh the *maps* instead of their averages, and you get a map:
#
# $$M_c(i, j) = \sum_k w_{ck}\, A_k(i, j)$$
#
# This is **class activation mapping** (CAM). Nothing is guessed here: the mean of the map *is* the
# score of the class, up to its bias. Each cell says how much evidence it brought, for or against.
#
# The price is the grid. A network for photographs ends with $7 \times 7$ cells, each as wide as 32
# pixels of the image. A dog fills many of them. A nodule is a fraction of one: medical findings are
# fine-grained, and the map is not. Our films are small, but their maps have 7 × 7 cells as well.

# %% [markdown]
# ### Exercise: class activation mapping
#
# Write `class_activation_map(features, weights, target)` in PyTorch.
#
# - `features`: the last feature maps `(N, C, h, w)`; `weights`: of the linear layer, `(K, C)`, one row
#   for each class. Float tensors that stay as they are. `target`: the class's number.
# - Returns the maps `(N, h, w)`: no bias, no ReLU, no rescaling.
#
# By hand: the maps `[[1, 0], [0, 2]]` and `[[0, 3], [1, 1]]` with the weights $2$ and $-1$ give
# `[[2, −3], [−1, 3]]`.


# %% nbgrader={"grade": false, "grade_id": "class_activation_map", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-8.5"]
def class_activation_map(features, weights, target):
    """Return the evidence for the target in every cell of the last feature maps, (N, h, w)."""
    ### BEGIN SOLUTION
    return torch.einsum("c,nchw->nhw", weights[target], features)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "class_activation_map-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.class_activation_map(class_activation_map)
### BEGIN HIDDEN TESTS
check.class_activation_map(class_activation_map, seed=33908)
### END HIDDEN TESTS

# %% tags=["demo", "covers-8.5"]
with torch.no_grad():
    features, scores = network.features(x), network(x)
weights, biases = network.fc.weight.detach(), network.fc.bias.detach()
cam = class_activation_map(features, weights, 1)
print("feature maps", tuple(features.shape), "→ class activation maps", tuple(cam.shape))
same = torch.allclose(cam.mean(dim=(1, 2)) + biases[1], scores[:, 1], atol=1e-4)
print("mean of the map + bias = score, for all films:", same)
cells = [mask.sum() / 16 for mask in test.masks[test.labels == 1]]
print(f"our opacities are large: the median fills {np.median(cells):.1f} of 49 cells")
cell = 350 / 7  # millimetres: a chest film is about 35 cm wide
print(
    f"a real film in 7 × 7: a cell is {cell:.0f} mm wide, a nodule of 5 mm fills {(5 / cell) ** 2:.0%}"
)
show(
    test.images[case],
    {"as it is, 7 × 7": cam[case], "enlarged": enlarge(cam)[case]},
    "The class activation map of Mr. Lindqvist's film, once as 49 squares and once enlarged: a "
    "blob that is broader than the outlined lesion.",
)

# %% [markdown]
# The smooth blob on the right is what papers print. It was made from the 49 numbers on the left.
# Smoothness is no precision.

# %% [markdown]
# ## Any layer, any network
#
# CAM needs the special ending. **Grad-CAM** asks the gradient instead of the weights: for each feature
# map of *any* layer, the mean gradient of the class score says how much this map matters,
#
# $$\alpha_k = \frac{1}{h w} \sum_{i, j} \frac{\partial s_c}{\partial A_k(i, j)}, \qquad
# M_c = \text{ReLU}\Big(\sum_k \alpha_k A_k\Big)$$
#
# The ReLU keeps what speaks *for* the class. It needs the activations and gradients of one layer, one
# forward and one backward pass: cheap enough for every film of a hospital.

# %% [markdown]
# ### Exercise: Grad-CAM
#
# Write `grad_cam(activations, gradients)` in PyTorch.
#
# - `activations`: the feature maps of a layer, `(N, C, h, w)`; `gradients`: the derivatives of each
#   image's class score by them, the same shape. Float tensors that stay as they are.
# - Returns the maps `(N, h, w)`: ReLU at the end, no rescaling to 0…1.
#
# By hand: the maps `[[1, 0], [0, 2]]` and `[[0, 3], [1, 1]]`, with the gradients `[[4, 0], [0, 4]]` and
# `[[−2, −2], [0, 0]]`, whose means are $2$ and $-1$, give `[[2, 0], [0, 3]]`.


# %% nbgrader={"grade": false, "grade_id": "grad_cam", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-8.6"]
def grad_cam(activations, gradients):
    """Return what speaks for the class in every cell of a layer, (N, h, w)."""
    ### BEGIN SOLUTION
    alpha = gradients.mean(dim=(2, 3), keepdim=True)
    return F.relu((alpha * activations).sum(dim=1))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "grad_cam-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.grad_cam(grad_cam)
### BEGIN HIDDEN TESTS
check.grad_cam(grad_cam, seed=67129)
### END HIDDEN TESTS

# %% [markdown]
# **Predict, then look.** One film, the classes *opacity* and *normal*: will the two maps be the same,
# opposite, or just different? And which layer gives the map that you would show to a radiologist?


# %% tags=["demo", "covers-8.6"]
def layer_and_slopes(model, x, layer, target):
    """Activations of a layer, and the derivatives of the class score by them."""
    kept = {}
    handle = layer.register_forward_hook(lambda m, i, o: kept.update(at=o))
    score = model(x.clone().requires_grad_())[:, target].sum()
    handle.remove()
    return kept["at"].detach(), torch.autograd.grad(score, kept["at"])[0]


def grad_cam_at(model, x, layer, target=1):
    """Your Grad-CAM at a layer, enlarged, (N, 28, 28)."""
    return enlarge(grad_cam(*layer_and_slopes(model, x, layer, target)))


reference = attr.LayerGradCam(network, network.layer3.relu)
reference = reference.attribute(film, target=1, relu_attributions=True)[:, 0]
ours = grad_cam(*layer_and_slopes(network, film, network.layer3.relu, 1))
print("the same as Captum's:", torch.allclose(ours, reference.detach(), atol=1e-6))
last = network.layer3.relu
show(
    test.images[case],
    {
        "opacity, layer 3": grad_cam_at(network, film, last)[0],
        "normal, layer 3": grad_cam_at(network, film, last, target=0)[0],
        "opacity, layer 2": grad_cam_at(network, film, network.layer2.relu)[0],
        "opacity, layer 1": grad_cam_at(network, film, network.layer1.relu)[0],
    },
    "Grad-CAM on one film: for the class opacity a blob near the outlined lesion, for the class "
    "normal other regions; earlier layers give finer maps of edges that do not single out the "
    "lesion.",
    test.masks[case],
)

# %% [markdown]
# Two classes give two maps. (The known picture of it is a photograph with a dog and a cat, in Grad-CAM's
# paper: asked for the one class the map lies on the dog, asked for the other on the cat.) The map answers *"why this class?"*, so always say which. Early layers are
# finer, but there the network has not put anything together yet: fine is not the same as right.

# %% [markdown]
# ## Cover it, and see
#
# No gradients, no layers: cover a part of the film, and see whether the score drops. This is
# **occlusion**. It works with any program, even one behind a website. It costs a forward pass for
# every window.

# %% [markdown]
# ### Exercise: occlusion
#
# Write `occlusion_map(predict, x, target, window, stride, fill=0.0)` in NumPy.
#
# - `predict`: a function from images `(N, C, H, W)` to scores `(N, K)`, arrays both; `x`: one image
#   `(C, H, W)`, a float array that stays as it is; `target`: the class's number; `window`: side of the
#   square that is covered, in all channels; `stride`: how far it moves; `fill`: the value it gets.
# - The windows start at rows and columns 0, `stride`, 2 `stride`… and lie wholly inside the image.
# - Returns a float array `(H, W)`: for each pixel the mean of *base score − score of the covered image*
#   over the windows that cover the pixel; 0 where none does.
# - Many images in one call of `predict` are faster than many calls. Not allowed here: captum.
#
# By hand: the score is the sum of the pixels `3 2 1` over `6 5 4`. A window of side 2 with stride 1 takes
# away 16, then 12. The map is `16 14 12` in both rows, because the middle column lies in both windows.


# %% nbgrader={"grade": false, "grade_id": "occlusion_map", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-8.7"]
def occlusion_map(predict, x, target, window, stride, fill=0.0):
    """Return the mean drop of the score over the windows that cover each pixel, (H, W)."""
    ### BEGIN SOLUTION
    height, width = x.shape[1:]
    corners = [
        (row, column)
        for row in range(0, height - window + 1, stride)
        for column in range(0, width - window + 1, stride)
    ]
    covered = np.zeros((len(corners), height, width), dtype=bool)
    for mask, (row, column) in zip(covered, corners, strict=True):
        mask[row : row + window, column : column + window] = True
    base = predict(x[None])[0, target]
    drops = base - predict(np.where(covered[:, None], fill, x))[:, target]
    total = (drops[:, None, None] * covered).sum(axis=0)
    return total / np.maximum(covered.sum(axis=0), 1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "occlusion_map-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.occlusion_map(occlusion_map)
### BEGIN HIDDEN TESTS
check.occlusion_map(occlusion_map, seed=45280)
### END HIDDEN TESTS

# %% [markdown]
# **Predict, then look.** A hidden part must show *something*: middle gray, black, or what the average
# healthy film shows at this place. (Trick: subtract the average film, cover with 0, and add it again
# before the network looks.) Will the map change? And how often does its maximum lie in the lesion?

# %% tags=["demo", "covers-8.7", "nbval-ignore-output"]
usual = models.as_input(train.images[train.labels == 0]).mean(dim=0).numpy()  # (1, 28, 28)


def score_of(network, hidden=0.0):
    """A function from images minus `hidden` to scores before the softmax, arrays both."""

    def predict(images):
        with torch.inference_mode():
            return network(torch.from_numpy(np.float32(images + hidden))).numpy()

    return predict


fills = {"middle gray": 0.0, "black": -2.4, "average film": usual}
examples = ill[:30]
covered, share = {}, {}
for name, fill in counted(fills.items(), "covering 30 films"):
    predict = score_of(network, fill)
    maps = {
        row: occlusion_map(predict, x[row].numpy() - fill, 1, 6, 2) for row in [*examples, case]
    }
    covered[name] = maps[case]
    share[name] = np.mean([test.masks[row].flat[maps[row].argmax()] for row in examples])
    print(f"{name:13} the maximum lies in the lesion on {share[name]:4.0%} of 30 films")
best = max(share, key=share.get)
finding(
    best == "average film",
    f"What is shown instead decides: the same method hits the lesion on {share['average film']:.0%} of the "
    f"films with the average film, on {share['middle gray']:.0%} with gray, on {share['black']:.0%} with black.",
    f"Here it is *{best}* that hits most often, on {share[best]:.0%} of the films.",
)
show(
    test.images[case],
    covered,
    "Occlusion maps of one film, hidden parts filled with middle gray, with black and with the average "
    "healthy film: three clearly different maps.",
    test.masks[case],
)

# %% [markdown]
# The same film, network and method, and quite different answers. A gray square on a dark lung looks
# like an opacity itself; a black one like nothing that the network has ever seen. Every method that
# hides something has this problem: *what would this patient look like without the lesion?* Nobody can
# look that up. From here on, hidden means: as in the average healthy film.

# %% [markdown]
# ## A simple model of one answer
#
# **LIME** (local interpretable model-agnostic explanations) hides parts, too, but many at a time:
#
# 1. cut the image into **segments** (superpixels: pixels that belong together);
# 2. make many perturbed instances, in which a random half of the segments is switched off;
# 3. ask the network about each; instances with few segments off are *near* the image and count more;
# 4. fit a linear model to the answers. Its weights say what each segment brings.
#
# The known example is a photograph of a tree frog. The network gives the whole image the probability
# 0.54. Three perturbed instances get 0.85, 0.00001 and 0.52. Which part made the frog? The four numbers
# are enough for a sum of three parts (which part each instance hides is our assumption):

# %% tags=["demo", "covers-8.8"]
from sklearn.linear_model import LinearRegression

shown = np.array([[1, 1, 1], [1, 0, 1], [0, 1, 1], [1, 1, 0]])  # head, leaf, background
frog = np.array([0.54, 0.85, 0.00001, 0.52])
print("head leaf background  P(tree frog)")
for parts, p in zip(shown, frog, strict=True):
    print(f"{parts[0]:4} {parts[1]:4} {parts[2]:10}  {p:.5f}")
surrogate = LinearRegression().fit(shown, frog)
for part, weight in zip(["head", "leaf", "background"], surrogate.coef_, strict=True):
    print(f"{part:10} {weight:+.2f}")

# %% [markdown]
# The head carries the frog, the leaf speaks *against* it, and the background hardly matters.
#
# **Predict, then look.** Now on a chest film. How many instances are needed before the weights stop
# jumping? Step through them; then choose *too few instances*, and the tree frog.

# %% tags=["demo", "covers-8.8", "nbval-ignore-output"]
widgets.saliency.lime()

# %% [markdown]
# ### Exercise: LIME
#
# Write `lime_explain(predict, image, segments, n_samples, kernel_width, rng)` in NumPy.
#
# - `predict`: a function from images `(N, C, H, W)` to the class's outputs `(N,)`, arrays both;
#   `image`: `(C, H, W)`, a float array that stays as it is; `segments`: `(H, W)`, whole numbers from 0
#   to S − 1, the segment of each pixel; `rng`: a NumPy generator, the only source of chance.
# - Draw `n_samples` instances: in each one every segment is switched on or off like a coin toss. A
#   segment that is off is 0 in all channels. One of the instances may be the whole image. Ask `predict`
#   about each of them, in one call or in several.
# - The distance $d$ of an instance is the share of its segments that are off (from 0 to 1). It has the
#   weight $\exp(-d^2 / w^2)$ in the fit, where $w$ is `kernel_width`.
# - Fit by weighted least squares, with an intercept, without penalty: the weighted sum of squared
#   residuals is as small as possible.
# - Returns the weights of the segments, a float array `(S,)`, without the intercept.
# - `np.linalg` is welcome. Not allowed here: captum, sklearn.
#
# By hand: where the output is $2 + 0.5 z_0 - 0.1 z_1$ for switches $z$, the weights are $0.5$ and
# $-0.1$, whatever the draw.


# %% nbgrader={"grade": false, "grade_id": "lime_explain", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-8.8"]
def lime_explain(predict, image, segments, n_samples, kernel_width, rng):
    """Return what each segment brings to the output, by a weighted linear surrogate, (S,)."""
    ### BEGIN SOLUTION
    count = segments.max() + 1
    on = rng.integers(0, 2, size=(n_samples, count))
    instances = image * on[:, segments][:, None]
    distance = 1 - on.mean(axis=1)
    root = np.exp(-(distance**2) / (2 * kernel_width**2))
    design = np.column_stack([on, np.ones(n_samples)])
    outputs = predict(instances)
    solution = np.linalg.lstsq(design * root[:, None], outputs * root, rcond=None)[0]
    return solution[:count]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "lime_explain-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check.lime_explain(lime_explain)
### BEGIN HIDDEN TESTS
check.lime_explain(lime_explain, seed=80364)
### END HIDDEN TESTS

# %% [markdown]
# (The program *LIME* itself measures distance in another way: as one minus the cosine between the row of
# switches and a row of ones, with $w = 0.25$ for images, and takes the root of the weight. And it adds a
# penalty to the fit. The idea is the same; the numbers are not. Whoever reports LIME must say which.)
#
# On Mr. Lindqvist's film, with 49 square segments, several times with another draw. An explanation that
# changes with the dice is no explanation: how many instances do you need?

# %% tags=["demo", "covers-8.8", "nbval-ignore-output"]
squares = np.kron(np.arange(49).reshape(7, 7), np.ones((4, 4), dtype=int))


def lime_weights(network, image, n_samples, seed, hidden=usual, target=1):
    """LIME's weights of the squares, (7, 7)."""
    predict = score_of(network, hidden)
    weights = lime_explain(
        lambda images: predict(images)[:, target],
        image - hidden, squares, n_samples, 0.5, np.random.default_rng(seed),
    )  # fmt: skip
    return weights.reshape(7, 7)


few, many = (
    np.stack([lime_weights(network, film[0].numpy(), n, seed) for seed in range(3)])
    for n in (80, 1000)
)
spread = few.std(axis=0).mean(), many.std(axis=0).mean()
print("a square's weight differs between draws by {:.2f} (80) and {:.2f} (1,000)".format(*spread))
show(
    test.images[case],
    {
        "80, first draw": few[0],
        "80, second": few[1],
        "1,000, first": many[0],
        "1,000, second": many[1],
    },
    "LIME with 49 squares: two draws of 80 instances give visibly different maps, two draws of 1,000 "
    "nearly the same one.",
)

# %% [markdown]
# ## A fair share
#
# Three colleagues solve a case together. Who earned how much of the success? Lloyd Shapley answered
# in 1953, for games of any kind: let them arrive in every possible order; each one gets what he or she
# adds on arrival; take the mean over the orders. These **Shapley values** are the *only* shares with
# four properties: together they make the whole; equal players get equal shares; a player who never
# changes anything gets nothing; shares of two games add up.
#
# **Predict, then look.** Two of the three know nearly the same. Will they get more or less than what
# each of them could do alone?

# %% tags=["demo", "covers-8.9"]
widgets.saliency.shapley()

# %% [markdown]
# ### Exercise: Shapley values
#
# Write `shapley_values(value, n_players)` in Python or NumPy.
#
# - `value`: a function from a `frozenset` of players (numbers from 0 to `n_players` − 1) to a number;
#   also for the empty one, whose value need not be 0; `n_players`: from 1 to 10.
# - Returns the exact Shapley values, a float array `(n_players,)`. Not allowed here: captum.
# - Ten players arrive in 3,628,800 orders, but there are only 1,024 coalitions: go through those. With
#   $S$ a coalition of $s$ players without player $i$,
#
# $$\phi_i = \sum_S \frac{s!\,(n - 1 - s)!}{n!}\,\big(v(S \cup \{i\}) - v(S)\big)$$
#
# By hand: nobody is worth 0, the first player alone 4, the second alone 6, both together 16. The shares
# are $\tfrac12 (4 + 10) = 7$ and $\tfrac12 (6 + 12) = 9$.


# %% nbgrader={"grade": false, "grade_id": "shapley_values", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-8.9"]
def shapley_values(value, n_players):
    """Return every player's exact share of what all of them reach together."""
    ### BEGIN SOLUTION
    from itertools import combinations
    from math import comb

    shares = np.zeros(n_players)
    for player in range(n_players):
        others = [other for other in range(n_players) if other != player]
        for size in range(n_players):
            chance = 1 / (n_players * comb(n_players - 1, size))
            for group in combinations(others, size):
                before = frozenset(group)
                shares[player] += chance * (value(before | {player}) - value(before))
    return shares
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "shapley_values-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.shapley_values(shapley_values)
### BEGIN HIDDEN TESTS
check.shapley_values(shapley_values, seed=16593)
### END HIDDEN TESTS

# %% [markdown]
# From players to pixels: the players are parts of the film, and the value of a coalition is the
# score when only these parts are shown, and the average healthy film elsewhere. Six zones of the chest
# are few enough for the exact values.
#
# For many segments, **SHAP** joins the two ideas. Take LIME: coalitions and a weighted linear fit. Now
# choose the weight of a coalition of $s$ of the $n$ players by one certain formula instead of a distance,
# the *Shapley kernel*:
#
# $$\pi(s) = \frac{n - 1}{\binom{n}{s}\; s\,(n - s)}$$
#
# For nobody ($s = 0$) and for all ($s = n$) it is infinite: there the fit must be exact. With these weights
# the fitted weights *are* the Shapley values (Lundberg and Lee, 2017). Three players have only eight
# coalitions, so try it on all of them:

# %% tags=["demo", "covers-8.9"]
from itertools import product
from math import comb

WORTH = {"": 0, "A": 60, "B": 55, "C": 20, "AB": 64, "AC": 74, "BC": 70, "ABC": 84}


def shapley_kernel(size, n):
    """The weight of a coalition in the fit; a million stands for infinite."""
    return (n - 1) / (comb(n, size) * size * (n - size)) if 0 < size < n else 1e6


switches = np.array(list(product((0, 1), repeat=3)))  # who takes part: 8 coalitions of A, B, C
worth = [WORTH["".join(np.array(list("ABC"))[row == 1])] for row in switches]
kernel = [shapley_kernel(row.sum(), 3) for row in switches]
fit = LinearRegression().fit(switches, worth, sample_weight=kernel)
shares = shapley_values(lambda group: WORTH["".join(sorted("ABC"[i] for i in group))], 3)
print("who      worth       weight")
for row, value, weight in zip(switches, worth, kernel, strict=True):
    who = "".join(np.array(list("ABC"))[row == 1]) or "nobody"
    print(f"{who:7}{value:7}{weight:13,.2f}")
print("weights of the fit:", fit.coef_.round(3), " your Shapley values:", shares.round(3))
print("with six players, by size 1 to 5:", [round(shapley_kernel(k, 6), 3) for k in range(1, 6)])

# %% [markdown]
# Look at the last line. With more players the smallest and the largest coalitions weigh most: one player
# alone, and one player missing, say most about that player. LIME's distance favours the large ones alone. So
# SHAP is LIME with weights that are fair, and Shapley values that one can afford: with many players one
# draws some coalitions instead of all, and the result is the more exact the more are drawn.

# %% tags=["demo", "covers-8.9", "nbval-ignore-output"]
zones = np.kron(np.arange(6).reshape(3, 2), np.ones((10, 14), dtype=int))[:28]
names = ["right upper", "left upper", "right middle", "left middle", "right lower", "left lower"]


def zones_shown(coalition):
    """The score for opacity when only these zones of the film are shown."""
    shown = np.isin(zones, list(coalition))
    return float(score_of(network)(np.where(shown, film.numpy(), usual))[0, 1])


exact = shapley_values(zones_shown, 6)
mask = torch.from_numpy(zones)[None, None]
torch.manual_seed(0)
kernel = attr.KernelShap(network).attribute(
    film, torch.from_numpy(usual)[None], target=1, feature_mask=mask, n_samples=200
)
kernel = [kernel[0, 0][torch.from_numpy(zones == zone)][0].item() for zone in range(6)]
lime = lime_explain(
    lambda images: score_of(network, usual)(images)[:, 1],
    film[0].numpy() - usual, zones, 1000, 0.5, np.random.default_rng(0),
)  # fmt: skip
lesion = [test.masks[case][zones == zone].sum() for zone in range(6)]
print(
    f"{'zone (patient’s side)':22}{'Shapley':>8}{'Kernel SHAP':>13}{'LIME':>7}{'lesion, pixels':>16}"
)
for zone, name in enumerate(names):
    print(f"{name:22}{exact[zone]:8.2f}{kernel[zone]:13.2f}{lime[zone]:7.2f}{lesion[zone]:16}")
gain = zones_shown(range(6)) - zones_shown([])
print(f"sum of the Shapley values {exact.sum():.2f} = whole film − average film {gain:.2f}")

# %% [markdown]
# The left half of a film is the *right* half of the patient. Shapley values add up to the difference
# that the film makes; LIME's weights do not.
#
# **What it means in medicine.** "This zone added so much to the score" is a sentence that one can check, and
# add up. But a fair share of a *wrong* model is still a fair share of a wrong model.

# %% [markdown]
# ## Measure it
#
# You have nine kinds of maps now. They do not agree. Which should one believe? Strengths are quickly told:
# gradients cost one backward pass, Grad-CAM needs a single layer, occlusion and LIME work on any
# program, Shapley values are fair. Failures must be measured. Four tests:
#
# 1. **Pointing game**: does the maximum of the map lie in the true lesion? (Needs a mask.)
# 2. **Parameter randomization**: explain a network with *random weights*. It knows nothing. A map that
#    still looks the same is not about what the network has learned.
# 3. **Label randomization**: explain a network that was trained with *shuffled labels*. The same argument.
# 4. **Fragility**: add noise that does not change the diagnosis. Does the map stay?
#
# The last three need to say how similar two maps are. Brightness has no unit here, so only the order
# of the pixels counts: the **rank correlation** (Spearman).

# %% [markdown]
# ### Exercise: the pointing game
#
# Write `pointing_game(saliency, mask)` in NumPy.
#
# - `saliency`: a map `(H, W)`, float; `mask`: `(H, W)`, bool, True in the lesion.
# - Returns `True` for a hit: the largest value of the map lies in the mask; else `False`. The largest
#   value, not the largest magnitude. A shared maximum is only tested where all of it lies inside the
#   mask, or all of it outside.
# - A **constant** map (all values are equal) points nowhere: it is a miss, even if the mask holds the whole
#   image. Values that differ are not constant, however small they are. Both arrays stay as they are.
# - Raises `ValueError` where the map holds NaN.
#
# By hand: the map `[[−4, 5, −4], [3, −6, 4]]` with a mask that is True in the upper row is a hit: the 5.


# %% nbgrader={"grade": false, "grade_id": "pointing_game", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-8.10"]
def pointing_game(saliency, mask):
    """Return whether the maximum of the map lies in the mask."""
    ### BEGIN SOLUTION
    if np.isnan(saliency).any():
        raise ValueError("the map holds NaN")
    if saliency.max() == saliency.min():
        return False
    return bool(mask.flat[saliency.argmax()])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "pointing_game-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.pointing_game(pointing_game)
### BEGIN HIDDEN TESTS
check.pointing_game(pointing_game, seed=72941)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: how similar are two maps?
#
# Write `map_similarity(a, b)` in NumPy: Spearman's rank correlation of two maps.
#
# - `a`, `b`: maps of the same shape `(H, W)`, float arrays that stay as they are.
# - Rank all values of a map from the smallest to the largest. **Equal values share the mean of their
#   ranks** (after a ReLU many pixels are 0). The result is the correlation (Pearson) of the ranks.
# - Returns a float from −1 (opposite) to 1 (the same order). A constant map has no order: return `0.0`.
#   Values that differ are not constant, however small they are.
# - Not allowed here: scipy, sklearn, pandas.
#
# By hand: `4 3 1 2` and `0 1 5 0` have the ranks `4 3 1 2` and `1.5 3 4 1.5`: similarity −0.6325.


# %% nbgrader={"grade": false, "grade_id": "map_similarity", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-8.10"]
def map_similarity(a, b):
    """Return the rank correlation of two maps, 0 where one of them is constant."""
    ### BEGIN SOLUTION
    if np.ptp(a) == 0 or np.ptp(b) == 0:
        return 0.0
    ranks = []
    for values in (a.ravel(), b.ravel()):
        ordered = np.sort(values)
        below = np.searchsorted(ordered, values, side="left")
        up_to = np.searchsorted(ordered, values, side="right")
        ranks.append(below + up_to)
    return float(np.corrcoef(ranks)[0, 1])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "map_similarity-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.map_similarity(map_similarity)
### BEGIN HIDDEN TESTS
check.map_similarity(map_similarity, seed=39015)
### END HIDDEN TESTS

# %% [markdown]
# Now all nine methods, Grad-CAM at two layers, on one film of each ill patient. Gradient, SmoothGrad, CAM,
# Grad-CAM and LIME are the functions that you wrote; deconvnet, guided backpropagation, occlusion and
# sampled Shapley values are Captum's, which do the same. Why one film of each patient? Several films of a
# patient show the same lesion: they would count as several answers and are one. Three rows at the end are no explanations at all, but they must be beaten: the *brightest
# pixel* of the film, the *edges* of the film, and a blind guess (the share of the image that lesions fill).

# %% tags=["demo"]
from scipy import ndimage

films, lesions = x[ill], test.masks[ill]


def all_maps(network, x, hidden=usual, target=1):
    """Maps (N, 28, 28) of every method, by name; `hidden` is what hidden parts show."""
    instead = torch.from_numpy(hidden)[None]
    cover = {"sliding_window_shapes": (1, 6, 6), "strides": (1, 2, 2), "baselines": instead}
    pieces = {"feature_mask": torch.from_numpy(squares)[None, None], "baselines": instead}
    features = network.features(x).detach()
    cams = class_activation_map(features, network.fc.weight.detach(), target)
    torch.manual_seed(0)
    shares = captum(attr.ShapleyValueSampling, network, x, target, n_samples=4, **pieces)
    surrogates = [lime_weights(network, film, 200, 0, hidden, target) for film in x.numpy()]
    noisy = smoothgrad(
        signed_gradient(network, target), x.numpy(), 16, 0.3, np.random.default_rng(0)
    )
    found = {
        "gradient": vanilla_gradient(network, x, target),
        "deconvnet": captum(attr.Deconvolution, network, x, target).abs(),
        "guided backprop": captum(attr.GuidedBackprop, network, x, target).abs(),
        "SmoothGrad": noisy[:, 0],
        "CAM": enlarge(cams),
        "Grad-CAM": grad_cam_at(network, x, network.layer3.relu, target),
        "Grad-CAM, layer 1": grad_cam_at(network, x, network.layer1.relu, target),
        "occlusion": captum(attr.Occlusion, network, x, target, **cover),
        "LIME": enlarge(torch.from_numpy(np.stack(surrogates))),
        "SHAP": enlarge(shares[:, ::4, ::4]),  # one value for each square
    }
    return {name: np.asarray(maps, dtype=float) for name, maps in found.items()}


def won(maps, masks):
    """Which maps win the pointing game, (N,)."""
    return np.array([pointing_game(m, k) for m, k in zip(maps, masks, strict=True)])


def agreement(maps, others):
    """The mean rank correlation of maps, film by film; many at once, with SciPy's ranks."""
    ranks = (stats.rankdata(m.reshape(len(m), -1), axis=1) for m in (maps, others))
    a, b = (rank - rank.mean(axis=1, keepdims=True) for rank in ranks)
    lengths = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)  # 0 where a map is constant
    return np.mean((a * b).sum(axis=1) / np.where(lengths > 0, lengths, 1))


# %% tags=["demo", "covers-8.10", "nbval-ignore-output"]
untrained = models.SmallNet(2, widths=(12, 24, 48), seed=99)
untrained.layer3.pool = nn.Identity()
untrained.eval()
labels = np.random.default_rng(0).permutation(train.labels)
confused = models.classifier(train.images, labels, watch=counted)
noisy_films = (
    films + 0.15 * torch.from_numpy(np.random.default_rng(1).standard_normal(films.shape)).float()
)
before, after = (models.predict(network, batch)[:, 1] > 0.5 for batch in (films, noisy_films))
stable = (before == after).numpy()

asked = [(network, films), (untrained, films), (confused, films), (network, noisy_films)]
real, blind, shuffled, disturbed = (all_maps(*each) for each in counted(asked, "drawing maps"))
one, other = real["gradient"][:1], real["SmoothGrad"][:1]
same = np.isclose(map_similarity(one[0], other[0]), agreement(one, other))
print("many at once and your map_similarity agree:", same, end="\n\n")
table, hit = {}, {}
print(f"{'':18}{'hits':>6}{'similar to the map of':>36}{'after noise':>17}")
print(f"{'':18}{'':6}{'random weights':>18}{'random labels':>18}{'(same diagnosis)':>17}")
for name, maps in real.items():
    hit[name] = won(maps, lesions)
    table[name] = (
        hit[name].mean(),
        agreement(maps, blind[name]),
        agreement(maps, shuffled[name]),
        agreement(maps[stable], disturbed[name][stable]),
    )
    print("{:18}{:6.0%}{:18.2f}{:18.2f}{:17.2f}".format(name, *table[name]))
edges = np.stack([ndimage.gaussian_gradient_magnitude(f[0], 1) for f in films.numpy()])
for name, maps in {"brightest pixel": films[:, 0].numpy(), "edges": edges}.items():
    print(f"{name:18}{won(maps, lesions).mean():6.0%}")
chance = lesions.mean()
print(f"{'blind guess':18}{chance:6.0%}")

# %% [markdown]
# How sure is a hit rate? One film of each patient, so hits are counted like tosses of a coin: `binomtest`
# gives the 95 % interval. And which of two methods is better? The films are the same, so compare **in
# pairs**: films on which both hit or both miss say nothing. Of the others, one method wins some and the
# other the rest; if the methods were equal, these wins would be tosses of a fair coin.

# %% tags=["demo", "covers-8.10", "nbval-ignore-output"]
found_ill = models.predict(network, films)[:, 1].numpy() >= 0.5  # the right diagnosis


def interval(hits):
    """Share of hits with its 95 % interval, in words."""
    low, high = stats.binomtest(int(hits.sum()), len(hits)).proportion_ci()
    return f"{hits.mean():.0%} ({low:.0%} to {high:.0%})"


def duel(first, second):
    """How often only one of two methods hits, and how likely so uneven a count is by chance."""
    wins = int((hit[first] & ~hit[second]).sum()), int((hit[second] & ~hit[first]).sum())
    return wins, stats.binomtest(wins[0], sum(wins)).pvalue if sum(wins) else 1.0


def likely(chance):
    """A p-value in words."""
    return f"p = {chance:.3f}" if chance >= 0.001 else "p < 0.001"


print(
    f"{len(ill)} ill patients: {found_ill.sum()} found by the network, {(~found_ill).sum()} missed"
)
print(f"{'hits (95 % interval)':18}{'all':>24}{'found':>10}{'missed':>10}")
for name, hits in hit.items():
    print(f"{name:18}{interval(hits):>26}", end="")
    print(
        f"{hits[found_ill].mean():10.0%}{hits[~found_ill].mean() if (~found_ill).any() else 0:10.0%}"
    )
print("\nin pairs: only the first hits, only the second hits")
duels = [
    ("occlusion", "Grad-CAM"), ("occlusion", "SHAP"), ("CAM", "guided backprop"),
    ("CAM", "Grad-CAM, layer 1"), ("SmoothGrad", "gradient"),
]  # fmt: skip
p = {}
for first, second in duels:
    (one, other), p[first, second] = duel(first, second)
    print(f"  {first + ' – ' + second:36}{one:4}{other:4}   {likely(p[first, second])}")

wrong = int((~hit["Grad-CAM"][found_ill]).sum())
finding(
    wrong > 0,
    f"**A right diagnosis with a wrong map.** On {wrong} of the {found_ill.sum()} films that the network "
    "rightly calls ill, Grad-CAM points beside the lesion. Nothing in the map itself says which these are.",
    "On every film that the network rightly calls ill Grad-CAM points into the lesion here.",
)
finding(
    p["CAM", "guided backprop"] < 0.05,
    "**Crisp is not right.** Guided backpropagation draws the finest pictures and hits on "
    f"{interval(hit['guided backprop'])} of the films; a blind guess has {chance:.0%}. CAM, with its 49 "
    f"cells, hits on {interval(hit['CAM'])}; in pairs {likely(p['CAM', 'guided backprop'])}.",
    "These films do not decide between the crisp maps of guided backpropagation "
    f"({interval(hit['guided backprop'])}) and the coarse ones of CAM ({interval(hit['CAM'])}).",
)
finding(
    p["CAM", "Grad-CAM, layer 1"] < 0.05,
    "**Fine layers are not better.** Grad-CAM at layer 1 hits on "
    f"{interval(hit['Grad-CAM, layer 1'])} of the films.",
    f"Grad-CAM at layer 1 hits on {interval(hit['Grad-CAM, layer 1'])} of the films, not surely less than CAM.",
)
decided = p["occlusion", "Grad-CAM"] < 0.05
finding(
    hit["occlusion"].mean() > hit["Grad-CAM"].mean(),
    "**Hiding** (occlusion) hits more often than Grad-CAM here, and "
    + ("the pairs decide it" if decided else "yet the pairs do not decide it")
    + f" ({likely(p['occlusion', 'Grad-CAM'])}). It had help: we knew what to show instead. With gray "
    f"squares it hit on {share['middle gray']:.0%} above.",
    "Hiding (occlusion) does not hit more often than Grad-CAM here.",
)
most = max(table, key=lambda name: table[name][1])
finding(
    table[most][1] < 0.5,
    "**Randomization: all pass here.** No map of the network with random weights resembles the real one "
    f"much; the most similar are those of *{most}* ({table[most][1]:.2f}). Small networks make it easy: in "
    "larger ones some methods fail (below).",
    f"**Randomization:** the maps of *{most}* stay similar ({table[most][1]:.2f}) when the weights are "
    "random: they are partly a drawing of the film.",
)
steady = stats.spearmanr([row[3] for row in table.values()], [row[0] for row in table.values()])[0]
layer_1, gradient_map = table["Grad-CAM, layer 1"], table["gradient"]
finding(
    layer_1[3] > gradient_map[3] and layer_1[0] < gradient_map[0],
    "**Stable is not right, either.** Under a little noise, too weak to change the diagnosis, the gradient's "
    f"map becomes another one (similarity {gradient_map[3]:.2f}). Grad-CAM at layer 1 is steadier "
    f"({layer_1[3]:.2f}) and hits less. Over all methods steady maps do hit more often here (rank "
    f"correlation {steady:.2f}).",
    "Over all methods the rank correlation between steadiness under noise and hits is "
    f"{steady:.2f} here.",
)

# %% [markdown]
# One more trap: the AUC and a hit rate cannot be compared. The AUC compares ill films with healthy ones;
# a hit rate looks at ill films only, and a blind guess has another value in each. What can be compared is
# what the table does: the same films, found or missed.
#
# All of that on phantoms, with one small network. Larger ones behave worse in the literature (below).
#
# **Predict, then look.** Randomize the network from the top, layer by layer. Which map notices first
# that its network knows nothing any more, which last?

# %% tags=["demo", "covers-8.10", "nbval-ignore-output"]
widgets.saliency.randomize()

# %% [markdown]
# **What it means in medicine.** Adebayo and others ran these tests in 2018: some popular maps hardly
# change when the network is replaced by noise. Arun and others (2021) tested eight methods on chest
# X-rays: none passed all tests. Saporta and others (2022) let radiologists outline findings: all
# methods were worse than a second radiologist, worst for small ones. A map is a *hypothesis* about the
# model. Use it to search for errors of the model, never to prove that it is right.

# %% [markdown]
# ## The ship that was recognised by its water
#
# A classifier of photographs (from before deep networks: Fisher vectors and a linear model) recognised ships
# well. Its map lay on the *water* (Lapuschkin 2016). In its photographs there was hardly a ship without
# water. That is a **shortcut**: something that
# comes along with the label in the data, and is easier to learn.
#
# Hospitals have water, too. Zech and others (2018): a network for pneumonia recognised the hospital by a
# metal letter in the corner of the film, and hospitals differ in how many patients are ill. DeGrave and
# others (2021) found the same in networks for COVID-19. Now we plant one. In 95 % of our next 1,500
# films, a lead letter in the corner goes with the illness.
#
# **Predict, then look.** How good will the network be on films of the same hospitals? On films without a
# letter? And where will its maps point?

# %% tags=["demo", "covers-8.11", "nbval-ignore-output"]
marked = data.phantoms.chest(1500, 28, seed=1, marker=0.95)
fooled = models.classifier(marked.images, marked.labels, watch=counted)  # as the honest one

areas = {}
print(f"{'AUC on the same 600 films':44}{'trained with letter':>20}{'without':>9}")
for name, marker in {
    "letter as in training (95 % with the ill)": 0.95,
    "no letter": None,
    "letter on the healthy instead": 0.0,
}.items():
    cohort = data.phantoms.chest(600, 28, seed=4, marker=marker)
    areas[marker] = [
        roc_auc_score(cohort.labels, models.predict(model, models.as_input(cohort.images))[:, 1])
        for model in (fooled, network)
    ]
    print(f"{name:44}{areas[marker][0]:20.3f}{areas[marker][1]:9.3f}")
finding(
    areas[0.95][0] > areas[0.95][1] and areas[None][0] < areas[None][1] and areas[0.0][0] < 0.5,
    "By the usual test the cheating network wins: the test films have the same letters. It fails where the "
    "letter is missing, and is *worse than guessing* where the letter means the opposite.",
    "This time the network that was trained with letters did not cheat as expected: compare the rows.",
)

# %% [markdown]
# Would a saliency map have warned us?

# %% tags=["demo", "covers-8.11", "nbval-ignore-output"]
lettered = data.phantoms.chest(
    200, 28, seed=2, marker=1.0
)  # the same patients, all ill with letter
found = all_maps(fooled, models.as_input(lettered.images[ill]))
letters = ndimage.binary_dilation(lettered.marker_masks[ill], np.ones((1, 5, 5)))
print(f"{'maximum of the map':18}{'at the letter':>15}{'in the lesion':>15}")
for name, maps in found.items():
    print(f"{name:18}{won(maps, letters).mean():15.0%}{won(maps, lesions).mean():15.0%}")

# %% tags=["demo", "covers-8.11"]
show(
    lettered.images[case],
    {
        name: found[name][list(ill).index(case)]
        for name in ("gradient", "Grad-CAM", "occlusion", "SHAP")
    },
    "Mr. Lindqvist's film with a lead letter in the upper left corner: all four maps of the network "
    "that was trained with letters are bright at the letter and dark at the outlined lesion.",
    test.masks[case],
)

# %% [markdown]
# Here the maps are at their best. They are poor at proving that a network is right, but a *large*
# shortcut in a known place shows in nearly all of them. A shortcut that has no place (the contrast of a
# scanner, the patient's age) shows in none.
#
# **Predict, then look.** Take the letter away from one film and put it back. What changes: the
# prediction, the lesion, the maps? Which map changes least: would it have warned you?

# %% tags=["demo", "covers-8.11", "nbval-ignore-output"]
widgets.saliency.shortcut()

# %% [markdown]
# ## Seeing is not doing
#
# In the data, films with a letter are ill more often. Would patients fall ill if we put letters on
# their films? Of course not. Yet the *network's* answer changes when we do. Two kinds of questions look
# alike and are not:
#
# - **seeing**: $P(y \mid x)$: among films that *came* with a letter, how many are ill?
# - **doing**: $P(y \mid do(x))$: if *we set* the letter, on every film, how many are ill?
#
# Why do they differ? Because of the **hospital**. The clinic for lung disease has more ill patients, and
# its technicians use the lead letter. It causes both; it is a **confounder**. Draw an arrow from each cause
# to what it changes:

# %% tags=["demo", "covers-8.12"]
PLACES = {
    "hospital": (0, 1), "letter": (1.1, 1.6), "illness": (1.1, 0.4), "film": (2.2, 1), "answer": (3.2, 1)
}  # fmt: skip
ARROWS = [
    ("hospital", "letter"), ("hospital", "illness"), ("letter", "film"), ("illness", "film"),
    ("film", "answer"),
]  # fmt: skip


def draw_causes(axis, title, cut=()):
    """The causes as a graph; arrows that are cut are dashed and crossed out."""
    for cause, effect in ARROWS:
        gone = (cause, effect) in cut
        style = {"color": "#c95500" if gone else "black", "linestyle": ":" if gone else "-"}
        axis.annotate(
            "", PLACES[effect], PLACES[cause],
            arrowprops={"arrowstyle": "-|>", "shrinkA": 24, "shrinkB": 24, "lw": 1.5, **style},
        )  # fmt: skip
        if gone:
            middle = np.mean([PLACES[cause], PLACES[effect]], axis=0)
            axis.text(*middle, "✕", color="#c95500", fontsize=18, ha="center", va="center")
    for name, place in PLACES.items():
        axis.text(*place, name, ha="center", va="center", bbox={"boxstyle": "round", "fc": "white"})
    axis.set(xlim=(-0.5, 3.6), ylim=(0, 2), title=title)
    axis.set_axis_off()


figure = Figure(figsize=(9.5, 2.4))
left, right = figure.subplots(1, 2)
draw_causes(left, "seeing: the world as it came")
draw_causes(right, "doing: we set the letter", cut={("hospital", "letter")})
figure.tight_layout()
widgets.figures.show(
    figure,
    "Two graphs of causes. Left, seeing: hospital to letter, hospital to illness, letter to film, illness to "
    "film, film to the network's answer. Right, doing: the same, but the arrow from hospital to letter is "
    "cut; the arrows from letter to film and from film to answer stay.",
)

# %% [markdown]
# To *do* means to cut the arrow that leads **into** the letter: we decide about it, not the technician. No
# arrow leads from the letter to the illness, so illness does not move. But letter → film → answer is still
# there: the network sees the letter on the film, so its answer moves, although nothing in the patient did.
# In the left graph there is a second way from the letter to the illness, backwards over the hospital: that
# is why the two go together when we only look.

# %% [markdown]
# ### Exercise: the effect of the marker
#
# Write `marker_effect(predict, images, set_marker)` in NumPy.
#
# - `predict`: a function from images `(N, H, W)` to probabilities `(N,)`; `images`: `(N, H, W)`, films as
#   they came, with and without a marker, an array that stays as it is; `set_marker(images, present)`:
#   returns new images in which all have the marker (`present=True`) or none has it (`False`).
# - Returns a float: the mean predicted probability under *do(marker)* minus that under *do(no marker)*,
#   over all the images.
#
# By hand: three films with the probabilities 0.9, 0.7 and 0.8 with the marker, 0.3, 0.8 and 0.1 without,
# give $0.8 - 0.4 = 0.4$, whichever of them came with it.


# %% nbgrader={"grade": false, "grade_id": "marker_effect", "locked": false, "schema_version": 3, "solution": true, "task": false} tags=["covers-8.12"]
def marker_effect(predict, images, set_marker):
    """Return how much the mean prediction moves when the marker is set instead of removed."""
    ### BEGIN SOLUTION
    with_marker = predict(set_marker(images, True)).mean()
    without = predict(set_marker(images, False)).mean()
    return float(with_marker - without)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "marker_effect-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.marker_effect(marker_effect)
### BEGIN HIDDEN TESTS
check.marker_effect(marker_effect, seed=64177)
### END HIDDEN TESTS

# %% [markdown]
# Two hospitals, 200,000 patients of a world that we made. In the lung clinic 80 % are ill and 95 % of
# the films have a letter; in the general hospital 20 % are ill and 5 % have one. First only the
# patients, without any network: seeing, doing, and what *adjusting* for the hospital gives,
# $\sum_h P(\text{ill} \mid \text{letter}, h)\, P(h)$, from seen data alone.


# %% tags=["demo", "covers-8.12"]
def world(n, rng, do=None):
    """Hospital, illness and letter of n patients; `do` sets the letter by our own decision."""
    clinic = rng.random(n) < 0.5
    ill = rng.random(n) < np.where(clinic, 0.8, 0.2)
    letter = rng.random(n) < np.where(clinic, 0.95, 0.05)
    return clinic, ill, letter if do is None else np.full(n, do)


clinic, is_ill, letter = world(200_000, np.random.default_rng(0))
print(f"{'':34}{'letter':>8}{'no letter':>11}")
print(f"{'seen:     P(ill | letter)':34}{is_ill[letter].mean():8.2f}{is_ill[~letter].mean():11.2f}")
done = [world(200_000, np.random.default_rng(0), do=present)[1].mean() for present in (True, False)]
print(f"{'done:     P(ill | do(letter))':34}{done[0]:8.2f}{done[1]:11.2f}")
adjusted = [
    sum(is_ill[(letter == present) & (clinic == h)].mean() * (clinic == h).mean() for h in (0, 1))
    for present in (True, False)
]
print(f"{'adjusted: Σ P(ill | letter, h) P(h)':34}{adjusted[0]:7.2f}{adjusted[1]:11.2f}")

# %% [markdown]
# Seen, the letter looks like a strong sign of illness. Done, it is nothing. And adjusting for the
# confounder gives the right answer *without* an experiment, as long as one knows the confounder and has
# recorded it. Now the networks read the films of 400 such patients.

# %% tags=["demo", "covers-8.12", "nbval-ignore-output"]
pool = data.phantoms.chest(800, 28, seed=5)
letter_shape = np.array([[1, 1, 0], [1, 0, 1], [1, 1, 0], [1, 0, 1], [1, 0, 1]], dtype=bool)


def set_marker(images, present):
    """Draw the lead letter, or paint the corner over with the gray around it."""
    changed = np.array(images)
    corner = changed[:, 2:7, 2:5]
    around = np.concatenate([changed[:, 1, 1:6], changed[:, 7, 1:6]], axis=1).mean(axis=1)
    corner[:] = around[:, None, None]
    if present:
        corner[:, letter_shape] = 245
    return changed


_, is_ill, letter = world(400, np.random.default_rng(1))
drawn = [np.flatnonzero(pool.labels == int(sick))[k // 2] for k, sick in enumerate(is_ill)]
came = pool.images[drawn]
came = np.where(letter[:, None, None], set_marker(came, True), set_marker(came, False))


def answers(model):
    """A function from gray images (N, 28, 28) to probabilities of opacity (N,)."""
    return lambda images: models.predict(model, models.as_input(images))[:, 1].numpy()


print(f"{'':44}{'trained with letter':>20}{'without':>9}")
rows = {
    "seen:  P(ŷ | letter) − P(ŷ | no letter)": [],
    "done:  P(ŷ | do(letter)) − P(ŷ | do(none))": [],
}
for model in (fooled, network):
    guess = answers(model)(came)
    rows["seen:  P(ŷ | letter) − P(ŷ | no letter)"].append(
        guess[letter].mean() - guess[~letter].mean()
    )
    rows["done:  P(ŷ | do(letter)) − P(ŷ | do(none))"].append(
        marker_effect(answers(model), came, set_marker)
    )
for name, (cheat, honest) in rows.items():
    print(f"{name:44}{cheat:20.2f}{honest:9.2f}")
effects = rows["done:  P(ŷ | do(letter)) − P(ŷ | do(none))"]
print(
    f"{'done:  P(ill | do(letter)) − P(ill | do(none))':48}{done[0] - done[1]:16.2f}{done[0] - done[1]:9.2f}"
)

finding(
    effects[0] > 0.3 and abs(effects[1]) < 0.1,
    "*Seen*, both networks give higher answers on films with a letter: rightly so, more of these patients are "
    "ill. Only *doing* tells them apart: when the letter is set, the honest network moves by "
    f"{effects[1]:+.2f}, the other one by {effects[0]:+.2f}, while the illness does not move at all.",
    f"When the letter is set, the two networks move by {effects[0]:+.2f} and {effects[1]:+.2f}.",
)

# %% [markdown]
# So the test for a shortcut is an
# **intervention**, not a map and not an AUC: change the one thing that must not matter, keep the rest,
# and see whether the answer moves.
#
# **Personalized medicine is a question about doing.** "Patients who got drug A lived longer" is seeing:
# perhaps the healthier ones got it. "Would *this* patient live longer with A than with B?" compares
# $P(y \mid do(A), \text{patient})$ with $P(y \mid do(B), \text{patient})$. A network that is trained to
# predict answers the first kind. For the second one needs a randomized trial, or known confounders and
# an adjustment as above.

# %% [markdown]
# ## On real films, where nobody knows
#
# No mask, no planted letter: what can still be said? With real PneumoniaMNIST images at hand the next
# cell runs on them, else (see the note) on phantoms whose masks we do not look at.
#
# - **Can be measured:** whether two methods agree; whether the map notices random weights; whether hiding
#   the pixels that it names changes the score more than hiding others.
# - **Cannot be measured:** whether the place is right. That needs somebody who outlines the finding.
#
# **Predict, then look.** How similar are the maps of two methods, on average, for the same film and the
# same network?

# %% tags=["demo", "nbval-ignore-output"]
chest = data.load("pneumoniamnist")
print(chest)
clinical = models.classifier(
    chest.train.images[:1200], chest.train.labels[:1200], epochs=4, watch=counted
)
chosen = np.flatnonzero(chest.test.labels == 1)
if chest.test.truth is not None:  # one film of each patient, where it is known whose film it is
    chosen = chosen[np.unique(chest.test.truth.patients[chosen], return_index=True)[1]]
chosen = np.sort(chosen)[:30]
views = models.as_input(chest.test.images[chosen])
healthy = chest.train.images[chest.train.labels == 0]
average = models.as_input(healthy).mean(dim=0).numpy()
seen = all_maps(clinical, views, average)
chance = np.random.default_rng(0).random((30, 28, 28))
base = score_of(clinical)(views.numpy())[:, 1]


def drop_without(maps, share=0.1):
    """How much the score falls when the highest tenth of each map is hidden."""
    limits = np.quantile(maps, 1 - share, axis=(1, 2), keepdims=True)
    hidden = np.where((maps >= limits)[:, None], average, views.numpy())
    return (base - score_of(clinical)(hidden)[:, 1]).mean()


compared = ["gradient", "guided backprop", "Grad-CAM", "occlusion", "LIME", "SHAP"]
heads = "".join(f"{name.removesuffix(' backprop'):>10}" for name in compared)
print(f"{'similarity to':16}{heads}{'score drop':>12}")
for name in compared:
    row = "".join(f"{agreement(seen[name], seen[other]):10.2f}" for other in compared)
    print(f"{name:16}{row}{drop_without(seen[name]):12.2f}")
print(f"{'random pixels':16}{'':60}{drop_without(chance):12.2f}")
hiding, rest = ["occlusion", "LIME", "SHAP"], ["gradient", "guided backprop", "Grad-CAM"]
among = np.mean([agreement(seen[a], seen[b]) for a in hiding for b in hiding if a < b])
across = np.mean([agreement(seen[a], seen[b]) for a in hiding for b in rest])
finding(
    among > across + 0.2,
    f"The methods that hide parts agree among themselves ({among:.2f}), and hardly with the others "
    f"({across:.2f}), although all explain the same network and the same films. They cannot all be right about "
    "the place. That three agree is no proof: they share an assumption, the average film.",
    f"The methods that hide parts agree among themselves ({among:.2f}) about as much as with the others "
    f"({across:.2f}).",
)
drops = {name: drop_without(seen[name]) for name in compared}
strongest = max(drops, key=drops.get)
finding(
    drop_without(chance) < drops[strongest] / 2,
    f"Hiding what *{strongest}* names lowers the score by {drops[strongest]:.2f}, hiding as many random pixels "
    f"by {drop_without(chance):.2f}: the network needs these pixels. But a method that hides wins a test that "
    "hides, and can pass it on a network that is wrong about the disease.",
    f"Hiding *random* pixels lowers the score by {drop_without(chance):.2f}, the best map ({strongest}) by "
    f"{drops[strongest]:.2f}: scattered pixels of another film are damage enough for this network, wherever they "
    "lie. The test says little here.",
)

# %% tags=["demo"]
show(
    chest.test.images[chosen[0]],
    {name: seen[name][0] for name in compared},
    "One film and six maps without an outline: the maps differ, and nothing in the picture says "
    "which one is right.",
)

# %% [markdown]
# The real images are of children from one hospital, at 28 × 28 pixels. What you measured on phantoms
# is not proven for them: we drew the phantoms so that a lesion is the only reason for the label.

# %% [markdown] tags=["covers-8.13"]
# ## Tools that exist
#
# You wrote the ideas; for work use tools that others test and repair. State of what we found at the time of
# writing; look at the date of the last release before you build on one.
#
# | tool | for | state |
# |---|---|---|
# | **Captum** | PyTorch: all methods of this unit and more | maintained (0.9; this lesson uses it) |
# | **SHAP** | any model, trees above all; Kernel SHAP, Deep SHAP | maintained, regular releases |
# | **LIME** (`lime`) | any model; text, tables, images | the original; no release since 0.2.0.1 (2020) |
# | **iNNvestigate** | Keras and TensorFlow 2 without eager mode; layer-wise relevance | hardly developed any more |
# | **DeepExplain** | TensorFlow 1 only | no longer maintained |
#
# Three habits, whatever the tool. Know which settings the picture depends on (layer, $\sigma$, fill, number
# of samples), and write them down. Run the randomization test on *your* network before you show a map
# to anybody. And do not wait for a warning: you saw a tool return the plain gradient under another name,
# without a word.

# %% tags=["demo", "covers-8.13"]
offered = [name for name in dir(attr) if isinstance(getattr(attr, name), type)]
wanted = ["Saliency", "Deconvolution", "GuidedBackprop", "NoiseTunnel", "LayerGradCam", "Occlusion"]
wanted += ["Lime", "KernelShap", "ShapleyValues", "IntegratedGradients", "DeepLift", "LRP"]
print("in Captum:", *(name for name in wanted if name in offered), sep="\n  ")

# %% [markdown]
# ## What you can do now
#
# - You wrote explanations by gradients, by feature maps and by hiding, and know what each really computes.
# - You can test a map before you believe it, and you have seen right diagnoses with wrong maps.
# - You can find a shortcut by an intervention, and keep apart what was seen from what was done.
#
# And Mr. Lindqvist? Which maps pointed into his opacity?

# %% tags=["demo", "nbval-ignore-output"]
his = [name for name in hit if hit[name][list(ill).index(case)]]
finding(
    0 < len(his) < len(hit),
    f"{len(his)} of {len(hit)} maps point into his opacity ({', '.join(his)}), the others beside it. His "
    "diagnosis was right. The maps were a reason for the radiologist to look there, and no reason to look "
    "nowhere else.",
    f"{len(his)} of {len(hit)} maps point into his opacity. That was a reason for the radiologist to look, and "
    "no reason to look nowhere else.",
)

# %% [markdown]
# Eleven exercises, 32 points. Save this notebook, then see how far you got, here and in the other units:

# %% tags=["demo"]
from course_utils import progress

progress.show()

# %% [markdown]
# **Read on**
# - K. Simonyan, A. Vedaldi and A. Zisserman, *Deep inside convolutional networks*, 2013: the gradient
#   ([arXiv:1312.6034](https://arxiv.org/abs/1312.6034)); J. Springenberg and others, 2014: guided
#   backpropagation ([arXiv:1412.6806](https://arxiv.org/abs/1412.6806)); M. Zeiler and R. Fergus, 2013:
#   deconvnet and occlusion ([arXiv:1311.2901](https://arxiv.org/abs/1311.2901)).
# - D. Smilkov and others, *SmoothGrad*, 2017 ([arXiv:1706.03825](https://arxiv.org/abs/1706.03825)); B. Zhou
#   and others, CAM, 2015 ([arXiv:1512.04150](https://arxiv.org/abs/1512.04150)); R. Selvaraju and others,
#   *Grad-CAM*, 2016 ([arXiv:1610.02391](https://arxiv.org/abs/1610.02391)).
# - M. Ribeiro, S. Singh and C. Guestrin, *“Why should I trust you?”*, 2016: LIME and the tree frog's kind of
#   example ([arXiv:1602.04938](https://arxiv.org/abs/1602.04938)); S. Lundberg and S.-I. Lee, SHAP, 2017
#   ([arXiv:1705.07874](https://arxiv.org/abs/1705.07874)).
# - J. Adebayo and others, *Sanity checks for saliency maps*, 2018
#   ([arXiv:1810.03292](https://arxiv.org/abs/1810.03292)); N. Arun and others, *Assessing the trustworthiness
#   of saliency maps for localizing abnormalities in medical imaging*, Radiology: AI 2021
#   ([doi:10.1148/ryai.2021200267](https://doi.org/10.1148/ryai.2021200267)); A. Saporta and others,
#   *Benchmarking saliency methods for chest X-ray interpretation*, Nature Machine Intelligence 2022
#   ([doi:10.1038/s42256-022-00536-x](https://doi.org/10.1038/s42256-022-00536-x)).
# - J. Zech and others, PLOS Medicine 2018
#   ([doi:10.1371/journal.pmed.1002683](https://doi.org/10.1371/journal.pmed.1002683)); A. DeGrave, J. Janizek
#   and S.-I. Lee, Nature Machine Intelligence 2021
#   ([doi:10.1038/s42256-021-00338-7](https://doi.org/10.1038/s42256-021-00338-7)): shortcuts.
# - S. Lapuschkin and others, *Analyzing classifiers: Fisher vectors and deep neural networks*, CVPR 2016:
#   what context does ([arXiv:1512.00172](https://arxiv.org/abs/1512.00172)); *Unmasking Clever Hans
#   predictors*, Nature Communications 2019
#   ([doi:10.1038/s41467-019-08987-4](https://doi.org/10.1038/s41467-019-08987-4)).
# - J. Pearl and D. Mackenzie, *The Book of Why*, Basic Books 2018: seeing and doing, for all readers; J. Pearl,
#   M. Glymour and N. Jewell, *Causal inference in statistics: a primer*, Wiley 2016: with the mathematics.
# - L. Shapley, *A value for n-person games*, 1953.
# - J. Yang and others, *MedMNIST v2*, Scientific Data 2023: where the real images come from
#   ([doi:10.1038/s41597-022-01721-8](https://doi.org/10.1038/s41597-022-01721-8)).
