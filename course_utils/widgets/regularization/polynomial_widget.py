"""The widget `polynomial`: overfitting, and the penalty against it."""

from course_utils.widgets.record import widget
from course_utils.widgets.regularization.polynomial_model import (
    DEGREES,
    PENALTIES,
    Patients,
    over_degrees,
    over_penalties,
)
from course_utils.widgets.regularization.polynomial_view import penalty_text, polynomial_frames
from course_utils.widgets.settings import Choice, WholeNumber
from course_utils.widgets.stepper import Frame

LAMBDAS = {penalty_text(penalty): penalty for penalty in PENALTIES}


@widget(
    "A polynomial through a few patients",
    Choice("along", "step through", ("degree", "λ"), "what changes from frame to frame"),
    WholeNumber("degree", "degree", DEGREES[0], DEGREES[-1], "degree while λ changes"),
    Choice("penalty", "λ", tuple(LAMBDAS), "λ while the degree changes"),
    WholeNumber("patients", "patients", DEGREES[-1] + 1, 60, "patients of the fit"),
    WholeNumber("seed", "seed", 0, 99, "of the patients"),
    presets={
        "degree by degree, no penalty": {
            "along": "degree", "degree": 11, "penalty": "0", "patients": 12, "seed": 1
        },
        "degree 11, λ by λ": {"along": "λ"},
        "degree by degree, a small penalty": {"penalty": "10⁻⁴"},
        "degree by degree, 60 patients": {"patients": 60},
        "degree 3, λ by λ": {"along": "λ", "degree": 3},
    },
    still=(0, 4, "last"),
    own="along {along}: degree {degree}, λ {penalty}, {patients} patients",
)  # fmt: skip
def polynomial(along: str, degree: int, penalty: str, patients: int, seed: int) -> list[Frame]:
    """A polynomial of rising degree, or under a rising penalty, with both errors beside it.

    The error on the patients of the fit only falls with the degree. The error on other patients
    falls and rises again, and a penalty on the weights holds it down.
    """
    cohort = Patients(patients, seed)
    if along == "degree":
        return polynomial_frames(list(over_degrees(cohort, LAMBDAS[penalty])), along)
    return polynomial_frames(list(over_penalties(cohort, degree)), along)
