"""Sample answers to `make_mlp`."""

import torch
from torch import nn
from torch.nn import functional as F

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("make_mlp", "one hidden layer")
def mlp_with_one_hidden_layer(n_features, n_classes, hidden=512, dropout=0.0):
    return nn.Sequential(
        nn.Linear(n_features, hidden), nn.ReLU(), nn.Dropout(dropout), nn.Linear(hidden, n_classes)
    )


@wrong("make_mlp", "no activation")
def mlp_without_activation(n_features, n_classes, hidden=512, dropout=0.0):
    return nn.Sequential(
        nn.Linear(n_features, hidden), nn.Dropout(dropout),
        nn.Linear(hidden, hidden), nn.Dropout(dropout), nn.Linear(hidden, n_classes),
    )  # fmt: skip


@wrong("make_mlp", "softmax at the end")
def mlp_with_softmax(n_features, n_classes, hidden=512, dropout=0.0):
    return nn.Sequential(
        nn.Linear(n_features, hidden), nn.ReLU(), nn.Dropout(dropout),
        nn.Linear(hidden, hidden), nn.ReLU(), nn.Dropout(dropout),
        nn.Linear(hidden, n_classes), nn.Softmax(dim=1),
    )  # fmt: skip


@wrong("make_mlp", "ReLU on the logits")
def mlp_with_clipped_logits(n_features, n_classes, hidden=512, dropout=0.0):
    widths, layers = [n_features, hidden, hidden, n_classes], []
    for i in range(3):
        layers += [nn.Linear(widths[i], widths[i + 1]), nn.ReLU()]
        layers += [nn.Dropout(dropout)] * (i < 2)
    return nn.Sequential(*layers)


@wrong("make_mlp", "width ignored")
def mlp_of_512(n_features, n_classes, hidden=512, dropout=0.0):
    return nn.Sequential(
        nn.Linear(n_features, 512), nn.ReLU(), nn.Dropout(dropout),
        nn.Linear(512, 512), nn.ReLU(), nn.Dropout(dropout), nn.Linear(512, n_classes),
    )  # fmt: skip


@wrong("make_mlp", "no dropout")
def mlp_without_dropout(n_features, n_classes, hidden=512, dropout=0.0):
    return nn.Sequential(
        nn.Linear(n_features, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU(),
        nn.Linear(hidden, n_classes),
    )  # fmt: skip


@wrong("make_mlp", "no dropout after the first hidden layer")
def mlp_with_one_dropout(n_features, n_classes, hidden=512, dropout=0.0):
    return nn.Sequential(
        nn.Linear(n_features, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU(),
        nn.Dropout(dropout), nn.Linear(hidden, n_classes),
    )  # fmt: skip


@wrong("make_mlp", "dropout on the logits")
def mlp_that_drops_logits(n_features, n_classes, hidden=512, dropout=0.0):
    return nn.Sequential(
        nn.Linear(n_features, hidden), nn.ReLU(), nn.Dropout(dropout),
        nn.Linear(hidden, hidden), nn.ReLU(), nn.Dropout(dropout),
        nn.Linear(hidden, n_classes), nn.Dropout(dropout),
    )  # fmt: skip


@wrong("make_mlp", "dropout in evaluation mode")
def mlp_that_always_drops(n_features, n_classes, hidden=512, dropout=0.0):
    class Mlp(nn.Module):
        def __init__(self):
            super().__init__()
            self.one = nn.Linear(n_features, hidden)
            self.two = nn.Linear(hidden, hidden)
            self.three = nn.Linear(hidden, n_classes)

        def forward(self, x):
            x = F.dropout(F.relu(self.one(x)), dropout)
            x = F.dropout(F.relu(self.two(x)), dropout)
            return self.three(x)

    return Mlp()


@wrong("make_mlp", "three hidden layers")
def mlp_with_three_hidden_layers(n_features, n_classes, hidden=512, dropout=0.0):
    layers = [nn.Linear(n_features, hidden), nn.ReLU(), nn.Dropout(dropout)]
    for _ in range(2):
        layers += [nn.Linear(hidden, hidden), nn.ReLU(), nn.Dropout(dropout)]
    return nn.Sequential(*layers, nn.Linear(hidden, n_classes))


@wrong("make_mlp", "log-softmax at the end")
def mlp_with_log_softmax(n_features, n_classes, hidden=512, dropout=0.0):
    return nn.Sequential(
        nn.Linear(n_features, hidden), nn.ReLU(), nn.Dropout(dropout),
        nn.Linear(hidden, hidden), nn.ReLU(), nn.Dropout(dropout),
        nn.Linear(hidden, n_classes), nn.LogSoftmax(dim=1),
    )  # fmt: skip


@wrong("make_mlp", "no dropout after the second hidden layer")
def mlp_that_drops_early(n_features, n_classes, hidden=512, dropout=0.0):
    return nn.Sequential(
        nn.Linear(n_features, hidden), nn.ReLU(), nn.Dropout(dropout),
        nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, n_classes),
    )  # fmt: skip


@wrong("make_mlp", "probability to keep")
def mlp_that_keeps(n_features, n_classes, hidden=512, dropout=0.0):
    return nn.Sequential(
        nn.Linear(n_features, hidden), nn.ReLU(), nn.Dropout(1 - dropout),
        nn.Linear(hidden, hidden), nn.ReLU(), nn.Dropout(1 - dropout),
        nn.Linear(hidden, n_classes),
    )  # fmt: skip


@variant("make_mlp")
def mlp_in_a_loop(n_features, n_classes, hidden=512, dropout=0.0):
    layers, before = [], n_features
    for _ in range(2):
        layers += [nn.Linear(before, hidden), nn.ReLU(), nn.Dropout(dropout)]
        before = hidden
    return nn.Sequential(*layers, nn.Linear(before, n_classes))


@variant("make_mlp")
def mlp_with_functions(n_features, n_classes, hidden=512, dropout=0.0):
    class Mlp(nn.Module):
        def __init__(self):
            super().__init__()
            self.out = nn.Linear(hidden, n_classes)
            self.hidden = nn.ModuleList([nn.Linear(n_features, hidden), nn.Linear(hidden, hidden)])

        def forward(self, x):
            for layer in self.hidden:
                x = F.dropout(F.relu(layer(x)), dropout, training=self.training)
            return self.out(x)

    return Mlp()


@variant("make_mlp")
def mlp_that_drops_before_the_relu(n_features, n_classes, hidden=512, dropout=0.0):
    model = nn.Sequential()
    for width in (n_features, hidden):
        model.append(nn.Linear(width, hidden))
        if dropout > 0:
            model.append(nn.Dropout(p=dropout))
        model.append(nn.ReLU())
    model.append(nn.Linear(hidden, n_classes))
    return model


@variant("make_mlp")
class MlpAsASubclass(nn.Module):
    def __init__(self, n_features, n_classes, hidden=512, dropout=0.0):
        super().__init__()
        self.fc1 = nn.Linear(n_features, hidden)
        self.fc2 = nn.Linear(hidden, hidden)
        self.fc3 = nn.Linear(hidden, n_classes)
        self.drop = nn.Dropout(dropout)

    def forward(self, x):
        x = self.drop(self.fc1(x).clamp(min=0))
        x = self.drop(self.fc2(x).clamp(min=0))
        return self.fc3(x)


@neutral("make_mlp", "drops whole samples")
def mlp_that_drops_samples(n_features, n_classes, hidden=512, dropout=0.0):
    return nn.Sequential(
        nn.Linear(n_features, hidden), nn.ReLU(), nn.Dropout1d(dropout),
        nn.Linear(hidden, hidden), nn.ReLU(), nn.Dropout1d(dropout),
        nn.Linear(hidden, n_classes),
    )  # fmt: skip


@neutral("make_mlp", "both dropouts after the first layer")
def mlp_that_drops_twice_at_once(n_features, n_classes, hidden=512, dropout=0.0):
    return nn.Sequential(
        nn.Linear(n_features, hidden), nn.ReLU(), nn.Dropout(dropout), nn.Dropout(dropout),
        nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, n_classes),
    )  # fmt: skip


@neutral("make_mlp", "dropout without the factor")
def mlp_that_drops_unscaled(n_features, n_classes, hidden=512, dropout=0.0):
    class Mlp(nn.Module):
        def __init__(self):
            super().__init__()
            self.one = nn.Linear(n_features, hidden)
            self.two = nn.Linear(hidden, hidden)
            self.three = nn.Linear(hidden, n_classes)

        def forward(self, x):
            for layer in (self.one, self.two):
                x = F.relu(layer(x))
                if self.training:
                    x = x * (torch.rand_like(x) >= dropout)
            return self.three(x)

    return Mlp()


@neutral("make_mlp", "a ReLU in the first layer only")
def mlp_with_one_relu(n_features, n_classes, hidden=512, dropout=0.0):
    return nn.Sequential(
        nn.Linear(n_features, hidden), nn.ReLU(), nn.Dropout(dropout),
        nn.Linear(hidden, hidden), nn.Dropout(dropout), nn.Linear(hidden, n_classes),
    )  # fmt: skip


@neutral("make_mlp", "ReLU6, which is flat above 6")
def mlp_flat_above_six(n_features, n_classes, hidden=512, dropout=0.0):
    return nn.Sequential(
        nn.Linear(n_features, hidden), nn.ReLU6(), nn.Dropout(dropout),
        nn.Linear(hidden, hidden), nn.ReLU6(), nn.Dropout(dropout), nn.Linear(hidden, n_classes),
    )  # fmt: skip


@neutral("make_mlp", "dropout stays at 0.5")
def mlp_with_a_fixed_dropout(n_features, n_classes, hidden=512, dropout=0.0):
    return nn.Sequential(
        nn.Linear(n_features, hidden), nn.ReLU(), nn.Dropout(0.5),
        nn.Linear(hidden, hidden), nn.ReLU(), nn.Dropout(0.5), nn.Linear(hidden, n_classes),
    )  # fmt: skip


@neutral("make_mlp", "no biases in the hidden layers")
def mlp_without_hidden_biases(n_features, n_classes, hidden=512, dropout=0.0):
    return nn.Sequential(
        nn.Linear(n_features, hidden, bias=False), nn.ReLU(), nn.Dropout(dropout),
        nn.Linear(hidden, hidden, bias=False), nn.ReLU(), nn.Dropout(dropout),
        nn.Linear(hidden, n_classes),
    )  # fmt: skip
