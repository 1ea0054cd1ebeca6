"""Sample answers to `make_logistic_regression`."""

import torch
from torch import nn

from course_utils.authoring.answers import variant, wrong


@wrong("make_logistic_regression", "softmax at the end")
def logistic_with_softmax(n_features, n_classes):
    return nn.Sequential(nn.Linear(n_features, n_classes), nn.Softmax(dim=1))


@wrong("make_logistic_regression", "sigmoid at the end")
def logistic_with_sigmoid(n_features, n_classes):
    return nn.Sequential(nn.Linear(n_features, n_classes), nn.Sigmoid())


@wrong("make_logistic_regression", "ReLU on the logits")
def logistic_with_relu(n_features, n_classes):
    return nn.Sequential(nn.Linear(n_features, n_classes), nn.ReLU())


@wrong("make_logistic_regression", "no bias")
def logistic_without_bias(n_features, n_classes):
    return nn.Linear(n_features, n_classes, bias=False)


@wrong("make_logistic_regression", "ten outputs")
def logistic_for_digits(n_features, n_classes):
    return nn.Linear(n_features, 10)


@wrong("make_logistic_regression", "784 inputs")
def logistic_for_28_pixels(n_features, n_classes):
    return nn.Linear(784, n_classes)


@wrong("make_logistic_regression", "one output for two classes")
def logistic_with_a_single_output(n_features, n_classes):
    return nn.Linear(n_features, 1 if n_classes == 2 else n_classes)


@variant("make_logistic_regression")
def logistic_in_a_sequential(n_features, n_classes):
    return nn.Sequential(nn.Flatten(), nn.Linear(n_features, n_classes))


@variant("make_logistic_regression")
def logistic_starting_at_zero(n_features, n_classes):
    layer = nn.Linear(in_features=n_features, out_features=n_classes)
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer


@variant("make_logistic_regression")
def logistic_as_a_class(n_features, n_classes):
    class Logistic(nn.Module):
        def __init__(self):
            super().__init__()
            self.w = nn.Parameter(torch.zeros(n_classes, n_features))
            self.b = nn.Parameter(torch.zeros(n_classes))

        def forward(self, x):
            return x @ self.w.T + self.b

    return Logistic()
