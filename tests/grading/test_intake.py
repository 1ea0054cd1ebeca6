"""A submission that cannot be graded is refused with a reason in plain words."""

import json

import pytest
from nbformat.v4 import new_notebook
from tiny_unit import cell_named, code

from course_utils.grading.intake import Reason, is_untouched, refusal
from course_utils.grading.sample_class import to_bytes

IDS = {"total", "total-test", "largest", "largest-test"}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "01-sums.ipynb"


def test_a_right_notebook_is_accepted(path, full):
    path.write_bytes(to_bytes(full))
    assert refusal(path, IDS) is None


def test_a_byte_order_mark_does_no_harm(path, full):
    path.write_bytes(b"\xef\xbb\xbf" + to_bytes(full))
    assert refusal(path, IDS) is None


def test_a_missing_file(path):
    assert refusal(path, IDS).reason is Reason.MISSING


@pytest.mark.parametrize("content", [b"", b" \n"])
def test_an_empty_file(path, content):
    path.write_bytes(content)
    assert refusal(path, IDS).reason is Reason.EMPTY


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 \xff\xfe",
        b"def total(xs): ...",
        b"[]",
        b"17",
        b"null",
        b"{}",
        b'{"cells": 3, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
        b'{"cells": [3], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
        b'{"cells": [{"cell_type": "code"}], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_notebook(path, content):
    path.write_bytes(content)
    assert refusal(path, IDS).reason is Reason.MALFORMED


def test_every_truncation_is_noticed(path, full):
    content = to_bytes(full).rstrip()
    for length in range(1, len(content), 97):
        path.write_bytes(content[:length])
        assert refusal(path, IDS).reason is Reason.MALFORMED


@pytest.mark.parametrize("damage", [{"schema_version": 2}, {"schema_version": 99}, {"points": "2"}])
def test_metadata_of_another_schema(path, full, damage):
    cell_named(full, "total-test").metadata.nbgrader.update(damage)
    path.write_bytes(to_bytes(full))
    assert refusal(path, IDS).reason is Reason.METADATA


@pytest.mark.parametrize("nbgrader", ["yes", [], None, {"schema_version": "3"}])
def test_metadata_that_is_none(path, full, nbgrader):
    content = json.loads(to_bytes(full))
    content["cells"][3]["metadata"]["nbgrader"] = nbgrader
    path.write_text(json.dumps(content), encoding="utf-8")
    assert refusal(path, IDS).reason is Reason.METADATA


def test_the_notebook_of_another_unit(path, full):
    path.write_bytes(to_bytes(full))
    assert refusal(path, {"conv2d", "conv2d-test"}).reason is Reason.OTHER_UNIT


def test_a_notebook_without_exercises(path):
    path.write_bytes(to_bytes(new_notebook(cells=[code("1 + 1")])))
    assert refusal(path, IDS).reason is Reason.OTHER_UNIT


def test_a_release_is_untouched_until_an_answer_changes(released, full):
    assert is_untouched(released.release)
    assert not is_untouched(full)
