"""The Stepper without a browser: what it sends, answers, refuses and displays."""

import json
import re
from collections.abc import Iterator

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from course_utils.widgets import draw
from course_utils.widgets.settings import Choice, Decimal, WholeNumber
from course_utils.widgets.stepper import Frame, Stepper, pack, unpack

SETTINGS = (WholeNumber("count", "count", 1, 60), Choice("look", "colour", ("blue", "green")))


def cells(count: int, look: str) -> list[Frame]:
    if look == "green" and count > 9:
        raise ValueError("Green goes up to 9 only.")
    frames = []
    for step in range(count):
        sentence = f"{step + 1} of {count} cells are {look}."
        body = draw.grid([["1"] * (step + 1)], 0, 0, 30, look=look)
        frames.append(Frame(draw.picture(300, 30, body, sentence=sentence, step=step), sentence))
    return frames


@pytest.fixture
def stepper() -> Stepper:
    presets = {"three": {"count": 3, "look": "blue"}, "five": {"count": 5, "look": "blue"}}
    return Stepper("Cells", cells, presets, SETTINGS)


def ask(stepper: Stepper, turn: int = 1, **values) -> None:
    stepper.asked = {"turn": turn, "values": values}


def test_packed_frames_come_back_as_they_were():
    lines: dict[str, int] = {}
    frames = cells(4, "blue")
    packed = pack(frames, lines)
    assert [unpack(runs, list(lines)) for runs in packed] == [frame.svg for frame in frames]


def test_what_frames_share_is_sent_once(stepper):
    assert len(stepper.lines) == len(set(stepper.lines))
    cells = [line for line in stepper.lines if "<rect" in line]
    assert len(cells) == 5  # of the 6 + 15 cells of all frames


def test_the_first_preset_is_shown_first(stepper):
    assert (stepper.shown, stepper.step) == (0, 0)
    assert [made["label"] for made in stepper.presets] == ["three", "five"]


def test_a_setting_brings_new_frames(stepper):
    stepper.step = 2
    ask(stepper, count=4, look="green")
    assert (stepper.shown, stepper.step) == (-1, 0)
    assert stepper.answer == {"turn": 1, "refusal": ""}
    shown = [unpack(runs, stepper.own["lines"]) for runs in stepper.own["frames"]]
    assert shown == [frame.svg for frame in cells(4, "green")]


def test_settings_of_a_preset_send_nothing_again(stepper):
    ask(stepper, count=5, look="blue")
    assert stepper.shown == 1
    assert stepper.own == {}


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"count": 10, "look": "green"}, "Green goes up to 9 only."),
        ({"count": 0, "look": "blue"}, "count must be a whole number from 1 to 60; got 0."),
        ({"count": 2.5, "look": "blue"}, "got 2.5"),
        ({"count": True, "look": "blue"}, "got True"),
        ({"count": "3", "look": "blue"}, "got '3'"),
        ({"count": None, "look": "blue"}, "got nothing"),
        ({"count": float("nan"), "look": "blue"}, "got nan"),
        ({"count": 3, "look": "red"}, "colour must be one of blue, green; got 'red'."),
        ({}, "got nothing"),
    ],
)
def test_an_impossible_setting_is_refused_and_the_frames_stay(stepper, values, reason):
    stepper.step = 1
    ask(stepper, turn=4, **values)
    assert stepper.answer["turn"] == 4
    assert reason in stepper.answer["refusal"]
    assert (stepper.shown, stepper.step, stepper.own) == (0, 1, {})


def test_a_possible_setting_after_a_refused_one_is_shown(stepper):
    ask(stepper, turn=1, count=0, look="blue")
    ask(stepper, turn=2, count=2, look="blue")
    assert stepper.answer == {"turn": 2, "refusal": ""}
    assert len(stepper.own["frames"]) == 2


def test_an_impossible_preset_is_an_error():
    with pytest.raises(ValueError, match="Green"):
        Stepper("Cells", cells, {"ten": {"count": 10, "look": "green"}}, SETTINGS)


def test_steps_of_the_still_are_numbers_or_names():
    presets = {"three": {"count": 3, "look": "blue"}, "five": {"count": 5, "look": "blue"}}
    for still, counts in (
        (("first", "middle", "last"), ["1 of 3", "2 of 3", "3 of 3"]),
        ((-2, ("five", 3)), ["2 of 3", "4 of 5"]),
        ((9, "last", 2), ["3 of 3"]),
    ):
        _, *told = Stepper("Cells", cells, presets, SETTINGS, still).sentences.split("\n")
        assert [sentence[:6] for sentence in told] == counts


def test_a_decimal_is_rounded_to_its_step_and_bounded():
    rate = Decimal("rate", "learning rate", -0.5, 0.5, 0.05)
    assert [rate.check(value) for value in (0.1 + 0.2, 0.149, -0.26, 0)] == [0.3, 0.15, -0.25, 0]
    assert all(type(rate.check(value)) is float for value in (0, 0.5))
    for wrong in (0.51, -1, float("nan"), float("inf"), True, "0.1", None):
        with pytest.raises(ValueError, match=r"learning rate must be a number from -0\.5 to 0\.5"):
            rate.check(wrong)


def test_settings_of_a_preset_are_recognised_in_spite_of_rounding():
    def moved(rate: float) -> list[Frame]:
        return [Frame(draw.picture(9, 9, str(rate), sentence="Moved.", step=0), "Moved.")]

    presets = {"one": {"rate": 0.1}, "three": {"rate": 0.3}}
    stepper = Stepper("Moved", moved, presets, [Decimal("rate", "rate", 0, 1, 0.1)])
    ask(stepper, rate=0.1 + 0.2)
    assert (stepper.shown, stepper.own) == (1, {})
    assert stepper.settings[0]["step"] == 0.1


def noisy(size: int) -> list[Frame]:
    return [Frame(draw.picture(9, 9, "x" * size, sentence="s", step=0), "s")]


def test_more_than_two_megabytes_are_refused():
    Stepper("Small", noisy, {"one": {"size": 1_900_000}})
    with pytest.raises(ValueError, match=r"2\.1 MB; a widget may have 2 MB"):
        Stepper("Large", noisy, {"one": {"size": 2_100_000}})


def test_own_settings_of_more_than_two_megabytes_are_refused_in_the_widget():
    stepper = Stepper(
        "Large", noisy, {"one": {"size": 10}}, [WholeNumber("size", "size", 1, 10**7)]
    )
    ask(stepper, size=2_100_000)
    assert "2 MB" in stepper.answer["refusal"]


def test_the_kernel_answers_that_it_is_there(stepper, monkeypatch):
    sent = []
    monkeypatch.setattr(stepper, "send", sent.append)
    stepper._handle_custom_msg("kernel?", [])
    stepper._handle_custom_msg("nonsense", [])
    assert sent == ["kernel!"]


def display(stepper: Stepper) -> list[dict]:
    InteractiveShell.instance()
    with capture_output() as captured:
        stepper._ipython_display_()
    return [dict(each.data) for each in captured.outputs]


def test_a_display_gives_view_still_and_sentence(stepper):
    view, fold = display(stepper)
    assert view["application/vnd.jupyter.widget-view+json"]["model_id"] == stepper.model_id
    assert "data:image/png;base64,iVBORw0KGgo" in fold["text/html"]
    assert view["text/plain"].splitlines() == ["Cells", "1 of 3 cells are blue."]
    assert re.search('alt="([^"]*)"', fold["text/html"])[1].splitlines() == [
        "Cells",
        "1 of 3 cells are blue.",
        "2 of 3 cells are blue.",
        "3 of 3 cells are blue.",
    ]


def test_the_first_preset_is_shown_before_the_others_are_made(monkeypatch):
    presets = {"three": {"count": 3, "look": "blue"}, "five": {"count": 5, "look": "blue"}}
    events = []

    def told(count: int, look: str) -> list[Frame]:
        events.append(f"frames of {count}")
        return cells(count, look)

    stepper = Stepper("Cells", told, presets, SETTINGS, still=(("five", "last"),))
    sent = stepper.get_state()
    assert [len(made["frames"]) for made in sent["_presets"]] == [3, 0]
    monkeypatch.setattr("IPython.display.display", lambda *_, **__: events.append("display"))
    stepper._ipython_display_()
    assert events == ["frames of 3", "display", "frames of 5", "display"]
    after = stepper.get_state()
    assert after["_presets"][0] == sent["_presets"][0]
    assert after["_lines"][: len(sent["_lines"])] == sent["_lines"]
    shown = [unpack(runs, after["_lines"]) for runs in after["_presets"][1]["frames"]]
    assert shown == [frame.svg for frame in cells(5, "blue")]


def test_of_a_generator_the_first_frame_is_shown_before_the_others_are_made():
    drawn = []

    def slow(count: int, look: str) -> Iterator[Frame]:
        for frame in cells(count, look):
            drawn.append(frame.sentence)
            yield frame

    stepper = Stepper("Cells", slow, {"three": {"count": 3, "look": "blue"}}, SETTINGS)
    assert drawn == ["1 of 3 cells are blue."]
    assert len(stepper.get_state()["_presets"][0]["frames"]) == 1
    assert (
        stepper.presets == Stepper("Cells", cells, {"three": {"count": 3, "look": "blue"}}).presets
    )
    ask(stepper, count=4, look="green")
    shown = [unpack(runs, stepper.own["lines"]) for runs in stepper.own["frames"]]
    assert shown == [frame.svg for frame in cells(4, "green")]


def test_a_browser_that_asks_for_the_kernel_gets_all_presets(stepper):
    assert not stepper.get_state()["_presets"][1]["frames"]
    stepper._handle_custom_msg("kernel?", [])
    assert all(made["frames"] for made in stepper.get_state()["_presets"])


def test_an_impossible_later_preset_is_an_error_when_it_is_made():
    presets = {"one": {"count": 1, "look": "green"}, "ten": {"count": 10, "look": "green"}}
    stepper = Stepper("Cells", cells, presets, SETTINGS)
    with pytest.raises(ValueError, match="Green"):
        display(stepper)


def test_two_displays_differ_in_the_model_only():
    presets = {"three": {"count": 3, "look": "blue"}}
    texts = []
    for _ in range(2):
        stepper = Stepper("Cells", cells, presets, SETTINGS)
        texts.append(json.dumps(display(stepper)).replace(stepper.model_id, "MODEL"))
    assert texts[0] == texts[1]


def test_outputs_and_state_hold_no_address_and_no_path(stepper):
    state = {key: value for key, value in stepper.get_state().items() if key != "layout"}
    text = json.dumps([display(stepper), state], default=str).replace(stepper.model_id, "")
    assert "0x" not in re.sub(r"base64,[^\"\\]*|iVBOR[^\"]*", "", text)
    assert not re.search(r"/(home|root|work|usr|tmp)/", text)
