"""A reader's way through a Stepper in a real JupyterLab, by mouse and by keyboard."""

import re

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from ipywidgets import Widget
from nbformat.v4 import new_code_cell, new_output

CODE = "from course_utils import widgets\nwidgets.convolution.arithmetic()"
FIRST = "Output [0, 0] of 3 × 3 is −1"
MIDDLE = "Output [1, 1] of 3 × 3 is 2"
LAST = "Output [2, 2] of 3 × 3 is 2"


class Stepper:
    """The parts of the widget on a page."""

    def __init__(self, page) -> None:
        self.page = page
        self.root = page.locator(".course-stepper")
        self.picture = self.root.locator("svg")
        self.sentence = self.root.locator("[aria-live]")
        self.range = self.root.get_by_role("slider", name="Step")
        self.back = self.root.get_by_role("button", name="Step back")
        self.forward = self.root.get_by_role("button", name="Step forward")
        self.play = self.root.get_by_role("button", name="Play")
        self.example = self.root.get_by_role("combobox", name="Example")
        self.reason = self.root.get_by_role("status")

    def setting(self, name: str):
        return self.root.get_by_role("spinbutton", name=name)

    def shows(self, start: str) -> None:
        self.page.wait_for_function(
            "start => document.querySelector('.course-stepper [aria-live]')"
            "?.textContent.startsWith(start)",
            arg=start,
            timeout=10_000,
        )
        assert self.picture.get_attribute("aria-label") == self.sentence.text_content()

    def click_cell(self, goto: int) -> None:
        self.picture.locator(f'[data-goto="{goto}"]').last.click()


@pytest.fixture(scope="module")
def page(lab):
    with lab.open(lab.write([new_code_cell(CODE), new_code_cell("'the cell below'")])) as page:
        lab.run_all(page)
        page.wait_for_selector(".course-stepper fieldset:not(:disabled)", timeout=60_000)
        yield page


@pytest.fixture
def stepper(page) -> Stepper:
    stepper = Stepper(page)
    stepper.example.select_option(index=1)
    stepper.example.select_option(index=0)
    stepper.shows(FIRST)
    return stepper


def test_mouse_reaches_first_middle_and_last_frame(stepper):
    for _ in range(4):
        stepper.forward.click()
    stepper.shows(MIDDLE)
    for _ in range(4):
        stepper.forward.click()
    stepper.shows(LAST)
    stepper.forward.click(force=True)  # marked as disabled, and nothing comes after the last
    stepper.shows(LAST)
    stepper.back.click()
    stepper.shows("Output [2, 1]")
    stepper.range.fill("0")
    stepper.shows(FIRST)


def test_keyboard_reaches_first_middle_and_last_frame(stepper):
    stepper.range.focus()
    stepper.page.keyboard.press("End")
    stepper.shows(LAST)
    stepper.page.keyboard.press("Home")
    stepper.shows(FIRST)
    for _ in range(4):
        stepper.page.keyboard.press("ArrowRight")
    stepper.shows(MIDDLE)
    stepper.page.keyboard.press("ArrowLeft")
    stepper.shows("Output [1, 0]")


def test_tab_goes_through_all_controls(stepper):
    names = []
    stepper.example.focus()
    for _ in range(12):
        names.append(
            stepper.page.evaluate(
                "() => document.activeElement.getAttribute('aria-label')"
                " ?? document.activeElement.labels[0].firstChild.textContent"
            )
        )
        stepper.page.keyboard.press("Tab")
    assert names == [
        *("Example", "Step back", "Play", "Step forward", "Step"),
        *("input n", "kernel k", "padding p", "stride s", "dilation d", "border", "kind"),
    ]


def test_space_plays_and_stops_and_nothing_plays_by_itself(stepper):
    assert stepper.play.is_visible()  # while it plays the button says Pause
    stepper.shows(FIRST)
    stepper.range.focus()
    stepper.page.keyboard.press("Space")
    stepper.shows("Output [0, 1]")
    assert stepper.sentence.get_attribute("aria-live") == "off"
    stepper.page.keyboard.press("Space")
    assert stepper.play.is_visible()
    assert stepper.sentence.get_attribute("aria-live") == "polite"


def test_click_on_an_output_cell_shows_its_window_and_back(stepper):
    stepper.click_cell(8)
    stepper.shows(LAST)
    stepper.click_cell(4)
    stepper.shows(MIDDLE)
    stepper.page.keyboard.press("ArrowRight")  # the keys go on from the cell
    stepper.shows("Output [1, 2]")


def test_a_setting_brings_new_frames_from_the_kernel(stepper):
    stepper.setting("input n").fill("6")
    stepper.setting("input n").press("Enter")
    stepper.shows("Output [0, 0] of 4 × 4")
    assert stepper.example.locator("option:checked").text_content() == "your own settings"
    stepper.setting("kernel k").press("ArrowUp")
    stepper.shows("Output [0, 0] of 3 × 3")
    stepper.range.focus()
    stepper.page.keyboard.press("End")
    stepper.shows("Output [2, 2] of 3 × 3")


def test_an_impossible_setting_is_refused_with_the_reason(stepper):
    stepper.forward.click()
    for _ in range(2):  # the second time too
        stepper.setting("kernel k").fill("7")
        stepper.setting("kernel k").press("Enter")
        stepper.page.wait_for_function(
            "document.querySelector('.course-stepper-reason').textContent.includes('No window')"
        )
        assert stepper.setting("kernel k").get_attribute("aria-invalid") == "true"
        stepper.shows("Output [0, 1] of 3 × 3")
        stepper.setting("kernel k").fill("")
        stepper.setting("kernel k").press("Enter")
        stepper.page.wait_for_function(
            "document.querySelector('.course-stepper-reason').textContent.includes('got nothing')"
        )
    stepper.setting("kernel k").fill("3")
    stepper.setting("kernel k").press("Enter")
    stepper.shows(FIRST)
    assert stepper.reason.text_content() == ""


def test_notebook_shortcuts_neither_insert_nor_lose_a_cell(stepper, lab):
    before = lab.sources(stepper.page)
    for control in (stepper.range, stepper.play, stepper.setting("input n"), stepper.example):
        control.focus()
        for key in ("a", "b", "d", "d", "x", "m", "ArrowDown"):
            stepper.page.keyboard.press(key)
    stepper.click_cell(0)
    for key in ("a", "b", "d", "d", "x"):
        stepper.page.keyboard.press(key)
    assert lab.sources(stepper.page) == before


def test_controls_are_at_least_24_pixels_high_and_focus_is_visible(stepper):
    for control in stepper.root.locator("button, select, input").all():
        box = control.bounding_box()
        assert min(box["width"], box["height"]) >= 24
    for cell in stepper.picture.locator("[data-goto]").all():
        assert cell.bounding_box()["width"] >= 24
    stepper.range.focus()
    stepper.page.keyboard.press("ArrowRight")
    assert stepper.range.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"


def test_the_still_is_hidden_while_the_widget_is_alive(stepper):
    assert stepper.page.locator("details.course-still").count() == 1
    assert not stepper.page.locator("details.course-still").is_visible()


@pytest.mark.parametrize(
    ("theme", "paper", "ink"),
    [
        ("light", "rgb(255, 255, 255)", "rgb(27, 31, 36)"),
        ("dark", "rgb(17, 17, 17)", "rgb(236, 236, 236)"),
    ],
)
def test_the_picture_follows_the_theme_of_jupyterlab(lab, built, theme, paper, ink):
    cell, state = built
    with lab.open(lab.write([cell], metadata=state), theme=theme) as page:
        page.wait_for_selector(".course-stepper svg", timeout=20_000)
        colour = page.locator(".course-text").first.evaluate("node => getComputedStyle(node).fill")
        assert colour == ink
        ground = page.locator(".jp-NotebookPanel").first.evaluate(
            "node => getComputedStyle(node).backgroundColor"
        )
        assert ground == paper


@pytest.fixture(scope="module")
def built():
    """A cell as the build leaves it (executed, without a front end), and its widget state."""
    from course_utils import widgets

    InteractiveShell.instance()
    before = set(Widget.get_manager_state()["state"])
    with capture_output() as captured:
        stepper = widgets.convolution.arithmetic()
        stepper._ipython_display_()
    state = Widget.get_manager_state(drop_defaults=False)
    state["state"] = {key: value for key, value in state["state"].items() if key not in before}
    outputs = [
        new_output("display_data", data=each.data, metadata=each.metadata or {})
        for each in captured.outputs
    ]
    metadata = {"widgets": {"application/vnd.jupyter.widget-state+json": state}}
    return new_code_cell(CODE, outputs=outputs, execution_count=1), metadata


def test_without_a_kernel_examples_step_and_settings_say_why_they_rest(lab, built):
    cell, state = built
    with lab.open(lab.write([cell], metadata=state)) as page:
        page.wait_for_selector(".course-stepper svg", timeout=20_000)
        stepper = Stepper(page)
        stepper.range.focus()
        page.keyboard.press("End")
        stepper.shows(LAST)
        stepper.example.select_option(label="n = 6, s = 2, k = 3, p = 0: does not divide")
        stepper.shows("Output [0, 0] of 2 × 2")
        assert stepper.setting("input n").is_disabled()
        assert "need a running kernel" in stepper.reason.text_content()


def test_an_untrusted_notebook_shows_the_still(lab, built):
    cell, state = built
    with lab.open(lab.write([cell], trusted=False, metadata=state)) as page:
        page.wait_for_selector(".jp-OutputArea-output img", timeout=20_000)
        assert page.locator(".course-stepper").count() == 0
        assert page.locator(".jp-OutputArea-output img").first.is_visible()
        assert page.get_by_text("Output [0, 0] of 3 × 3 is").first.is_visible()


def test_without_its_state_the_widget_leaves_its_still(lab, built):
    cell, _ = built
    with lab.open(lab.write([cell])) as page:
        page.get_by_text("model not found").wait_for(timeout=20_000)
        image = page.get_by_role("img", name=re.compile("Convolution arithmetic"))
        assert image.is_visible()
        assert image.evaluate("node => node.naturalWidth") > 600
        # JupyterLab itself reports the missing model on the console.
        page.errors[:] = [error for error in page.errors if "widget model not found" not in error]


SLOW = """
import time
from pathlib import Path

from course_utils.widgets import draw
from course_utils.widgets.stepper import Frame, Stepper

def film(name):
    for step in range(3):
        while step and not Path("gate").exists():
            time.sleep(0.05)
        sentence = f"{name}, {step}"
        body = [draw.text(60, 20, sentence)]
        yield Frame.drawn(120, 30, body, sentence=sentence, step=step)

Stepper("Slow", film, {"one": {"name": "one"}, "two": {"name": "two"}})
"""


def test_the_first_frame_is_there_while_the_kernel_makes_the_others(lab):
    with lab.open(lab.write([new_code_cell(SLOW)])) as page:
        # Not `run_all`, which would wait for the cell.
        page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells') }")
        stepper = Stepper(page)
        stepper.shows("one, 0")
        count, second = stepper.root.locator(".course-stepper-count"), stepper.example.get_by_text
        assert count.text_content() == "1 of 1"
        assert second("two").is_disabled()
        (lab.folder / "gate").touch()
        page.wait_for_function("document.querySelectorAll('option:disabled').length === 0")
        stepper.shows("one, 0")
        assert count.text_content() == "1 of 3"
        stepper.range.focus()
        page.keyboard.press("End")
        stepper.shows("one, 2")
        stepper.example.select_option(label="two")
        stepper.shows("two, 0")
        assert count.text_content() == "1 of 3"
