"""The widget `batchnorm`: training and evaluation mode, small batches, another hospital."""

from course_utils.widgets.record import widget
from course_utils.widgets.regularization.batchnorm_model import HOME, Clinic, batches
from course_utils.widgets.regularization.batchnorm_view import batchnorm_frames
from course_utils.widgets.settings import Choice, WholeNumber
from course_utils.widgets.stepper import Frame

CLINICS = {
    "at home": HOME,
    "elsewhere: brighter": Clinic(1.0, 3.0),
    "elsewhere: flat": Clinic(0.5, 0.4),
}


@widget(
    "Batch norm and the company a film keeps",
    Choice("mode", "mode", ("training", "evaluation")),
    WholeNumber("size", "films a batch", 2, 64, "films in a batch, ours among them"),
    Choice("clinic", "taken", tuple(CLINICS), "where all films are taken"),
    WholeNumber("ill", "% opacities", 0, 100, "percent of the other films with an opacity"),
    WholeNumber("seed", "seed", 0, 99, "of the other films"),
    presets={
        "training mode, 16 films": {
            "mode": "training", "size": 16, "clinic": "at home", "ill": 50, "seed": 0
        },
        "training mode, 2 films": {"size": 2},
        "evaluation mode, 2 films": {"mode": "evaluation", "size": 2},
        "evaluation mode, another hospital": {
            "mode": "evaluation", "clinic": "elsewhere: brighter"
        },
        "training mode, another hospital": {"clinic": "elsewhere: brighter"},
        "training mode, a ward where nearly all are ill": {"ill": 95},
    },
    still=(
        "last", ("training mode, 2 films", "last"), ("evaluation mode, another hospital", "last")
    ),
    own="{mode} mode, {size} films, {clinic}, {ill} % opacities",
)  # fmt: skip
def batchnorm(mode: str, size: int, clinic: str, ill: int, seed: int) -> list[Frame]:
    """One film in sixteen batches, each time among other films, before and after batch norm.

    In training mode the film's output depends on its company, and in a batch of two it is always
    nearly 1 or −1. In evaluation mode it does not, but a hospital with other machines moves it.
    """
    made = batches(mode == "training", size, ill / 100, CLINICS[clinic], seed)
    return batchnorm_frames(made, size, clinic)
