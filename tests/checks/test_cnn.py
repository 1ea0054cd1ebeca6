"""Sample answers to the exercises of 05-cnn; `test_answers.py` judges them."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from course_utils.authoring.answers import variant, wrong

LABELS = "labels are 0 or 1: there is nothing above 1 or below 0"
LENGTH = "a length is never negative"
SURVIVORS = {
    "SimpleCNN: def __init__(self, c_in=3, n_classes=10, size=32): -> "
    "def __init__(self, c_in=3, n_classes=10, size= 33):": (
        "33 pixels leave the same 5 × 5 places as 32: it is the same network"
    ),
    "num_batches: return full if drop_last or rest == 0 else full + 1 -> "
    "return full if drop_last or rest <= 0 else full + 1": "a remainder is never negative",
    "confusion_matrix: for truth, answer in zip(labels, predictions, strict=True): -> "
    "for truth, answer in zip(labels, predictions, strict=False):": (
        "the statement gives both arrays the same length"
    ),
    "sensitivity_specificity: return float(positive[labels == 1].mean()), "
    "float((~positive)[labels == 0].mean()) -> return float(positive[labels >= 1].mean()), "
    "float((~positive)[labels == 0].mean())": LABELS,
    "sensitivity_specificity: return float(positive[labels == 1].mean()), "
    "float((~positive)[labels == 0].mean()) -> return float(positive[labels == 1].mean()), "
    "float((~positive)[labels <= 0].mean())": LABELS,
    "roc_auc: sick, healthy = np.sort(scores[labels == 1]), scores[labels == 0] -> "
    "sick, healthy = np.sort(scores[labels >= 1]), scores[labels == 0]": LABELS,
    "roc_auc: sick, healthy = np.sort(scores[labels == 1]), scores[labels == 0] -> "
    "sick, healthy = np.sort(scores[labels == 1]), scores[labels <= 0]": LABELS,
    "roc_auc: if len(sick) == 0 or len(healthy) == 0: -> "
    "if len(sick) <= 0 or len(healthy) == 0:": LENGTH,
    "roc_auc: if len(sick) == 0 or len(healthy) == 0: -> "
    "if len(sick) == 0 or len(healthy) <= 0:": LENGTH,
    'vgg_features: if entry == "M": -> if entry is "M":': (
        "CPython has a single object for each text of one letter"
    ),
    "ResidualBlock: if stride != 1 or c_in != c_out: -> if stride > 1 or c_in != c_out:": (
        "a stride is at least 1"
    ),
    "ResidualBlock: if stride != 1 or c_in != c_out: -> if stride != 1 or c_in is not c_out:": (
        "CPython has one object for each whole number up to 256; checks have small networks"
    ),
}


# ------------------------------------------------------------------ SimpleCNN


@wrong("SimpleCNN", "no ReLU")
class WithoutReLU(nn.Module):
    def __init__(self, c_in=3, n_classes=10, size=32):
        super().__init__()
        side = ((size - 4) // 2 - 4) // 2
        self.conv1 = nn.Conv2d(c_in, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * side * side, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, n_classes)

    def forward(self, x):
        x = F.max_pool2d(self.conv1(x), 2)
        x = F.max_pool2d(self.conv2(x), 2)
        return self.fc3(self.fc2(self.fc1(x.flatten(1))))


@wrong("SimpleCNN", "no ReLU in the classifier")
class LinearClassifier(nn.Module):
    def __init__(self, c_in=3, n_classes=10, size=32):
        super().__init__()
        side = ((size - 4) // 2 - 4) // 2
        self.conv1 = nn.Conv2d(c_in, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * side * side, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, n_classes)

    def forward(self, x):
        x = F.max_pool2d(self.conv1(x).relu(), 2)
        x = F.max_pool2d(self.conv2(x).relu(), 2)
        return self.fc3(self.fc2(self.fc1(x.flatten(1))))


@wrong("SimpleCNN", "softmax at the end")
class WithSoftmax(nn.Module):
    def __init__(self, c_in=3, n_classes=10, size=32):
        super().__init__()
        side = ((size - 4) // 2 - 4) // 2
        self.conv1 = nn.Conv2d(c_in, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * side * side, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, n_classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = F.relu(self.fc2(F.relu(self.fc1(x.flatten(1)))))
        return F.softmax(self.fc3(x), dim=1)


@wrong("SimpleCNN", "ReLU on the logits")
class ClippedLogits(nn.Module):
    def __init__(self, c_in=3, n_classes=10, size=32):
        super().__init__()
        side = ((size - 4) // 2 - 4) // 2
        self.convs = nn.ModuleList([nn.Conv2d(c_in, 6, 5), nn.Conv2d(6, 16, 5)])
        widths = [16 * side * side, 120, 84, n_classes]
        self.dense = nn.ModuleList([nn.Linear(widths[i], widths[i + 1]) for i in range(3)])

    def forward(self, x):
        for conv in self.convs:
            x = F.max_pool2d(F.relu(conv(x)), 2)
        x = x.flatten(1)
        for dense in self.dense:
            x = F.relu(dense(x))
        return x


@wrong("SimpleCNN", "mean pooling")
class MeanPooling(nn.Module):
    def __init__(self, c_in=3, n_classes=10, size=32):
        super().__init__()
        side = ((size - 4) // 2 - 4) // 2
        self.conv1 = nn.Conv2d(c_in, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * side * side, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, n_classes)

    def forward(self, x):
        x = F.avg_pool2d(F.relu(self.conv1(x)), 2)
        x = F.avg_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc3(F.relu(self.fc2(F.relu(self.fc1(x.flatten(1))))))


@wrong("SimpleCNN", "padding")
class Padded(nn.Module):
    def __init__(self, c_in=3, n_classes=10, size=32):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(c_in, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(6, 16, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(16 * (size // 4) ** 2, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(),
            nn.Linear(84, n_classes),
        )  # fmt: skip

    def forward(self, x):
        return self.body(x)


@wrong("SimpleCNN", "kernel of 3")
class SmallKernels(nn.Module):
    def __init__(self, c_in=3, n_classes=10, size=32):
        super().__init__()
        side = ((size - 2) // 2 - 2) // 2
        self.body = nn.Sequential(
            nn.Conv2d(c_in, 6, 3), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(6, 16, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(16 * side * side, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(),
            nn.Linear(84, n_classes),
        )  # fmt: skip

    def forward(self, x):
        return self.body(x)


@wrong("SimpleCNN", "made for 32 pixels")
class FourHundred(nn.Module):
    def __init__(self, c_in=3, n_classes=10, size=32):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(c_in, 6, 5), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(),
            nn.Linear(84, n_classes),
        )  # fmt: skip

    def forward(self, x):
        return self.body(x)


@wrong("SimpleCNN", "layers that are not registered")
class HiddenInAList(nn.Module):
    def __init__(self, c_in=3, n_classes=10, size=32):
        super().__init__()
        side = ((size - 4) // 2 - 4) // 2
        self.conv1 = nn.Conv2d(c_in, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.dense = [nn.Linear(16 * side**2, 120), nn.Linear(120, 84), nn.Linear(84, n_classes)]

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2).flatten(1)
        for layer in self.dense[:-1]:
            x = F.relu(layer(x))
        return self.dense[-1](x)


@variant("SimpleCNN")
class OneSequential(nn.Module):
    def __init__(self, c_in=3, n_classes=10, size=32):
        super().__init__()
        side = (size - 12) // 4
        self.layers = nn.Sequential(
            nn.Conv2d(c_in, 6, 5), nn.MaxPool2d(2), nn.ReLU(inplace=True),
            nn.Conv2d(6, 16, 5), nn.MaxPool2d(2), nn.ReLU(inplace=True), nn.Flatten(),
            nn.Linear(16 * side * side, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(),
            nn.Linear(84, n_classes),
        )  # fmt: skip

    def forward(self, x):
        return self.layers(x)


@variant("SimpleCNN")
class MeasuresItself(nn.Module):
    def __init__(self, c_in=3, n_classes=10, size=32):
        super().__init__()
        self.dense3 = nn.Linear(84, n_classes)
        self.features = nn.Sequential(
            nn.Conv2d(c_in, 6, kernel_size=5), nn.ReLU(), nn.MaxPool2d(2, 2),
            nn.Conv2d(6, 16, kernel_size=5), nn.ReLU(), nn.MaxPool2d(2, 2),
        )  # fmt: skip
        with torch.no_grad():
            flat = self.features(torch.zeros(1, c_in, size, size)).numel()
        self.dense1 = nn.Linear(flat, 120)
        self.dense2 = nn.Linear(120, 84)

    def forward(self, x):
        x = torch.flatten(self.features(x), start_dim=1)
        x = torch.relu(self.dense1(x))
        x = torch.relu(self.dense2(x))
        return self.dense3(x)


@variant("SimpleCNN")
class WithItsOwnParameters(nn.Module):
    def __init__(self, c_in=3, n_classes=10, size=32):
        super().__init__()
        side = ((size - 4) // 2 - 4) // 2
        shapes = [(6, c_in, 5, 5), (16, 6, 5, 5), (120, 16 * side**2), (84, 120), (n_classes, 84)]
        self.w = nn.ParameterList([0.1 * torch.randn(s) for s in shapes])
        self.b = nn.ParameterList([torch.zeros(s[0]) for s in shapes])

    def forward(self, x):
        for i in range(2):
            x = F.max_pool2d(F.conv2d(x, self.w[i], self.b[i]).clamp(min=0), 2)
        x = x.reshape(len(x), -1)
        for i in range(2, 5):
            x = x @ self.w[i].T + self.b[i]
            x = x.clamp(min=0) if i < 4 else x
        return x


# ------------------------------------------------------------------ make_logistic_regression


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


# ------------------------------------------------------------------ make_mlp


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


# ------------------------------------------------------------------ num_batches


@wrong("num_batches", "last batch forgotten")
def batches_rounded_down(n, batch_size, drop_last=False):
    return n // batch_size


@wrong("num_batches", "drop_last ignored")
def batches_never_dropped(n, batch_size, drop_last=False):
    return -(-n // batch_size)


@wrong("num_batches", "always one more")
def batches_plus_one(n, batch_size, drop_last=False):
    return n // batch_size if drop_last else n // batch_size + 1


@wrong("num_batches", "rounded")
def batches_to_the_nearest(n, batch_size, drop_last=False):
    return n // batch_size if drop_last else round(n / batch_size)


@wrong("num_batches", "not whole")
def batches_in_parts(n, batch_size, drop_last=False):
    return n / batch_size


@wrong("num_batches", "drop_last upside down")
def batches_upside_down(n, batch_size, drop_last=False):
    return -(-n // batch_size) if drop_last else n // batch_size


@variant("num_batches")
def batches_by_ceil(n, batch_size, drop_last=False):
    return n // batch_size if drop_last else int(np.ceil(n / batch_size))


@variant("num_batches")
def batches_with_remainder(n, batch_size, drop_last=False):
    full, rest = divmod(n, batch_size)
    return full + (1 if rest and not drop_last else 0)


@variant("num_batches")
def batches_counted(n, batch_size, drop_last=False):
    count = 0
    while n >= batch_size or (n > 0 and not drop_last):
        count, n = count + 1, n - batch_size
    return count


# ------------------------------------------------------------------ train_one_epoch


@wrong("train_one_epoch", "gradients not zeroed")
def trains_on_old_gradients(model, loader, loss_fn, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total, count = total + loss.item() * len(x), count + len(x)
    return total / count


@wrong("train_one_epoch", "no step")
def trains_without_step(model, loader, loss_fn, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        total, count = total + loss.item() * len(x), count + len(x)
    return total / count


@wrong("train_one_epoch", "mean over the batches")
def trains_with_the_mean_of_batches(model, loader, loss_fn, optimizer):
    model.train()
    losses = []
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)


@wrong("train_one_epoch", "last loss")
def trains_and_tells_the_last_loss(model, loader, loss_fn, optimizer):
    model.train()
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
    return loss.item()


@wrong("train_one_epoch", "sum of the losses")
def trains_and_adds_up(model, loader, loss_fn, optimizer):
    model.train()
    total = 0.0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total


@wrong("train_one_epoch", "sum over the samples")
def trains_and_forgets_to_divide(model, loader, loss_fn, optimizer):
    model.train()
    total = 0.0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
    return total


@wrong("train_one_epoch", "not in training mode")
def trains_in_whatever_mode(model, loader, loss_fn, optimizer):
    total, count = 0.0, 0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total, count = total + loss.item() * len(x), count + len(x)
    return total / count


@variant("train_one_epoch")
def trains_and_zeroes_afterwards(model, loader, loss_fn, optimizer):
    model.train()
    losses, sizes = [], []
    for x, y in loader:
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(float(loss))
        sizes.append(x.shape[0])
    return float(np.average(losses, weights=sizes))


@variant("train_one_epoch")
def trains_with_a_closure(model, loader, loss_fn, optimizer):
    model.train(True)
    total = 0.0
    for batch in loader:

        def closure(batch=batch):
            model.zero_grad()
            value = loss_fn(model(batch[0]), batch[1])
            value.backward()
            return value

        total += optimizer.step(closure).item() * len(batch[1])
    return total / len(loader.dataset)


@variant("train_one_epoch")
def trains_with_tensors(model, loader, loss_fn, optimizer):
    model.train()
    total, seen = torch.zeros((), dtype=torch.float64), 0
    for images, labels in loader:
        optimizer.zero_grad(set_to_none=False)
        logits = model(images)
        loss = loss_fn(logits, labels)
        loss.backward()
        optimizer.step()
        total += loss.detach() * labels.size(0)
        seen += labels.size(0)
    return (total / seen).item()


# ------------------------------------------------------------------ evaluate


@wrong("evaluate", "not in evaluation mode")
def evaluates_in_whatever_mode(model, loader, loss_fn):
    flags = {m: m.training for m in model.modules()}
    model.train()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            total += loss_fn(logits, y).item() * len(x)
            right += (logits.argmax(1) == y).sum().item()
            count += len(x)
    for m, flag in flags.items():
        m.training = flag
    return total / count, right / count


@wrong("evaluate", "left in evaluation mode")
def evaluates_and_stays(model, loader, loss_fn):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            total += loss_fn(logits, y).item() * len(x)
            right += (logits.argmax(1) == y).sum().item()
            count += len(x)
    return total / count, right / count


@wrong("evaluate", "put into training mode")
def evaluates_and_thaws(model, loader, loss_fn):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            total += loss_fn(logits, y).item() * len(x)
            right += (logits.argmax(1) == y).sum().item()
            count += len(x)
    model.train()
    return total / count, right / count


@wrong("evaluate", "all as the network's own flag")
def evaluates_and_levels(model, loader, loss_fn):
    before = model.training
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            total += loss_fn(logits, y).item() * len(x)
            right += (logits.argmax(1) == y).sum().item()
            count += len(x)
    model.train(before)
    return total / count, right / count


@wrong("evaluate", "gradients recorded")
def evaluates_with_gradients(model, loader, loss_fn):
    flags = {m: m.training for m in model.modules()}
    model.eval()
    total, right, count = 0.0, 0, 0
    for x, y in loader:
        logits = model(x)
        total += loss_fn(logits, y).item() * len(x)
        right += (logits.argmax(1) == y).sum().item()
        count += len(x)
    for m, flag in flags.items():
        m.training = flag
    return total / count, right / count


@wrong("evaluate", "mean over the batches")
def evaluates_batch_by_batch(model, loader, loss_fn):
    flags = {m: m.training for m in model.modules()}
    model.eval()
    losses, right, count = [], 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            losses.append(loss_fn(logits, y).item())
            right += (logits.argmax(1) == y).sum().item()
            count += len(x)
    for m, flag in flags.items():
        m.training = flag
    return sum(losses) / len(losses), right / count


@wrong("evaluate", "mean of the batches' accuracies")
def evaluates_mean_accuracy(model, loader, loss_fn):
    flags = {m: m.training for m in model.modules()}
    model.eval()
    total, shares, count = 0.0, [], 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            total += loss_fn(logits, y).item() * len(x)
            shares.append((logits.argmax(1) == y).double().mean().item())
            count += len(x)
    for m, flag in flags.items():
        m.training = flag
    return total / count, sum(shares) / len(shares)


@wrong("evaluate", "count of right answers")
def evaluates_and_counts(model, loader, loss_fn):
    flags = {m: m.training for m in model.modules()}
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            total += loss_fn(logits, y).item() * len(x)
            right += (logits.argmax(1) == y).sum().item()
            count += len(x)
    for m, flag in flags.items():
        m.training = flag
    return total / count, right


@wrong("evaluate", "accuracy in percent")
def evaluates_in_percent(model, loader, loss_fn):
    flags = {m: m.training for m in model.modules()}
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            total += loss_fn(logits, y).item() * len(x)
            right += (logits.argmax(1) == y).sum().item()
            count += len(x)
    for m, flag in flags.items():
        m.training = flag
    return total / count, 100 * right / count


@variant("evaluate")
def evaluates_and_restores(model, loader, loss_fn):
    flags = {m: m.training for m in model.modules()}
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            total += loss_fn(logits, y).item() * len(x)
            right += (logits.argmax(1) == y).sum().item()
            count += len(x)
    for m, flag in flags.items():
        m.training = flag
    return total / count, right / count


@variant("evaluate")
def evaluates_all_at_once(model, loader, loss_fn):
    flags = [m.training for m in model.modules()]
    model.eval()
    with torch.inference_mode():
        pairs = [(model(x), y) for x, y in loader]
        logits = torch.cat([p[0] for p in pairs])
        labels = torch.cat([p[1] for p in pairs])
        result = [float(loss_fn(logits, labels)), (logits.max(1)[1] == labels).double().mean()]
    for m, flag in zip(model.modules(), flags, strict=True):
        m.training = flag
    return result[0], result[1].item()


@variant("evaluate")
def evaluates_on_a_copy(model, loader, loss_fn):
    import copy

    twin = copy.deepcopy(model).eval()
    losses, hits = [], []
    with torch.no_grad():
        for x, y in loader:
            logits = twin(x)
            losses += [float(loss_fn(logits[i : i + 1], y[i : i + 1])) for i in range(len(y))]
            hits += (logits.argmax(dim=-1) == y).tolist()
    # the statistics and counters of the copy are thrown away
    return float(np.mean(losses)), float(np.mean(hits))


# ------------------------------------------------------------------ confusion_matrix


@wrong("confusion_matrix", "transposed")
def table_transposed(labels, predictions, n_classes):
    table = np.zeros((n_classes, n_classes), dtype=int)
    for truth, answer in zip(labels, predictions, strict=True):
        table[answer, truth] += 1
    return table


@wrong("confusion_matrix", "ones for counts")
def table_of_ones(labels, predictions, n_classes):
    table = np.zeros((n_classes, n_classes), dtype=int)
    table[labels, predictions] += 1
    return table


@wrong("confusion_matrix", "classes that occur")
def table_of_what_occurs(labels, predictions, n_classes):
    classes = sorted({*labels.tolist(), *predictions.tolist()})
    table = np.zeros((len(classes), len(classes)), dtype=int)
    for truth, answer in zip(labels.tolist(), predictions.tolist(), strict=True):
        table[classes.index(truth), classes.index(answer)] += 1
    return table


@wrong("confusion_matrix", "right answers only")
def table_of_hits(labels, predictions, n_classes):
    table = np.zeros((n_classes, n_classes), dtype=int)
    for k in range(n_classes):
        table[k, k] = ((labels == k) & (predictions == k)).sum()
    return table


@wrong("confusion_matrix", "shares for counts")
def table_of_shares(labels, predictions, n_classes):
    table = np.zeros((n_classes, n_classes))
    for truth, answer in zip(labels, predictions, strict=True):
        table[truth, answer] += 1
    return table / len(labels)


@wrong("confusion_matrix", "counts as floats")
def table_of_floats(labels, predictions, n_classes):
    table = np.zeros((n_classes, n_classes))
    for truth, answer in zip(labels, predictions, strict=True):
        table[truth, answer] += 1
    return table


@variant("confusion_matrix")
def table_in_a_loop(labels, predictions, n_classes):
    table = np.zeros((n_classes, n_classes), dtype=int)
    for truth, answer in zip(labels, predictions, strict=True):
        table[truth, answer] += 1
    return table


@variant("confusion_matrix")
def table_with_add_at(labels, predictions, n_classes):
    table = np.zeros((n_classes, n_classes), dtype=np.int32)
    np.add.at(table, (np.asarray(labels), np.asarray(predictions)), 1)
    return table


@variant("confusion_matrix")
def table_by_comparison(labels, predictions, n_classes):
    table = np.empty((n_classes, n_classes), dtype=np.int64)
    for i in range(n_classes):
        for j in range(n_classes):
            table[i, j] = np.sum((labels == i) & (predictions == j))
    return table


# ------------------------------------------------------------------ sensitivity_specificity


@wrong("sensitivity_specificity", "above the threshold")
def rates_above(labels, scores, threshold=0.5):
    positive = scores > threshold
    return positive[labels == 1].mean(), (~positive)[labels == 0].mean()


@wrong("sensitivity_specificity", "exchanged")
def rates_exchanged(labels, scores, threshold=0.5):
    positive = scores >= threshold
    return (~positive)[labels == 0].mean(), positive[labels == 1].mean()


@wrong("sensitivity_specificity", "precision for sensitivity")
def rates_with_precision(labels, scores, threshold=0.5):
    positive = scores >= threshold
    return labels[positive].mean(), (~positive)[labels == 0].mean()


@wrong("sensitivity_specificity", "false alarms for specificity")
def rates_with_false_alarms(labels, scores, threshold=0.5):
    positive = scores >= threshold
    return positive[labels == 1].mean(), positive[labels == 0].mean()


@wrong("sensitivity_specificity", "shares of all")
def rates_of_all(labels, scores, threshold=0.5):
    positive = scores >= threshold
    return (positive & (labels == 1)).mean(), (~positive & (labels == 0)).mean()


@wrong("sensitivity_specificity", "threshold ignored")
def rates_at_one_half(labels, scores, threshold=0.5):
    positive = scores >= 0.5
    return positive[labels == 1].mean(), (~positive)[labels == 0].mean()


@wrong("sensitivity_specificity", "healthy as the disease")
def rates_of_the_healthy(labels, scores, threshold=0.5):
    positive = scores >= threshold
    return positive[labels == 0].mean(), (~positive)[labels == 1].mean()


@variant("sensitivity_specificity")
def rates_by_counting(labels, scores, threshold=0.5):
    tp = fn = tn = fp = 0
    for label, score in zip(labels, scores, strict=True):
        if label == 1:
            tp, fn = (tp + 1, fn) if score >= threshold else (tp, fn + 1)
        else:
            tn, fp = (tn + 1, fp) if score < threshold else (tn, fp + 1)
    return tp / (tp + fn), tn / (tn + fp)


@variant("sensitivity_specificity")
def rates_by_products(labels, scores, threshold=0.5):
    positive = (scores >= threshold).astype(float)
    ill = np.asarray(labels).astype(float)
    return positive @ ill / ill.sum(), (1 - positive) @ (1 - ill) / (1 - ill).sum()


@variant("sensitivity_specificity")
def rates_as_lists(labels, scores, threshold=0.5):
    ill = [s >= threshold for s, y in zip(scores, labels, strict=True) if y]
    well = [s < threshold for s, y in zip(scores, labels, strict=True) if not y]
    return [sum(ill) / len(ill), sum(well) / len(well)]


# ------------------------------------------------------------------ predictive_values


@wrong("predictive_values", "prevalence ignored")
def worth_without_prevalence(sensitivity, specificity, prevalence):
    ppv = sensitivity / (sensitivity + 1 - specificity)
    return ppv, specificity / (specificity + 1 - sensitivity)


@wrong("predictive_values", "conditional turned round")
def worth_turned_round(sensitivity, specificity, prevalence):
    return sensitivity, specificity


@wrong("predictive_values", "exchanged")
def worth_exchanged(sensitivity, specificity, prevalence):
    found, alarms = sensitivity * prevalence, (1 - specificity) * (1 - prevalence)
    told, missed = specificity * (1 - prevalence), (1 - sensitivity) * prevalence
    return told / (told + missed), found / (found + alarms)


@wrong("predictive_values", "false alarms for healthy")
def worth_with_specificity_upside_down(sensitivity, specificity, prevalence):
    found, alarms = sensitivity * prevalence, specificity * (1 - prevalence)
    told, missed = (1 - specificity) * (1 - prevalence), (1 - sensitivity) * prevalence
    return found / (found + alarms), told / (told + missed)


@wrong("predictive_values", "prevalence of the healthy")
def worth_with_healthy_share(sensitivity, specificity, prevalence):
    found, alarms = sensitivity * (1 - prevalence), (1 - specificity) * prevalence
    told, missed = specificity * prevalence, (1 - sensitivity) * (1 - prevalence)
    return found / (found + alarms), told / (told + missed)


@wrong("predictive_values", "shares of all")
def worth_of_everybody(sensitivity, specificity, prevalence):
    return sensitivity * prevalence, specificity * (1 - prevalence)


@variant("predictive_values")
def worth_by_bayes(sensitivity, specificity, prevalence):
    positive = sensitivity * prevalence + (1 - specificity) * (1 - prevalence)
    ppv = sensitivity * prevalence / positive
    return ppv, specificity * (1 - prevalence) / (1 - positive)


@variant("predictive_values")
def worth_in_a_town(sensitivity, specificity, prevalence):
    ill, well = 1e5 * prevalence, 1e5 * (1 - prevalence)
    true_positive, true_negative = ill * sensitivity, well * specificity
    return (
        true_positive / (true_positive + well - true_negative),
        true_negative / (true_negative + ill - true_positive),
    )


@variant("predictive_values")
def worth_as_table(sensitivity, specificity, prevalence):
    table = np.array([[specificity, 1 - specificity], [1 - sensitivity, sensitivity]])
    joint = table * np.array([[1 - prevalence], [prevalence]])
    given = joint / joint.sum(axis=0)
    return [given[1, 1], given[0, 0]]


# ------------------------------------------------------------------ roc_auc


@wrong("roc_auc", "ties lost")
def area_without_ties(labels, scores):
    ill, well = scores[labels == 1], scores[labels == 0]
    if not len(ill) or not len(well):
        raise ValueError("one class only")
    return float((ill[:, None] > well).mean())


@wrong("roc_auc", "ties won")
def area_with_ties(labels, scores):
    ill, well = scores[labels == 1], scores[labels == 0]
    if not len(ill) or not len(well):
        raise ValueError("one class only")
    return float((ill[:, None] >= well).mean())


@wrong("roc_auc", "turned round")
def area_of_the_healthy(labels, scores):
    ill, well = scores[labels == 1], scores[labels == 0]
    if not len(ill) or not len(well):
        raise ValueError("one class only")
    return float((ill[:, None] < well).mean() + (ill[:, None] == well).mean() / 2)


@wrong("roc_auc", "one threshold")
def area_of_one_point(labels, scores):
    ill, well = scores[labels == 1], scores[labels == 0]
    if not len(ill) or not len(well):
        raise ValueError("one class only")
    return float(((ill >= 0.5).mean() + (well < 0.5).mean()) / 2)


@wrong("roc_auc", "accuracy")
def area_as_accuracy(labels, scores):
    if len(np.unique(labels)) < 2:
        raise ValueError("one class only")
    return float(((scores >= 0.5) == (labels == 1)).mean())


@wrong("roc_auc", "pairs counted, not shared")
def area_in_pairs(labels, scores):
    ill, well = scores[labels == 1], scores[labels == 0]
    if not len(ill) or not len(well):
        raise ValueError("one class only")
    return float((ill[:, None] > well).sum() + (ill[:, None] == well).sum() / 2)


@variant("roc_auc")
def area_by_pairs(labels, scores):
    won, pairs = 0.0, 0
    for a, x in zip(scores, labels, strict=True):
        for b, y in zip(scores, labels, strict=True):
            if x == 1 and y == 0:
                pairs += 1
                won += 1.0 if a > b else 0.5 if a == b else 0.0
    if pairs == 0:
        raise ValueError("one class only")
    return won / pairs


@variant("roc_auc")
def area_by_trapezoids(labels, scores):
    ill, well = scores[labels == 1], scores[labels == 0]
    if len(ill) == 0 or len(well) == 0:
        raise ValueError("both classes must occur")
    x, y = [0.0], [0.0]
    for threshold in np.unique(scores)[::-1]:
        x.append((well >= threshold).mean())
        y.append((ill >= threshold).mean())
    return float(sum((x[i + 1] - x[i]) * (y[i + 1] + y[i]) / 2 for i in range(len(x) - 1)))


@variant("roc_auc")
def area_by_ranks(labels, scores):
    n_ill, n_well = int((labels == 1).sum()), int((labels == 0).sum())
    if n_ill == 0 or n_well == 0:
        raise ValueError("both classes must occur")
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return (ranks[labels == 1].sum() - n_ill * (n_ill + 1) / 2) / (n_ill * n_well)


# ------------------------------------------------------------------ split_by_patient


@wrong("split_by_patient", "split by image")
def splits_images(patient_ids, fractions, rng):
    order = rng.permutation(len(patient_ids))
    ends = np.round(np.cumsum(fractions)[:-1] * len(order)).astype(int)
    return np.split(order, ends)


@wrong("split_by_patient", "images left over")
def splits_and_leaves_some(patient_ids, fractions, rng):
    patients = rng.permutation(np.unique(patient_ids))
    parts, start = [], 0
    for fraction in fractions:
        stop = start + int(fraction * len(patients) - 0.5)
        parts.append(np.flatnonzero(np.isin(patient_ids, patients[start:stop])))
        start = stop
    return parts


@wrong("split_by_patient", "patients for positions")
def splits_numbers(patient_ids, fractions, rng):
    patients = rng.permutation(np.unique(patient_ids))
    ends = np.round(np.cumsum(fractions)[:-1] * len(patients)).astype(int)
    return np.split(patients, ends)


@wrong("split_by_patient", "not shuffled")
def splits_in_order(patient_ids, fractions, rng):
    patients = np.unique(patient_ids)
    ends = np.round(np.cumsum(fractions)[:-1] * len(patients)).astype(int)
    return [np.flatnonzero(np.isin(patient_ids, part)) for part in np.split(patients, ends)]


@wrong("split_by_patient", "another source of chance")
def splits_globally(patient_ids, fractions, rng):
    patients = np.random.permutation(np.unique(patient_ids))  # noqa: NPY002
    ends = np.round(np.cumsum(fractions)[:-1] * len(patients)).astype(int)
    return [np.flatnonzero(np.isin(patient_ids, part)) for part in np.split(patients, ends)]


@wrong("split_by_patient", "shares of the images")
def splits_until_full(patient_ids, fractions, rng):
    patients = rng.permutation(np.unique(patient_ids))
    counts = np.cumsum([np.sum(patient_ids == patient) for patient in patients])
    ends = np.searchsorted(counts, np.cumsum(fractions)[:-1] * len(patient_ids))
    return [np.flatnonzero(np.isin(patient_ids, part)) for part in np.split(patients, ends)]


@variant("split_by_patient")
def splits_patients(patient_ids, fractions, rng):
    patients = rng.permutation(np.unique(patient_ids))
    ends = np.round(np.cumsum(fractions)[:-1] * len(patients)).astype(int)
    return [np.flatnonzero(np.isin(patient_ids, part)) for part in np.split(patients, ends)]


@variant("split_by_patient")
def splits_with_a_dictionary(patient_ids, fractions, rng):
    patients = sorted(set(patient_ids.tolist()))
    rng.shuffle(patients)
    part_of, start, total = {}, 0, 0.0
    for number, fraction in enumerate(fractions):
        total += fraction
        last = number == len(fractions) - 1
        stop = len(patients) if last else int(total * len(patients))
        part_of |= dict.fromkeys(patients[start:stop], number)
        start = stop
    parts = [[] for _ in fractions]
    for index, patient in enumerate(patient_ids.tolist()):
        parts[part_of[patient]].append(index)
    return tuple(np.array(part, dtype=int) for part in parts)


@variant("split_by_patient")
def splits_by_rank(patient_ids, fractions, rng):
    patients, inverse = np.unique(patient_ids, return_inverse=True)
    rank = rng.permutation(len(patients))
    edges = np.ceil(np.cumsum(fractions) * len(patients) - 1e-9)
    part = np.minimum(np.searchsorted(edges, rank, side="right"), len(fractions) - 1)
    return [np.where(part[inverse] == number)[0] for number in range(len(fractions))]


# ------------------------------------------------------------------ vgg_features


@wrong("vgg_features", "no ReLU")
def vgg_without_relu(config, in_channels=3):
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers.append(nn.Conv2d(in_channels, channels, k, padding=k // 2))
            in_channels = channels
    return nn.Sequential(*layers)


@wrong("vgg_features", "no padding")
def vgg_that_shrinks(config, in_channels=3):
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers += [nn.Conv2d(in_channels, channels, k), nn.ReLU()]
            in_channels = channels
    return nn.Sequential(*layers)


@wrong("vgg_features", "padding of 1 for all")
def vgg_with_one_padding(config, in_channels=3):
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers += [nn.Conv2d(in_channels, channels, k, padding=1), nn.ReLU()]
            in_channels = channels
    return nn.Sequential(*layers)


@wrong("vgg_features", "1×1 made 3×3")
def vgg_of_threes(config, in_channels=3):
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            channels = entry[0] if isinstance(entry, tuple) else entry
            layers += [nn.Conv2d(in_channels, channels, 3, padding=1), nn.ReLU()]
            in_channels = channels
    return nn.Sequential(*layers)


@wrong("vgg_features", "LRN left out")
def vgg_without_lrn(config, in_channels=3):
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry != "LRN":
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers += [nn.Conv2d(in_channels, channels, k, padding=k // 2), nn.ReLU()]
            in_channels = channels
    return nn.Sequential(*layers)


@wrong("vgg_features", "batch norm added")
def vgg_with_batch_norm(config, in_channels=3):
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers.append(nn.Conv2d(in_channels, channels, k, padding=k // 2))
            layers += [nn.BatchNorm2d(channels), nn.ReLU()]
            in_channels = channels
    return nn.Sequential(*layers)


@wrong("vgg_features", "mean pooling")
def vgg_of_means(config, in_channels=3):
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.AvgPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers += [nn.Conv2d(in_channels, channels, k, padding=k // 2), nn.ReLU()]
            in_channels = channels
    return nn.Sequential(*layers)


@variant("vgg_features")
def vgg_with_append(config, in_channels=3):
    features = nn.Sequential()
    for entry in config:
        if entry == "M":
            features.append(nn.MaxPool2d(kernel_size=2, stride=2))
        elif entry == "LRN":
            features.append(nn.LocalResponseNorm(size=5))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            features.append(nn.Conv2d(in_channels, channels, k, padding="same"))
            features.append(nn.ReLU(inplace=True))
            in_channels = channels
    return features


@variant("vgg_features")
def vgg_as_a_class(config, in_channels=3):
    class Features(nn.Module):
        def __init__(self):
            super().__init__()
            self.config, self.convs, before = list(config), nn.ModuleList(), in_channels
            for entry in config:
                if not isinstance(entry, str):
                    width, k = (entry, 3) if isinstance(entry, int) else entry
                    self.convs.append(nn.Conv2d(before, width, k, padding=(k - 1) // 2))
                    before = width

        def forward(self, x):
            convs = iter(self.convs)
            for entry in self.config:
                if entry == "M":
                    x = F.max_pool2d(x, 2)
                elif entry == "LRN":
                    x = F.local_response_norm(x, 5)
                else:
                    x = F.relu(next(convs)(x))
            return x

    return Features()


@variant("vgg_features")
def vgg_that_pools_before_the_relu(config, in_channels=3):
    layers, before = [], in_channels
    for entry in config:
        match entry:
            case "M":
                layers.append(nn.MaxPool2d((2, 2)))
            case "LRN":
                layers.append(nn.LocalResponseNorm(5))
            case (width, k):
                layers += [nn.Conv2d(before, width, k, 1, k // 2), nn.ReLU()]
                before = width
            case width:
                layers += [nn.Conv2d(before, width, 3, 1, 1), nn.ReLU()]
                before = width
    return nn.Sequential(*layers)


# ------------------------------------------------------------------ ResidualBlock


@wrong("ResidualBlock", "no skip connection")
class NoSkip(nn.Module):
    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(c_in, c_out, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(c_out)
        self.conv2 = nn.Conv2d(c_out, c_out, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(c_out)
        self.short = nn.Identity()
        if stride != 1 or c_in != c_out:
            conv = nn.Conv2d(c_in, c_out, 1, stride, bias=False)
            self.short = nn.Sequential(conv, nn.BatchNorm2d(c_out))

    def forward(self, x):
        out = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(out + 0 * self.short(x))


@wrong("ResidualBlock", "no ReLU after the sum")
class NoLastReLU(nn.Module):
    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(c_in, c_out, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(c_out)
        self.conv2 = nn.Conv2d(c_out, c_out, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(c_out)
        self.short = nn.Identity()
        if stride != 1 or c_in != c_out:
            conv = nn.Conv2d(c_in, c_out, 1, stride, bias=False)
            self.short = nn.Sequential(conv, nn.BatchNorm2d(c_out))

    def forward(self, x):
        out = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return out + self.short(x)


@wrong("ResidualBlock", "ReLU before the sum")
class EarlyReLU(nn.Module):
    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(c_in, c_out, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(c_out)
        self.conv2 = nn.Conv2d(c_out, c_out, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(c_out)
        self.short = nn.Identity()
        if stride != 1 or c_in != c_out:
            conv = nn.Conv2d(c_in, c_out, 1, stride, bias=False)
            self.short = nn.Sequential(conv, nn.BatchNorm2d(c_out))

    def forward(self, x):
        out = F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))))
        return out + self.short(x)


@wrong("ResidualBlock", "ReLU before and after the sum")
class TwiceReLU(nn.Module):
    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(c_in, c_out, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(c_out)
        self.conv2 = nn.Conv2d(c_out, c_out, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(c_out)
        self.short = nn.Identity()
        if stride != 1 or c_in != c_out:
            conv = nn.Conv2d(c_in, c_out, 1, stride, bias=False)
            self.short = nn.Sequential(conv, nn.BatchNorm2d(c_out))

    def forward(self, x):
        out = F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))))
        return F.relu(out + self.short(x))


@wrong("ResidualBlock", "no ReLU inside")
class NoInnerReLU(nn.Module):
    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(c_in, c_out, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(c_out)
        self.conv2 = nn.Conv2d(c_out, c_out, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(c_out)
        self.short = nn.Identity()
        if stride != 1 or c_in != c_out:
            conv = nn.Conv2d(c_in, c_out, 1, stride, bias=False)
            self.short = nn.Sequential(conv, nn.BatchNorm2d(c_out))

    def forward(self, x):
        out = self.bn2(self.conv2(self.bn1(self.conv1(x))))
        return F.relu(out + self.short(x))


@wrong("ResidualBlock", "stride in the second convolution")
class LateStride(nn.Module):
    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(c_in, c_out, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(c_out)
        self.conv2 = nn.Conv2d(c_out, c_out, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(c_out)
        self.short = nn.Identity()
        if stride != 1 or c_in != c_out:
            conv = nn.Conv2d(c_in, c_out, 1, stride, bias=False)
            self.short = nn.Sequential(conv, nn.BatchNorm2d(c_out))

    def forward(self, x):
        out = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(out + self.short(x))


@wrong("ResidualBlock", "biases in the convolutions")
class Biased(nn.Module):
    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(c_in, c_out, 3, stride, 1)
        self.bn1 = nn.BatchNorm2d(c_out)
        self.conv2 = nn.Conv2d(c_out, c_out, 3, 1, 1)
        self.bn2 = nn.BatchNorm2d(c_out)
        self.short = nn.Identity()
        if stride != 1 or c_in != c_out:
            self.short = nn.Sequential(nn.Conv2d(c_in, c_out, 1, stride), nn.BatchNorm2d(c_out))

    def forward(self, x):
        out = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(out + self.short(x))


@wrong("ResidualBlock", "no batch norm")
class NotNormed(nn.Module):
    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(c_in, c_out, 3, stride, 1, bias=False)
        self.conv2 = nn.Conv2d(c_out, c_out, 3, 1, 1, bias=False)
        self.short = nn.Identity()
        if stride != 1 or c_in != c_out:
            self.short = nn.Conv2d(c_in, c_out, 1, stride, bias=False)

    def forward(self, x):
        return F.relu(self.conv2(F.relu(self.conv1(x))) + self.short(x))


@wrong("ResidualBlock", "always projected")
class AlwaysProjected(nn.Module):
    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(c_in, c_out, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(c_out)
        self.conv2 = nn.Conv2d(c_out, c_out, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(c_out)
        conv = nn.Conv2d(c_in, c_out, 1, stride, bias=False)
        self.short = nn.Sequential(conv, nn.BatchNorm2d(c_out))

    def forward(self, x):
        out = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(out + self.short(x))


@wrong("ResidualBlock", "projection without batch norm")
class BareProjection(nn.Module):
    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(c_in, c_out, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(c_out)
        self.conv2 = nn.Conv2d(c_out, c_out, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(c_out)
        self.short = nn.Identity()
        if stride != 1 or c_in != c_out:
            self.short = nn.Conv2d(c_in, c_out, 1, stride, bias=False)

    def forward(self, x):
        out = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(out + self.short(x))


@wrong("ResidualBlock", "channels without projection")
class StrideOnly(nn.Module):
    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(c_in, c_out, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(c_out)
        self.conv2 = nn.Conv2d(c_out, c_out, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(c_out)
        self.short = nn.Identity()
        if stride != 1:
            conv = nn.Conv2d(c_in, c_out, 1, stride, bias=False)
            self.short = nn.Sequential(conv, nn.BatchNorm2d(c_out))

    def forward(self, x):
        out = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(out + self.short(x))


@variant("ResidualBlock")
class TwoSequentials(nn.Module):
    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        self.branch = nn.Sequential(
            nn.Conv2d(c_in, c_out, 3, stride=stride, padding=1, bias=False), nn.BatchNorm2d(c_out),
            nn.ReLU(inplace=True),
            nn.Conv2d(c_out, c_out, 3, padding=1, bias=False), nn.BatchNorm2d(c_out),
        )  # fmt: skip
        same = stride == 1 and c_in == c_out
        conv = nn.Conv2d(c_in, c_out, 1, stride, bias=False)
        self.skip = nn.Identity() if same else nn.Sequential(conv, nn.BatchNorm2d(c_out))

    def forward(self, x):
        return torch.relu(self.branch(x) + self.skip(x))


@variant("ResidualBlock")
class OptionalProjection(nn.Module):
    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        self.project = None
        if (c_in, stride) != (c_out, 1):
            self.project = nn.Conv2d(c_in, c_out, 1, stride=stride, bias=False)
            self.norm0 = nn.BatchNorm2d(c_out)
        self.norm1, self.norm2 = nn.BatchNorm2d(c_out), nn.BatchNorm2d(c_out)
        self.second = nn.Conv2d(c_out, c_out, 3, 1, "same", bias=False)
        self.first = nn.Conv2d(c_in, c_out, 3, stride, 1, bias=False)

    def forward(self, x):
        y = self.norm1(self.first(x)).clamp(min=0)
        y = self.norm2(self.second(y))
        y += x if self.project is None else self.norm0(self.project(x))
        return y.clamp(min=0)


@variant("ResidualBlock")
class ProjectsPickedPixels(nn.Module):
    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        self.stride = stride
        self.convs = nn.ModuleList(
            [nn.Conv2d(c_in, c_out, 3, stride, 1, bias=False),
             nn.Conv2d(c_out, c_out, 3, 1, 1, bias=False)]
        )  # fmt: skip
        self.norms = nn.ModuleList([nn.BatchNorm2d(c_out) for _ in range(2)])
        self.short = nn.Sequential()
        if stride > 1 or c_in != c_out:
            self.short.append(nn.Conv2d(c_in, c_out, 1, bias=False))
            self.short.append(nn.BatchNorm2d(c_out))

    def forward(self, x):
        inner = self.norms[0](self.convs[0](x)).relu()
        picked = x[:, :, :: self.stride, :: self.stride]
        return (self.short(picked) + self.norms[1](self.convs[1](inner))).relu()


# ------------------------------------------------------------------ InceptionBlock


@wrong("InceptionBlock", "3×3 for 5×5")
class ThreesForFives(nn.Module):
    def __init__(self, c_in, c1, c3, c5, c_pool):
        super().__init__()
        self.one = nn.Conv2d(c_in, c1, 1)
        self.three = nn.Conv2d(c_in, c3, 3, padding=1)
        self.five = nn.Conv2d(c_in, c5, 3, padding=1)
        self.pooled = nn.Conv2d(c_in, c_pool, 1)

    def forward(self, x):
        pooled = F.max_pool2d(x, 3, 1, 1)
        parts = [self.one(x), self.three(x), self.five(x), self.pooled(pooled)]
        return F.relu(torch.cat(parts, 1))


@wrong("InceptionBlock", "another order")
class PooledFirst(nn.Module):
    def __init__(self, c_in, c1, c3, c5, c_pool):
        super().__init__()
        self.one = nn.Conv2d(c_in, c1, 1)
        self.three = nn.Conv2d(c_in, c3, 3, padding=1)
        self.five = nn.Conv2d(c_in, c5, 5, padding=2)
        self.pooled = nn.Conv2d(c_in, c_pool, 1)

    def forward(self, x):
        pooled = F.max_pool2d(x, 3, 1, 1)
        parts = [self.pooled(pooled), self.one(x), self.three(x), self.five(x)]
        return F.relu(torch.cat(parts, 1))


@wrong("InceptionBlock", "no ReLU")
class LinearBranches(nn.Module):
    def __init__(self, c_in, c1, c3, c5, c_pool):
        super().__init__()
        self.one = nn.Conv2d(c_in, c1, 1)
        self.three = nn.Conv2d(c_in, c3, 3, padding=1)
        self.five = nn.Conv2d(c_in, c5, 5, padding=2)
        self.pooled = nn.Conv2d(c_in, c_pool, 1)

    def forward(self, x):
        pooled = F.max_pool2d(x, 3, 1, 1)
        return torch.cat([self.one(x), self.three(x), self.five(x), self.pooled(pooled)], 1)


@wrong("InceptionBlock", "mean pooling")
class MeanBranch(nn.Module):
    def __init__(self, c_in, c1, c3, c5, c_pool):
        super().__init__()
        self.one = nn.Conv2d(c_in, c1, 1)
        self.three = nn.Conv2d(c_in, c3, 3, padding=1)
        self.five = nn.Conv2d(c_in, c5, 5, padding=2)
        self.pooled = nn.Conv2d(c_in, c_pool, 1)

    def forward(self, x):
        pooled = F.avg_pool2d(x, 3, 1, 1)
        parts = [self.one(x), self.three(x), self.five(x), self.pooled(pooled)]
        return F.relu(torch.cat(parts, 1))


@wrong("InceptionBlock", "no pooling")
class NothingPooled(nn.Module):
    def __init__(self, c_in, c1, c3, c5, c_pool):
        super().__init__()
        self.one = nn.Conv2d(c_in, c1, 1)
        self.three = nn.Conv2d(c_in, c3, 3, padding=1)
        self.five = nn.Conv2d(c_in, c5, 5, padding=2)
        self.pooled = nn.Conv2d(c_in, c_pool, 1)

    def forward(self, x):
        return F.relu(torch.cat([self.one(x), self.three(x), self.five(x), self.pooled(x)], 1))


@wrong("InceptionBlock", "branches added")
class AddedBranches(nn.Module):
    def __init__(self, c_in, c1, c3, c5, c_pool):
        super().__init__()
        self.one = nn.Conv2d(c_in, c1, 1)
        self.three = nn.Conv2d(c_in, c3, 3, padding=1)
        self.five = nn.Conv2d(c_in, c5, 5, padding=2)
        self.pooled = nn.Conv2d(c_in, c_pool, 1)

    def forward(self, x):
        pooled = F.max_pool2d(x, 3, 1, 1)
        return F.relu(self.one(x) + self.three(x) + self.five(x) + self.pooled(pooled))


@wrong("InceptionBlock", "pooled branch without its 1×1")
class RawPool(nn.Module):
    def __init__(self, c_in, c1, c3, c5, c_pool):
        super().__init__()
        self.one = nn.Conv2d(c_in, c1, 1)
        self.three = nn.Conv2d(c_in, c3, 3, padding=1)
        self.five = nn.Conv2d(c_in, c5, 5, padding=2)

    def forward(self, x):
        pooled = F.max_pool2d(x, 3, 1, 1)
        return F.relu(torch.cat([self.one(x), self.three(x), self.five(x), pooled], 1))


@wrong("InceptionBlock", "no biases")
class Unbiased(nn.Module):
    def __init__(self, c_in, c1, c3, c5, c_pool):
        super().__init__()
        self.one = nn.Conv2d(c_in, c1, 1, bias=False)
        self.three = nn.Conv2d(c_in, c3, 3, padding=1, bias=False)
        self.five = nn.Conv2d(c_in, c5, 5, padding=2, bias=False)
        self.pooled = nn.Conv2d(c_in, c_pool, 1, bias=False)

    def forward(self, x):
        pooled = F.max_pool2d(x, 3, 1, 1)
        parts = [self.one(x), self.three(x), self.five(x), self.pooled(pooled)]
        return F.relu(torch.cat(parts, 1))


@variant("InceptionBlock")
class FourSequentials(nn.Module):
    def __init__(self, c_in, c1, c3, c5, c_pool):
        super().__init__()
        self.branch1 = nn.Sequential(nn.Conv2d(c_in, c1, 1), nn.ReLU())
        self.branch2 = nn.Sequential(nn.Conv2d(c_in, c3, 3, padding=1), nn.ReLU())
        self.branch3 = nn.Sequential(nn.Conv2d(c_in, c5, 5, padding=2), nn.ReLU())
        self.branch4 = nn.Sequential(
            nn.MaxPool2d(3, stride=1, padding=1), nn.Conv2d(c_in, c_pool, 1), nn.ReLU()
        )

    def forward(self, x):
        return torch.cat([branch(x) for branch in self.children()], dim=1)


@variant("InceptionBlock")
class SamePadding(nn.Module):
    def __init__(self, c_in, c1, c3, c5, c_pool):
        super().__init__()
        self.convs = nn.ModuleDict({
            "one": nn.Conv2d(c_in, c1, 1), "three": nn.Conv2d(c_in, c3, 3, padding="same"),
            "five": nn.Conv2d(c_in, c5, 5, padding="same"), "pool": nn.Conv2d(c_in, c_pool, 1),
        })  # fmt: skip
        self.pool = nn.MaxPool2d(3, 1, 1)

    def forward(self, x):
        inputs = {"one": x, "three": x, "five": x, "pool": self.pool(x)}
        return torch.cat([self.convs[name](inputs[name]).relu() for name in inputs], dim=-3)


@variant("InceptionBlock")
class FilledByBranch(nn.Module):
    def __init__(self, c_in, c1, c3, c5, c_pool):
        super().__init__()
        sizes = zip((c1, c3, c5, c_pool), (1, 3, 5, 1), strict=True)
        self.convs = nn.ModuleList([nn.Conv2d(c_in, c, k, padding=k // 2) for c, k in sizes])

    def forward(self, x):
        edge = F.pad(x, (1, 1, 1, 1), value=-float("inf"))
        pooled = edge.unfold(2, 3, 1).unfold(3, 3, 1).amax((-1, -2))
        parts = ()
        for number, conv in enumerate(self.convs):
            parts += (F.relu(conv(pooled if number == 3 else x)),)
        return torch.concat(parts, 1)
