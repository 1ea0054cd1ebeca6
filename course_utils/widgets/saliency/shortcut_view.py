"""The pictures of a shortcut: a film with a switch, two networks, and many films below."""

from collections.abc import Iterator

from course_utils.widgets import draw, style
from course_utils.widgets.saliency import maps, panels
from course_utils.widgets.saliency import patients as cases
from course_utils.widgets.saliency.shortcut_model import (
    FILMS,
    METHODS,
    Effect,
    Shortcut,
    diseased,
    predicted,
    seen,
)
from course_utils.widgets.stepper import Frame

WIDTH, HEIGHT = 856, 668
FILM, TOP = 212, 60
NETS, BAR = 248, 168
MAP, PITCH, FIRST, ROW = 118, 136, 452, 176
AXIS, LONG, COHORT, LINE = 330, 400, 452, 42
STEPS = 7
ON = (False, True, True, True, True, True, False)  # whether the film has the marker
LINES = (0, 0, 1, 2, 3, 4, 4)  # how many rows of the cohort are shown
ORDER = (cases.WITH, cases.WITHOUT)
_PLACES = {
    "lesion": ("✓ on the lesion", "word-green bold"),
    "marker": ("✗ on the marker", "word-blue bold"),
    "elsewhere": ("✗ elsewhere", "word-vermillion bold"),
    "nowhere": ("the map is empty", "quiet"),
}


def frames(model: Shortcut) -> list[Frame]:
    """Marker off, marker on, then what many films show, row by row."""
    halves = [[*_patient(model, there)] for there in (False, True)]
    effects = _effects()
    base = [*_base(model)]
    rows = [[*_row(at, *effect)] for at, effect in enumerate(effects)]
    made = []
    for step in range(STEPS):
        sentence = _sentence(model, step)
        body = [*base, *halves[ON[step]], *_switch(step)]
        for at in range(LINES[step]):
            body += rows[at]
        made.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step))
    return made


def _effects() -> tuple[tuple[str, str, str, Effect], ...]:
    """The four rows: symbol, what it is, hue, the two probabilities."""
    return (
        ("P(opacity | marker)", "seen in the training films", "gray", seen()),
        ("P(ŷ | do(marker))", cases.WITH, "vermillion", predicted(cases.WITH)),
        ("P(ŷ | do(marker))", cases.WITHOUT, "green", predicted(cases.WITHOUT)),
        ("P(opacity | do(marker))", "the patients themselves", "green", diseased()),
    )


def _base(model: Shortcut) -> Iterator[str]:
    for at, network in enumerate(ORDER):
        y = TOP + at * ROW
        yield draw.caption(NETS, y + 12, network)
        for column, method in enumerate(METHODS):
            x = FIRST + column * PITCH
            yield draw.text(x, y - 2, method, look="bold", anchor="start")
    yield draw.caption(4, COHORT - 22, f"{FILMS} films", "○ without the marker → ● with it")
    yield draw.axis(
        AXIS, COHORT + 4 * LINE, AXIS + LONG, COHORT + 4 * LINE,
        {AXIS + LONG * part: draw.number(part) for part in (0, 0.25, 0.5, 0.75, 1)},
        "mean probability",
    )  # fmt: skip
    for part in (0, 0.5, 1):
        across = draw.coordinate(AXIS + LONG * part)
        yield draw.path("axis dashed", f"M{across} {COHORT - 4}v{4 * LINE}")
    for at, (symbol, what, _, _) in enumerate(_effects()):
        y = COHORT + at * LINE
        yield draw.text(4, y + 12, symbol, look="bold", anchor="start")
        yield draw.text(4, y + 27, what, look="quiet", size="small", anchor="start")


def _switch(step: int) -> Iterator[str]:
    """The marker off and on: two buttons that lead to the same picture with the other film."""
    on = ON[step]
    late = step >= STEPS - 2
    yield draw.text(4, 30, "marker", look="bold", anchor="start")
    for at, (word, goto) in enumerate((("off", 6 if late else 0), ("on", 5 if late else 1))):
        chosen = on == bool(at)
        x = 64 + at * 78
        drawn = draw.bar(x, 12, 72, 28, look=style.INPUT if chosen else style.EMPTY)
        drawn += draw.text(x + 36, 31, word, look="bold" if chosen else "")
        yield draw.button(x, 12, 72, 28, step if chosen else goto, drawn)


def _patient(model: Shortcut, there: bool) -> Iterator[str]:
    """Film, predictions and maps in one position of the switch."""
    patient = model.pair[there]
    yield panels.film(patient.image, 4, TOP, FILM)
    if patient.lesion.any():
        yield panels.outline(patient.lesion, 4, TOP, FILM)
    foot = TOP + FILM + 18
    truth = "▭ true lesion: it does not move" if patient.lesion.any() else "healthy: no lesion"
    look = "word-vermillion bold" if patient.lesion.any() else "word-green bold"
    yield draw.text(4, foot, truth, look=look, anchor="start")
    for at, network in enumerate(ORDER):
        yield from _answer(model, network, there, TOP + at * ROW)
        for column, method in enumerate(METHODS):
            x, y = FIRST + column * PITCH, TOP + 6 + at * ROW
            yield panels.film(patient.image, x, y, MAP)
            cover = panels.heat(model.maps[network][method][int(there)], x, y, MAP)
            yield draw.faded(0.65, cover)
            if patient.lesion.any():
                yield panels.outline(patient.lesion, x, y, MAP)
            peak = maps.peak(model.maps[network][method][int(there)])
            if peak is not None:
                yield panels.cross(*peak, x, y, MAP / len(patient.image))
            word, look = _PLACES[model.verdict(network, method, there)]
            yield draw.text(x, y + MAP + 15, word, look=look, size="small", anchor="start")
            if there:
                alike = f"like before: {model.alike(network, method):.2f}".replace("-", "−")
                yield draw.text(x, y + MAP + 30, alike, look="quiet", size="small", anchor="start")


def _answer(model: Shortcut, network: str, there: bool, y: float) -> Iterator[str]:
    effect = model.answers[network]
    value = effect.present if there else effect.without
    look = "vermillion" if value >= 0.5 else "green"
    yield draw.bar(NETS, y + 50, BAR, 24, look=style.EMPTY)
    yield draw.bar(NETS, y + 50, max(0.5, BAR * value), 24, look=look, hatched=value >= 0.5)
    half = draw.coordinate(NETS + BAR / 2)
    yield draw.path("axis dashed", f"M{half} {y + 44}v36")
    yield draw.words(NETS, y + 38, [("P(opacity) = ", ""), (f"{value:.2f}", "bold")])
    word = "says: opacity" if value >= 0.5 else "says: normal"
    yield draw.text(NETS, y + 96, word, look=f"word-{look} bold", anchor="start")
    if there:
        flips = (effect.without >= 0.5) != (effect.present >= 0.5)
        was = f"it was {effect.without:.2f}" + (": it flips" if flips else "")
        yield draw.text(NETS, y + 116, was, look="bold" if flips else "quiet", anchor="start")


def _row(at: int, _symbol: str, _what: str, hue: str, effect: Effect) -> Iterator[str]:
    y = COHORT + at * LINE + 14
    x1, x2 = AXIS + LONG * effect.without, AXIS + LONG * effect.present
    if abs(x2 - x1) > 24:
        step = 1 if x2 > x1 else -1
        yield draw.arrow(x1 + 7 * step, y, x2 - 8 * step, y, look=hue)
    yield draw.circle(f"line-{hue}", x1, y, 8)
    yield draw.circle(f"solid-{hue}", x2, y, 5)
    change = f"{effect.change:+.2f}".replace("-", "−")
    if abs(effect.change) < 0.005:
        change = "0"
    words = f"{effect.without:.2f} → {effect.present:.2f}"
    yield draw.text(WIDTH - 4, y - 1, change, look="bold", anchor="end")
    yield draw.text(WIDTH - 4, y + 14, words, look="quiet", size="small", anchor="end")


def _sentence(model: Shortcut, step: int) -> str:
    fooled, honest = (model.answers[name] for name in ORDER)
    ill = "The patient is ill" if model.pair[0].lesion.any() else "The patient is healthy"
    if step == 6:
        moved, patients = predicted(cases.WITH).change, diseased()
        return (
            f"Marker off again: the network {cases.WITH} is back at {fooled.without:.2f}, the one"
            f" {cases.WITHOUT} at {honest.without:.2f}. Setting the marker moves the first by"
            f" {moved:+.2f} on average, and the share of ill patients stays {patients.without:.2f}:"
            " what it follows is the letter, not the disease."
        )
    if step == 0:
        return (
            f"{ill}; there is no marker on the film. The network {cases.WITH} gives opacity"
            f" {fooled.without:.2f}, the one {cases.WITHOUT} {honest.without:.2f}."
        )
    if step == 1:
        flips = (fooled.without >= 0.5) != (fooled.present >= 0.5)
        start = "The prediction flips" if flips else "The prediction moves"
        same = max(METHODS, key=lambda method: model.alike(cases.WITH, method))
        return (
            f"Marker on. {start} from {fooled.without:.2f} to {fooled.present:.2f}; the patient has"
            f" not changed. The map that changes least, and would warn us least: {same}, rank"
            f" correlation {model.alike(cases.WITH, same):.2f}. The network {cases.WITHOUT} goes"
            f" from {honest.without:.2f} to {honest.present:.2f}."
        )
    if step == 2:
        effect = seen()
        return (
            f"Seeing: of the training films, {100 * effect.without:.0f}\u00a0% of those without"
            f" the marker and {100 * effect.present:.0f}\u00a0% of those with it show an opacity."
            " In our story the ward where the ill lie has a machine that prints the letter: the"
            " ward is the confounder."
        )
    if step == 3:
        effect = predicted(cases.WITH)
        return (
            f"Doing: on {FILMS} films we set the marker ourselves. The network {cases.WITH}"
            f" follows it: from {effect.without:.2f} to {effect.present:.2f} on average."
        )
    if step == 4:
        effect = predicted(cases.WITHOUT)
        return (
            f"The network {cases.WITHOUT} does not care: {effect.without:.2f} and"
            f" {effect.present:.2f}. It has learned something else."
        )
    effect = diseased()
    return (
        f"And the patients: {effect.without:.2f} are ill before and {effect.present:.2f} after we"
        " put the marker on. Seeing a marker told much about disease; setting it does nothing to"
        " anyone. A network that predicts by it will fail where the marker means nothing."
    )
