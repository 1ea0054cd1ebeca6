"""What 05-cnn claims in words must be in its outputs: nbval does not compare trained networks."""

import re

import nbformat
import pytest

from course_utils.repository import repository, units


@pytest.fixture(scope="module")
def notebook():
    [unit] = units(repository(), ["05-cnn"])
    return nbformat.read(unit.source, as_version=4)


@pytest.fixture(scope="module")
def printed(notebook):
    """The text that the cell prints which holds a piece of code."""

    def of(piece: str) -> str:
        [cell] = [
            cell for cell in notebook.cells if cell.cell_type == "code" and piece in cell.source
        ]
        return "".join(output.get("text", "") for output in cell.outputs)

    return of


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"\d+\.\d+", text)]


def test_sixteen_films_are_learned_by_heart_but_not_behind_a_softmax(printed):
    by_logits, by_softmax, lowest = printed("one_batch = DataLoader").splitlines()
    first, *_, last = numbers(by_logits)
    assert 0.6 < first < 0.8
    assert last < 0.05
    assert min(numbers(by_softmax)) >= numbers(lowest)[0] - 0.001


def test_the_split_by_image_looks_better(printed):
    lines = printed("split_by_patient(cohort.patients").splitlines()
    by_image, by_patient = (numbers(line)[0] for line in lines[:2])
    assert by_image > by_patient + 3
    assert int(lines[2].rpartition(" in ")[2].split()[0]) >= 9


@pytest.mark.parametrize("name", ["accuracy", "AUC"])
def test_on_the_chest_the_three_models_come_out_in_order(printed, name):
    table = printed("for name, row in zip(names")
    [row] = [line for line in table.splitlines() if line.startswith(f"{name} " + " " * 5)]
    logistic, mlp, cnn = numbers(row)[::3]
    assert 0.6 < logistic < mlp - 0.02
    assert mlp < cnn - 0.05
    assert cnn < 0.99


def test_the_lead_of_the_cnn_is_no_noise(printed):
    [line] = [line for line in printed("def lead(rows)").splitlines() if "minus" in line]
    low, _ = numbers(line.partition("interval")[2])
    assert low > 0.02


def test_small_opacities_are_missed_more_often(printed):
    rows = printed("third = np.digitize").splitlines()
    small, *_, large = (int(re.findall(r"CNN finds (\d+)%", row)[0]) for row in rows)
    assert small < large - 5


def test_the_kind_of_image_is_easy_for_every_model(printed):
    accuracies = [numbers(line)[-3] for line in printed('data.load("mednist"').splitlines()[-3:]]
    assert min(accuracies) > 0.97


def test_training_pushes_surplus_outputs_down_and_leaves_the_accuracy(printed):
    six, _, ten, shares = printed("surplus = {}").splitlines()
    before, after = numbers(shares)
    assert before > 20
    assert after < 5
    assert abs(numbers(ten)[0] - numbers(six)[0]) < 0.02


def test_deep_networks_need_their_skip_connections(printed):
    ends = [numbers(line)[-1] for line in printed("class PlainBlock").splitlines()]
    shallow_plain, shallow, deep_plain, deep = ends
    assert abs(shallow_plain - shallow) < 0.1
    assert deep_plain > 0.62
    assert deep < shallow - 0.02
