"""The widget `encoder_decoder`: a nodule through the latent space and back."""

from course_utils.widgets.record import widget
from course_utils.widgets.segmentation.encoder_decoder_model import FILMS, NETWORKS, Way
from course_utils.widgets.segmentation.encoder_decoder_view import way_frames
from course_utils.widgets.settings import Choice, WholeNumber
from course_utils.widgets.stepper import Frame

WITH, WITHOUT = NETWORKS


@widget(
    "Through the latent space and back",
    WholeNumber("film", "film", 0, FILMS - 1, "number of the film"),
    Choice("network", "network", (WITH, WITHOUT)),
    presets={
        "without skips": {"film": 1, "network": WITHOUT},
        "with skips": {"network": WITH},
        "another film, without skips": {"film": 19},
        "another film, with skips": {"film": 19, "network": WITH},
        "a film that needs no skips": {"film": 22},
    },
    still=(3, "last", ("with skips", 5)),
    own="film {film}, {network}",
)
def encoder_decoder(film: int, network: str) -> list[Frame]:
    """A film with small nodules through an encoder, the latent space and a decoder.

    Two trained networks, with skips and without: what the latent space cannot hold, only the
    skips bring back.
    """
    other = WITHOUT if network == WITH else WITH
    return way_frames(Way(film, network), Way(film, other))
