"""The pictures of all methods side by side: maps over the film, from clear to covering."""

from collections.abc import Iterator

from course_utils.widgets import draw, style
from course_utils.widgets.saliency import maps, panels
from course_utils.widgets.saliency.methods_model import Explained
from course_utils.widgets.stepper import Frame

OPACITIES = (0, 25, 50, 75, 100)
SIDE, GAP, ACROSS = 156, 15, 5
TOP, PITCH = 82, 230
WIDTH, HEIGHT = 4 + ACROSS * (SIDE + GAP), TOP + 2 * PITCH + 4
LESION = "opacity"  # the class of films with a lesion
WHAT = {
    maps.GRADIENT: "pixels that move the score",
    maps.DECONVNET: "only what is above zero",
    maps.GUIDED: "both rules at once",
    maps.SMOOTH: "mean of 32 noisy ones",
    maps.CAM: "last maps, weighted",
    maps.GRADCAM: "weighted by gradients",
    maps.OCCLUSION: "a hidden square moves",
    maps.LIME: "superpixels, surrogate",
    maps.SHAP: "superpixels, fair shares",
}
# Where the maximum of the map of another class lies is neither right nor wrong.
_OTHER_CLASS = {
    "hit": ("on the lesion", "quiet"),
    "miss": ("elsewhere", "quiet"),
    "marker": ("on the marker", "word-blue bold"),
}
_WORDS = {
    "hit": ("✓ hit", "word-green bold"),
    "miss": ("✗ miss", "word-vermillion bold"),
    "marker": ("✗ on the marker", "word-blue bold"),
    "": ("no lesion to hit", "quiet"),
}


def _place(at: int) -> tuple[float, float]:
    row, column = divmod(at, ACROSS)
    return 4 + column * (SIDE + GAP), TOP + row * PITCH


def frames(model: Explained, who: str, wanted: str) -> Iterator[Frame]:
    """Five opacities without the true outline, then the same five with it.

    The first needs no map, so it comes before any is computed.

    Args:
        model: the film under all methods.
        who: the patient and the network, for the sentences.
        wanted: the name of the class.
    """
    base = [*_base(model, wanted)]
    covers: list[str] = []
    crosses: list[str] = []
    truth = [*_truth(model)]
    for step in range(len(OPACITIES) * (2 if truth else 1)):
        shown, at = divmod(step, len(OPACITIES))
        body = [*base]
        if OPACITIES[at]:
            covers = covers or [*_covers(model)]
            crosses = crosses or [*_crosses(model, wanted)]
            body += [f'<g opacity="{OPACITIES[at] / 100}">', *covers, "</g>", *crosses]
        body += [*(truth if shown else ()), *_controls(step, bool(truth))]
        sentence = _sentence(model, who, wanted, step)
        yield Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step)


def _base(model: Explained, wanted: str) -> Iterator[str]:
    for at in range(len(maps.METHODS) + 1):
        yield panels.film(model.patient.image, *_place(at), SIDE)
    x, y = _place(0)
    yield draw.text(x, y - 9, "the film", look="bold", anchor="start")
    yield draw.words(
        x, y + SIDE + 17,
        [(f"P({wanted}) = ", ""), (f"{model.probability:.2f}", "word-green bold")],
    )  # fmt: skip
    for at, method in enumerate(maps.METHODS, start=1):
        x, y = _place(at)
        yield draw.text(x, y - 9, method, look="bold", anchor="start")
        if method == maps.GRADCAM:
            name = model.layer.partition(".")[0]
            yield draw.text(x + SIDE, y - 9, f"at {name}", look="quiet", size="small", anchor="end")
        yield draw.text(x, y + SIDE + 34, WHAT[method], look="quiet", size="small", anchor="start")


def _covers(model: Explained) -> Iterator[str]:
    for at, values in enumerate(model.maps.values(), start=1):
        yield panels.heat(values, *_place(at), SIDE)


def _crosses(model: Explained, wanted: str) -> Iterator[str]:
    """The maximum of each map, and whether it is a hit."""
    zoom = SIDE / len(model.patient.image)
    words = _WORDS if wanted == LESION else _WORDS | _OTHER_CLASS
    for at, method in enumerate(maps.METHODS, start=1):
        x, y = _place(at)
        peak = model.peaks[method]
        if peak is not None:
            yield panels.cross(*peak, x, y, zoom)
        word, look = words[model.verdict(method)]
        if peak is None:
            word, look = "the map is empty", "quiet"
        elif model.patient.mask is None:
            word, look = "no truth known", "quiet"
        yield draw.text(x, y + SIDE + 17, word, look=look, anchor="start")


def _truth(model: Explained) -> Iterator[str]:
    mask = model.patient.mask
    if mask is None or not mask.any():
        return
    for at in range(len(maps.METHODS) + 1):
        yield panels.outline(mask, *_place(at), SIDE)


def _controls(step: int, outlines: bool) -> Iterator[str]:
    """Buttons in the picture: opacity, and the outline."""
    shown, now = divmod(step, len(OPACITIES))
    yield draw.text(4, 30, "strength of the maps", look="bold", anchor="start")
    for at, value in enumerate(OPACITIES):
        yield _key(170 + at * 58, f"{value} %", at == now, shown * len(OPACITIES) + at)
    if outlines:
        yield draw.text(488, 30, "true lesion", look="bold", anchor="start")
        for at, word in enumerate(("hidden", "outlined")):
            yield _key(578 + at * 84, word, at == shown, at * len(OPACITIES) + now, 78)
    yield panels.ramp(WIDTH - 92, 21, 52, words=("0", "most"))


def _key(x: float, word: str, on: bool, goto: int, width: float = 52) -> str:
    look = style.INPUT if on else style.EMPTY
    drawn = draw.bar(x, 12, width, 27, look=look)
    drawn += draw.text(x + width / 2, 30, word, look="bold" if on else "")
    return draw.button(x, 12, width, 27, goto, drawn)


def _sentence(model: Explained, who: str, wanted: str, step: int) -> str:
    start = f"{who}: P({wanted}) = {model.probability:.2f}."
    if step == 0:
        return f"{start} Where would you look? Then lay the maps over the film."
    verdicts = [model.verdict(method) for method in maps.METHODS]
    marked = [m for m, v in zip(maps.METHODS, verdicts, strict=True) if v == "marker"]
    on_marker = f" On the marker: {', '.join(marked)}." if marked else ""
    mask = model.patient.mask
    if wanted != LESION and mask is not None and mask.any():
        return (
            f"{start} These maps show what speaks for “{wanted}”, not for the opacity: compare"
            f" them with those of the other class.{on_marker}"
        )
    if mask is None:
        return f"{start} Nobody has drawn the lesion, so no map can be called right or wrong."
    if not mask.any():
        return f"{start} There is no lesion that a map could hit.{on_marker}"
    hits = [m for m, v in zip(maps.METHODS, verdicts, strict=True) if v == "hit"]
    named = f" ({', '.join(hits)})" if hits else ""
    return (
        f"{start} The largest value lies in the true lesion for {len(hits)} of"
        f" {len(maps.METHODS)} methods{named}.{on_marker} One film proves nothing: count over many."
    )
