"""`nbgrader release_feedback`: feedback pages for those who handed in through the exchange."""

from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.utils import notebook_hash

from course_utils.files import write_atomically
from course_utils.gradebook.remarks import Remark, told
from course_utils.gradebook.submitted import secret, submitted_notebook


class OrdinaryRelease(ExchangeReleaseFeedback):
    """Releases the page of everybody whose work came through the exchange; lists the others.

    A student's page is found by the secret that came with the work, and by its notebook's name.
    nbgrader's own ends for the whole class where one has no secret or no time stamp.
    """

    def copy_files(self) -> None:
        course, unit = self.coursedir, self.coursedir.assignment_id
        excluded = course.student_id_exclude.split(",")
        wanted = course.student_id or "*"
        pages = Path(course.format_path(course.feedback_directory, wanted, unit)) / f"{unit}.html"
        remarks = []
        for page in sorted(Path(course.root).glob(str(pages.relative_to(course.root)))):
            student = page.parent.parent.name
            if student in excluded:
                continue
            key = secret(page.parent)
            if not key:
                said = f"its work did not come through the exchange. Send it this page: {page}"
                remarks.append(Remark(student, said))
                continue
            names = {unit, self._name_of(student, unit)}
            for name in names:
                checksum = notebook_hash(secret=key.decode(), notebook_id=name)
                write_atomically(Path(self.dest_path) / f"{checksum}.html", page.read_bytes())
            self.log.info("Feedback on %s released to %s", unit, student)
        for line in told(remarks):
            self.log.warning(line)

    def _name_of(self, student: str, unit: str) -> str:
        """The name of the notebook that the student has handed in."""
        course = self.coursedir
        folder = Path(course.format_path(course.submitted_directory, student, unit))
        return submitted_notebook(folder, unit).stem
