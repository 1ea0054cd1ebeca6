"""The page on deployment names commands, options and files that exist."""

import re
import shlex

import pytest
import yaml
from tiny_unit import ROOT

from course_utils import cli

PAGE = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
TEXT = " ".join(re.sub(r"^```.*?^```", "", PAGE, flags=re.DOTALL | re.MULTILINE).split())
COMMANDS = [
    *re.findall(r"`(course [a-z][^`]*)`", TEXT),
    *re.findall(r"^(course .+)$", "\n".join(text for _, text in BLOCKS), re.MULTILINE),
]


@pytest.mark.parametrize("command", sorted(set(COMMANDS)))
def test_a_command_and_its_options_exist(command, capsys):
    name, *words = shlex.split(command)[1:]
    with pytest.raises(SystemExit) as ended:
        cli.main([name, "--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out.split()
    assert {word for word in words if word.startswith("--")} <= {word.strip("[],") for word in told}


def test_files_and_headings_that_it_leads_to_exist():
    for place, anchor in re.findall(r"\]\((?!http)([\w.]+)#([\w-]+)\)", PAGE):
        text = (ROOT / "docs" / place).read_text(encoding="utf-8")
        titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
        assert anchor in {re.sub(r"[^\w -]", "", t.lower()).replace(" ", "-") for t in titles}
    assert (ROOT / "nbgrader_config.py").is_file()


def test_the_container_has_the_rights_that_continuous_integration_needs():
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8"))
    container = workflow["jobs"]["run"]["container"]
    assert set(container["options"].split()) <= set(PAGE.split())
    assert container["image"] in PAGE
    (pod,) = [yaml.safe_load(text) for language, text in BLOCKS if language == "yaml"]
    assert pod["spec"]["containers"][0]["securityContext"] == {"privileged": True}
