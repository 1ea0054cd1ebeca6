"""Nests the metadata of a cell so deeply that copying it exhausts the stack."""

POINTS = {"total": 2, "largest": 4}


def spoil(notebook):
    import json

    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "total":
            cell["metadata"]["nbgrader"] = {"grade_id": "deep", "more": "DEEP"}
    depth = 600
    deep = '{"a": ' * depth + "1" + "}" * depth
    return json.dumps(notebook).replace('"DEEP"', deep).encode()
