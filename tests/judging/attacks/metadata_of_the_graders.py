"""Writes what the graders themselves write: scores, checksums, marks of a finished grading."""

ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}


def spoil(notebook):
    notebook["metadata"]["nbgrader"] = {"score": 6, "max_score": 6, "late_submission_penalty": -6}
    notebook["metadata"]["course"] = {"graded": "0" * 64, "refused": ""}
    report = {"exercise": "total", "earned": 2.0, "points": 2.0, "problem": "", "cases": []}
    for cell in notebook["cells"]:
        cell["metadata"]["course"] = {"was": ""}
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            data = {"text/plain": "2.0", "application/vnd.course.report+json": report}
            result = {"output_type": "execute_result", "data": data, "metadata": {}}
            cell["outputs"] = [{**result, "execution_count": 1}]
    return notebook
