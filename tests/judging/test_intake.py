"""A submission that cannot be graded is refused with a reason in plain words."""

import json

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook
from tiny_unit import cell_named, code

from course_utils.demo.sample_class import to_bytes
from course_utils.judging.intake import (
    Refusal,
    RefusalReason,
    all_handed_in,
    handed_in,
    is_untouched,
    read,
)

IDS = {"total", "total-test", "largest", "largest-test"}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "01-sums.ipynb"


def test_a_right_notebook_is_accepted(path, full):
    path.write_bytes(to_bytes(full))
    assert not isinstance(handed_in(path, IDS), Refusal)


def test_a_byte_order_mark_does_no_harm(path, full):
    path.write_bytes(b"\xef\xbb\xbf" + to_bytes(full))
    assert not isinstance(handed_in(path, IDS), Refusal)


def test_a_missing_file(path):
    assert handed_in(path, IDS).reason is RefusalReason.MISSING


@pytest.mark.parametrize("content", [b"", b" \n"])
def test_an_empty_file(path, content):
    path.write_bytes(content)
    assert handed_in(path, IDS).reason is RefusalReason.EMPTY


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
    assert handed_in(path, IDS).reason is RefusalReason.MALFORMED


def test_every_truncation_is_noticed(path, full):
    content = to_bytes(full).rstrip()
    for length in range(1, len(content), 97):
        path.write_bytes(content[:length])
        assert handed_in(path, IDS).reason is RefusalReason.MALFORMED


@pytest.mark.parametrize("damage", [{"schema_version": 2}, {"schema_version": 99}, {"points": "2"}])
def test_metadata_of_another_schema_does_no_harm(path, full, damage):
    cell_named(full, "total-test").metadata.nbgrader.update(damage)
    path.write_bytes(to_bytes(full))
    assert not isinstance(handed_in(path, IDS), Refusal)


@pytest.mark.parametrize("nbgrader", ["yes", [], None, {"schema_version": "3"}, {"grade_id": []}])
def test_metadata_that_is_none_does_no_harm(path, full, nbgrader):
    content = json.loads(to_bytes(full))
    content["cells"][3]["metadata"]["nbgrader"] = nbgrader
    path.write_text(json.dumps(content), encoding="utf-8")
    assert not isinstance(handed_in(path, IDS), Refusal)


def test_metadata_that_is_nested_deeply_does_no_harm(path, full):
    deep = b"[" * 600 + b"]" * 600
    content = to_bytes(full).replace(b'"grade_id"', b'"x": %s, "grade_id"' % deep)
    path.write_bytes(content)
    assert not isinstance(handed_in(path, IDS), Refusal)


def test_a_notebook_with_far_too_much_code_is_refused(path, full):
    full.cells.append(code("a\n" * 2_200_000))
    path.write_bytes(to_bytes(full))
    assert handed_in(path, IDS).reason is RefusalReason.TOO_LARGE


def test_long_notes_are_no_code(path, full):
    full.cells.append(new_markdown_cell("a\n" * 2_200_000))
    path.write_bytes(to_bytes(full))
    assert not isinstance(handed_in(path, IDS), Refusal)


def test_a_notebook_of_format_3_is_read(path, full):
    content = json.loads(to_bytes(full))
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source")
    sheet = {"cells": content.pop("cells")}
    path.write_text(json.dumps({**content, "nbformat": 3, "worksheets": [sheet]}))
    assert [cell.source for cell in read(path).cells] == [cell.source for cell in full.cells]


def test_a_file_that_is_far_too_large_is_not_even_read(path):
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    assert handed_in(path, IDS).reason is RefusalReason.TOO_LARGE


def test_half_characters_do_no_harm(path, full):
    content = to_bytes(full).replace(b"# Sums", b"# \\ud800 Sums")
    path.write_bytes(content)
    assert not isinstance(handed_in(path, IDS), Refusal)
    read(path).cells[0].source.encode("utf-8")


def test_the_notebook_of_another_unit(path, full):
    path.write_bytes(to_bytes(full))
    assert handed_in(path, {"conv2d", "conv2d-test"}).reason is RefusalReason.OTHER_UNIT


def test_a_notebook_without_exercises(path):
    path.write_bytes(to_bytes(new_notebook(cells=[code("1 + 1")])))
    assert handed_in(path, IDS).reason is RefusalReason.OTHER_UNIT


def test_a_release_is_untouched_until_an_answer_changes(released, full):
    assert is_untouched(released.release)
    assert not is_untouched(full)


@pytest.mark.parametrize(
    "sheets",
    [
        [{"cells": 5}],
        [{"cells": None}],
        [{"cells": {}}],
        [{"cells": [5]}],
        [{"cells": [[]]}],
        [[]],
        [None],
        5,
        {},
        "cells",
    ],
)
def test_worksheets_that_are_none_are_no_notebook(path, sheets):
    path.write_text(json.dumps({"nbformat": 3, "worksheets": sheets}), encoding="utf-8")
    assert handed_in(path, IDS).reason is RefusalReason.MALFORMED


def test_a_notebook_with_far_too_many_cells_is_refused(path, full):
    full.cells += [new_markdown_cell("")] * 10_001
    path.write_bytes(to_bytes(full))
    refusal = handed_in(path, IDS)
    assert refusal.reason is RefusalReason.TOO_LARGE
    assert "10,000 may be there" in refusal.sentence


def test_files_are_read_one_after_the_other_elsewhere(path, full, tmp_path):
    path.write_bytes(to_bytes(full))
    found = list(all_handed_in([path, tmp_path / "missing.ipynb", path], IDS))
    assert found[0] == found[2] == handed_in(path, IDS)
    assert found[1].reason is RefusalReason.MISSING
