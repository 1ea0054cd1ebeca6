"""The widgets of 09-segmentation: what their sentences and pictures say."""

import re

import pytest
from read_widgets import frames, last

from course_utils.widgets import segmentation


def number(before: str, sentence: str) -> float:
    return float(re.search(rf"{before} (\d+\.\d+)", sentence)[1])


# ------------------------------------------------------------------ transposed


def test_tiles_meet_nobody_and_larger_kernels_add_up():
    tiles = frames(segmentation.transposed, "2 × 2, stride 2: tiles")
    assert all("No other input cell has added there before." in each.sentence for each in tiles)
    assert tiles[-1].sentence.endswith("The output is 4 × 4.")
    overlapping = frames(segmentation.transposed, "3 × 3, stride 2: they overlap")
    assert "3 cells had something before" in overlapping[1].sentence


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("checkerboard: 3 × 3, stride 2", "stride 2: uneven: 1 to 4 times, a checkerboard."),
        ("no checkerboard: 4 × 4, stride 2", "stride 2: even: 4 times everywhere."),
        ("gaps: 2 × 2, stride 3", "stride 3: uneven: 0 to 1 time, gaps."),
    ],
)
def test_the_last_count_says_whether_it_is_even(label, said):
    sentence = last(segmentation.transposed, label)
    assert said in sentence
    assert "convolution 3 × 3: even: 9 times everywhere." in sentence


def test_an_uneven_pattern_is_hatched_and_an_even_one_is_not():
    shown = {
        label: frames(segmentation.transposed, label)[-1].svg.count("course-thin-vermillion")
        for label in ("checkerboard: 3 × 3, stride 2", "no checkerboard: 4 × 4, stride 2")
    }
    assert list(shown.values()) == [9, 0]


def test_a_single_cell_has_only_edges():
    record = segmentation.transposed.record
    settings = record.first | {"show": "how often each cell is added to", "n": 1, "k": 5, "s": 1}
    assert "all cells lie at the edge" in record.frames(**settings)[-1].sentence


def test_padding_is_hatched_and_output_padding_enters_the_size():
    plain, more = (
        frames(segmentation.transposed, label)[-1]
        for label in ("3 × 3, stride 2, padding 1", "the same with output padding 1")
    )
    assert "hatched: cut off by the padding" in plain.svg
    assert plain.sentence.endswith("The output is 5 × 5.")
    assert more.sentence.endswith("The output is 6 × 6.")


# ------------------------------------------------------------------ overlap


def test_a_shift_costs_the_small_finding_more_dice_and_the_same_distance():
    large, small = (
        frames(segmentation.overlap, label)[2].sentence
        for label in ("a large finding", "a small finding")
    )
    assert number("Dice", large) > number("Dice", small) + 0.2
    assert number("Hausdorff distance", large) == number("Hausdorff distance", small) == 2
    assert large.endswith(f"leaves the small finding a Dice of {number('Dice', small):.2f}.")


def test_half_a_millimetre_a_pixel_halves_the_distance_and_nothing_else():
    whole, half = (
        frames(segmentation.overlap, label)[4].sentence
        for label in ("a large finding", "pixels of half a millimetre")
    )
    assert number("pixels or", whole) == 2 * number("pixels or", half)
    assert number("Dice", whole) == number("Dice", half)


def test_every_shift_can_be_pressed():
    for label in segmentation.overlap.record.examples():
        shown = frames(segmentation.overlap, label)
        for frame in shown:
            assert all(f'data-goto="{step}"' in frame.svg for step in range(len(shown)))


# ------------------------------------------------------------------ encoder and decoder


def test_the_way_ends_with_both_networks():
    said = last(segmentation.encoder_decoder, "without skips")
    assert number("The mask without skips: Dice", said) < number("The network with skips:", said)
    turned = last(segmentation.encoder_decoder, "with skips")
    assert number("The mask with skips: Dice", turned) > number("without skips:", turned)


def test_skips_are_drawn_only_where_there_are_any():
    without, with_skips = (
        frames(segmentation.encoder_decoder, label)[5].svg
        for label in ("without skips", "with skips")
    )
    assert "no skips: all that the way up knows" in without
    assert with_skips.count("maps as they are") == 2


def test_the_stages_are_told_with_their_shapes():
    told = [frame.sentence for frame in frames(segmentation.encoder_decoder, "with skips")]
    assert "32 maps of 7 × 7, 1,568 numbers" in told[3]
    assert "from stage 2" in told[4]
    assert "from stage 1" in told[5]


# ------------------------------------------------------------------ three heads


def test_three_heads_are_judged_one_after_the_other():
    told = [frame.sentence for frame in frames(segmentation.multitask, "two opacities")]
    assert [sentence.split(":")[0] for sentence in told[2:]] == [
        "Classification",
        "Detection",
        "Segmentation",
    ]
    assert told[2].endswith("which is right.")
    assert told[3].endswith("keeps 2.")


def test_an_overlooked_patient_is_called_wrong():
    told = frames(segmentation.multitask, "an ill patient, overlooked")
    assert told[2].sentence.endswith("which is wrong.")
    assert "the truth: opacity" in told[-1].svg
