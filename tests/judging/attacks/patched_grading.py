"""Replaces the grader's own modules where its process can reach them."""

CELLS = [
    (
        "total",
        """
from course_utils.sandbox import limits, shell

limits.Limits.reply = limits.Limits.output = 2**40
try:
    from course_utils.judging import outputs, referee, submission
except ImportError:  # they are not in the sandbox
    pass
else:
    submission.grade = referee.Referee.judge = lambda *a, **k: None
    outputs.settle = outputs.settled = lambda *a, **k: None
shell.Shell.run = lambda *a, **k: [
    {"output_type": "execute_result", "data": {"text/plain": "2.0"}, "metadata": {}}
]
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}
