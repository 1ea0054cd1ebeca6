"""The Stepper: frames computed here, shown and stepped through in the browser.

A topic gives a *film*: a function from settings to frames. The frames of the presets travel to
the browser, so stepping needs no kernel; other settings ask the kernel for new frames. The first
preset is shown at once (of a film that is a generator its first frame), the rest is made while
its picture is already there.
"""

import base64
import html
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

import anywidget
import traitlets

from course_utils.widgets import draw, stills, style

LIMIT = 2_000_000
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Frame:
    """One picture (made by `draw.picture`) and the sentence that states its result.

    Lines are the unit of sharing: in the body of a picture a line holds whole elements, or the
    opening or closing tag of a group. Put first what all frames of a film have in common.
    """

    svg: str
    sentence: str

    @classmethod
    def drawn(
        cls, width: float, height: float, body: Iterable[str], *, sentence: str, step: int
    ) -> "Frame":
        """A frame from elements made by `draw`; put first what all frames share."""
        joined = "\n".join(body)
        return cls(draw.picture(width, height, joined, sentence=sentence, step=step), sentence)


class Setting(Protocol):
    """What a reader may change: a labelled value that is checked before frames are made."""

    name: str
    label: str

    def check(self, value: Any) -> Any:
        """The value in its own type; `ValueError` says what was expected and what came."""


@dataclass(frozen=True)
class WholeNumber:
    """A whole number from `minimum` to `maximum`."""

    name: str
    label: str
    minimum: int
    maximum: int
    kind: str = "number"

    def check(self, value: Any) -> int:
        whole = isinstance(value, int | float) and not isinstance(value, bool) and value % 1 == 0
        if not whole or not self.minimum <= value <= self.maximum:
            came = "nothing" if value is None else repr(value)
            raise ValueError(
                f"{self.label} must be a whole number from {self.minimum} to {self.maximum};"
                f" got {came}."
            )
        return int(value)


@dataclass(frozen=True)
class Choice:
    """One of a few texts."""

    name: str
    label: str
    options: tuple[str, ...]
    kind: str = "choice"

    def check(self, value: Any) -> str:
        if value not in self.options:
            raise ValueError(
                f"{self.label} must be one of {', '.join(self.options)}; got {value!r}."
            )
        return value


def given_first(
    given: Mapping[str, Any],
    label: str,
    presets: Mapping[str, Mapping[str, Any]],
    settings: Sequence[Setting],
) -> dict[str, Mapping[str, Any]]:
    """Presets in which the settings that somebody asked for come first.

    Args:
        given: a value for each setting.
        label: their name where no preset has these values.
        presets: label → settings.
        settings: what the values must satisfy.

    Raises:
        ValueError: where a value is out of its range.
    """
    given = {setting.name: setting.check(given[setting.name]) for setting in settings}
    known = [name for name, values in presets.items() if values == given]
    return {known[0] if known else label: given} | dict(presets)


def pack(frames: Sequence[Frame], lines: dict[str, int]) -> list[list[int]]:
    """Write frames as runs of shared lines.

    Args:
        frames: pictures with one element a line.
        lines: every line known so far with its number; new lines are added.

    Returns:
        For every frame [first, count, first, count, …]: which lines follow each other in it.
    """
    packed = []
    for frame in frames:
        runs: list[int] = []
        for line in frame.svg.split("\n"):
            at = lines.setdefault(line, len(lines))
            if runs and runs[-2] + runs[-1] == at:
                runs[-1] += 1
            else:
                runs += [at, 1]
        packed.append(runs)
    return packed


def unpack(runs: Sequence[int], lines: Sequence[str]) -> str:
    """The picture that `pack` wrote as `runs`; the browser does the same."""
    pairs = zip(runs[::2], runs[1::2], strict=True)
    return "\n".join(line for first, count in pairs for line in lines[first : first + count])


def _refuse_too_large(title: str, *parts: Any) -> None:
    size = len(json.dumps(parts, ensure_ascii=False).encode())
    if size > LIMIT:
        raise ValueError(
            f"The frames of “{title}” take {size / 1e6:.1f} MB; a widget may have"
            f" {LIMIT / 1e6:.0f} MB. Make fewer or simpler frames."
        )


class Stepper(anywidget.AnyWidget):
    """Frames with play, step, range, presets and settings.

    Args:
        title: names the widget for readers and screen readers.
        film: settings as keywords in, frames out; raises `ValueError` with the reason where the
            settings are impossible. Must be pure. One that takes long to compute is a generator.
        presets: label → settings; the first is shown first, at once. Their frames need no kernel.
        settings: what readers may change; names are the keywords of `film`.
        still: the frames of the still: preset, and place in it from 0 (first) to 1 (last).

    Raises:
        ValueError: where the first preset is impossible or its frames exceed 2 MB; for the others
            when they are made, which is when the widget is shown.
    """

    _esm = _HERE / "stepper.js"
    _css = "\n".join(
        [style.theme_css(), style.picture_css(), (_HERE / "stepper.css").read_text("utf-8")]
    )

    title = traitlets.Unicode().tag(sync=True)
    # What is made so far: of the first preset, then of all (`films`).
    _lines = traitlets.List().tag(sync=True)
    _films = traitlets.List().tag(sync=True)
    settings = traitlets.List().tag(sync=True)
    # What is shown: a preset by number, or −1 for the film of the reader's own settings.
    shown = traitlets.Int(0).tag(sync=True)
    own = traitlets.Dict().tag(sync=True)
    step = traitlets.Int(0).tag(sync=True)
    # The browser writes the settings that the reader asks for, with a number, the kernel its
    # answer: that number, and the reason where it refuses.
    asked = traitlets.Dict().tag(sync=True)
    answer = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        title: str,
        film: Callable[..., Iterable[Frame]],
        presets: Mapping[str, Mapping[str, Any]],
        settings: Sequence[Setting] = (),
        still: Sequence[tuple[int, float]] = ((0, 0), (0, 0.5), (0, 1)),
    ) -> None:
        self._film = film
        self._settings = tuple(settings)
        self._parts = tuple(still)
        self._still: dict[tuple[int, int], Frame] = {}
        self._numbers: dict[str, int] = {}  # of all lines so far
        films = [
            {"label": label, "values": dict(values), "frames": []}
            for label, values in presets.items()
        ]
        first = film(**films[0]["values"])
        self._begun = [next(first)] if isinstance(first, Iterator) else list(first)
        self._rest = first if isinstance(first, Iterator) else iter(())
        self._whole = False
        films[0]["frames"] = pack(self._begun, self._numbers)
        _refuse_too_large(title, list(self._numbers), films)
        super().__init__(
            title=title,
            _lines=list(self._numbers),
            _films=films,
            settings=[asdict(setting) for setting in settings],
        )
        self.on_msg(self._answer)

    def _make_all(self) -> None:
        """Make what is still missing of the presets' films.

        Raises:
            ValueError: where a preset is impossible or all frames together exceed 2 MB.
        """
        if self._whole:
            return
        self._begun += self._rest
        films = []
        for number, preset in enumerate(self._films):
            frames = list(self._film(**preset["values"])) if number else self._begun
            films.append(preset | {"frames": pack(frames, self._numbers)})
            for of, part in self._parts:
                if of == number:
                    at = round(part * (len(frames) - 1))
                    self._still[of, at] = frames[at]
        _refuse_too_large(self.title, list(self._numbers), films)
        with self.hold_sync():
            self._lines, self._films = list(self._numbers), films
        self._whole = True

    @property
    def films(self) -> list[dict[str, Any]]:
        """The presets, each a label, its values, and its frames as runs of `lines` (`pack`)."""
        self._make_all()
        return self._films

    @property
    def lines(self) -> list[str]:
        """The lines of which the frames of `films` are made."""
        self._make_all()
        return self._lines

    def _answer(self, _widget: anywidget.AnyWidget, content: Any, _buffers: Any) -> None:
        """Tell the browser that there is a kernel, so that it may offer the settings."""
        if content == "kernel?":
            self._make_all()
            self.send("kernel!")

    @traitlets.observe("asked")
    def _ask(self, change: dict) -> None:
        """Show the frames of the settings asked for, or say why they are impossible."""
        refusal = ""
        with self.hold_sync():
            try:
                self._show(change["new"]["values"])
            except ValueError as reason:
                refusal = str(reason)
            self.answer = {"turn": change["new"]["turn"], "refusal": refusal}

    def _show(self, values: Mapping[str, Any]) -> None:
        values = {each.name: each.check(values.get(each.name)) for each in self._settings}
        presets = [preset["values"] for preset in self._films]
        if values in presets:
            self.shown, self.step = presets.index(values), 0
            return
        lines: dict[str, int] = {}
        frames = pack(list(self._film(**values)), lines)
        _refuse_too_large(self.title, list(lines), frames)
        self.own = {"values": values, "lines": list(lines), "frames": frames}
        self.shown, self.step = -1, 0

    @property
    def sentences(self) -> str:
        """Title and result of the frames of the still, as plain text."""
        return "\n".join([self.title, *(frame.sentence for frame in self._story)])

    @property
    def _story(self) -> list[Frame]:
        self._make_all()
        return list(self._still.values())

    def still(self) -> bytes:
        """A few frames that tell the story, as PNG."""
        return stills.rasterise(stills.sheet([(each.svg, each.sentence) for each in self._story]))

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict, dict]:
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return data | {"text/plain": f"{self.title}\n{self._begun[0].sentence}"}, metadata

    def _ipython_display_(self) -> None:
        """Show the widget, then its still.

        The still is an output of its own: of an output whose widget state is missing JupyterLab
        shows neither picture nor text. The style sheet hides it while the widget is alive. It
        comes second so that the widget need not wait for it, nor for the presets behind the first.
        """
        from IPython.display import display

        data, metadata = self._repr_mimebundle_()
        display(data, metadata=metadata, raw=True)
        png = self.still()
        name = f"{self.title}: still picture"
        fold = (
            f'<details class="course-still" open><summary>{html.escape(name)}'
            f' (run this cell to make it move)</summary><img alt="{html.escape(self.sentences)}"'
            f' width="{stills.natural_width(png)}"'
            f' src="data:image/png;base64,{base64.b64encode(png).decode()}"></details>'
        )
        display({"text/html": fold, "text/plain": name}, raw=True)
