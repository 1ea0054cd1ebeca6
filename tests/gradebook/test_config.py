"""`nbgrader_config.py` names what exists and holds for every machine."""

import pytest
from tiny_unit import ROOT
from traitlets import import_item
from traitlets.config import Config

from course_utils.errors import CourseError
from course_utils.gradebook.autograde import RefereeExecute
from course_utils.gradebook.classroom import load_config
from course_utils.gradebook.options import GradingOptions
from course_utils.sandbox.limits import UNSAFE


def test_every_class_that_it_names_exists(config):
    names = [
        *config.GenerateAssignment.preprocessors,
        *config.Autograde.sanitize_preprocessors,
        *config.Autograde.autograde_preprocessors,
        *config.GenerateFeedback.preprocessors,
        config.Autograde.exporter_class,
        config.GenerateFeedback.exporter_class,
        config.ExportApp.plugin_class,
        *config.ExchangeFactory.values(),
    ]
    assert all(isinstance(import_item(name), type) for name in names)


def test_the_grader_and_nbgrader_s_class_read_the_same_options(config):
    changed = config.copy()
    changed.RefereeExecute = Config(timeout=7.0, unsafe=True)
    other = config.copy()
    other.RefereeExecute.sandbox = "podman"
    for given in (config, changed, other, Config()):
        assert GradingOptions.configured(given) == RefereeExecute(config=given).options
    assert GradingOptions.configured(changed).limits.cell_seconds == 7
    assert GradingOptions.configured(changed).sandbox == UNSAFE
    assert GradingOptions.configured(other).sandbox == "podman"


def test_a_sandbox_that_nobody_builds_is_refused(config):
    config.RefereeExecute.sandbox = "docker.io"
    with pytest.raises(CourseError, match="is no sandbox: expected one of bubblewrap, podman"):
        GradingOptions.configured(config)


def test_the_exchange_can_be_chosen(monkeypatch):
    monkeypatch.setenv("COURSE_EXCHANGE", "/srv/exchange")
    assert load_config(ROOT).Exchange.root == "/srv/exchange"


def test_it_holds_no_path_of_a_machine(monkeypatch):
    monkeypatch.delenv("COURSE_EXCHANGE", raising=False)
    config = load_config(ROOT)
    assert "Exchange" not in config
    assert "root" not in config.CourseDirectory
    assert "db_url" not in config.CourseDirectory
    assert str(ROOT) not in (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
