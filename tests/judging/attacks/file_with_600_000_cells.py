"""A notebook of 19 MB whose cells are empty: as objects they would take gigabytes."""

POINTS = {"total": 0, "largest": 0}
REFUSED = r"too large a file: it has 600,0\d\d cells; 10,000 may be there"


def spoil(notebook):
    import json

    notebook["cells"].append("CELLS")
    cells = ",".join(['{"cell_type":"raw","source":""}'] * 600_000)
    return json.dumps(notebook).replace('"CELLS"', cells).encode()
