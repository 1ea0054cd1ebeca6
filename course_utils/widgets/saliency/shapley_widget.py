"""The widget `shapley`: who has earned how much of what all reached together."""

from course_utils.widgets.saliency.shapley_model import COALITIONS, Game
from course_utils.widgets.saliency.shapley_view import Cast, frames
from course_utils.widgets.stepper import Choice, Frame, Stepper, WholeNumber

CASTS = {
    "three clinicians": Cast(
        ("radiologist", "lung doctor", "student"), "correct diagnoses of the team, in %"
    ),
    "findings and a bed": Cast(("fever", "opacity", "bed number"), "predicted risk, in %"),
    "two films and blood": Cast(
        ("frontal film", "lateral film", "blood test"), "correct diagnoses, in %"
    ),
    "key and lock": Cast(("stain", "microscope", "a guess"), "bacteria found, in %"),
    "regions of an X-ray": Cast(
        ("left lung", "right lung", "corner marker"), "predicted probability of opacity, in %"
    ),
}
NAMES = ("nobody", *COALITIONS[1:])  # keywords of the film, in the order of the coalitions
SETTINGS = (
    Choice("players", "players", tuple(CASTS)),
    *(WholeNumber(name.lower(), name, -100, 100) for name in NAMES),
)


def _values(players: str, *worth: int) -> dict:
    return {"players": players} | dict(zip((name.lower() for name in NAMES), worth, strict=True))


PRESETS = {
    "three clinicians, who know partly the same": _values(
        "three clinicians", 0, 60, 50, 20, 80, 65, 60, 84
    ),
    "a dummy player: the bed number": _values("findings and a bed", 10, 30, 50, 10, 90, 30, 50, 90),
    "two symmetric players: two films": _values(
        "two films and blood", 0, 40, 40, 30, 46, 64, 64, 70
    ),
    "only together: key and lock": _values("key and lock", 0, 0, 0, 6, 60, 6, 6, 66),
    "no teamwork: everyone adds the same to all": _values(
        "three clinicians", 0, 30, 20, 10, 50, 40, 30, 60
    ),
    "a network that trusts the marker": _values("regions of an X-ray", 5, 4, 6, 90, 8, 88, 93, 95),
}


def _film(players: str, **worth: int) -> list[Frame]:
    game = Game(tuple(worth[name.lower()] for name in NAMES))
    return frames(game, CASTS[players])


def shapley(players: str = "three clinicians", worth: dict[str, int] | None = None) -> Stepper:
    """Coalitions build up, in every order; the mean of what a player brings is the fair share.

    Args:
        players: who A, B and C are: `three clinicians`, `findings and a bed`, `two films and
            blood`, `key and lock` or `regions of an X-ray`.
        worth: whole numbers from −100 to 100, in percent, for the coalitions `nobody`, `A`, `B`,
            `C`, `AB`, `AC`, `BC`, `ABC`; those left out are 0. Without it the example of these
            players is shown first.

    Returns:
        A Stepper with a dummy player, two symmetric players and others as examples, whose
        settings are the worths.

    Raises:
        ValueError: for unknown players or coalitions, or a worth out of range.
    """
    players = SETTINGS[0].check(players)
    if worth is None:
        given = next(values for values in PRESETS.values() if values["players"] == players)
    else:
        unknown = [name for name in worth if name not in NAMES]
        if unknown:
            raise ValueError(
                f"worth must be of the coalitions {', '.join(NAMES)}; got {', '.join(unknown)}."
            )
        given = _values(players, *(worth.get(name, 0) for name in NAMES))
    given = {setting.name: setting.check(given[setting.name]) for setting in SETTINGS}
    labels = [label for label, values in PRESETS.items() if values == given]
    first = labels[0] if labels else "your game"
    presets = {first: given} | PRESETS
    dummy = list(presets).index("a dummy player: the bed number")
    return Stepper(
        "Shapley values: fair shares", _film, presets, SETTINGS,
        ((0, 0.1), (0, 0.5), (0, 1), (dummy, 1)),
    )  # fmt: skip
