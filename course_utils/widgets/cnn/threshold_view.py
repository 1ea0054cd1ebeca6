"""The pictures of a threshold: scores, confusion matrix, both curves, and a day's alarms."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.cnn.threshold_model import THRESHOLDS, Cut, Scored
from course_utils.widgets.draw.marks import diamond
from course_utils.widgets.draw.panel import Panel
from course_utils.widgets.stepper import Frame

WIDTH, HEIGHT = 880, 490
BINS = 20
ILL, WELL = style.ALERT, style.INPUT
SCORES = Panel(16, 44, 400, 168, (0, 1), (-1, 1))
ROC = Panel(498, 44, 150, 168, (0, 1), (0, 1))
RECALL = Panel(712, 44, 150, 168, (0, 1), (0, 1))
MATRIX, TOP, CELL, TALL = 112, 318, 96, 42
QUEUE, FIRST, PITCH, IN_ROW = 424, 326, 20, 22


def frames(model: Scored) -> list[Frame]:
    """One frame for each threshold."""
    base, clicks = _base(model), SCORES.columns(THRESHOLDS.tolist())
    made = []
    for step, cut in enumerate(model.cuts):
        body = [*base, *_bars(model, cut), *_points(cut), *_matrix(cut), *_queue(model, cut)]
        sentence = _sentence(model, cut)
        made.append(Frame.drawn(WIDTH, HEIGHT, [*body, *clicks], sentence=sentence, step=step))
    return made


def _base(model: Scored) -> list[str]:
    """Titles, axes and curves: what all thresholds share."""
    false_alarms, found = model.roc
    precision, recall = model.precision_recall
    share = model.prevalence / 100
    ticks = [0, 0.5, 1]
    return [
        draw.words(16, 26, [
            ("scores of 200 patients  ", "bold"), ("▲ ill  ", "word-vermillion bold"),
            ("▼ healthy", "word-blue bold"),
        ]),
        SCORES.axes([0, 0.25, 0.5, 0.75, 1], [], "score"),
        draw.caption(ROC.x - 34, 26, "ROC", f"AUC {model.measured_auc:.2f}"),
        ROC.axes(ticks, ticks, "1 − specificity"),
        draw.line("axis dashed", ROC.at(0), ROC.over(0), ROC.at(1), ROC.over(1)),
        ROC.curve(false_alarms, found, style.OUTPUT),
        draw.caption(RECALL.x - 34, 26, "precision–recall", f"at {model.prevalence} %"),
        RECALL.axes(ticks, ticks, "recall"),
        RECALL.line(share),
        RECALL.curve(recall, precision, style.OUTPUT),
    ]  # fmt: skip


def _bars(model: Scored, cut: Cut) -> list[str]:
    """How many patients have which score: the ill upwards, the healthy downwards."""
    edges = np.linspace(0, 1, BINS + 1)
    heights = [np.histogram(model.scores[model.labels == label], bins=edges)[0] for label in (1, 0)]
    unit = SCORES.height / 2 / max(int(max(h.max() for h in heights)), 1)
    middle, wide = SCORES.over(0), SCORES.width / BINS
    drawn = []
    for counts, look, up in zip(heights, (ILL, WELL), (True, False), strict=True):
        for left, count in zip(edges[:-1], counts, strict=True):
            tall = count * unit
            alarm = left >= cut.threshold - 1e-9
            kind = "solid" if alarm else "thin"
            top = middle - tall if up else middle
            x = SCORES.at(left) + 0.5
            drawn.append(
                draw.rect(f"{kind}-{look}", x, top, wide - 1, tall) if count else draw.NOTHING
            )
    at = SCORES.at(cut.threshold)
    side, anchor = (at + 6, "start") if cut.threshold < 0.7 else (at - 6, "end")
    return [
        *drawn,
        draw.line("axis", SCORES.x, middle, SCORES.x + SCORES.width, middle),
        draw.line(f"line-{style.EXTRA}", at, SCORES.y - 4, at, SCORES.y + SCORES.height),
        draw.text(side, SCORES.y + 8, f"alarm from {cut.threshold:.2f} on", anchor=anchor,
                  look="word-purple bold halo"),
    ]  # fmt: skip


def _points(cut: Cut) -> list[str]:
    """Where the threshold lies on the two curves."""
    mark = f"solid-{style.EXTRA}"
    drawn = [diamond(mark, ROC.at(1 - cut.specificity), ROC.over(cut.sensitivity), 7)]
    if cut.ppv is None:
        return [*drawn, draw.NOTHING]
    return [*drawn, diamond(mark, RECALL.at(cut.sensitivity), RECALL.over(cut.ppv), 7)]


def _matrix(cut: Cut) -> list[str]:
    """The confusion matrix, with sensitivity and specificity at its rows."""
    drawn = [
        draw.caption(16, TOP - 34, "confusion matrix", "100 ill, 100 healthy"),
        draw.text(MATRIX + CELL / 2, TOP - 10, "alarm", size="small"),
        draw.text(MATRIX + 1.5 * CELL, TOP - 10, "left alone", size="small"),
    ]
    rows = (
        ("ill", cut.counts[1, 1], cut.counts[1, 0], "sensitivity", cut.sensitivity),
        ("healthy", cut.counts[0, 1], cut.counts[0, 0], "specificity", cut.specificity),
    )
    for at, (truth, alarm, alone, name, share) in enumerate(rows):
        y = TOP + at * TALL
        drawn.append(draw.text(MATRIX - 8, y + 26, truth, anchor="end"))
        for column, (count, right) in enumerate(((alarm, not at), (alone, bool(at)))):
            look = style.OUTPUT if right else style.ALERT
            x = MATRIX + column * CELL
            drawn.append(draw.rect(f"thin-{style.EMPTY}", x + 1, y + 1, CELL - 2, TALL - 2))
            drawn.append(
                draw.rect(f"solid-{look}", x + 1, y + 1, CELL - 2, TALL - 2,
                          opacity=0.06 + 0.4 * float(count) / 100)
            )  # fmt: skip
            drawn.append(draw.text(x + CELL / 2, y + 26, str(count), look="bold" * right))
        drawn.append(
            draw.text(MATRIX + 2 * CELL + 8, y + 26, f"{name} {share:.2f}", anchor="start")
        )
    y = TOP + 2 * TALL + 26
    for at, (name, value, missing) in enumerate((
        ("PPV: an alarm is ill", cut.ppv, "no alarm"),
        ("NPV: no alarm is healthy", cut.npv, "all are alarms"),
    )):  # fmt: skip
        told = missing if value is None else draw.percent(value, 1)
        drawn.append(draw.words(16, y + at * 22, [(f"{name}  ", ""), (told, "word-purple bold")]))
    return drawn


def _queue(model: Scored, cut: Cut) -> list[str]:
    """The day's patients by falling score: alarms in front, the others behind a gap."""
    labels, _ = model.day
    alarms = int(cut.alarms.sum())
    drawn = [
        draw.caption(
            QUEUE, TOP - 34, f"one day, {model.patients} patients",
            f"{alarms} alarms: looked at first",
        ),
        draw.words(QUEUE, TOP - 12, [
            ("◆ ill  ", "word-vermillion bold"), ("● healthy  ", "word-blue bold"),
            ("left alone: hollow", "quiet"),
        ], size="small"),
    ]  # fmt: skip
    for at, (label, alarm) in enumerate(zip(labels, cut.alarms, strict=True)):
        row, column = divmod(at, IN_ROW)
        x, y = QUEUE + 8 + column * PITCH, FIRST + row * PITCH + 6
        kind = "solid" if alarm else "line"
        if label:
            drawn.append(diamond(f"{kind}-{ILL}", x, y, 7))
        else:
            drawn.append(draw.circle(f"{kind}-{WELL}", x, y, 5))
    return drawn


def _sentence(model: Scored, cut: Cut) -> str:
    labels, _ = model.day
    ill, alarms = int(labels.sum()), int(cut.alarms.sum())
    found = int(labels[cut.alarms].sum())
    known = [
        f"{draw.percent(value, 1)} of {group}"
        for value, group in ((cut.ppv, "the alarms are ill"), (cut.npv, "the others healthy"))
        if value is not None
    ]
    start = (
        f"Threshold {cut.threshold:.2f}: sensitivity {cut.sensitivity:.2f}, specificity"
        f" {cut.specificity:.2f}. At a prevalence of {draw.percent(model.prevalence / 100)},"
        f" {' and '.join(known)}."
    )
    day = (
        f" On this day {draw.plural(ill, 'patient')} of {model.patients}"
        f" {'is' if ill == 1 else 'are'} ill; the doctor looks at {draw.plural(alarms, 'alarm')},"
        f" {found} of them ill, and {ill - found} ill"
        f" {'is' if ill - found == 1 else 'are'} missed."
    )
    return start + day
