"""The widget `shapley`: who has earned how much of what all reached together."""

from collections.abc import Callable
from functools import cache, partial

import numpy as np

from course_utils.widgets.record import Values, widget
from course_utils.widgets.saliency import patients as cases
from course_utils.widgets.saliency.shapley_model import COALITIONS, Game
from course_utils.widgets.saliency.shapley_view import Cast, frames
from course_utils.widgets.settings import Choice, WholeNumber
from course_utils.widgets.stepper import Frame

TEAM, FINDINGS, FILMS, KEY = (
    "three clinicians",
    "findings and a bed",
    "two films and blood",
    "stain and microscope",
)
REGIONS = "regions of an X-ray"
CASTS = {
    TEAM: Cast(("radiologist", "lung doctor", "student"), "correct diagnoses of the team, in %"),
    FINDINGS: Cast(("fever", "opacity", "bed number"), "predicted risk, in %"),
    FILMS: Cast(("frontal film", "lateral film", "blood test"), "correct diagnoses, in %"),
    KEY: Cast(("stain", "microscope", "a guess"), "bacteria found, in %"),
    REGIONS: Cast(
        ("left half", "right half", "corner marker"), "predicted probability of opacity, in %"
    ),
}
NAMES = ("nobody", *COALITIONS[1:])  # settings are these in small letters


def _values(players: str, *worth: int) -> dict:
    return {"players": players} | dict(zip((name.lower() for name in NAMES), worth, strict=True))


DUMMY = "a dummy player: the bed number"


@cache
def _asked(network: str) -> dict:
    """What a network says to a film of which only some regions are shown, in whole percent.

    The patient is ill and the film has the marker. A hidden half of the chest becomes that of a
    typical healthy film; a hidden corner has no marker.
    """
    marked, plain = cases.patient(cases.ILL_MARKED), cases.patient(cases.ILL)
    hidden = cases.fill(cases.TYPICAL)
    left = np.arange(cases.SIZE) < cases.SIZE // 2
    images = []
    for shown in COALITIONS:
        halves = np.where(left, "A" in shown, "B" in shown)
        image = np.where(halves, plain.image, hidden)
        images.append(np.where(marked.marker & ("C" in shown), marked.image, image))
    worth = (100 * cases.probability(network, np.stack(images))).round().astype(int)
    return _values(REGIONS, *worth.tolist())


PRESETS: dict[str, Values | Callable[[], Values]] = {
    "three clinicians, who know partly the same": _values(TEAM, 0, 60, 50, 20, 80, 65, 60, 84),
    DUMMY: _values(FINDINGS, 10, 30, 50, 10, 90, 30, 50, 90),
    "two symmetric players: two films": _values(FILMS, 0, 40, 40, 30, 46, 64, 64, 70),
    "only together: stain and microscope": _values(KEY, 0, 0, 0, 6, 60, 6, 6, 66),
    "no teamwork: everyone adds the same to all": _values(TEAM, 0, 30, 20, 10, 50, 40, 30, 60),
    "SHAP: a network trained with markers": partial(_asked, cases.WITH),
    "SHAP: a network trained without markers": partial(_asked, cases.WITHOUT),
}


@widget(
    "Shapley values: fair shares",
    Choice("players", "players", tuple(CASTS), "who A, B and C are"),
    *(
        WholeNumber(name.lower(), name, -100, 100, f"what {name} reaches, in percent")
        for name in NAMES
    ),
    presets=PRESETS,
    still=(2, 10, "last", (DUMMY, "last")),
    own="your game",
    follows="players",
)
def shapley(players: str, **worth: int) -> list[Frame]:
    """Coalitions build up, in every order; the mean of what a player brings is the fair share.

    In the last two examples a network is asked.
    """
    return frames(Game(tuple(worth[name.lower()] for name in NAMES)), CASTS[players])
