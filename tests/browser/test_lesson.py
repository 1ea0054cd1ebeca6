"""A student on the releases: runs one whole, plays with every widget, is told what is wrong."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from real_lab import barriers

from course_utils.authoring.answers import load
from course_utils.checks import exercises
from course_utils.demo.sample_class import filled, solutions
from course_utils.judging.cell_names import names, needed
from course_utils.repository import repository, units

UNITS = [
    pytest.param(unit, id=unit.name, marks=() if unit.topic == "convolution" else pytest.mark.slow)
    for unit in units(repository())
]
FLIPPED = "Your result is what you get when the kernel is flipped"


@pytest.fixture(scope="module", params=UNITS)
def unit(request):
    return request.param


@pytest.fixture(scope="module")
def page(lab, unit):
    """03 whole, with right answers but for a `conv2d` whose kernel is flipped; else the widgets."""
    release = nbformat.read(unit.release, as_version=4)
    cells = whole(unit, release) if unit.topic == "convolution" else pictures(unit, release)
    with lab.open(lab.write(cells)) as page:
        lab.run_all(page)
        page.wait_for_function(FINISHED, timeout=120_000)
        yield page


def whole(unit, release):
    answers = solutions(nbformat.read(unit.source, as_version=4))
    answers |= {
        a.exercise: a.source for a in load(unit).wrong if a.misconception == "kernel flipped"
    }
    return filled(release, answers).cells


# In the lesson these show what the student's own networks did; here something else is shown.
INSTEAD = {
    "cnn": ("widgets.cnn.training()", "widgets.cnn.feature_maps()"),
    "transfer": (
        "widgets.transfer.strategies("
        "{'head only': [[0.6, 0.7], [0.6, 0.8]], 'from scratch': [[0.5, 0.9], [0.6, 0.9]]},"
        " (10, 1000), 1000)",
    ),
}


def pictures(unit, release):
    """The cells of the widgets and what they need, but for those that need an answer."""
    code = [cell for cell in release.cells if cell.cell_type == "code"]
    known = [names(cell.source) for cell in code]
    chosen = {0}
    for index, (_, used) in enumerate(known):
        if f"widgets.{unit.topic}." not in code[index].source:
            continue
        cells = {*needed(known[:index], used), index}
        if not any(code[cell].metadata.get("nbgrader", {}).get("solution") for cell in cells):
            chosen |= cells
    instead = [new_code_cell(source) for source in INSTEAD.get(unit.topic, ())]
    return [*(code[index] for index in sorted(chosen)), *instead]


# Every code cell has its number, and the kernel has nothing left to do.
FINISHED = """() => {
  const cells = [...window.jupyterapp.shell.currentWidget.content.model.cells]
    .filter(cell => cell.type === 'code');
  return cells.every(cell => cell.executionCount !== null && cell.executionState !== 'running');
}"""
OUTPUTS = """() => [...window.jupyterapp.shell.currentWidget.content.model.cells]
  .filter(cell => cell.type === 'code')
  .map(cell => cell.sharedModel.outputs)"""


def outputs(page) -> list[dict]:
    return [output for cell in page.evaluate(OUTPUTS) for output in cell]


def reports(page) -> dict[str, dict]:
    records = [
        output["data"]["application/vnd.course.report+json"]
        for output in outputs(page)
        if "application/vnd.course.report+json" in output.get("data", {})
    ]
    return {record["exercise"]: record for record in records}


def test_every_cell_runs_without_an_error(page):
    assert [output for output in outputs(page) if output["output_type"] == "error"] == []


def test_right_answers_have_full_marks(page, unit):
    if unit.topic != "convolution":
        pytest.skip("only 03 is run whole; nbval runs the others")
    found = reports(page)
    assert found.keys() == exercises(unit.topic).keys()
    for name, report in found.items():
        if name != "conv2d":
            assert report["earned"] == report["points"], name


def test_a_flipped_kernel_is_told_so(page, unit):
    if unit.topic != "convolution":
        pytest.skip("the exercise conv2d is in 03-convolution")
    assert reports(page)["conv2d"]["earned"] == 0
    report = page.locator(".cu-report", has_text="conv2d: 0 of 6 points")
    report.scroll_into_view_if_needed()
    assert report.get_by_text(FLIPPED).is_visible()
    assert report.get_by_text("failed").first.is_visible()


def test_every_widget_moves_by_mouse_and_by_keyboard(page):
    before = len(page.evaluate(OUTPUTS))
    widgets = page.locator(".course-stepper")
    assert widgets.count() > 0
    for number in range(widgets.count()):
        widget = widgets.nth(number)
        widget.scroll_into_view_if_needed()
        sentence, steps = widget.locator("[aria-live]"), widget.get_by_role("slider", name="Step")
        if steps.get_attribute("max") == "0":
            continue  # an example with a single frame
        first = sentence.text_content()
        widget.get_by_role("button", name="Step forward").click()
        second = _changed(page, widget, first)
        steps.focus()
        for key in ("End", "a", "b", "x", "Home"):
            page.keyboard.press(key)
            if key == "End":
                _stands_at(page, widget, steps.get_attribute("max"))
        _stands_at(page, widget, "0")
        assert sentence.text_content() == first
        assert second != first
    assert len(page.evaluate(OUTPUTS)) == before


def test_widgets_and_reports_have_no_serious_barrier(page):
    for part in (".course-stepper", ".cu-report"):
        if page.locator(part).count():
            assert barriers(page, part) == []


def _stands_at(page, widget, step: str) -> None:
    page.wait_for_function(
        "([node, step]) => node.querySelector('input[type=range]').value === step"
        " && node.querySelector('svg').dataset.step === step",
        arg=[widget.element_handle(), step],
        timeout=10_000,
    )


def _changed(page, widget, old: str) -> str:
    page.wait_for_function(
        "([node, old]) => node.querySelector('[aria-live]').textContent !== old",
        arg=[widget.element_handle(), old],
        timeout=10_000,
    )
    return widget.locator("[aria-live]").text_content()
