"""What a check accepts, the lesson's later cells bear: each runs with other right answers, too.

Once with the first variant of every exercise; with all of them where `EVERY_VARIANT=1` is in the
environment.
"""

import os
from collections import defaultdict

import nbformat
import pytest

from course_utils.authoring import answers
from course_utils.authoring.execution import execute
from course_utils.authoring.proofs import full_marks
from course_utils.demo.sample_class import filled, solutions
from course_utils.repository import repository, units

ROUNDS = 6 if "EVERY_VARIANT" in os.environ else 1


@pytest.mark.slow
@pytest.mark.parametrize("number", range(ROUNDS))
@pytest.mark.parametrize("unit", units(repository()), ids=lambda unit: unit.name)
def test_the_whole_lesson_runs_with_other_right_answers(unit, number):
    variants = defaultdict(list)
    for answer in answers.load(unit).variants:
        variants[answer.exercise].append(answer.source)
    source = nbformat.read(unit.source, as_version=4)
    chosen = {name: written[number % len(written)] for name, written in variants.items()}
    notebook = filled(source, solutions(source) | chosen)
    assert full_marks(execute(notebook, unit.root)) == []
