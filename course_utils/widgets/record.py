"""A widget is a record: title, settings, presets, frames, still.

What readers call is made from it: a function whose signature, docstring and refusals follow from
the settings, and whose defaults are those of the first preset.
"""

import inspect
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, cast

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
        values = self._begun_with(presets, given) | given
        known = [label for label, preset in presets.items() if preset == values]
        shown = known[0] if known else self.own.format(**values)
        settings = self.settings if self.adjustable else ()
        return Stepper(self.title, self.frames, {shown: values} | presets, settings, self.still)

    def _begun_with(self, presets: Mapping[str, Values], given: Values) -> dict[str, Any]:
        """The preset that settles what somebody left out."""
        wanted = given.get(self.follows)
        agree = (each for each in presets.values() if each.get(self.follows) == wanted)
        return dict(next(agree, self.first)) if wanted is not None else self.first

    def signature(self) -> inspect.Signature:
        """A parameter for every setting; the defaults are the first preset's values.

        Where values follow from another setting their default is None.
        """
        parameters = []
        for setting, value in zip(self.settings, self.first.values(), strict=True):
            fixed = self.follows in ("", setting.name)
            parameters.append(
                inspect.Parameter(
                    setting.name,
                    inspect.Parameter.POSITIONAL_OR_KEYWORD,
                    default=value if fixed else None,
                    annotation=setting.type if fixed else setting.type | None,
                )
            )
        return inspect.Signature(parameters, return_annotation=Stepper)

    def docstring(self, about: str) -> str:
        """What the widget shows, its settings and their ranges, what comes back.

        Args:
            about: the beginning: a sentence, and more after an empty line.
        """
        arguments = []
        for each in self.settings:
            meaning = each.about or each.label
            between = ", " if each.kind == "number" else ": "
            told = "" if meaning == each.name else meaning + between
            line = f"{each.name}: {told}{each.domain}"
            if self.follows not in ("", each.name):
                line += f"; by default as in the example of that {self.follows}"
            arguments.append(f"{line}.")
        parts = (
            inspect.cleandoc(about),
            _section("Args", arguments),
            _section("Returns", ["A Stepper that shows these settings first."]),
            _section("Raises", ["ValueError: for a setting out of range or settings that clash."]),
        )
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
        vars(factory).update(__signature__=signature, record=record)
        return cast(Factory, factory)

    return described
