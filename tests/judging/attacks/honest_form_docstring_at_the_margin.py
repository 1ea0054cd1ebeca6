"""A definition in a branch, with a docstring that begins at the margin."""

ANSWERS = {
    "total": """
if True:
    def total(xs):
        '''The sum
of all numbers.
        '''
        return sum(xs)
"""
}
POINTS = {"total": 2, "largest": 4}
