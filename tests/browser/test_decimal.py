"""A decimal setting in the front end alone: its field steps by the step and sends a float."""

import json

import pytest

from course_utils.widgets.perceptron import backprop
from course_utils.widgets.stepper import Stepper

GLUE = """
const asked = [];
const model = {
  get: (name) => state[name], on: () => {}, send: () => {}, save_changes: () => {},
  set: (name, value) => { if (name === "asked") asked.push(value.values); },
};
render({ model, el: document.getElementById("picture") });
document.querySelector("fieldset").disabled = false;
window.asked = asked;
"""


@pytest.fixture
def field(browser):
    """The field of backprop's learning rate."""
    page = browser.new_page()
    state = json.dumps(backprop().get_state(), default=str).replace("<", "\\u003c")
    script = f"{Stepper._esm}\nconst state = {state};{GLUE}".replace("export default", "//")
    page.set_content(f"<div id='picture'></div><script type='module'>{script}</script>")
    yield page.get_by_label("learning rate")
    page.close()


def test_the_field_has_the_settings_range_and_step(field):
    assert field.input_value() == "0.01"
    for name, value in (("min", "0.01"), ("max", "0.5"), ("step", "0.01"), ("type", "number")):
        assert field.get_attribute(name) == value


def test_a_step_up_and_a_typed_value_are_sent_as_floats(field):
    field.press("ArrowUp")
    field.fill("0.25")
    field.dispatch_event("change")
    asked = field.page.evaluate("window.asked.map(values => values.rate)")
    assert asked[-1] == 0.25
    assert all(isinstance(rate, float) for rate in asked)
