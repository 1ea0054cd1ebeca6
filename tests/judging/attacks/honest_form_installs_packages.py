"""Six lines that install packages, above the imports."""

CELLS = [
    (
        "total",
        """!pip install numpy
!pip install -q torch
!{sys.executable} -m pip install scipy
%pip install matplotlib
!pip3 install --upgrade pip
!conda install -y nothing
import math

def add(xs):
    return int(math.fsum(xs))""",
    )
]
ANSWERS = {"total": "def total(xs):\n    return add(xs)"}
POINTS = {"total": 2, "largest": 4}
