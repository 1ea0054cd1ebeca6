"""A progress bar and a log on stderr in every call."""

ANSWERS = {
    "total": """
import logging, sys
from tqdm.auto import tqdm

def total(xs):
    result = 0
    for x in tqdm(xs):
        logging.warning("adding %s", x)
        print("adding", x, file=sys.stderr)
        result += x
    return result
"""
}
POINTS = {"total": 2, "largest": 4}
