"""How fast a Stepper is in a real JupyterLab: `python benchmarks/stepper.py`.

Times are from the event (or the command to run the cell) until the frame that shows the result is
painted, so they include the wait for the screen's next frame (up to 17 ms at 60 Hz).
"""

import statistics
import sys
import tempfile
from pathlib import Path

from nbformat.v4 import new_code_cell
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "shared"))
from real_lab import running_lab

ROUNDS = 40
# The promise is kept when the browser has painted: after the next frame's work is done.
TOOLS = """() => {
window.painted = () => new Promise(done => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => done(performance.now());
  channel.port2.postMessage(0);
}));
window.changed = (root, selector, differs) => new Promise(done => {
  const look = () => {
    const node = root.querySelector(selector);
    if (node && differs(node)) { observer.disconnect(); done(window.painted()); }
  };
  const observer = new MutationObserver(look);
  observer.observe(root, { childList: true, subtree: true, attributes: true });
  look();
});
}"""
SHOWN = """async () => {
  const begin = performance.now();
  const shown = window.changed(document.body, ".course-stepper svg", () => true);
  window.jupyterapp.commands.execute("notebook:run-cell");
  return (await shown) - begin;
}"""
STEPS = """async rounds => {
  const range = document.querySelector(".course-stepper input[type=range]");
  const times = [];
  for (let at = 1; at <= rounds; at++) {
    await window.painted();
    await new Promise(done => setTimeout(done, 20 + 13 * (at % 7)));
    range.value = at % (Number(range.max) + 1);
    const begin = performance.now();
    range.dispatchEvent(new Event("input", { bubbles: true }));
    document.querySelector(".course-stepper svg").getBoundingClientRect();
    const worked = performance.now() - begin;
    times.push([worked, (await window.painted()) - begin]);
  }
  return times;
}"""
CHANGES = """async rounds => {
  const root = document.querySelector(".course-stepper");
  const input = root.querySelector("input[type=number]");
  const times = [];
  for (let at = 0; at < rounds; at++) {
    await new Promise(done => setTimeout(done, 150));
    const before = root.querySelector("svg").getAttribute("aria-label");
    input.value = 6 + (at % 3);
    const begin = performance.now();
    input.dispatchEvent(new Event("change", { bubbles: true }));
    const end = await window.changed(
      root, "svg", node => node.getAttribute("aria-label") !== before);
    times.push(end - begin);
  }
  return times;
}"""


def show(page, number: int) -> float:
    """Run the cell of this number, which shows a widget; milliseconds until it is painted."""
    page.evaluate(f"window.jupyterapp.shell.currentWidget.content.activeCellIndex = {number}")
    return page.evaluate(SHOWN)


def main() -> None:
    """Print a table of times, in milliseconds."""
    imports = "from course_utils import widgets\nwidgets.convolution"
    rows = []
    with tempfile.TemporaryDirectory() as home, running_lab(Path(home)) as lab:
        name = lab.write(
            [new_code_cell(imports), new_code_cell("widgets.convolution.arithmetic()")]
        )
        for first in ("first time", "page loaded again"):
            with lab.open(name) as page:
                page.evaluate(TOOLS)
                page.evaluate("window.jupyterapp.shell.currentWidget.content.activeCellIndex = 0")
                page.evaluate("window.jupyterapp.commands.execute('notebook:run-cell')")
                page.wait_for_timeout(6000)
                page.evaluate(
                    "window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')"
                )
                rows.append((f"widget shown, {first}", "500", [show(page, 1)]))
                if first != "first time":
                    continue
                page.wait_for_selector(".course-stepper fieldset:not(:disabled)")
                page.evaluate(STEPS, 5)
                steps = page.evaluate(STEPS, ROUNDS)
                rows.append(("step: work of script, style and layout", "", [t[0] for t in steps]))
                rows.append(("step: event to paint", "16", [t[1] for t in steps]))
                changes = page.evaluate(CHANGES, ROUNDS)
                rows.append(("setting changed by the kernel", "60", changes))
    table = Table("what", "median ms", "90 % below", "most", "bar", title="Stepper in JupyterLab")
    for what, bar, times in rows:
        ordered = sorted(times)
        most = ordered[int(0.9 * (len(ordered) - 1))]
        table.add_row(
            what, *(f"{t:.1f}" for t in (statistics.median(times), most, ordered[-1])), bar
        )
    Console().print(table)


if __name__ == "__main__":
    main()
