"""What a statement says of a name that it binds: a function, a stub, a value."""

import ast
from enum import IntEnum

from course_utils.judging.cell_names import bound

FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
_COMPOUND = ast.If | ast.Try | ast.With


class Rank(IntEnum):
    """What a cell says of a name, the better the higher."""

    STUB = 1
    """It is defined as the release has it, or by nothing but `raise NotImplementedError`."""
    BROKEN = 2
    """Python cannot read the cell, in which it seems to be defined."""
    ASSIGNED = 3
    """It gets a value that may be a function."""
    DEFINED = 4


def rank_of(node: ast.stmt, function: str) -> Rank | None:
    """What a statement that binds a name says of it; None for a value that is no function."""
    if isinstance(node, FUNCTIONS | ast.ClassDef):
        return Rank.STUB if _is_stub(node) else Rank.DEFINED
    if isinstance(node, ast.Import | ast.ImportFrom):
        return Rank.DEFINED
    if isinstance(node, _COMPOUND):
        inner = [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)]
        ranks = [rank_of(child, function) for child in inner if function in bound(child)]
        return max((rank for rank in ranks if rank), default=None)
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    if isinstance(value, ast.Lambda):
        return Rank.DEFINED
    if isinstance(value, ast.Call):
        of_itself = isinstance(value.func, ast.Name) and value.func.id == function
        return None if of_itself else Rank.ASSIGNED
    return Rank.ASSIGNED if isinstance(value, ast.Name | ast.Attribute) else None


def _is_stub(node: ast.stmt) -> bool:
    """Whether a definition does nothing, or nothing but to say that it is not written yet."""
    if isinstance(node, FUNCTIONS | ast.ClassDef):
        return all(map(_is_stub, node.body))
    if isinstance(node, ast.Raise):
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
    return isinstance(node, ast.Pass) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


def skeleton(node: ast.stmt) -> str:
    """A statement as text, without comments and docstrings; empty where it is nested too deeply."""
    try:
        return ast.dump(_WithoutDocstrings().visit(node))
    except RecursionError:
        return ""


class _WithoutDocstrings(ast.NodeTransformer):
    def visit_Expr(self, node: ast.Expr) -> ast.Expr | None:
        return None if isinstance(node.value, ast.Constant) else node
