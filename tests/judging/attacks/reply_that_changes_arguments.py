"""Says that its call has changed arguments and earlier results, whichever there are."""

from forging import FORGE

ANSWERS = {
    "total": FORGE
    + """
def total(xs):
    changed = [[f"{call}.{place}", {"t": "list", "v": []}]
               for call in range(100) for place in (0, 1, 2, "result")]
    forge(lambda header, buffers: ({**header, "value": 0, "changed": changed}, buffers))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "[Cc]hanged|unreadable reply|0"}
