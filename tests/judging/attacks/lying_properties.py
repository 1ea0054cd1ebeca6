"""Answers with an object whose properties change inputs and answers while it is looked at."""

ANSWERS = {
    "total": """
class Answer:
    calls = 0
    @property
    def __name__(self):
        Answer.calls += 1
        return "total"
    @property
    def __wrapped__(self): return sum
    def __getattribute__(self, name):
        if name == "__code__": return sum
        return object.__getattribute__(self, name)
    def __call__(self, xs):
        xs.clear()
        return Answer.calls

total = Answer()
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "(?i)expected 7, got"}
