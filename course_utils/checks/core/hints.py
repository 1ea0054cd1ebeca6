"""Misconceptions: typical wrong ideas that a check recognises by what they compute."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Misconception:
    """A named wrong idea with its hint.

    `hint` says what is wrong, `look` where to look for it, which the report folds away. `computes`
    takes the exercise's arguments and returns what somebody with this idea would get.
    It is written as a transform of the oracle (the kernel flipped, the padding used once), never
    as code that a student would write. Where the idea makes no sense for some arguments it may
    raise. `function` names the function it is about, in exercises with several.
    """

    name: str
    hint: str
    computes: Callable[..., Any]
    function: str = ""
    look: str = ""
