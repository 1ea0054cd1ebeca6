"""Frames of a widget as a reader gets them, for all tests of this room."""

import html
import re

from course_utils.widgets.stepper import Frame, Stepper, unpack


def pictures(stepper: Stepper, at: int | str = 0) -> list[str]:
    """The SVG of every frame of a preset, by its number or label."""
    labels = [preset["label"] for preset in stepper.presets]
    number = labels.index(at) if isinstance(at, str) else at
    return [unpack(runs, stepper.lines) for runs in stepper.presets[number]["frames"]]


def sentences(stepper: Stepper, at: int | str = 0) -> list[str]:
    """What each frame of a preset says."""
    found = (re.search('aria-label="([^"]*)"', svg)[1] for svg in pictures(stepper, at))
    return [html.unescape(sentence) for sentence in found]


def frames(widget, label: str) -> list[Frame]:
    """The frames of a preset of a factory or record, made anew and without a Stepper."""
    record = getattr(widget, "record", widget)
    return list(record.frames(**record.examples()[label]))


def last(widget, label: str) -> str:
    """The last sentence of a preset."""
    return frames(widget, label)[-1].sentence
