"""The README's pictures are there, light, and described; each has a variant for a dark page."""

import re

import pytest

from course_utils.repository import repository

README = (repository() / "README.md").read_text("utf-8")
PICTURES = re.findall(r"<picture>.*?</picture>", README, re.S)


def test_the_readme_has_pictures():
    assert len(PICTURES) >= 3


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_has_two_themes_of_at_most_60_kb_and_a_description(picture):
    (light,) = re.findall(r' src="([^"]+)"', picture)
    (dark,) = re.findall(r'prefers-color-scheme: dark\)" srcset="([^"]+)"', picture)
    assert light != dark
    for path in (light, dark):
        assert (repository() / path).stat().st_size <= 60_000
    assert len(re.search(r'alt="([^"]+)"', picture)[1].split()) >= 8
