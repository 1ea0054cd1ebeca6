"""The pictures of a classifier head: maps above, averages below them, weights, classes."""

from collections.abc import Iterator

from course_utils.widgets import draw, style
from course_utils.widgets.pooling.gap_model import BIASES, CLASSES, DETECTORS, HEAD, Head
from course_utils.widgets.stepper import Frame

WIDTH, LEFT, TOP = 804, 78, 66
MAP, PITCH = 77, 89  # side of a map; from one map to the next
POOLED = TOP + MAP + 26  # the row of averages
WEIGHTS = POOLED + 68  # the rows of weights
ROW = 44
SCORE, CHANCE = LEFT + 6 * PITCH + 6, LEFT + 6 * PITCH + 92
BRIGHT = 4.5  # the value of the brightest colour


def short(value: float) -> str:
    """A number with at most two decimals."""
    text = f"{value:.2f}"
    return ("0.00" if text == "-0.00" else text).replace("-", "−")


def _maps(model: Head) -> Iterator[str]:
    what = "after a ReLU: no value below zero" if model.relu else "without a ReLU: also below zero"
    yield draw.words(4, 18, [("six of 512 feature maps, 7 × 7", "bold"), (f"  {what}", "quiet")])
    name = ("cividis", 0.0, BRIGHT) if model.relu else ("signed", -BRIGHT, BRIGHT)
    for at, values in enumerate(model.maps):
        x = LEFT + at * PITCH
        yield draw.text(x + MAP / 2, TOP - 10, DETECTORS[at], look="bold")
        yield draw.image(style.colours(values, *name), x, TOP, MAP, MAP)
    yield draw.text(4, TOP + MAP / 2 + 4, "maps", look="quiet", anchor="start")
    yield draw.text(4, POOLED + 21, "averages", look="quiet", anchor="start")


def _averages(model: Head, step: int) -> Iterator[str]:
    for at, value in enumerate(model.averages):
        x, known = LEFT + at * PITCH, at <= step
        middle = x + MAP / 2
        look = style.EMPTY if not known else style.INPUT if value >= 0 else style.ALERT
        drawn = draw.bar(x, POOLED, MAP, 32, look=look)
        if known:
            drawn += draw.text(middle, POOLED + 21, short(value), look="bold")
        yield draw.link(at, drawn)
        if at == step:
            yield draw.arrow(middle, TOP + MAP + 2, middle, POOLED - 2, look=style.INPUT)
            yield draw.highlight(x, TOP, MAP, MAP, look=style.INPUT)


def _classes(model: Head, step: int) -> Iterator[str]:
    done = step - len(DETECTORS)  # the class that is being scored
    yield draw.caption(
        4, WEIGHTS - 14, "weights", "one row for each class · below: weight × average"
    )
    yield draw.text(SCORE + 34, WEIGHTS - 14, "score", look="bold")
    for row, name in enumerate(CLASSES):
        y = WEIGHTS + row * (ROW + 8)
        here = row == done
        yield draw.text(4, y + 26, name, look="bold", anchor="start")
        for at in range(len(DETECTORS)):
            x = LEFT + at * PITCH
            weight = short(HEAD[row, at])
            drawn = draw.bar(x, y, MAP, ROW - 2, look=style.KERNEL if here else style.EMPTY)
            if row <= done:
                drawn += draw.text(x + MAP / 2, y + 17, weight)
                drawn += draw.text(
                    x + MAP / 2, y + 35, short(model.products[row, at]),
                    look="word-purple bold", size="small",
                )  # fmt: skip
            else:
                drawn += draw.text(x + MAP / 2, y + 26, weight)
            yield draw.link(len(DETECTORS) + row, drawn)
        if row <= done:
            yield draw.bar(SCORE, y, 68, ROW - 2, look=style.EXTRA)
            yield draw.text(SCORE + 34, y + 25, short(model.scores[row]), look="bold")
        if here:
            yield draw.highlight(LEFT - 4, y - 3, 6 * PITCH + 82, ROW + 4, look=style.KERNEL)
    foot = WEIGHTS + 3 * (ROW + 8) + 12
    biases = ", ".join(short(bias) for bias in BIASES)
    words = f"score = sum of the six products + bias (biases: {biases})"
    yield draw.text(LEFT, foot, words, look="quiet", anchor="start")


def _chances(model: Head, step: int) -> Iterator[str]:
    if step < len(DETECTORS) + len(CLASSES):
        return
    x, span = CHANCE, WIDTH - CHANCE - 4
    yield draw.text(x + span / 2, WEIGHTS - 14, "probability", look="bold")
    best = int(model.probabilities.argmax())
    for row, chance in enumerate(model.probabilities):
        y = WEIGHTS + row * (ROW + 8)
        yield draw.bar(x, y, span, ROW - 2, look=style.EMPTY)
        yield draw.bar(x, y, max(span * chance, 0.5), ROW - 2, look=style.OUTPUT)
        look = "bold halo" if row == best else "halo"
        yield draw.text(x + span / 2, y + 25, f"{100 * chance:.1f} %", look=look)


def _sentence(model: Head, step: int) -> str:
    if step < len(DETECTORS):
        value = model.averages[step]
        text = f"The 49 values of the map “{DETECTORS[step]}” have the average {short(value)}."
        if value < 0:
            text += " It is below zero: that cannot happen after a ReLU."
        return text
    row = step - len(DETECTORS)
    if row < len(CLASSES):
        total = short(model.products[row].sum())
        return (
            f"Score of “{CLASSES[row]}”: the six products sum to {total}, with the bias"
            f" {short(BIASES[row])} that is {short(model.scores[row])}."
        )
    chances = ", ".join(
        f"{name} {100 * chance:.1f} %"
        for name, chance in zip(CLASSES, model.probabilities, strict=True)
    )
    best = CLASSES[int(model.probabilities.argmax())]
    text = f"The softmax turns the scores into probabilities: {chances}. The answer is “{best}”."
    if model.moved:
        text += f" All maps were moved by {model.moved}: averages and answer are as before."
    return text


def head_frames(model: Head) -> list[Frame]:
    """A frame for each average, for each class, and the probabilities."""
    frames = []
    height = WEIGHTS + 3 * (ROW + 8) + 24
    maps = list(_maps(model))
    for step in range(len(DETECTORS) + len(CLASSES) + 1):
        sentence = _sentence(model, step)
        parts = (_averages, _classes, _chances)
        body = "\n".join([*maps, *(line for part in parts for line in part(model, step))])
        frames.append(
            Frame(draw.picture(WIDTH, height, body, sentence=sentence, step=step), sentence)
        )
    return frames
