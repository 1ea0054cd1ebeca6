"""Sample answers to `make_logistic_regression`."""

import torch
from torch import nn

from course_utils.authoring.answers import neutral, variant, wrong


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


@wrong("make_logistic_regression", "log-softmax at the end")
def logistic_with_log_softmax(n_features, n_classes):
    return nn.Sequential(nn.Linear(n_features, n_classes), nn.LogSoftmax(dim=1))


@wrong("make_logistic_regression", "softmax at the end")
def logistic_as_a_class_with_softmax(n_features, n_classes):
    class Logistic(nn.Module):
        def __init__(self):
            super().__init__()
            self.linear = nn.Linear(n_features, n_classes)

        def forward(self, x):
            return torch.softmax(self.linear(x), dim=-1)

    return Logistic()


@wrong("make_logistic_regression", "dropout")
def logistic_with_dropout(n_features, n_classes):
    return nn.Sequential(nn.Dropout(0.5), nn.Linear(n_features, n_classes))


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


@variant("make_logistic_regression")
def logistic_by_name(n_features, n_classes):
    model = nn.Sequential()
    model.add_module("weights", nn.Linear(n_features, n_classes, bias=True))
    return model


@neutral("make_logistic_regression", "a hidden layer")
def logistic_with_a_hidden_layer(n_features, n_classes):
    return nn.Sequential(nn.Linear(n_features, n_classes), nn.Linear(n_classes, n_classes))


@neutral("make_logistic_regression", "inputs and outputs exchanged")
def logistic_turned_round(n_features, n_classes):
    return nn.Linear(n_classes, n_features)


@neutral("make_logistic_regression", "a function, not a network")
def logistic_as_a_function(n_features, n_classes):
    layer = nn.Linear(n_features, n_classes)
    return lambda x: layer(x)


@neutral("make_logistic_regression", "the bias is not trained")
def logistic_with_a_fixed_bias(n_features, n_classes):
    layer = nn.Linear(n_features, n_classes)
    layer.bias.requires_grad = False
    return layer


@neutral("make_logistic_regression", "one patient loses the axis")
def logistic_that_squeezes(n_features, n_classes):
    class Logistic(nn.Module):
        def __init__(self):
            super().__init__()
            self.linear = nn.Linear(n_features, n_classes)

        def forward(self, x):
            return self.linear(x).squeeze()

    return Logistic()


@neutral("make_logistic_regression", "lazy layer")
def logistic_with_sizes_later(n_features, n_classes):
    return nn.LazyLinear(n_classes)
