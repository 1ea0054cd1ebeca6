"""Stills: the same pictures as PNG."""

import io

import numpy as np
import pytest
from PIL import Image

from course_utils.widgets import draw, stills


def pixels(svg: str) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(stills.rasterise(svg))).convert("L"))


def picture(body: str) -> str:
    return draw.picture(80, 40, body, sentence="A sentence.", step=0)


def test_text_really_appears():
    assert pixels(picture(draw.text(40, 25, "12 ⌊x⌋"))).min() < 80
    assert pixels(picture("")).min() == 255


def test_colours_really_appear():
    still = Image.open(io.BytesIO(stills.rasterise(picture(draw.cell(0, 0, 40)))))
    red, _, blue = still.convert("RGB").getpixel((25, 25))
    assert blue > red


def test_without_fonts_shapes_remain(monkeypatch):
    monkeypatch.setattr(stills, "_fonts", lambda: [])
    assert pixels(picture(draw.cell(0, 0, 40, "1"))).min() < 255


def test_nothing_is_left_that_needs_a_browser():
    svg = stills.standalone(picture(draw.cell(0, 0, 40, "1")))
    assert "var(" not in svg
    assert "<style>" in svg


def test_a_sheet_holds_all_pictures_and_their_sentences():
    sheet = stills.sheet([(picture(draw.cell(0, 0, 30, str(at))), f"No {at}.") for at in (1, 2)])
    assert sheet.count("<rect") == 2
    assert "No 1. No 2." in sheet
    assert pixels(sheet).shape[1] == 80 * stills.ZOOM
    assert stills.natural_width(stills.rasterise(sheet)) == 80


def test_the_same_picture_gives_the_same_bytes():
    svg = picture(draw.cell(0, 0, 30, "7"))
    assert stills.rasterise(svg) == stills.rasterise(svg)


def test_what_is_no_picture_is_refused():
    with pytest.raises(ValueError, match=r"draw\.picture"):
        stills.rasterise("<p>")
