"""Makes the namespace a dict that has every name, and that lies about them."""

CELLS = [
    (
        "total",
        """
class Lies(dict):
    def __contains__(self, name): return True
    def __getitem__(self, name): return dict.get(self, name, 2.0)
    def get(self, name, default=None): return dict.get(self, name, lambda *a, **k: 2.0)

ip = get_ipython()
ip.user_ns = ip.user_module.__dict__["_ns"] = Lies(ip.user_ns)
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "the last number added|could not be checked|must be a function"}
