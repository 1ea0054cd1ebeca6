"""Sample answers to `make_mlp`."""

from torch import nn
from torch.nn import functional as F

from course_utils.authoring.answers import variant, wrong


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


@wrong("make_mlp", "one dropout")
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
