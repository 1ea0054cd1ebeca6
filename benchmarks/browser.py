"""How fast the whole course is in a real JupyterLab: `python benchmarks/browser.py [UNIT …]`.

For every widget of every lesson: from the command to run its cell until its picture is painted,
and from the event of a step until the paint. For a student: from `course lab` until the first
lesson can be run. Bars: 500 ms for the first show, 16 ms for a step.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import nbformat
from rich.console import Console
from rich.table import Table
from stepper import STEPS, TOOLS

from course_utils.repository import repository, units

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "shared"))
from real_lab import CHROMIUM, FLAGS, running_lab

ROUNDS = 15
# Run the active cell; resolves with [milliseconds until a new widget is painted, or null].
RUN = """async () => {
  const panel = window.jupyterapp.shell.currentWidget;
  const cell = panel.content.activeCell;
  const begin = performance.now();
  let seen = null;
  const look = () => {
    if (!seen && cell.node.querySelector(".course-stepper svg"))
      seen = window.painted().then(end => end - begin);
  };
  const observer = new MutationObserver(look);
  observer.observe(cell.node, { childList: true, subtree: true });
  await window.jupyterapp.commands.execute("notebook:run-cell");
  await new Promise(done => setTimeout(done, 300));
  look();
  observer.disconnect();
  return seen;
}"""


def widgets_of(lab, unit) -> list[tuple[str, float, list[float]]]:
    """Each widget of a lesson by the code that shows it: first show and steps, milliseconds."""
    source = nbformat.read(unit.source, as_version=4)
    for cell in source.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    found = []
    with lab.open(lab.write(source.cells)) as page:
        page.set_default_timeout(120_000)
        page.evaluate(TOOLS)
        for number, cell in enumerate(source.cells):
            if cell.cell_type != "code":
                continue
            page.evaluate(
                f"window.jupyterapp.shell.currentWidget.content.activeCellIndex = {number}"
            )
            shown = page.evaluate(RUN)
            if shown is None:
                continue
            line = next(line for line in cell.source.splitlines() if "widgets." in line)
            steps = page.evaluate(_of_last(STEPS), ROUNDS)
            found.append((line.strip()[:48], shown, [after for _, after in steps]))
    return found


def _of_last(script: str) -> str:
    """The script for the widget shown last."""
    last = "[...document.querySelectorAll('.course-stepper')].at(-1)"
    return script.replace("document.querySelector(", f"{last}.querySelector(").replace(
        ".course-stepper ", ""
    )


def time_to_lesson() -> float:
    """Seconds from `course lab` in an empty folder to a lesson whose kernel answers."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        begin = time.monotonic()
        options = ["--no-browser", "--allow-root", "--IdentityProvider.token=t"]
        options += ["--ServerApp.port=8931", "--LabApp.expose_app_in_browser=True"]
        server = subprocess.Popen(
            [sys.executable, "-m", "course_utils.cli", "lab", "--folder", home, "--", *options],
            env=os.environ | {"JUPYTER_CONFIG_DIR": home, "JUPYTER_RUNTIME_DIR": home},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            _wait("http://127.0.0.1:8931/api?token=t")
            page = browser.new_page()
            first = sorted(path.name for path in Path(home).glob("[0-9][0-9]-*"))[0]
            page.goto(f"http://127.0.0.1:8931/lab/tree/{first}/{first}.ipynb?token=t&reset")
            page.wait_for_function("window.jupyterapp !== undefined", timeout=60_000)
            page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
            page.evaluate(
                "async () => { const panel = window.jupyterapp.shell.currentWidget;"
                " await panel.sessionContext.ready;"
                " await panel.sessionContext.session.kernel.info; }"
            )
            return time.monotonic() - begin
        finally:
            os.killpg(server.pid, 15)
            server.wait(20)
            browser.close()


def _wait(url: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 (our own server)
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server of `course lab` did not answer within a minute")


def main() -> None:
    """Print the tables."""
    console = Console(width=110)
    table = Table("unit", "widget", "first shown ms", "step ms, median", "90 % below")
    with tempfile.TemporaryDirectory() as home, running_lab(Path(home)) as lab:
        for unit in units(repository(), sys.argv[1:]):
            for what, shown, steps in widgets_of(lab, unit):
                ordered = sorted(steps)
                most = ordered[int(0.9 * (len(ordered) - 1))]
                median = statistics.median(ordered)
                table.add_row(unit.name, what, f"{shown:.0f}", f"{median:.1f}", f"{most:.1f}")
    console.print(table)
    console.print(f"from `course lab` to a lesson that runs: {time_to_lesson():.1f} s")


if __name__ == "__main__":
    main()
