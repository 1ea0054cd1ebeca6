"""Answers with a pickle in place of data."""

from forging import FORGE

ANSWERS = {
    "total": FORGE
    + """
def total(xs):
    import pickle

    class Command:
        def __reduce__(self):
            return exec, ("import course_utils; course_utils.owned = True",)

    data = pickle.dumps(Command())
    form = {"t": "pickle", "b": 0}
    forge(lambda header, buffers: ({**header, "value": form, "sizes": [len(data)]}, [data]))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "unreadable reply: what the code gave back cannot be read"}
