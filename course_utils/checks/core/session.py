"""One run of a check: its time limit, what the answer prints, and what cannot be judged."""

import contextlib
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextvars import ContextVar
from functools import partial
from typing import Any, Self

from course_utils.checks.core.compare import difference
from course_utils.checks.core.enforcement import Enforcement, namespaces
from course_utils.checks.core.printed import Printed, together
from course_utils.checks.core.report import NOT_TRIED, NOT_WRITTEN, STOPPED, CaseResult
from course_utils.checks.core.rules import Written
from course_utils.checks.core.students_code import STUB, code_of, is_stub, raised_by
from course_utils.checks.core.time_limit import TimeLimit

PRINTED_AT_MOST = 1000
"""How many characters of one call's prints are kept."""

STOPPED_AT_MOST = 2
"""After so many stopped cases the others are not tried: a check ends in less than half a minute."""

KEPT = 8
"""Results of the last calls that are looked at for later changes."""


class NotJudged(Exception):  # noqa: N818  (a verdict, not an error)
    """A case says nothing of the answer: the word for it in the report, and why in a sentence."""

    def __init__(self, verdict: str, why: str) -> None:
        super().__init__(why)
        self.verdict = verdict

    def result(self, case: str, weight: float) -> CaseResult:
        """What the report says of the case."""
        return CaseResult(case, passed=False, weight=weight, hint=str(self), verdict=self.verdict)


class Interrupted(KeyboardInterrupt):
    """Ctrl-C during a check.

    It stays an error, so that *Run All* ends here and no later cell works with an answer that
    nobody has judged. IPython shows the line below in place of the check's inside.
    """

    def _render_traceback_(self) -> list[str]:
        return ["Stopped by you; nothing was judged."]


class Session:
    """Makes the calls of one check.

    Args:
        answers: the student's functions by name. What runs in another process is limited there.
        forbidden: what must not work while they run, once the session is entered.
    """

    def __init__(self, answers: Mapping[str, Callable], forbidden: Sequence[str] = ()) -> None:
        self._answers = answers
        self._forbidden = forbidden
        self._enforcement: Enforcement | None = None
        self._is_limited = not any(isinstance(answer, Written) for answer in answers.values())
        self._function = ""
        self._limit: TimeLimit | None = None
        self._stopped = 0
        self._is_shown = True
        self._printed: list[Printed] = []
        self._results: deque[tuple[Any, Any]] = deque(maxlen=KEPT)

    def __enter__(self) -> Self:
        answers: Collection[object] = self._answers.values()
        elsewhere = [answer for answer in answers if isinstance(answer, Written)]
        for answer in elsewhere:
            answer.forbid(self._forbidden)
        if not elsewhere:
            self._enforcement = Enforcement(
                self._forbidden, namespaces(self._answers.values())
            ).__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        if self._enforcement:
            self._enforcement.__exit__(*raised)

    @property
    def printed(self) -> str:
        """What the calls printed, as far as it may be shown."""
        return together([stream.text for stream in self._printed])

    @contextlib.contextmanager
    def case(self, function: str, *, shown: bool) -> Iterator[None]:
        """Judge a case: its calls share one time limit.

        Args:
            function: the name of the one that it calls.
            shown: whether the report may show what these calls print.

        Raises:
            NotJudged: when the case says nothing of the answer.
        """
        if self._stopped >= STOPPED_AT_MOST:
            raise NotJudged(NOT_TRIED, "Not tried, since two cases had to be stopped.")
        self._function, self._is_shown = function, shown
        before = _current.set(self)
        try:
            with TimeLimit() if self._is_limited else contextlib.nullcontext() as self._limit:
                yield
        finally:
            _current.reset(before)

    def stream(self) -> Printed:
        """Where the prints of the next call go."""
        stream = Printed(PRINTED_AT_MOST)
        if self._is_shown:
            self._printed.append(stream)
        return stream

    def keep(self, result: Any, ours: Any) -> None:
        """Remember what a call gave, and a copy of it."""
        self._results.append((result, ours))

    def overwritten(self) -> bool:
        """Whether the result of one of the last calls is no longer what it was."""
        return any(difference(result, ours, exact=True) for result, ours in self._results)

    def call(self, function: Callable, *args: Any, **kwargs: Any) -> Any:
        """Make a call of the present case.

        Raises:
            NotJudged: when it used up the case's time, or met a function that is not written yet.
            Breach: when it used what is forbidden.
        """
        call = self._limit.call if self._limit else _plain_call
        if self._enforcement:  # it must end last: the limit may stop whatever is inside of it
            call = partial(self._enforcement.call, call)
        try:
            return call(function, *args, **kwargs)
        except NotImplementedError as error:
            if is_stub(error) and self._function:
                raise self._unwritten(error) from None
            raise
        finally:
            if self._limit and self._limit.stopped:
                self._stopped += 1
                raise NotJudged(STOPPED, self._limit.stopped) from None

    def _unwritten(self, error: NotImplementedError) -> NotJudged:
        """The answer itself is not written, or another function that it needs."""
        if _has_stub(self._answers[self._function]):
            name = self._function if len(self._answers) > 1 else "This"
            return NotJudged(NOT_WRITTEN, f"{name} is not written yet.")
        name = raised_by(error) or "A function that this one calls"
        return NotJudged(NOT_TRIED, f"{name} is not written yet: write it first.")


def current() -> Session:
    """The session whose case is being judged; outside of any check a new one without limits."""
    return _current.get(None) or Session({})


def _plain_call(function: Callable, *args: Any, **kwargs: Any) -> Any:
    return function(*args, **kwargs)


def _has_stub(answer: Callable) -> bool:
    """Whether the stub's line still stands in an answer."""
    if not isinstance(answer, Written):
        return any(STUB in code.co_consts for code in code_of(answer))
    with contextlib.suppress(OSError):
        return STUB in answer.definition().source
    return False


_current: ContextVar[Session] = ContextVar("session")
