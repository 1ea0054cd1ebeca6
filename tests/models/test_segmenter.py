"""The network of the pictures of segmentation: shapes, what it learned, and its script."""

import numpy as np
import pytest
import torch
from scipy import ndimage

from course_utils.authoring import pretrain_segmentation as pretrain
from course_utils.data import phantoms
from course_utils.models import Segmenter, segmenter, standardized


def dice(marked: np.ndarray, masks: np.ndarray) -> float:
    both = (marked & masks).sum(axis=(1, 2))
    return (2 * both / (marked.sum(axis=(1, 2)) + masks.sum(axis=(1, 2)))).mean()


@pytest.mark.parametrize("skips", [True, False])
@pytest.mark.parametrize("size", [28, 64])
def test_each_head_answers_in_its_shape(skips, size):
    answer = Segmenter(skips)(torch.zeros(3, 1, size, size))
    assert answer.mask.shape == (3, size, size)
    assert answer.label.shape == (3, 2)
    assert answer.boxes.shape == (3, 5, size // 4, size // 4)


def test_new_nodules_are_found_and_better_with_skips():
    fresh = phantoms.nodules(100, 28, seed=5)
    found = {}
    for name in ("plain", "skips"):
        with torch.inference_mode():
            answer = segmenter(name)(standardized(fresh.images))
        found[name] = dice((answer.mask > 0).numpy(), fresh.masks)
    assert found["skips"] > found["plain"] + 0.04 > 0.7


def test_new_opacities_are_classified_and_marked():
    fresh = phantoms.chest(200, 28, seed=5)
    ill = fresh.labels == 1
    with torch.inference_mode():
        answer = segmenter("tasks")(standardized(fresh.images))
    assert (answer.label.argmax(1).numpy() == fresh.labels).mean() > 0.75
    assert dice((answer.mask > 0).numpy()[ill], fresh.masks[ill]) > 0.65


def test_the_truth_of_the_boxes_leads_back_to_the_findings():
    masks = phantoms.chest(40, 28, seed=6).masks
    for mask, truth in zip(masks, pretrain.cells(masks).numpy(), strict=True):
        places = np.argwhere(truth[0])
        boxes = []
        for row, column in places:
            down, right, height, width = truth[1:, row, column] * pretrain.CELL
            middle = np.array([row, column]) * pretrain.CELL + (down, right)
            half = np.array([height, width]) / 2
            boxes.append((*(middle - half), *(middle + half)))
        labelled, count = ndimage.label(mask, np.ones((3, 3)))
        slices = ndimage.find_objects(labelled)
        expected = {(r.start, c.start, r.stop, c.stop) for r, c in slices}
        assert {tuple(np.round(box, 4)) for box in boxes} <= expected
        assert count - 1 <= len(boxes) <= count  # two middles may share a cell


def test_a_few_steps_of_the_script_give_the_same_bytes_again():
    films = phantoms.nodules(64, 28, seed=1)
    first, second = (pretrain.trained(True, films, epochs=2).state_dict() for _ in range(2))
    assert all(torch.equal(first[name], second[name]) for name in first)
