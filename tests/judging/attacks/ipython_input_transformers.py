"""Rewrites every later cell before it is read, by input transformers."""

CELLS = [
    (
        "total",
        """
def full_marks(lines):
    return ["2.0"] if "check" in "".join(lines) else lines

def right_answers(lines):
    return [line.replace("xs[:-1]", "xs[:-1] + [2.0]") for line in lines]

ip = get_ipython()
ip.input_transformers_cleanup.append(full_marks)
ip.input_transformers_post.append(full_marks)
ip.input_transformers_post.append(right_answers)
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "(?i)got a float"}
