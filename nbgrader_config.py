"""Configuration of nbgrader for this course; it holds for every `nbgrader` command run here.

Classes are named as text, so that formgrader can show this configuration. What each of ours does
stands in its docstring in `course_utils/gradebook/` and `course_utils/reports/`.
"""

import os
import shutil
from importlib.metadata import distribution
from pathlib import Path

from course_utils.gradebook import doors, formgrader, pipelines

doors.install()

c = get_config()  # noqa: F821  (nbgrader provides it when it reads this file)

# nbgrader calls `alembic` by its bare name: let it be found wherever pip has put it.
if shutil.which("alembic") is None:
    for file in distribution("alembic").files or ():
        if file.stem == "alembic" and file.parent.name in ("bin", "Scripts"):
            tools = str(Path(file.locate()).resolve().parent)
            os.environ["PATH"] = os.pathsep.join([tools, os.environ.get("PATH", os.defpath)])

c.CourseDirectory.course_id = "medical-imaging"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
c.CourseDirectory.ignore = [
    "*.py",  # the hand-written source beside each notebook
    "*.pyc",
    "__pycache__",
    ".*",  # .ipynb_checkpoints, .DS_Store, .pytest_cache …
    "*~",
    "*.tmp",
    "feedback",
]

# Gradebook: gradebook.db in this folder, or a PostgreSQL database, such as
# COURSE_GRADEBOOK=postgresql+psycopg://teacher@dbhost/course (`pip install 'psycopg[binary]'`).
if os.environ.get("COURSE_GRADEBOOK"):
    c.CourseDirectory.db_url = os.environ["COURSE_GRADEBOOK"]

# Release: what students get.
c.GenerateAssignment.preprocessors = pipelines.RELEASE
c.ClearSolutions.code_stub = {
    "python": "# Write your answer here, then delete the next line.\n"
    'raise NotImplementedError("This exercise has no answer yet.")'
}

# Exchange: where `release_assignment`, `fetch_assignment`, `submit` and `collect` meet. Everybody
# must be able to write there. Set COURSE_EXCHANGE to use a folder other than nbgrader's default.
if os.environ.get("COURSE_EXCHANGE"):
    c.Exchange.root = os.environ["COURSE_EXCHANGE"]

c.ExchangeFactory.collect = "course_utils.gradebook.exchange.OrdinaryCollect"
c.ExchangeFactory.release_feedback = "course_utils.gradebook.release_feedback.OrdinaryRelease"

# Archives made by `course submit`, downloaded into downloaded/UNIT/archive, for `zip_collect`.
# Inside each archive lies the folder STUDENT+UNIT+TIME, so that an LMS may rename the archive.
c.ZipCollectApp.extractor_plugin = "course_utils.gradebook.zip_collect.OrdinaryExtractor"
c.ZipCollectApp.collector_plugin = "course_utils.gradebook.zip_collect.OrdinaryCollector"
c.FileNameCollectorPlugin.named_regexp = (
    r".*[/\\](?P<student_id>[^/\\+]+)\+(?P<unit>[^/\\+]+)\+(?P<timestamp>\d{8}T\d{6}Z)"
    r"[/\\](?P<file_id>[^/\\]+)\.ipynb$"
)

# Autograding: the trusted grader. A check takes about a second; a student's loops may be slow.
c.Autograde.exporter_class = "course_utils.gradebook.autograde.SubmissionExporter"
c.Autograde.sanitize_preprocessors = pipelines.SANITIZE
c.Autograde.autograde_preprocessors = pipelines.AUTOGRADE
c.RefereeExecute.timeout = 30  # seconds a cell, and a test with all its calls
c.RefereeExecute.total_timeout = 360  # seconds a submission
c.RefereeExecute.memory = 1024  # MiB a submission

# Validation (`nbgrader validate`, the Validate button) runs a notebook of your own in a kernel.
c.Execute.skip_cells_with_tag = "demo"  # replaces nbgrader's own tag, `skip-execution`
c.Execute.timeout = 60  # seconds a cell
c.Execute.startup_timeout = 120  # seconds until the kernel answers
c.Execute.iopub_timeout = 30  # seconds until the last output has arrived
c.Execute.extra_arguments = ["--IPKernelApp.log_level=ERROR"]  # no notes about its transport

# Formgrader's page of a submission, without MathJax from the internet.
c.HTMLExporter.preprocessors = ["course_utils.gradebook.formgrader.EscapeNames"]
c.HTMLExporter.extra_template_basedirs = formgrader.templates()
c.HTMLExporter.filters = {"markdown2html": "course_utils.gradebook.formgrader.markdown"}

# Late submissions are marked but lose nothing. "zero" takes all their points.
c.LateSubmissionPlugin.penalty_method = "none"

# Feedback and grades.
c.GenerateFeedback.exporter_class = "course_utils.reports.feedback.FeedbackExporter"
c.GenerateFeedback.preprocessors = pipelines.FEEDBACK
c.ExportApp.plugin_class = "course_utils.reports.grades_csv.GradesWithReasons"
