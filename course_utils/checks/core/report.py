"""What a check says: points for nbgrader, a table for the student, records for the machine."""

import math
from dataclasses import asdict, dataclass
from html import escape

MIME = "application/vnd.course.report+json"


@dataclass(frozen=True)
class CaseResult:
    """What came of one case. Details are empty where the case is hidden or passed."""

    name: str
    passed: bool
    weight: float = 1.0
    hint: str = ""
    misconception: str = ""
    problem: str = ""
    inputs: str = ""
    expected: str = ""
    got: str = ""
    printed: str = ""
    size: int = 0
    """How many numbers the shown input holds."""


@dataclass(frozen=True)
class Report:
    """The result of a check.

    Its text form is the points earned, a finite float in [0, points]: nbgrader reads the last
    expression of a test cell as partial credit. `problem` says why nothing was judged at all.
    """

    exercise: str
    points: float
    cases: tuple[CaseResult, ...] = ()
    problem: str = ""

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
    def misconceptions(self) -> tuple[str, ...]:
        """The names of the misconceptions that were recognised, each once."""
        return tuple(dict.fromkeys(c.misconception for c in self.cases if c.misconception))

    def __repr__(self) -> str:
        return repr(float(self.earned))

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, object]:
        return {"text/plain": repr(self), "text/html": self.html(), MIME: self.record()}

    def record(self) -> dict[str, object]:
        """The result as plain data: exercise, earned, points, problem and a record a case."""
        keys = ("name", "passed", "hint", "misconception")
        cases = [{key: asdict(case)[key] for key in keys} for case in self.cases]
        return {
            "exercise": self.exercise,
            "earned": float(self.earned),
            "points": float(self.points),
            "problem": self.problem,
            "cases": cases,
        }

    def html(self) -> str:
        """The report as a table. It takes its colours from the page, so it fits every theme.

        Each hint stands once. The smallest failing input of all cases is open, others fold out.
        """
        headline = f"{self.exercise}: {self.earned:g} of {self.points:g} points"
        if self.problem:
            body = f"<p><b>{escape(headline)}</b></p>{_note(self.problem)}"
            return f"{_STYLE}<div class='cu-report'>{body}</div>"
        shown = [case for case in self.cases if case.inputs]
        smallest = min(shown, key=lambda case: case.size, default=None)
        told: set[str] = set()
        rows = ""
        for case in self.cases:
            rows += _row(case, opened=case is smallest, told=case.hint in told)
            told.add(case.hint)
        passed = sum(case.passed for case in self.cases)
        return (
            f"{_STYLE}<div class='cu-report'><table>"
            f"<caption><b>{escape(headline)}</b> · {passed} of {len(self.cases)} cases passed"
            "</caption><thead><tr><th scope='col'>Result</th><th scope='col'>Case</th></tr></thead>"
            f"<tbody>{rows}</tbody></table></div>"
        )


# Marks have at least 3:1 contrast on white and on JupyterLab's dark background; the words
# "passed" and "failed" carry the meaning. Everything else inherits the page's colours.
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
.cu-report .hint { margin: 3px 0; padding-left: 8px; border-left: 3px solid #d55e00; }
.cu-report.cu-report dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 12px;
  margin: 4px 0; }
.cu-report.cu-report dt { font-weight: normal; opacity: .8; white-space: nowrap; }
.cu-report.cu-report dd { margin: 0; min-width: 0; }
.cu-report.cu-report pre { margin: 0; padding: 0; border: 0; font-size: 12.5px; white-space: pre;
  overflow-x: auto; background: none; color: inherit; }
</style>"""


def _row(case: CaseResult, opened: bool, told: bool) -> str:
    kind, mark, word = ("pass", "✓", "passed") if case.passed else ("fail", "✗", "failed")
    body = escape(case.name)
    if case.hint:
        body += " <i>(the same reason)</i>" if told else _note(case.hint)
    details = [
        ("input", case.inputs),
        ("expected", case.expected),
        ("got", case.got),
        ("that is", case.problem if case.misconception else ""),
        ("printed", case.printed),
    ]
    terms = "".join(
        f"<dt>{term}</dt><dd><pre>{escape(text)}</pre></dd>" for term, text in details if text
    )
    if terms:
        state = " open" if opened else ""
        body += (
            f"<details{state}><summary>the smallest input that fails</summary><dl>{terms}</dl>"
            "</details>"
        )
    return (
        f"<tr class='{kind}'><td><span class='mark' aria-hidden='true'>{mark}</span> {word}</td>"
        f"<td>{body}</td></tr>"
    )


def _note(text: str) -> str:
    return f"<div class='hint'>{escape(text)}</div>"
