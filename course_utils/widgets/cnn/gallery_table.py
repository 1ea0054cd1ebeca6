"""Measures the architectures of the gallery and writes what it found beside this file.

    python -m course_utils.widgets.cnn.gallery_table

Measuring all takes half a minute, so the widget reads the table; a test measures again.
"""

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import torch
from torch.autograd.graph import Node

from course_utils.errors import CourseError
from course_utils.files import write_atomically
from course_utils.widgets.cnn.gallery_networks import GALLERY, Architecture

PATH = Path(__file__).with_suffix(".json")
# Nodes of the autograd graph that multiply by weights.
_WEIGHTED = ("Convolution", "Addmm", "Mm", "Linear")


@dataclass(frozen=True)
class Measured:
    """What a network needs.

    Attributes:
        parameters: all of them.
        macs: multiply-accumulates for one image, those of attention included.
        depth: layers with weights on the longest way from the image to the answer.
    """

    parameters: int
    macs: int
    depth: int


def measure(row: Architecture) -> Measured:
    """Build a network on the meta device and let an image without numbers run through it."""
    from torch.utils.flop_counter import FlopCounterMode  # slow to import, not needed to read

    network = row.build()
    image = torch.empty(1, row.channels, row.size, row.size, device="meta")
    with FlopCounterMode(display=False) as counter:
        output = network(image)
    return Measured(
        sum(parameter.numel() for parameter in network.parameters()),
        counter.get_total_flops() // 2,
        _longest(output.grad_fn),
    )


def _longest(end: Node) -> int:
    """Layers with weights on the longest way through the graph that leads to `end`."""
    depths: dict[Node | None, int] = {None: 0}
    waiting: list[Node] = [end]
    while waiting:
        node = waiting[-1]
        before = [each for each, _ in node.next_functions]
        missing = [each for each in before if each is not None and each not in depths]
        if missing:
            waiting += missing
            continue
        waiting.pop()
        own = node.name().startswith(_WEIGHTED)
        depths[node] = own + max((depths[each] for each in before), default=0)
    return depths[end]


@cache
def table() -> dict[str, Measured]:
    """What was measured, by the name of the architecture."""
    stored = json.loads(PATH.read_text("utf-8"))
    return {name: Measured(**values) for name, values in stored.items()}


def main() -> None:
    """Measure all and write the table."""
    missing = [row.name for row in GALLERY if not row.available]
    if missing:
        raise CourseError(f"timm is needed for {', '.join(missing)}: pip install timm.")
    found = {row.name: asdict(measure(row)) for row in GALLERY}
    write_atomically(PATH, json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
