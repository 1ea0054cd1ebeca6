"""Sample answers to `SimpleCNN`."""

import torch
from torch import nn
from torch.nn import functional as F

from course_utils.authoring.answers import neutral, variant, wrong

SURVIVORS = {
    (
        "SimpleCNN: def __init__(self, c_in=3, n_classes=10, size=32): -> "
        "def __init__(self, c_in=3, n_classes=10, size= 33):"
    ): "33 pixels leave the same 5 × 5 places as 32: it is the same network",
}


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


@wrong("SimpleCNN", "no dense layer found")
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


@wrong("SimpleCNN", "log-softmax at the end")
class WithLogSoftmax(nn.Sequential):
    def __init__(self, c_in=3, n_classes=10, size=32):
        side = ((size - 4) // 2 - 4) // 2
        super().__init__(
            nn.Conv2d(c_in, 6, 5), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(16 * side * side, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(),
            nn.Linear(84, n_classes), nn.LogSoftmax(dim=1),
        )  # fmt: skip


@wrong("SimpleCNN", "softmax at the end")
class ProbabilitiesFromASequential(nn.Sequential):
    def __init__(self, c_in=3, n_classes=10, size=32):
        side = ((size - 4) // 2 - 4) // 2
        super().__init__(
            nn.Conv2d(c_in, 6, 5), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(16 * side * side, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(),
            nn.Linear(84, n_classes), nn.Softmax(dim=-1),
        )  # fmt: skip


@wrong("SimpleCNN", "dropout")
class DropsOut(nn.Sequential):
    def __init__(self, c_in=3, n_classes=10, size=32):
        side = ((size - 4) // 2 - 4) // 2
        super().__init__(
            nn.Conv2d(c_in, 6, 5), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(16 * side * side, 120), nn.ReLU(), nn.Dropout(0.5),
            nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, n_classes),
        )  # fmt: skip


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


@variant("SimpleCNN")
class PoolsWithStrideAndView(nn.Module):
    def __init__(self, c_in=3, n_classes=10, size=32):
        super().__init__()
        for _ in range(2):
            size = (size - 5 + 1) // 2
        self.flat = 16 * size**2
        self.pool = nn.MaxPool2d(kernel_size=2, stride=2)
        self.conv1, self.conv2 = nn.Conv2d(c_in, 6, (5, 5)), nn.Conv2d(6, 16, (5, 5))
        self.fc1, self.fc2 = nn.Linear(self.flat, 120), nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, n_classes)

    def forward(self, x):
        x = self.pool(torch.relu(self.conv1(x)))
        x = self.pool(torch.relu(self.conv2(x)))
        x = x.view(-1, self.flat)
        x = torch.relu(self.fc1(x))
        x = torch.relu(self.fc2(x))
        return self.fc3(x)


@neutral("SimpleCNN", "a batch of one image loses its axis")
class SqueezesOneImage(nn.Module):
    def __init__(self, c_in=3, n_classes=10, size=32):
        super().__init__()
        side = ((size - 4) // 2 - 4) // 2
        self.body = nn.Sequential(
            nn.Conv2d(c_in, 6, 5), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(16 * side * side, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(),
            nn.Linear(84, n_classes),
        )  # fmt: skip

    def forward(self, x):
        return self.body(x).squeeze()


@neutral("SimpleCNN", "probabilities in evaluation mode alone")
class SoftmaxWhenUsed(nn.Module):
    def __init__(self, c_in=3, n_classes=10, size=32):
        super().__init__()
        side = ((size - 4) // 2 - 4) // 2
        self.body = nn.Sequential(
            nn.Conv2d(c_in, 6, 5), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(16 * side * side, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(),
            nn.Linear(84, n_classes),
        )  # fmt: skip

    def forward(self, x):
        return self.body(x) if self.training else self.body(x).softmax(dim=1)


@neutral("SimpleCNN", "ReLU6, which is flat above 6")
class FlatAboveSix(nn.Sequential):
    def __init__(self, c_in=3, n_classes=10, size=32):
        side = ((size - 4) // 2 - 4) // 2
        super().__init__(
            nn.Conv2d(c_in, 6, 5), nn.ReLU6(), nn.MaxPool2d(2),
            nn.Conv2d(6, 16, 5), nn.ReLU6(), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(16 * side * side, 120), nn.ReLU6(), nn.Linear(120, 84), nn.ReLU6(),
            nn.Linear(84, n_classes),
        )  # fmt: skip


@neutral("SimpleCNN", "one ReLU is missing")
class OneReLULess(nn.Sequential):
    def __init__(self, c_in=3, n_classes=10, size=32):
        side = ((size - 4) // 2 - 4) // 2
        super().__init__(
            nn.Conv2d(c_in, 6, 5), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(16 * side * side, 120), nn.Linear(120, 84), nn.ReLU(),
            nn.Linear(84, n_classes),
        )  # fmt: skip


@neutral("SimpleCNN", "lazy layers")
class SizesLater(nn.Sequential):
    def __init__(self, c_in=3, n_classes=10, size=32):
        super().__init__(
            nn.Conv2d(c_in, 6, 5), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
            nn.LazyLinear(120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(),
            nn.Linear(84, n_classes),
        )  # fmt: skip


@neutral("SimpleCNN", "rounds up at the second pooling")
class RoundsUp(nn.Sequential):
    def __init__(self, c_in=3, n_classes=10, size=32):
        side = -(-((size - 4) // 2 - 4) // 2)
        super().__init__(
            nn.Conv2d(c_in, 6, 5), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2, ceil_mode=True), nn.Flatten(),
            nn.Linear(16 * side * side, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(),
            nn.Linear(84, n_classes),
        )  # fmt: skip


@neutral("SimpleCNN", "the features are not trained")
class FrozenFeatures(nn.Module):
    def __init__(self, c_in=3, n_classes=10, size=32):
        super().__init__()
        side = ((size - 4) // 2 - 4) // 2
        self.features = nn.Sequential(
            nn.Conv2d(c_in, 6, 5), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        )  # fmt: skip
        self.classifier = nn.Sequential(
            nn.Linear(16 * side * side, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(),
            nn.Linear(84, n_classes),
        )  # fmt: skip

    def forward(self, x):
        return self.classifier(self.features(x).detach())
