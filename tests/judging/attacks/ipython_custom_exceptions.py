"""Catches every exception with set_custom_exc and goes on as if nothing had been."""

CELLS = [
    (
        "total",
        """
ip = get_ipython()
ip.set_custom_exc((BaseException,), lambda *a, **k: None)
ip.showtraceback = ip.showsyntaxerror = lambda *a, **k: None
type(ip)._showtraceback = lambda *a, **k: None
""",
    )
]
ANSWERS = {
    "total": """
def total(xs):
    raise ValueError('nothing to see')
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "(?i)it stopped with ValueError: nothing to see"}
