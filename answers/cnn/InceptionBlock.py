"""Sample answers to `InceptionBlock`."""

import torch
from torch import nn
from torch.nn import functional as F

from course_utils.authoring.answers import variant, wrong


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
