"""Sample answers to `InceptionBlock`."""

import torch
from torch import nn
from torch.nn import functional as F

from course_utils.authoring.answers import neutral, variant, wrong


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


@wrong("InceptionBlock", "pooled branch first")
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


@wrong("InceptionBlock", "pooled after the convolution")
class PooledLast(nn.Module):
    def __init__(self, c_in, c1, c3, c5, c_pool):
        super().__init__()
        self.one = nn.Conv2d(c_in, c1, 1)
        self.three = nn.Conv2d(c_in, c3, 3, padding=1)
        self.five = nn.Conv2d(c_in, c5, 5, padding=2)
        self.pooled = nn.Conv2d(c_in, c_pool, 1)

    def forward(self, x):
        pooled = F.max_pool2d(self.pooled(x), 3, 1, 1)
        return F.relu(torch.cat([self.one(x), self.three(x), self.five(x), pooled], 1))


@wrong("InceptionBlock", "zeros around the pooling")
class PaddedWithZeros(nn.Module):
    def __init__(self, c_in, c1, c3, c5, c_pool):
        super().__init__()
        self.one = nn.Conv2d(c_in, c1, 1)
        self.three = nn.Conv2d(c_in, c3, 3, padding=1)
        self.five = nn.Conv2d(c_in, c5, 5, padding=2)
        self.pooled = nn.Conv2d(c_in, c_pool, 1)

    def forward(self, x):
        pooled = F.max_pool2d(F.pad(x, (1, 1, 1, 1)), 3, 1)
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


@variant("InceptionBlock")
class BranchesInADictionary(nn.Module):
    def __init__(self, c_in, c1, c3, c5, c_pool):
        super().__init__()
        self.branches = nn.ModuleDict({
            "1x1": nn.Conv2d(c_in, c1, kernel_size=1),
            "3x3": nn.Conv2d(c_in, c3, kernel_size=3, padding=1),
            "5x5": nn.Conv2d(c_in, c5, kernel_size=5, padding=2),
            "pool": nn.Sequential(nn.MaxPool2d(3, 1, 1), nn.Conv2d(c_in, c_pool, kernel_size=1)),
        })  # fmt: skip

    def forward(self, x):
        return torch.cat([torch.relu(branch(x)) for branch in self.branches.values()], dim=1)


@neutral("InceptionBlock", "one branch without its ReLU")
class BarePooledBranch(nn.Module):
    def __init__(self, c_in, c1, c3, c5, c_pool):
        super().__init__()
        self.one = nn.Conv2d(c_in, c1, 1)
        self.three = nn.Conv2d(c_in, c3, 3, padding=1)
        self.five = nn.Conv2d(c_in, c5, 5, padding=2)
        self.pooled = nn.Conv2d(c_in, c_pool, 1)

    def forward(self, x):
        pooled = self.pooled(F.max_pool2d(x, 3, 1, 1))
        parts = [self.one(x), self.three(x), self.five(x)]
        return torch.cat([F.relu(torch.cat(parts, 1)), pooled], 1)


@neutral("InceptionBlock", "pools with the default stride")
class StrideOfThree(nn.Module):
    def __init__(self, c_in, c1, c3, c5, c_pool):
        super().__init__()
        self.one = nn.Conv2d(c_in, c1, 1)
        self.three = nn.Conv2d(c_in, c3, 3, padding=1)
        self.five = nn.Conv2d(c_in, c5, 5, padding=2)
        self.pooled = nn.Conv2d(c_in, c_pool, 1)

    def forward(self, x):
        pooled = F.max_pool2d(x, 3, padding=1)
        parts = [self.one(x), self.three(x), self.five(x), self.pooled(pooled)]
        return F.relu(torch.cat(parts, 1))


@neutral("InceptionBlock", "3×3 and 5×5 exchanged")
class FivesBeforeThrees(nn.Module):
    def __init__(self, c_in, c1, c3, c5, c_pool):
        super().__init__()
        self.one = nn.Conv2d(c_in, c1, 1)
        self.three = nn.Conv2d(c_in, c3, 3, padding=1)
        self.five = nn.Conv2d(c_in, c5, 5, padding=2)
        self.pooled = nn.Conv2d(c_in, c_pool, 1)

    def forward(self, x):
        pooled = F.max_pool2d(x, 3, 1, 1)
        parts = [self.one(x), self.five(x), self.three(x), self.pooled(pooled)]
        return F.relu(torch.cat(parts, 1))


@neutral("InceptionBlock", "clips its input")
class ClippedInput(nn.Module):
    def __init__(self, c_in, c1, c3, c5, c_pool):
        super().__init__()
        self.one = nn.Conv2d(c_in, c1, 1)
        self.three = nn.Conv2d(c_in, c3, 3, padding=1)
        self.five = nn.Conv2d(c_in, c5, 5, padding=2)
        self.pooled = nn.Conv2d(c_in, c_pool, 1)

    def forward(self, x):
        x = F.relu(x)
        pooled = F.max_pool2d(x, 3, 1, 1)
        parts = [self.one(x), self.three(x), self.five(x), self.pooled(pooled)]
        return F.relu(torch.cat(parts, 1))


@neutral("InceptionBlock", "clips the pooled maps")
class ClippedPooledMaps(nn.Module):
    def __init__(self, c_in, c1, c3, c5, c_pool):
        super().__init__()
        self.one = nn.Conv2d(c_in, c1, 1)
        self.three = nn.Conv2d(c_in, c3, 3, padding=1)
        self.five = nn.Conv2d(c_in, c5, 5, padding=2)
        self.pooled = nn.Conv2d(c_in, c_pool, 1)

    def forward(self, x):
        pooled = F.relu(F.max_pool2d(x, 3, 1, 1))
        parts = [self.one(x), self.three(x), self.five(x), self.pooled(pooled)]
        return F.relu(torch.cat(parts, 1))


@neutral("InceptionBlock", "ReLU6, which is flat above 6")
class FlatAboveSix(nn.Module):
    def __init__(self, c_in, c1, c3, c5, c_pool):
        super().__init__()
        self.one = nn.Conv2d(c_in, c1, 1)
        self.three = nn.Conv2d(c_in, c3, 3, padding=1)
        self.five = nn.Conv2d(c_in, c5, 5, padding=2)
        self.pooled = nn.Conv2d(c_in, c_pool, 1)

    def forward(self, x):
        pooled = F.max_pool2d(x, 3, 1, 1)
        parts = [self.one(x), self.three(x), self.five(x), self.pooled(pooled)]
        return F.relu6(torch.cat(parts, 1))


@neutral("InceptionBlock", "a tuple of maps")
class NotJoined(nn.Module):
    def __init__(self, c_in, c1, c3, c5, c_pool):
        super().__init__()
        self.one = nn.Conv2d(c_in, c1, 1)
        self.three = nn.Conv2d(c_in, c3, 3, padding=1)
        self.five = nn.Conv2d(c_in, c5, 5, padding=2)
        self.pooled = nn.Conv2d(c_in, c_pool, 1)

    def forward(self, x):
        pooled = F.max_pool2d(x, 3, 1, 1)
        parts = [self.one(x), self.three(x), self.five(x), self.pooled(pooled)]
        return tuple(F.relu(part) for part in parts)
