"""Makes the README's pictures from the running course: `python docs/pictures.py`.

Each picture is a screenshot for a light and one for a dark page. Needs the extra `test`, Debian's
`chromium` and `fonts-liberation`, and a minute, most of it for the sample class.
"""

import io
import json
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from course_utils import widgets
from course_utils.authoring.answers import load
from course_utils.checks.convolution import conv2d
from course_utils.demo import demo
from course_utils.errors import CourseError
from course_utils.files import write_atomically
from course_utils.gradebook.classroom import Classroom, load_config
from course_utils.reports import class_report
from course_utils.repository import repository, units
from course_utils.widgets.stepper import Stepper
from course_utils.widgets.style import DARK, LIGHT

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "shared"))
from real_lab import running_browser

HERE = Path(__file__).parent
WIDTH, ZOOM, COLOURS, LARGEST = 880, 1.5, 256, 60_000
THEMES = {"light": LIGHT, "dark": DARK}
UNIT = "03-convolution"

# What a page needs to show a Stepper as JupyterLab does: a model with a kernel that answers.
_GLUE = """
const listeners = {};
const model = {
  get: (name) => {
    if (!(name in state)) throw Error(`the widget has no ${name}`);
    return state[name];
  },
  on: (event, act) => { listeners[event] = act; },
  send: () => listeners["msg:custom"]("kernel!"),
  set: () => {}, save_changes: () => {},
};
render({ model, el: document.getElementById("picture") });
"""


def widget(stepper: Stepper, share: float) -> str:
    """A page with a widget at a place of its first example, 0 the first frame and 1 the last."""
    last = len(stepper.presets[0]["frames"]) - 1
    state = stepper.get_state() | {"step": round(share * last)}
    data = json.dumps(state).replace("<", "\\u003c")
    front_end = str(Stepper._esm)
    return (
        f"<style>{Stepper._css}</style><div id='picture'></div>"
        f"<script type='module'>{front_end}\nconst state = {data};{_GLUE}</script>"
    )


def report() -> str:
    """A page with what the check says to a student who flips the kernel."""
    (unit,) = units(repository(), [UNIT])
    answers = load(unit).wrong
    flips = next(
        answer.function
        for answer in answers
        if answer.exercise == "conv2d" and answer.misconception == "kernel flipped"
    )
    return conv2d(flips).html()


def sample_class(folder: Path) -> str:
    """The class report of the sample class, which is graded in this new folder.

    Raises:
        CourseError: when the class was not graded as it should.
    """
    if demo.run([UNIT], folder, lambda unit: load(unit).wrong):
        raise CourseError("The sample class has other grades than it should: see above.")
    course = Classroom(folder, load_config(repository())).course
    return class_report.page(class_report.summary(course, UNIT))


def blank(browser: Browser) -> Page:
    """A page as wide as the pictures."""
    return browser.new_page(viewport={"width": WIDTH, "height": 800}, device_scale_factor=ZOOM)


def shoot(page: Page, document: str, name: str, last: str, folder: Path = HERE) -> None:
    """Write `NAME-light.png` and `NAME-dark.png`.

    Args:
        page: made by `blank`.
        document: what it is to show.
        name: of the picture.
        last: CSS selector of what the picture ends with.
        folder: where the pictures go.

    Raises:
        CourseError: when a script of the document fails, or a picture has more than 60 kB.
    """
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    for theme, look in THEMES.items():
        page.emulate_media(color_scheme=theme)
        page.set_content(
            f"<!DOCTYPE html><style>body {{ margin: 0; padding: 10px 14px; color: {look.ink};"
            f" background: {look.paper}; font-family: 'Liberation Sans', Arial, sans-serif }}"
            f"</style>{document}"
        )
        end = page.locator(last).first.evaluate("node => node.getBoundingClientRect().bottom")
        page.set_viewport_size({"width": WIDTH, "height": int(end) + 4})
        if errors:
            raise CourseError(f"The page of “{name}” fails: {errors[0]}. Mend pictures.py.")
        shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        packed = io.BytesIO()
        few = shot.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(packed, "png", optimize=True)
        path = folder / f"{name}-{theme}.png"
        size = len(packed.getvalue())
        if size > LARGEST:
            raise CourseError(f"{path.name} has {size} bytes; {LARGEST} are allowed. Show less.")
        write_atomically(path, packed.getvalue())
        print(f"{path.name}: {size / 1000:.0f} kB")


def main() -> None:
    """Make all pictures."""
    with running_browser() as browser, tempfile.TemporaryDirectory() as folder:
        page = blank(browser)
        shoot(page, widget(widgets.convolution.arithmetic(), 0.4), "widget", ".course-stepper")
        shoot(page, widget(widgets.optimizers.landscape(), 0.8), "race", ".course-stepper")
        shoot(page, report(), "report", "tbody tr:nth-child(3)")
        shoot(page, sample_class(Path(folder) / "class"), "class-report", ".wide")


if __name__ == "__main__":
    main()
