"""A definition in both branches of a `try`."""

ANSWERS = {
    "total": """
try:
    import a_package_that_nobody_has

    def total(xs):
        return a_package_that_nobody_has.total(xs)
except ImportError:
    def total(xs):
        return sum(xs)
"""
}
POINTS = {"total": 2, "largest": 4}
