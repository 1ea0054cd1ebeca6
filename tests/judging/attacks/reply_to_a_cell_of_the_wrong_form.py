"""Says that a cell has shown reports with all points, and outputs of forms that no notebook has."""

from forging import FIND

MIME = "application/vnd.course.report+json"
CELLS = [
    (
        "total",
        FIND
        + f"""
report = {{"{MIME}": {{"earned": 2}}, "text/plain": "2.0", "text/html": "<script>1</script>"}}
nested = {{"output_type": "error", "ename": [1], "evalue": {{}}, "traceback": "no list"}}
outputs = [{{"output_type": "execute_result", "data": report, "metadata": 5}}, nested, 7, None,
           {{"output_type": ["stream"]}}, {{"output_type": "stream", "name": 3, "text": 4}}]

def _send(self, header, encoder, old=RequestServer._send):
    old(self, {{**header, "outputs": outputs}} if "outputs" in header else header, encoder)

RequestServer._send = _send
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    return 2.0"}
POINTS = {"total": 0, "largest": 4}
