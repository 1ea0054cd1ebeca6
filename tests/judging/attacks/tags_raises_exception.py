"""Tags every cell `raises-exception`, so that errors would count as expected."""

ANSWERS = {"total": "def total(xs):\n    raise AssertionError('as planned')"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "stopped with AssertionError: as planned"}


def spoil(notebook):
    for cell in notebook["cells"]:
        cell["metadata"]["tags"] = ["raises-exception"]
    return notebook
