"""The widget `shapley`: who has earned how much of what all reached together."""

from functools import cache

import numpy as np

from course_utils.widgets.saliency import patients as cases
from course_utils.widgets.saliency.shapley_model import COALITIONS, Game
from course_utils.widgets.saliency.shapley_view import Cast, frames
from course_utils.widgets.stepper import Choice, Frame, Stepper, WholeNumber, given_first

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
NAMES = ("nobody", *COALITIONS[1:])  # keywords of the film, in the order of the coalitions
SETTINGS = (
    Choice("players", "players", tuple(CASTS)),
    *(WholeNumber(name.lower(), name, -100, 100) for name in NAMES),
)


def _values(players: str, *worth: int) -> dict:
    return {"players": players} | dict(zip((name.lower() for name in NAMES), worth, strict=True))


DUMMY = "a dummy player: the bed number"
INVENTED = {
    "three clinicians, who know partly the same": _values(TEAM, 0, 60, 50, 20, 80, 65, 60, 84),
    DUMMY: _values(FINDINGS, 10, 30, 50, 10, 90, 30, 50, 90),
    "two symmetric players: two films": _values(FILMS, 0, 40, 40, 30, 46, 64, 64, 70),
    "only together: stain and microscope": _values(KEY, 0, 0, 0, 6, 60, 6, 6, 66),
    "no teamwork: everyone adds the same to all": _values(TEAM, 0, 30, 20, 10, 50, 40, 30, 60),
}
ASKED = {
    "SHAP: a network trained with markers": cases.WITH,
    "SHAP: a network trained without markers": cases.WITHOUT,
}


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


def examples() -> dict[str, dict]:
    """The presets; those of the networks are computed on first use."""
    return INVENTED | {label: _asked(network) for label, network in ASKED.items()}


def _film(players: str, **worth: int) -> list[Frame]:
    game = Game(tuple(worth[name.lower()] for name in NAMES))
    return frames(game, CASTS[players])


def shapley(players: str = TEAM, worth: dict[str, int] | None = None) -> Stepper:
    """Coalitions build up, in every order; the mean of what a player brings is the fair share.

    Args:
        players: who A, B and C are: `three clinicians`, `findings and a bed`, `two films and
            blood`, `stain and microscope` or `regions of an X-ray`.
        worth: whole numbers from −100 to 100, in percent, for the coalitions `nobody`, `A`, `B`,
            `C`, `AB`, `AC`, `BC`, `ABC`; those left out are 0. Without it the example of these
            players is shown first.

    Returns:
        A Stepper with a dummy player, two symmetric players and others as examples, whose
        settings are the worths. In the last two examples a network is asked.

    Raises:
        ValueError: for unknown players or coalitions, or a worth out of range.
    """
    players = SETTINGS[0].check(players)
    presets = examples()
    if worth is None:
        given = next(values for values in presets.values() if values["players"] == players)
    else:
        unknown = [name for name in worth if name not in NAMES]
        if unknown:
            raise ValueError(
                f"worth must be of the coalitions {', '.join(NAMES)}; got {', '.join(unknown)}."
            )
        given = _values(players, *(worth.get(name, 0) for name in NAMES))
    presets = given_first(given, "your game", presets, SETTINGS)
    still = ((0, 0.1), (0, 0.5), (0, 1), (list(presets).index(DUMMY), 1))
    return Stepper("Shapley values: fair shares", _film, presets, SETTINGS, still)
