"""Shows a report of full marks in the answer's cell, in the form that the checks use."""

ANSWERS = {
    "total": """
from IPython.display import display

def total(xs):
    return sum(xs[:-1])

record = {"exercise": "total", "earned": 2.0, "points": 2.0, "problem": "", "cases": []}
bundle = {"text/plain": "2.0", "text/html": "<b>total: 2 of 2 points</b>"}
bundle["application/vnd.course.report+json"] = record
display(bundle, raw=True)

class Report:
    def __call__(self, xs): return self
    def __repr__(self): return "2.0"
    def _repr_mimebundle_(self, include=None, exclude=None): return bundle
    def __reduce__(self): return (float, ("2.0",))

Report()
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}
