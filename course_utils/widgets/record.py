"""A widget is a record: title, settings, presets, frames, still.

What readers call is made from it: a function whose signature, docstring and refusals follow from
the settings, and whose defaults are those of the first preset.
"""

import inspect
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from course_utils.widgets.settings import Setting
from course_utils.widgets.stepper import STILL, Frame, Place, Stepper

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Widget:
    """All that is true of a widget before a reader asks for anything.

    Attributes:
        title: names it for readers and screen readers.
        frames: settings as keywords in, frames out; raises `ValueError` with the reason where the
            settings are impossible. Must be pure. One that takes long to compute is a generator.
        settings: the keywords of `frames`, in the order of the signature.
        presets: label → values. The first gives every setting, the others what differs from it.
            A function instead of values is called when they are needed first.
        still: the frames that paper shows: steps of what is shown first, or (label, step) of
            another preset.
        own: names settings that no preset has: a text with the names of settings in braces.
        follows: a setting; values left out are then those of the first preset that agrees in it.
        adjustable: whether readers change settings in the picture, or only choose a preset.
    """

    title: str
    frames: Callable[..., Iterable[Frame]]
    settings: tuple[Setting, ...]
    presets: Mapping[str, Values | Callable[[], Values]]
    still: tuple[Place, ...] = STILL
    own: str = "your settings"
    follows: str = ""
    adjustable: bool = True

    @property
    def first(self) -> dict[str, Any]:
        """The values of the first preset."""
        return self._complete(next(iter(self.presets.values())), {})

    def examples(self) -> dict[str, dict[str, Any]]:
        """The presets with a value for every setting."""
        first = self.first
        return {label: self._complete(given, first) for label, given in self.presets.items()}

    def _complete(self, given: Values | Callable[[], Values], first: Values) -> dict[str, Any]:
        values = {**first, **(given() if callable(given) else given)}
        return {setting.name: setting.check(values[setting.name]) for setting in self.settings}

    def stepper(self, **given: Any) -> Stepper:
        """The widget, with the settings asked for as its first preset.

        Args:
            given: settings by name; those left out are as in the first preset, or as `follows`
                says.

        Raises:
            ValueError: where a setting is out of its range or the settings do not fit together.
        """
        checks = {setting.name: setting.check for setting in self.settings}
        given = {name: checks[name](value) for name, value in given.items()}
        presets = self.examples()
        wanted = given.get(self.follows)
        agree = (each for each in presets.values() if each.get(self.follows) == wanted)
        values = next(agree, self.first) | given
        known = [label for label, preset in presets.items() if preset == values]
        shown = known[0] if known else self.own.format(**values)
        settings = self.settings if self.adjustable else ()
        return Stepper(self.title, self.frames, {shown: values} | presets, settings, self.still)

    def signature(self) -> inspect.Signature:
        """A parameter for every setting; the defaults are the first preset's values.

        Where values follow from another setting their default is None.
        """
        parameters = [
            inspect.Parameter(
                setting.name,
                inspect.Parameter.POSITIONAL_OR_KEYWORD,
                default=value if self.follows in ("", setting.name) else None,
                annotation=setting.type if self.follows in ("", setting.name)
                else setting.type | None,
            )
            for setting, value in zip(self.settings, self.first.values(), strict=True)
        ]  # fmt: skip
        return inspect.Signature(parameters, return_annotation=Stepper)

    def docstring(self, about: str) -> str:
        """What the widget shows, its settings and their ranges, what comes back.

        Args:
            about: the beginning: a sentence, and more after an empty line.
        """
        arguments = [
            f"{each.name}: {each.about or each.label}: {each.domain}" for each in self.settings
        ]
        if self.follows:
            arguments = [
                line if line.startswith(f"{self.follows}:") else
                f"{line}; by default as in the example of that {self.follows}"
                for line in arguments
            ]  # fmt: skip
        parts = [inspect.cleandoc(about)]
        if arguments:
            parts.append(_section("Args", [f"{line}." for line in arguments]))
        parts.append(_section("Returns", ["A Stepper that shows these settings first."]))
        if arguments:
            refused = (
                "ValueError: for a setting out of range, or settings that do not fit together."
            )
            parts.append(_section("Raises", [refused]))
        return "\n\n".join(parts) + "\n"


class Factory(Protocol):
    """What readers call: settings in, the widget out."""

    __name__: str
    __doc__: str | None
    record: Widget

    def __call__(self, *args: Any, **settings: Any) -> Stepper: ...


def _section(heading: str, lines: list[str]) -> str:
    wrapped = (
        textwrap.fill(line, 96, initial_indent="    ", subsequent_indent="        ")
        for line in lines
    )
    return "\n".join([f"{heading}:", *wrapped])


def widget(
    title: str,
    *settings: Setting,
    presets: Mapping[str, Values | Callable[[], Values]],
    **rest: Any,
) -> Callable[[Callable[..., Iterable[Frame]]], Factory]:
    """Makes a widget of the function that draws its frames.

    The function's name becomes the widget's; its docstring says what the widget shows, and the
    settings are added to it.

    Args:
        title: as in `Widget`.
        settings: likewise, one for each keyword of the function.
        presets: likewise.
        rest: the other attributes of `Widget`.
    """

    def described(frames: Callable[..., Iterable[Frame]]) -> Factory:
        record = Widget(title, frames, settings, presets, **rest)
        signature = record.signature()

        def factory(*args: Any, **given: Any) -> Stepper:
            chosen = signature.bind(*args, **given).arguments
            return record.stepper(**{k: v for k, v in chosen.items() if v is not None})

        factory.__name__ = factory.__qualname__ = frames.__name__
        factory.__module__ = frames.__module__
        factory.__doc__ = record.docstring(frames.__doc__ or "")
        factory.__signature__ = signature
        factory.record = record
        return factory

    return described
