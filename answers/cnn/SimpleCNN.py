"""Sample answers to `SimpleCNN`."""

import torch
from torch import nn
from torch.nn import functional as F

from course_utils.authoring.answers import variant, wrong

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
