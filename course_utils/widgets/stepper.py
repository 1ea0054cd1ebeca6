"""The Stepper: frames computed here, shown and stepped through in the browser.

A topic gives a function from settings to *frames*. A *preset* is a label with settings, and its
frames travel to the browser, so stepping needs no kernel; other settings ask the kernel for new
frames. The first preset is shown at once (of a generator its first frame), the rest is made while
its picture is already there.
"""

import base64
import html
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from course_utils.widgets import draw, stills, style
from course_utils.widgets.settings import Setting, sent

LIMIT = 2_000_000
_HERE = Path(__file__).parent

Step = int | str
"""The number of a frame from 0, negative from the end, or `first`, `middle` or `last`."""

Place = Step | tuple[str, Step]
"""A step of what is shown first, or the label of another preset and a step of it."""

STILL: tuple[Place, ...] = ("first", "middle", "last")


@dataclass(frozen=True)
class Frame:
    """One picture (made by `draw.picture`) and the sentence that states its result.

    Lines are the unit of sharing: in the body of a picture a line holds whole elements, or the
    opening or closing tag of a group. Put first what all frames have in common.
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


def _at(step: Step, count: int) -> int:
    """The number of a frame among `count` frames; beyond the last means the last."""
    named = {"first": 0, "middle": round((count - 1) / 2), "last": -1}
    number = named[step] if isinstance(step, str) else step
    return min(number, count - 1) if number >= 0 else max(count + number, 0)


class Stepper(anywidget.AnyWidget):
    """Frames with play, step, range, presets and settings.

    Args:
        title: names the widget for readers and screen readers.
        frames: settings as keywords in, frames out; raises `ValueError` with the reason where the
            settings are impossible. Must be pure. One that takes long to compute is a generator.
        presets: label → settings; the first is shown first, at once. Their frames need no kernel.
        settings: what readers may change; names are the keywords of `frames`.
        still: the frames of the still. A number beyond the last frame means the last.

    Raises:
        ValueError: where the first preset is impossible or its frames exceed 2 MB; for the others
            when they are made, which is when the widget is shown.
    """

    _esm = _HERE / "stepper.js"
    _css = "\n".join(
        [style.theme_css(), style.picture_css(), (_HERE / "stepper.css").read_text("utf-8")]
    )

    title = traitlets.Unicode().tag(sync=True)
    # What is made so far: of the first preset, then of all (`presets`).
    _lines: traitlets.List[str] = traitlets.List().tag(sync=True)
    _presets: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    settings: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    # What is shown: a preset by number, or −1 for the frames of the reader's own settings.
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
        frames: Callable[..., Iterable[Frame]],
        presets: Mapping[str, Mapping[str, Any]],
        settings: Sequence[Setting] = (),
        still: Sequence[Place] = STILL,
    ) -> None:
        self._frames = frames
        self._settings = tuple(settings)
        self._places = tuple(still)
        self._still: dict[tuple[str, int], Frame] = {}
        self._numbers: dict[str, int] = {}  # of all lines so far
        made: list[dict[str, Any]] = [
            {"label": label, "values": dict(values), "frames": []}
            for label, values in presets.items()
        ]
        first = frames(**made[0]["values"])
        self._begun = [next(first)] if isinstance(first, Iterator) else list(first)
        self._rest = first if isinstance(first, Iterator) else iter(())
        self._whole = False
        made[0]["frames"] = pack(self._begun, self._numbers)
        _refuse_too_large(title, list(self._numbers), made)
        super().__init__(
            title=title,
            _lines=list(self._numbers),
            _presets=made,
            settings=[sent(setting) for setting in settings],
        )
        self.on_msg(self._answer)

    def _make_all(self) -> None:
        """Make what is still missing of the presets' frames.

        Raises:
            ValueError: where a preset is impossible or all frames together exceed 2 MB.
        """
        if self._whole:
            return
        self._begun += self._rest
        made, pictures = [], {}
        for number, preset in enumerate(self._presets):
            frames = list(self._frames(**preset["values"])) if number else self._begun
            made.append(preset | {"frames": pack(frames, self._numbers)})
            pictures[preset["label"]] = frames
        first = self._presets[0]["label"]
        for place in self._places:
            label, step = place if isinstance(place, tuple) else (first, place)
            frames = pictures[label]
            at = _at(step, len(frames))
            self._still[label, at] = frames[at]
        _refuse_too_large(self.title, list(self._numbers), made)
        with self.hold_sync():
            self._lines, self._presets = list(self._numbers), made
        self._whole = True

    @property
    def presets(self) -> list[dict[str, Any]]:
        """The presets, each a label, its values, and its frames as runs of `lines` (`pack`)."""
        self._make_all()
        return self._presets

    @property
    def lines(self) -> list[str]:
        """The lines of which the frames of `presets` are made."""
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
        presets = [preset["values"] for preset in self._presets]
        if values in presets:
            self.shown, self.step = presets.index(values), 0
            return
        lines: dict[str, int] = {}
        frames = pack(list(self._frames(**values)), lines)
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
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
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
