"""What attacks on the replies begin with: code that finds the line to the grader, and uses it."""

FIND = """
import gc, struct, time
from course_utils.grading.session import Session
from course_utils.grading.wire import packed

def session():
    return next(found for found in gc.get_objects() if type(found) is Session)

def say(header, buffers=()):
    session()._connection.sendall(packed({"nonce": session()._nonce, **header}, list(buffers)))

REPLY = {"value": 7, "printed": "", "warned": [], "changed": []}
"""

FORGE = (
    FIND
    + """
def forge(change):
    \"\"\"The next answer to a call is what `change` makes of it: header and buffers.\"\"\"
    honest = Session._send
    def _send(self, header, encoder):
        Session._send = honest
        header, buffers = change(dict(header), list(encoder.buffers))
        self._connection.sendall(packed({**header, "nonce": self._nonce}, buffers))
    Session._send = _send
"""
)
