"""What GitHub reads: the workflows call `.ci/run`, and the forms have what a form must have."""

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from course_utils.repository import repository

ROOT = repository()
GITHUB = ROOT / ".github"
FORMS = sorted(set((GITHUB / "ISSUE_TEMPLATE").glob("*.yml")) - {*GITHUB.rglob("config.yml")})


def read(path: Path) -> dict:
    """A YAML file; YAML 1.1 reads the key `on` as True."""
    return yaml.safe_load(path.read_text("utf-8"))


def workflow(name: str) -> dict:
    return read(GITHUB / "workflows" / name)


def program(folder: Path, name: str, text: str) -> None:
    """A stand-in for a command."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)


def run(command: list[str], folder: Path, **variables: str) -> None:
    path = f"{folder}:/usr/bin:/bin"
    variables = {"PATH": path, "HOME": str(folder), "FOLDER": str(folder)} | variables
    subprocess.run(command, cwd=ROOT, env=variables, check=True)


def test_the_workflow_calls_ci_run_where_a_missing_sandbox_is_a_failure():
    (job,) = workflow("ci.yml")["jobs"].values()
    assert job["steps"][-1] == {"run": ".ci/run"}
    assert job["env"]["COURSE_REQUIRE_SANDBOX"] == "1"
    assert "bookworm" in job["container"]["image"]
    assert "--privileged" in job["container"]["options"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_workflows_may_only_read_and_use_no_action_but_checkout():
    for path in (GITHUB / "workflows").glob("*.yml"):
        content = read(path)
        assert content["permissions"] == {"contents": "read"}
        for job in content["jobs"].values():
            assert job.get("permissions", {}) in ({}, {"issues": "write"})
            for step in job.get("steps", ()):
                assert step.get("uses", "actions/checkout@").startswith("actions/checkout@")


def test_the_weekly_run_takes_the_newest_packages():
    weekly, ci = workflow("weekly.yml"), workflow("ci.yml")
    assert weekly[True]["schedule"]
    assert weekly["jobs"]["newest"]["uses"] == "./.github/workflows/ci.yml"
    assert set(weekly["jobs"]["newest"]["with"]) == set(ci[True]["workflow_call"]["inputs"])
    (job,) = ci["jobs"].values()
    assert job["env"]["COURSE_NEWEST"] == "${{ inputs.newest && '1' || '' }}"


@pytest.mark.parametrize(("newest", "pinned"), [("", True), ("1", False)])
def test_ci_run_pins_packages_unless_it_is_to_take_the_newest(tmp_path, newest, pinned):
    program(tmp_path, "python3", 'mkdir -p "$3/bin" && touch "$3/bin/activate"')
    program(tmp_path, "pip", 'echo "$@" >> "$FOLDER/pip-was-told"')
    for name in ("apt-get", "sudo", "python", "ruff", "mypy", "pytest"):
        program(tmp_path, name, "exit 0")
    run([".ci/run"], tmp_path, COURSE_NEWEST=newest)
    for line in (tmp_path / "pip-was-told").read_text("utf-8").splitlines():
        assert ("-c constraints.txt" in line) == pinned


@pytest.mark.parametrize(("open_ones", "created"), [("0", True), ("1", False)])
def test_a_failed_weekly_run_opens_one_issue(tmp_path, open_ones, created):
    job = workflow("weekly.yml")["jobs"]["report"]
    assert job["needs"] == "newest"
    assert "needs.newest.result != 'success'" in job["if"]
    (step,) = job["steps"]
    program(
        tmp_path,
        "gh",
        f'case "$1 $2" in\n"issue list") echo {open_ones};;\n*) echo "$@" > "$FOLDER/told";;\nesac',
    )
    texts = {name: step["env"][name] for name in ("TITLE", "BODY")}
    run(["sh", "-e", "-c", step["run"]], tmp_path, **texts)
    told = tmp_path / "told"
    assert told.exists() == created
    if created:
        assert told.read_text("utf-8").startswith(f"issue create --title {texts['TITLE']} --body ")


def test_there_is_a_form_for_lessons_checks_grading_and_ideas():
    assert [path.stem for path in FORMS] == ["check", "grading", "idea", "lesson"]
    assert read(GITHUB / "ISSUE_TEMPLATE" / "config.yml") == {"blank_issues_enabled": False}


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_has_what_a_form_must_have(path):
    form = read(path)
    assert {"name", "description", "body"} <= set(form) <= {"name", "description", "body", "labels"}
    fields = [part for part in form["body"] if part["type"] != "markdown"]
    for part in form["body"]:
        assert part["type"] in ("markdown", "input", "textarea")
        assert part["attributes"]["value" if part["type"] == "markdown" else "label"]
    assert all(re.fullmatch(r"[a-z-]+", part["id"]) for part in fields)
    assert len({part["id"] for part in fields}) == len(fields)
    assert len({part["attributes"]["label"] for part in fields}) == len(fields)
    assert any(part.get("validations", {}).get("required") for part in fields)


def test_who_finds_a_hole_is_led_away_from_public_issues():
    policy = (ROOT / "SECURITY.md").read_text("utf-8")
    assert "Report a vulnerability" in policy
    for name in ("check", "grading"):
        first = read(GITHUB / "ISSUE_TEMPLATE" / f"{name}.yml")["body"][0]
        assert "*Security*" in first["attributes"]["value"]
    guide = (ROOT / "docs" / "instructors.md").read_text("utf-8")
    anchor = re.search(r"docs/instructors\.md#([\w-]+)\)", policy)[1]
    titles = re.findall(r"^## (.+)$", guide, re.M)
    assert anchor in {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
