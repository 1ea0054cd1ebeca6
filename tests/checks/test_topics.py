"""The checks of the topics as a house: what imports what, and how long a module is."""

import ast

import pytest

from course_utils.repository import repository

CHECKS = repository() / "course_utils" / "checks"
MODULES = [path for path in sorted(CHECKS.rglob("*.py")) if path.parent != CHECKS]
TOPICS = {path.parent.name for path in MODULES} - {"core"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CHECKS)))
def test_no_topic_imports_another_and_the_core_imports_none(path):
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    names = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    used = {name.split(".")[2] for name in names if name.startswith("course_utils.checks.")}
    assert used & TOPICS <= {path.parent.name}
    assert all(not getattr(node, "level", 0) for node in nodes), "a relative import"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CHECKS)))
def test_no_module_is_longer_than_400_lines(path):
    assert len(path.read_text("utf-8").splitlines()) <= 400
