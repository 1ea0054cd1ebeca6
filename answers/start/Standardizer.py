"""Sample answers to `Standardizer`."""

import torch
from torch import nn

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("Standardizer", "parameters")
class Trained(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.mean = nn.Parameter(mean)
        self.std = nn.Parameter(std)

    def forward(self, x):
        return (x - self.mean) / self.std


@wrong("Standardizer", "not saved")
class PlainAttributes(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.mean = mean
        self.std = std

    def forward(self, x):
        return (x - self.mean) / self.std


@wrong("Standardizer", "not saved")
class NotPersistent(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean, persistent=False)
        self.register_buffer("std", std, persistent=False)

    def forward(self, x):
        return (x - self.mean) / self.std


@wrong("Standardizer", "deaf to what is loaded")
class Deaf(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)
        self.numbers = mean.clone(), std.clone()

    def forward(self, x):
        mean, std = self.numbers
        return (x - mean) / std


@wrong("Standardizer", "centred only")
class CentredOnly(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return x - self.mean


@wrong("Standardizer", "scaled only")
class ScaledOnly(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return x / self.std


@wrong("Standardizer", "divided first")
class WithoutBrackets(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return x / self.std - self.mean


@wrong("Standardizer", "multiplied")
class Multiplied(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return (x - self.mean) * self.std


@wrong("Standardizer", "undone")
class WayBack(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return x * self.std + self.mean


@wrong("Standardizer", "mean and std exchanged")
class Exchanged(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return (x - self.std) / self.mean


@wrong("Standardizer", "variance for std")
class RootOfStd(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return (x - self.mean) / torch.sqrt(self.std)


@wrong("Standardizer", "mean added")
class MeanAdded(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return (x + self.mean) / self.std


@wrong("Standardizer", "statistics of the batch")
class OfTheBatch(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return (x - x.mean(dim=0)) / x.std(dim=0, correction=0)


@variant("Standardizer")
class WithClones(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean.clone())
        self.register_buffer("std", std.clone())

    def forward(self, x):
        centred = x - self.mean
        return centred / self.std


@variant("Standardizer")
class InALoop(nn.Module):
    def __init__(self, mean, std):
        nn.Module.__init__(self)
        for name, numbers in (("mean", mean), ("std", std)):
            self.register_buffer(name, torch.as_tensor(numbers))

    def forward(self, x):
        return torch.div(torch.sub(x, self.mean), self.std)


@variant("Standardizer")
class AsRows(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return torch.stack([(row - self.mean) / self.std for row in x])


@variant("Standardizer")
class ByItsInverse(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("std", std)
        self.register_buffer("mean", mean)

    def forward(self, x):
        return (x - self.mean) * self.std.reciprocal()


@neutral("Standardizer", "only the mean is a buffer")
class HalfABuffer(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.std = std

    def forward(self, x):
        return (x - self.mean) / self.std


@neutral("Standardizer", "other names")
class OtherNames(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mu", mean)
        self.register_buffer("sigma", std)

    def forward(self, x):
        return (x - self.mu) / self.sigma


@neutral("Standardizer", "no module at all")
class NoModule:
    def __init__(self, mean, std):
        self.mean = mean
        self.std = std

    def __call__(self, x):
        return (x - self.mean) / self.std


@neutral("Standardizer", "gives an array")
class GivesArrays(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return ((x - self.mean) / self.std).numpy()


@neutral("Standardizer", "one buffer too many")
class OneMore(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)
        self.register_buffer("seen", torch.tensor(0))

    def forward(self, x):
        return (x - self.mean) / self.std


@neutral("Standardizer", "forward returns nothing")
class NothingReturned(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        x = (x - self.mean) / self.std
