"""What holds for every widget of every topic: each one found by itself, none listed here."""

import ast
import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from read_widgets import pictures, sentences

from course_utils import widgets
from course_utils.widgets import style
from course_utils.widgets.record import Widget
from course_utils.widgets.stepper import LIMIT, Stepper

ROOM = Path(widgets.__file__).parent
TOPICS = {
    module.name: importlib.import_module(f"{widgets.__name__}.{module.name}")
    for module in pkgutil.iter_modules(widgets.__path__)
    if module.ispkg and module.name != "draw"
}
FACTORIES = {
    f"{topic}.{name}": getattr(module, name)
    for topic, module in TOPICS.items()
    for name in module.__all__
}
DESCRIBED = {name: factory for name, factory in FACTORIES.items() if hasattr(factory, "record")}


def _modules(topic: ModuleType) -> Iterator[ModuleType]:
    for module in pkgutil.iter_modules(topic.__path__, f"{topic.__name__}."):
        yield importlib.import_module(module.name)


# Those behind a factory, and those that a function of another kind shows.
RECORDS = {name: factory.record for name, factory in DESCRIBED.items()} | {
    f"{topic}: {value.title}": value
    for topic, package in TOPICS.items()
    for module in _modules(package)
    for value in vars(module).values()
    if isinstance(value, Widget)
}


@cache
def made(name: str) -> Stepper:
    return RECORDS[name].stepper()


def test_every_topic_has_widgets_and_nearly_all_come_from_a_record():
    units = (path.name[3:] for path in (ROOM.parents[1] / "solutions").glob("[0-9][0-9]-*"))
    assert set(units) <= set(TOPICS)
    assert len(DESCRIBED) > 0.8 * len(FACTORIES)


@pytest.mark.parametrize("name", FACTORIES)
def test_a_widget_has_name_docstring_and_signature(name):
    factory = FACTORIES[name]
    assert factory.__name__ == name.split(".")[1]
    doc = inspect.getdoc(factory)
    assert re.match(r"[A-Z][^\n]+[.?]\n", doc)
    assert "Returns:\n    A Stepper" in doc
    signature = inspect.signature(factory)
    assert signature.return_annotation is Stepper
    for parameter in signature.parameters:
        assert f"    {parameter}: " in doc


@pytest.mark.parametrize("name", DESCRIBED)
def test_defaults_are_the_first_preset(name):
    record, parameters = RECORDS[name], inspect.signature(DESCRIBED[name]).parameters
    defaults = {each.name: each.default for each in parameters.values()}
    for setting, value in record.first.items():
        assert defaults.pop(setting) in (value, None)
    assert not defaults
    with pytest.raises(TypeError):
        DESCRIBED[name](nonsense=1)


@pytest.mark.parametrize("name", RECORDS)
def test_settings_are_the_keywords_of_the_frames(name):
    record = RECORDS[name]
    keywords = inspect.signature(record.frames).parameters.values()
    named = [each.name for each in keywords if each.kind is not each.VAR_KEYWORD]
    settings = [setting.name for setting in record.settings]
    assert set(named) <= set(settings)
    if len(named) == len(keywords):
        assert named == settings


@pytest.mark.parametrize("name", RECORDS)
def test_a_value_out_of_range_is_refused(name):
    record = RECORDS[name]
    for setting in record.settings:
        wrong = ["neither", None]
        if setting.kind == "number":
            wrong += [setting.minimum - 1, setting.maximum + 1, float("nan")]
        for value in wrong:
            reason = rf"{re.escape(setting.label)} must be .* got "
            with pytest.raises(ValueError, match=reason):
                record.stepper(**{setting.name: value})


@pytest.mark.parametrize("name", RECORDS)
def test_presets_are_shown_under_their_labels(name):
    record, stepper = RECORDS[name], made(name)
    shown = {preset["label"]: preset["values"] for preset in stepper.presets}
    assert shown == record.examples()
    assert len({json.dumps(values) for values in shown.values()}) == len(shown)
    assert stepper.settings == [] or record.adjustable


@pytest.mark.parametrize("name", RECORDS)
def test_the_frames_are_small_and_the_same_every_time(name):
    record, stepper = RECORDS[name], made(name)
    payload = json.dumps([stepper.lines, stepper.presets], ensure_ascii=False).encode()
    assert len(payload) < LIMIT
    getattr(record.frames, "cache_clear", lambda: None)()
    again = [frame.svg for frame in record.frames(**record.first)]
    assert again == pictures(stepper)


@pytest.mark.parametrize("name", RECORDS)
def test_every_frame_says_its_result_and_its_number(name):
    stepper = made(name)
    for preset in stepper.presets:
        assert len(preset["frames"]) > 0
        assert all(re.search(r"[.?]$", each) for each in sentences(stepper, preset["label"]))
        for step, picture in enumerate(pictures(stepper, preset["label"])):
            assert f'data-step="{step}"' in picture
            gotos = re.findall(r'data-goto="(\d+)"', picture)
            assert all(int(goto) < len(preset["frames"]) for goto in gotos)
            picked = re.findall(r'data-pick="(\w+) (\w+)"', picture)
            assert {each for pair in picked for each in pair} <= set(preset["values"])


@pytest.mark.parametrize("name", RECORDS)
def test_pictures_use_known_classes_and_no_lost_numbers(name):
    lines = [re.sub(r"base64,[\w+/=]+", "", line) for line in made(name).lines]
    sheets = style.picture_css() + "".join(lines)  # a picture may bring a sheet of its own
    known = set(re.findall(rf"\.({style.PREFIX}-[\w-]+)", sheets))
    known |= {f"{style.PREFIX}-{name}" for name in ("svg", *style.SIZES)}  # names without a rule
    for bare in lines:
        used = re.findall(rf'class="({style.PREFIX}-[^"]*)"', bare)
        assert {each for names in used for each in names.split()} <= known
        assert not re.search(r"\bnan\b|\binf\b", re.sub('aria-label="[^"]*"', "", bare))


@pytest.mark.parametrize("name", RECORDS)
def test_the_still_is_a_picture_of_frames_that_exist(name):
    record, stepper = RECORDS[name], made(name)
    first = next(iter(record.presets))
    for place in record.still:
        label, step = place if isinstance(place, tuple) else (first, place)
        count = len(pictures(stepper, label))
        assert step in ("first", "middle", "last") or -count <= step < count
    assert stepper.still().startswith(b"\x89PNG")
    title, *results = stepper.sentences.split("\n")
    assert title == record.title
    assert len(results) == len(set(record.still))


@pytest.mark.parametrize("topic", TOPICS)
def test_no_topic_imports_another(topic):
    others = [f"{widgets.__name__}.{other}" for other in TOPICS if other != topic]
    for path in (ROOM / topic).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = []
            if isinstance(node, ast.ImportFrom):
                named = [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
            elif isinstance(node, ast.Import):
                named = [each.name for each in node.names]
            for other in others:
                assert not any(f"{name}.".startswith(f"{other}.") for name in named), path
