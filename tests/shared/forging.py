"""What attacks on the replies begin with: code that finds the line to the grader, and uses it."""

FIND = """
import gc, struct, time
from course_utils.sandbox.request_server import RequestServer
from course_utils.protocol.codec import packed

def server():
    return next(found for found in gc.get_objects() if type(found) is RequestServer)

def say(header, buffers=()):
    server()._connection.sendall(packed({"nonce": server()._nonce, **header}, list(buffers)))

REPLY = {"value": 7, "printed": "", "warned": [], "changed": []}
"""

FORGE = (
    FIND
    + """
def forge(change):
    \"\"\"The next answer to a call is what `change` makes of it: header and buffers.\"\"\"
    honest = RequestServer._send
    def _send(self, header, encoder):
        RequestServer._send = honest
        header, buffers = change(dict(header), list(encoder.buffers))
        self._connection.sendall(packed({**header, "nonce": self._nonce}, buffers))
    RequestServer._send = _send
"""
)
