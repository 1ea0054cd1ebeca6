"""Data and a helper beside the notebook, in folders, with names in other alphabets."""

POINTS = {"total": 2, "largest": 4}


def place(path):
    folder = path.parent / "données" / "中文"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a b.csv").write_text("1,2", encoding="utf-8")
    (path.parent / "helper.py").write_text("x = 1", encoding="utf-8")
