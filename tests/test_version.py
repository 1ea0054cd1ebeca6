"""The version stands in the package alone; what must repeat it says the same."""

import re
import tomllib

import yaml
from hatchling.metadata.core import ProjectMetadata
from hatchling.plugin.manager import PluginManager

from course_utils import __version__
from course_utils.repository import repository

ROOT = repository()


def test_the_wheel_has_the_version_of_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert "version" not in project
    assert ProjectMetadata(str(ROOT), PluginManager()).version == __version__


def test_the_citation_and_the_changelog_name_the_version_and_its_day():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    headings = re.findall(r"^## \[(.+)\](?: - (.+))?$", changelog, re.M)
    assert headings[0] == ("Unreleased", "")
    assert headings[1] == (__version__, str(citation["date-released"]))
    assert citation["version"] == __version__
