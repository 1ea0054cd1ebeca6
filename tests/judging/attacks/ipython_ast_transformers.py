"""Rewrites every later cell's syntax tree to the number 2.0."""

CELLS = [
    (
        "total",
        """
import ast

class Full(ast.NodeTransformer):
    def visit_Call(self, node):
        function = ast.unparse(node.func)
        return ast.Constant(2.0) if function.startswith("check.") else self.generic_visit(node)

get_ipython().ast_transformers.append(Full())
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}
