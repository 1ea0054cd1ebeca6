"""Topics are found by their files and imported on first use."""

import subprocess
import sys

import pytest

from course_utils import widgets


def test_importing_widgets_loads_nothing_heavy():
    code = (
        "import sys; from course_utils.widgets import style, draw;"
        "print([name for name in ('torch', 'anywidget', 'ipywidgets', 'matplotlib', 'IPython')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_new_topic_needs_one_file_only(tmp_path, monkeypatch):
    (tmp_path / "astrology.py").write_text("def stars():\n    return 12\n", "utf-8")
    monkeypatch.setattr(widgets, "__path__", [*widgets.__path__, str(tmp_path)])
    assert "astrology" in dir(widgets)
    assert widgets.astrology.stars() == 12
    monkeypatch.delattr(widgets, "astrology")
    monkeypatch.delitem(sys.modules, "course_utils.widgets.astrology")


def test_an_unknown_topic_says_which_there_are():
    with pytest.raises(AttributeError, match=r"no widgets 'convolutoin'.*convolution"):
        _ = widgets.convolutoin
