"""Brings widget states, a schema of its own and results of another run in the metadata."""

ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}


def spoil(notebook):
    state = {"state": {"a": {"model_module": "x", "state": {"value": "<script>1</script>"}}}}
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": state}
    notebook["nbformat_minor"] = 99
    notebook["points"] = 6
    return notebook
