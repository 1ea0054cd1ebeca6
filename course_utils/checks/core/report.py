"""What a check says: points for nbgrader, a table for the student, records for the machine."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from html import escape

MIME = "application/vnd.course.report+json"

STOPPED, NOT_TRIED, NOT_WRITTEN = "stopped", "not tried", "not written"
"""What is said of a case that judges nothing, in place of “failed”."""


@dataclass(frozen=True)
class CaseResult:
    """What came of one case. Details are empty where the case is hidden or passed."""

    name: str
    passed: bool
    weight: float = 1.0
    hint: str = ""
    look: str = ""
    """Where to look for what the hint says."""
    misconception: str = ""
    problem: str = ""
    inputs: str = ""
    expected: str = ""
    got: str = ""
    printed: str = ""
    size: int = 0
    """How many numbers the shown input holds."""
    verdict: str = ""
    """`stopped`, `not tried` or `not written`, where it judges nothing; else empty."""

    @property
    def word(self) -> str:
        """What came of it in one word or two."""
        return self.verdict or ("passed" if self.passed else "failed")


@dataclass(frozen=True)
class Report:
    """The result of a check.

    Its text form is the points earned, a finite float in [0, points]: nbgrader reads the last
    expression of a test cell as partial credit.

    Attributes:
        exercise: its name.
        points: the most that can be had.
        cases: what came of each case.
        problem: why nothing was judged at all.
        notes: sentences on what is odd about the answer, whatever it gave.
        printed: what the answer printed in all calls, within bounds.
        learned: what the reader now knows; said at full marks.
    """

    exercise: str
    points: float
    cases: tuple[CaseResult, ...] = ()
    problem: str = ""
    notes: tuple[str, ...] = ()
    printed: str = ""
    learned: str = ""

    @property
    def earned(self) -> float:
        """The points: each passed case gives its share of the exercise's points."""
        total = sum(case.weight for case in self.cases)
        if self.problem or not total:
            return 0.0
        share = sum(case.weight for case in self.cases if case.passed) / total
        earned = round(self.points * share, 2)
        return min(max(earned, 0.0), self.points) if math.isfinite(earned) else 0.0

    @property
    def passed(self) -> bool:
        """Whether every case passed."""
        return not self.problem and bool(self.cases) and all(case.passed for case in self.cases)

    @property
    def is_written(self) -> bool:
        """Whether there is an answer at all, and not just what the release has in its place."""
        return not self.cases or any(case.verdict != NOT_WRITTEN for case in self.cases)

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The names of the misconceptions that were recognised, each once."""
        return tuple(dict.fromkeys(c.misconception for c in self.cases if c.misconception))

    def __repr__(self) -> str:
        return repr(float(self.earned))

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, object]:
        return {"text/plain": repr(self), "text/html": self.html(), MIME: self.record()}

    def record(self) -> dict[str, object]:
        """The result as plain data: exercise, earned, points, problem, written and its cases."""
        keys = ("name", "passed", "verdict", "hint", "look", "misconception")
        cases = [{key: asdict(case)[key] for key in keys} for case in self.cases]
        return {
            "exercise": self.exercise,
            "earned": float(self.earned),
            "points": float(self.points),
            "problem": self.problem,
            "written": self.is_written,
            "cases": cases,
        }

    def html(self) -> str:
        """The report as a table. It takes its colours from the page, so it fits every theme.

        Each hint stands once. The smallest failing input of all cases is open, others fold out.
        """
        body = "".join(map(_note, self.notes)) + self._verdict()
        if self.passed and self.learned:
            body += f"<p class='learned'>{_prose(self.learned)}</p>"
        if self.printed:
            body += f"{_fold('what your code printed')}{_PRE}{escape(self.printed)}</pre></details>"
        return f"{_STYLE}<div class='cu-report'>{body}</div>"

    def _verdict(self) -> str:
        """The points with what they are given for: a table, a reason, or one line."""
        name, points = escape(self.exercise), f"{self.earned:g} of {self.points:g} points"
        if self.problem:
            return f"<p><b>{name}: {points}</b></p>{_note(self.problem)}"
        if not self.is_written:
            return f"<p class='gray'>{_mark(NOT_WRITTEN)} {name}: not written yet: {points}</p>"
        others = Counter(case.verdict for case in self.cases if case.verdict)
        passed = f"{sum(case.passed for case in self.cases)} of {len(self.cases)} cases passed"
        counts = ", ".join([passed, *(f"{count} {word}" for word, count in others.items())])
        return (
            f"<table><caption><b>{name}: {points}</b> · {counts}</caption>"
            "<thead><tr><th scope='col'>Result</th><th scope='col'>Case</th></tr></thead>"
            f"<tbody>{''.join(self._rows())}</tbody></table>"
        )

    def _rows(self) -> Iterator[str]:
        """A row a case; those of a function that is not written share one."""
        shown = [case for case in self.cases if case.inputs]
        smallest = min(shown, key=lambda case: case.size, default=None)
        told: set[str] = set()
        for case in self.cases:
            is_told, unwritten = case.hint in told, case.verdict == NOT_WRITTEN
            told.add(case.hint)
            if not unwritten:
                yield _row(case, opened=case is smallest, told=is_told)
            elif not is_told:
                yield _line(NOT_WRITTEN, f"<td>{_prose(case.hint)}</td>")


# Marks have at least 3:1 contrast on white and on JupyterLab's dark background; the words beside
# them carry the meaning. Everything else inherits the page's colours.
_STYLE = """<style>
.cu-report { font-size: 14px; line-height: 1.45; max-width: 60em; }
.cu-report.cu-report table { border-collapse: collapse; width: 100%; font-size: inherit; }
.cu-report.cu-report caption { text-align: left; padding: 4px 0; color: inherit; }
.cu-report.cu-report tr { background: none; }
.cu-report.cu-report :is(th, td) { text-align: left; vertical-align: top; padding: 4px 10px;
  border-top: 1px solid #8884; white-space: normal; max-width: none; }
.cu-report.cu-report :is(th, td):first-child { white-space: nowrap; width: 6em; }
.cu-report .mark { display: inline-block; width: 1.2em; font-weight: bold; }
.cu-report .pass .mark { color: #00906a; } .cu-report .fail .mark { color: #d55e00; }
.cu-report .gray .mark { color: #80868b; } .cu-report p.gray { margin: 0; opacity: .8; }
.cu-report .hint { margin: 3px 0; padding-left: 8px; border-left: 3px solid #d55e00; }
.cu-report .gray .hint { border-color: #80868b; }
.cu-report .learned { margin: 6px 0; padding-left: 8px; border-left: 3px solid #00906a; }
.cu-report summary { cursor: pointer; min-height: 24px; }
.cu-report.cu-report dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 12px;
  margin: 4px 0; }
.cu-report.cu-report dt { font-weight: normal; opacity: .8; white-space: nowrap; }
.cu-report.cu-report dd { margin: 0; min-width: 0; }
.cu-report.cu-report pre { margin: 0; padding: 0; border: 0; font-size: 12.5px; white-space: pre;
  overflow-x: auto; background: none; color: inherit; }
</style>"""

_PRE = "<pre tabindex='0'>"
"""A text that may be wider than the page: the keyboard can reach and scroll it."""

_KINDS = {"passed": ("pass", "✓"), "failed": ("fail", "✗"), STOPPED: ("gray", "■")}
_GRAY = ("gray", "○")
"""The class of a row and its mark, by its word; gray where nothing was judged."""


def _row(case: CaseResult, opened: bool, told: bool) -> str:
    body = escape(case.name)
    if case.hint:
        body += " <i>(the same reason)</i>" if told else _note(case.hint)
    if case.look and not told:
        body += f"{_fold('where to look')}{_note(case.look)}</details>"
    details = [
        ("input", case.inputs),
        ("expected", case.expected),
        ("got", case.got),
        ("that is", case.problem if case.misconception else ""),
        ("printed", case.printed),
    ]
    terms = "".join(
        f"<dt>{term}</dt><dd>{_PRE}{escape(text)}</pre></dd>" for term, text in details if text
    )
    if terms:
        body += f"{_fold('the smallest input that fails', opened)}<dl>{terms}</dl></details>"
    return _line(case.word, f"<td>{body}</td>")


def _line(word: str, cell: str) -> str:
    kind, _ = _KINDS.get(word, _GRAY)
    return f"<tr class='{kind}'><td>{_mark(word)} {word}</td>{cell}</tr>"


def _mark(word: str) -> str:
    _, mark = _KINDS.get(word, _GRAY)
    return f"<span class='mark' aria-hidden='true'>{mark}</span>"


def _fold(title: str, opened: bool = False) -> str:
    """The beginning of what folds out."""
    return f"<details{' open' if opened else ''}><summary>{title}</summary>"


def _note(text: str) -> str:
    return f"<div class='hint'>{_prose(text)}</div>"


def _prose(text: str) -> str:
    """Sentences as HTML, with what stands in backticks as code."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", escape(text))
