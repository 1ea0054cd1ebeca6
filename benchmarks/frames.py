"""What every widget shows, as digests: print them before a change, compare them after it.

Run `python benchmarks/frames.py > before.txt`, change the code, and then
`python benchmarks/frames.py --compare before.txt`, which prints the lines that differ and ends
with 1 if there are any. TOPIC arguments restrict it to these topics.
"""

import argparse
import base64
import hashlib
import inspect
import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from course_utils import widgets
from course_utils.widgets.stepper import Stepper, unpack

# Calls with other arguments than the defaults: those of the lessons, and one own setting a topic.
OTHERS = {
    "cnn.blocks": [{"size": 24, "k": 3}],
    "cnn.vgg": [{"size": 96}],
    "convolution.arithmetic": [{"n": 5, "k": 3, "p": 2, "mode": "reflect"}],
    "convolution.filters": [{"kernel": [[0, 0, 0], [0, 0.25, 0.25], [0, 0.25, 0.25]]}],
    "convolution.receptive_field": [{"layers": 1, "k": 4}],
    "losses.regression": [{"third": 3}],
    "losses.softmax": [{"z0": 1, "z1": 5, "z2": -2}],
    "optimizers.landscape": [{"surface": "bowl"}, {"x": 3}],
    "optimizers.range_test": [{"batch": 10}],
    "perceptron.activations": [{"name": "ELU"}],
    "perceptron.backprop": [{"x1": 0, "x2": 2, "y": 1}],
    "perceptron.perceptron_learning": [{"problem": "XOR"}, {"epochs": 3}],
    "pooling.pooling": [{"example": "signed", "n": 2, "activation": "ReLU, both orders"}],
    "pooling.pooling_backward": [{"kind": "mean"}],
    "saliency.shortcut": [{"film": 12}],
    "segmentation.overlap": [{"finding": "small", "down": -2}],
    "transfer.distillation": [{"kind": "Hand"}],
}
# Widgets that need numbers of the reader.
NEEDED = {
    "transfer.strategies": {
        "auc": {"from scratch": [[0.6, 0.7], [0.8, 0.82]], "head": [[0.8, 0.7], [0.85, 0.86]]},
        "labels": (10, 40),
        "total": 400,
    }
}


def digest(*parts: object) -> str:
    """Ten hexadecimal digits of anything that JSON can write."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:10]


def seen(svg: str) -> str:
    """A picture in which each image is told by its pixels, however it is compressed."""

    def pixels(found: re.Match) -> str:
        png = Image.open(io.BytesIO(base64.b64decode(found[1])))
        image = np.asarray(png.convert("RGB"))
        return f"{image.shape} {hashlib.sha256(image.tobytes()).hexdigest()}"

    return re.sub(r"data:image/png;base64,([\w+/=]+)", pixels, svg)


def rows_of(stepper: Stepper) -> Iterator[str]:
    """Title, settings, each preset with its frames, and the still of a widget."""
    yield f"title {stepper.title}"
    for setting in stepper.settings:
        yield "setting " + json.dumps(setting, ensure_ascii=False, sort_keys=True)
    made = stepper.presets
    for preset in made:
        values = json.dumps(preset["values"], ensure_ascii=False, sort_keys=True)
        frames = [seen(unpack(runs, stepper.lines)) for runs in preset["frames"]]
        yield f"values {preset['label']} {values}"
        yield f"preset {preset['label']} {len(frames)} frames {digest(*frames)}"
    yield f"still {digest(stepper.sentences, [seen(frame.svg) for frame in stepper._story])}"


def rows(topics: list[str]) -> Iterator[str]:
    """One line for everything that a reader sees of each widget."""
    for topic in topics:
        module = getattr(widgets, topic)
        for name in getattr(module, "__all__", ()):
            factory: Callable[..., Stepper] = getattr(module, name)
            full = f"{topic}.{name}"
            yield f"{full} signature {inspect.signature(factory)}"
            for arguments in [NEEDED.get(full, {}), *OTHERS.get(full, [])]:
                call = ", ".join(f"{key}={value!r}" for key, value in arguments.items())
                for row in rows_of(factory(**arguments)):
                    yield f"{full}({call}) {row}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("topics", nargs="*", help="all topics by default")
    parser.add_argument("--compare", type=Path, help="a file that this script printed before")
    options = parser.parse_args()
    topics = options.topics or [
        name
        for name in dir(widgets)
        if name != "draw" and hasattr(getattr(widgets, name), "__path__")
    ]
    found = list(rows(topics))
    if options.compare is None:
        print("\n".join(found))
        return 0
    before = options.compare.read_text("utf-8").splitlines()
    before = [row for row in before if row.split(".")[0] in topics]
    gone = [f"− {row}" for row in before if row not in set(found)]
    new = [f"+ {row}" for row in found if row not in set(before)]
    print("\n".join(gone + new) or f"{len(found)} lines, none differs")
    return 1 if gone or new else 0


if __name__ == "__main__":
    sys.exit(main())
