"""Sample answers to `EarlyStopping`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

SURVIVORS = {
    "EarlyStopping: self.best_epoch = 0 -> self.best_epoch = 1": (
        "the first step is always better, and sets it"
    ),
    "EarlyStopping: self.best_epoch = 0 -> self.best_epoch = -1": (
        "the first step is always better, and sets it"
    ),
}


@wrong("EarlyStopping", "larger is better")
class WantsMore:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.best_epoch = -np.inf, 0
        self.epoch, self.bad = -1, 0

    def step(self, value):
        self.epoch += 1
        if value > self.best + self.min_delta:
            self.best, self.best_epoch, self.bad = value, self.epoch, 0
        else:
            self.bad += 1
        stop = self.bad >= self.patience
        return stop


@wrong("EarlyStopping", "equal is better")
class TakesEqual:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.best_epoch = np.inf, 0
        self.epoch, self.bad = -1, 0

    def step(self, value):
        self.epoch += 1
        if value <= self.best - self.min_delta:
            self.best, self.best_epoch, self.bad = value, self.epoch, 0
        else:
            self.bad += 1
        stop = self.bad >= self.patience
        return stop


@wrong("EarlyStopping", "min_delta ignored")
class IgnoresTheDelta:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.best_epoch = np.inf, 0
        self.epoch, self.bad = -1, 0

    def step(self, value):
        self.epoch += 1
        if value < self.best:
            self.best, self.best_epoch, self.bad = value, self.epoch, 0
        else:
            self.bad += 1
        stop = self.bad >= self.patience
        return stop


@wrong("EarlyStopping", "min_delta added")
class AddsTheDelta:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.best_epoch = np.inf, 0
        self.epoch, self.bad = -1, 0

    def step(self, value):
        self.epoch += 1
        if value < self.best + self.min_delta:
            self.best, self.best_epoch, self.bad = value, self.epoch, 0
        else:
            self.bad += 1
        stop = self.bad >= self.patience
        return stop


@wrong("EarlyStopping", "the best moves with any gain")
class FollowsEveryGain:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.best_epoch = np.inf, 0
        self.epoch, self.bad = -1, 0

    def step(self, value):
        self.epoch += 1
        if value < self.best - self.min_delta:
            self.best, self.best_epoch, self.bad = value, self.epoch, 0
        else:
            self.bad += 1
        self.best = min(self.best, value)
        stop = self.bad >= self.patience
        return stop


@wrong("EarlyStopping", "compared with the epoch before")
class ComparesWithTheLast:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.best_epoch = np.inf, 0
        self.epoch, self.bad = -1, 0
        self.last = np.inf

    def step(self, value):
        self.epoch += 1
        if value < self.last - self.min_delta:
            self.best, self.best_epoch, self.bad = value, self.epoch, 0
        else:
            self.bad += 1
        self.last = value
        stop = self.bad >= self.patience
        return stop


@wrong("EarlyStopping", "not in a row")
class NeverForgets:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.best_epoch = np.inf, 0
        self.epoch, self.bad = -1, 0

    def step(self, value):
        self.epoch += 1
        if value < self.best - self.min_delta:
            self.best, self.best_epoch = value, self.epoch
        else:
            self.bad += 1
        stop = self.bad >= self.patience
        return stop


@wrong("EarlyStopping", "one epoch late")
class StopsLate:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.best_epoch = np.inf, 0
        self.epoch, self.bad = -1, 0

    def step(self, value):
        self.epoch += 1
        if value < self.best - self.min_delta:
            self.best, self.best_epoch, self.bad = value, self.epoch, 0
        else:
            self.bad += 1
        stop = self.bad > self.patience
        return stop


@wrong("EarlyStopping", "one epoch early")
class StopsEarly:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.best_epoch = np.inf, 0
        self.epoch, self.bad = -1, 0

    def step(self, value):
        self.epoch += 1
        if value < self.best - self.min_delta:
            self.best, self.best_epoch, self.bad = value, self.epoch, 0
        else:
            self.bad += 1
        stop = self.bad >= self.patience - 1
        return stop


@wrong("EarlyStopping", "counts anew after a stop")
class CountsAnew:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.best_epoch = np.inf, 0
        self.epoch, self.bad = -1, 0

    def step(self, value):
        self.epoch += 1
        if value < self.best - self.min_delta:
            self.best, self.best_epoch, self.bad = value, self.epoch, 0
        else:
            self.bad += 1
        stop = self.bad >= self.patience
        if stop:
            self.bad = 0
        return stop


@wrong("EarlyStopping", "says it once")
class StopsOnceOnly:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.best_epoch = np.inf, 0
        self.epoch, self.bad = -1, 0

    def step(self, value):
        self.epoch += 1
        if value < self.best - self.min_delta:
            self.best, self.best_epoch, self.bad = value, self.epoch, 0
        else:
            self.bad += 1
        stop = self.bad == self.patience
        return stop


@wrong("EarlyStopping", "epochs from 1")
class CountsFromOne:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.best_epoch = np.inf, 0
        self.epoch, self.bad = 0, 0

    def step(self, value):
        self.epoch += 1
        if value < self.best - self.min_delta:
            self.best, self.best_epoch, self.bad = value, self.epoch, 0
        else:
            self.bad += 1
        stop = self.bad >= self.patience
        return stop


@wrong("EarlyStopping", "the newest epoch")
class NamesTheNewest:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.best_epoch = np.inf, 0
        self.epoch, self.bad = -1, 0

    def step(self, value):
        self.epoch += 1
        if value < self.best - self.min_delta:
            self.best, self.best_epoch, self.bad = value, self.epoch, 0
        else:
            self.bad += 1
        self.best_epoch = self.epoch
        stop = self.bad >= self.patience
        return stop


@variant("EarlyStopping")
class CountsEpochs:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.best_epoch = np.inf, 0
        self.epoch, self.bad = -1, 0

    def step(self, value):
        self.epoch += 1
        if value < self.best - self.min_delta:
            self.best, self.best_epoch, self.bad = value, self.epoch, 0
        else:
            self.bad += 1
        stop = self.bad >= self.patience
        return stop


@variant("EarlyStopping")
class KeepsAHistory:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.values, self.best_epoch = [], 0

    def step(self, value):
        self.values.append(value)
        if value < self.values[self.best_epoch] - self.min_delta:
            self.best_epoch = len(self.values) - 1
        return len(self.values) - 1 - self.best_epoch >= self.patience


@variant("EarlyStopping")
class CountsDown:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.left = patience, patience
        self.min_delta = min_delta
        self.best, self.best_epoch, self.epoch = None, None, 0

    def step(self, value):
        if self.best is None or self.best - value > self.min_delta:
            self.best, self.best_epoch, self.left = value, self.epoch, self.patience
        else:
            self.left -= 1
        self.epoch += 1
        return self.left <= 0


@variant("EarlyStopping")
class LooksBack:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.better, self.best = [], float("inf")

    @property
    def best_epoch(self):
        return len(self.better) - 1 - self.better[::-1].index(True)

    def step(self, value):
        self.better.append(bool(value + self.min_delta < self.best))
        if self.better[-1]:
            self.best = value
        return len(self.better) > self.patience and not any(self.better[-self.patience :])


@neutral("EarlyStopping", "words for truth values")
class SaysWords:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.best_epoch = np.inf, 0
        self.epoch, self.bad = -1, 0

    def step(self, value):
        self.epoch += 1
        if value < self.best - self.min_delta:
            self.best, self.best_epoch, self.bad = value, self.epoch, 0
        else:
            self.bad += 1
        stop = self.bad >= self.patience
        return "stop" if stop else "go on"


@neutral("EarlyStopping", "the best value for its epoch")
class NamesTheValue:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.best_epoch = np.inf, 0
        self.epoch, self.bad = -1, 0

    def step(self, value):
        self.epoch += 1
        if value < self.best - self.min_delta:
            self.best, self.best_epoch, self.bad = value, value, 0
        else:
            self.bad += 1
        stop = self.bad >= self.patience
        return stop


@neutral("EarlyStopping", "a count for a truth value")
class GivesTheCount:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.best_epoch = np.inf, 0
        self.epoch, self.bad = -1, 0

    def step(self, value):
        self.epoch += 1
        if value < self.best - self.min_delta:
            self.best, self.best_epoch, self.bad = value, self.epoch, 0
        else:
            self.bad += 1
        stop = self.bad
        return stop


@neutral("EarlyStopping", "no result where it goes on")
class SaysTrueOrNothing:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.best_epoch = np.inf, 0
        self.epoch, self.bad = -1, 0

    def step(self, value):
        self.epoch += 1
        if value < self.best - self.min_delta:
            self.best, self.best_epoch, self.bad = value, self.epoch, 0
        else:
            self.bad += 1
        stop = self.bad >= self.patience
        if stop:
            return True
        return None


@neutral("EarlyStopping", "one memory for all")
class SharesItsMemory:
    best, best_epoch, epoch = np.inf, 0, -1

    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        type(self).best, type(self).best_epoch, type(self).epoch = np.inf, 0, -1

    def step(self, value):
        type(self).epoch += 1
        if value < type(self).best - self.min_delta:
            type(self).best, type(self).best_epoch = value, type(self).epoch
        return type(self).epoch - type(self).best_epoch >= self.patience
