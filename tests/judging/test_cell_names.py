"""What a submission's text says is read quickly, and whatever it says, the grader goes on."""

import ast

import pytest

from course_utils.judging.cell_names import Definitions, bound, parsed


@pytest.mark.parametrize(
    "source",
    [
        "%matplotlib inline\nmine = 1",
        "!pip list\nmine = 1",
        "mine = !ls",
        "mine = %pwd",
        "print?\nmine = 1",
        "  ?print\n  mine = 1",
        "%%time\nmine = 1",
        ">>> mine = 1",
        "In [1]: mine = 1",
        "if True:\n    %pwd\nmine = 1",
    ],
)
def test_magics_and_prompts_hide_no_name(source):
    assert "mine" in bound(parsed(source))


def test_lines_keep_their_numbers_beside_magics():
    tree = parsed("%pwd\n!ls\nhere = !ls\ndef f(): ...")
    assert [node.lineno for node in tree.body if isinstance(node, ast.FunctionDef)] == [4]


@pytest.mark.parametrize(
    "source",
    [
        "%pwd\n" * 20_000,
        "x = 1" + " + 1" * 20_000,
        "x = " + "-" * 50_000 + "1",
        "(" * 300 + ")" * 300,
        "a\0b",
        '"""',
        "\n" * 200_000 + "%",
        " " * 200_000 + "(",
        "a " * 100_000 + "(",
    ],
    ids=["magics", "sum", "signs", "brackets", "zero", "quotes", "empty lines", "spaces", "words"],
)
def test_a_text_that_is_hard_to_read_stops_nothing(source):
    parsed(source)
    Definitions().add(source)


def test_an_attribute_that_raises_stops_nothing():
    import torch

    with pytest.raises(RuntimeError):
        _ = torch.classes.nothing.here
    definitions = Definitions()
    definitions.add("import torch\nfound = torch.classes.nothing.here\ndef f(): ...")
    assert definitions.definition("f").source == "def f(): ..."


@pytest.mark.parametrize(
    "cell",
    [
        "if True:\n    def f(): ...",
        "try:\n    def f(): ...\nfinally:\n    pass",
        "def f(): ...\nf: object = print",
        "def f(): ...\nprint(f := print)",
        "def f(): ...\nfor f in [print]: pass",
        "def f(): ...\nwith open('x') as f: pass",
        "def f(): ...\nf, g = print, print",
        "def f(): ...\ndef g():\n    global f",
        "@print\ndef f(): ...",
        "%%writefile a.py\ndef f(): ...",
    ],
)
def test_what_a_text_does_not_tell_for_certain_is_not_known(cell):
    definitions = Definitions()
    definitions.add(cell)
    with pytest.raises(OSError, match="for certain"):
        definitions.definition("f")


def test_of_a_cell_that_failed_nothing_is_known():
    definitions = Definitions()
    definitions.add("def f(): ...")
    definitions.add("1 / 0\ndef f(): return 1", failed=True)
    with pytest.raises(OSError, match="for certain"):
        definitions.definition("f")


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\x0c", "\x1c", "\x0b"])
def test_lines_are_counted_as_python_counts_them(character):
    definitions = Definitions()
    definitions.add(f"text = 'a{character}b'\ndef f():\n    return 1\ndef g(): ...")
    assert definitions.definition("f").source == "def f():\n    return 1\n"
