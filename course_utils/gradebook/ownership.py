"""Sorts what was handed in by the people of the roster, and says what belongs to nobody."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from course_utils.errors import CourseError
from course_utils.gradebook.archives import TOLD_AT_MOST
from course_utils.gradebook.downloads import Downloads, File, Left
from course_utils.gradebook.remarks import Remark
from course_utils.gradebook.roster import Person, Roster
from course_utils.gradebook.senders import NAMED, Sender, UndecidedError, is_same, listed, person
from course_utils.gradebook.zip_collect import head


@dataclass
class Share:
    """What one person has handed in.

    Attributes:
        files: the notebooks.
        left: other files, and what could not be taken.
        remarks: what there is to be told of it.
        is_doubtful: whether there is work that may be this person's.
    """

    files: list[File] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    is_doubtful: bool = False


class Owners:
    """Whose the files are that were found.

    Attributes:
        shares: what each person has handed in, by id.
        remarks: what there is to be told of files that are nobody's.
        refused: the works among them.
    """

    def __init__(self, found: Downloads, roster: Roster) -> None:
        self.shares: dict[str, Share] = defaultdict(Share)
        self.remarks: list[Remark] = []
        self.refused: list[str] = []
        self._roster = roster
        uploads: dict[tuple[str, ...], list[File]] = defaultdict(list)
        for file in found.files:
            if file.sender is not None:
                uploads[file.upload].append(file)
        accounts: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for upload, files in uploads.items():
            sender = files[0].sender
            typed = {each for file in files for each in file.labels}
            owner = self._owner(sender, typed) if sender else None
            if sender and owner:
                accounts[(owner.id, sender.system, *upload[:-1])].add(sender.number)
                self._give(owner, sender, files, typed)
        for (student, *_), numbers in accounts.items():
            self._require_one(student, numbers)
        self._typed([file for file in found.files if file.sender is None])
        self._leave(found.left)

    def _owner(self, sender: Sender, typed: Iterable[str]) -> Person | None:
        try:
            return person(sender, self._roster, sorted(typed))
        except CourseError as error:
            self._refuse(sender.label, str(error))
            for each in error.people if isinstance(error, UndecidedError) else ():
                self.shares[each.id].is_doubtful = True
            return None

    def _give(self, owner: Person, sender: Sender, files: list[File], typed: set[str]) -> None:
        share = self.shares[owner.id]
        share.files += files
        for name in sorted(typed):
            if not is_same(name, owner):
                whose = f"{owner.id}'s, as {_word(sender)} says"
                said = f"{files[0].shown} bears the id {name}; it is {whose}."
                share.remarks.append(Remark(owner.id, said))

    def _require_one(self, student: str, numbers: set[str]) -> None:
        """One account in one download: else two people have the name that is in the roster."""
        if len(numbers) > 1:
            self.shares[student].files.clear()
            self.shares[student].remarks.append(
                Remark(
                    student,
                    f"not taken: {len(numbers)} accounts bear this name (numbers "
                    f"{', '.join(sorted(numbers))}). Put both people into the roster.",
                )
            )

    def _refuse(self, about: str, why: str) -> None:
        self.refused.append(about)
        self.remarks.append(Remark(about, f"not taken: {why}"))

    def _typed(self, files: list[File]) -> None:
        """Take files of which nothing but themselves says whose they are, where that is safe."""
        claims: dict[str, list[File]] = defaultdict(list)
        for file in files:
            names = {name.casefold() for name in file.labels}
            owner = listed(file.labels[0], self._roster) if len(names) == 1 else None
            if owner is not None:
                claims[owner.id].append(file)
            elif names:
                ids = " and ".join(file.labels)
                self._refuse(
                    file.shown,
                    f"it bears the id {ids}, nobody's in the roster, and no LMS says whose it is.",
                )
            else:
                self._refuse(
                    file.shown,
                    "nothing says whose it is. Put it into a folder that is named by the student's "
                    "id, and collect again.",
                )
        for student, those in claims.items():
            self._claimed(student, those)

    def _claimed(self, student: str, files: list[File]) -> None:
        """As in `zip_collect`: archives of one beginning are one student's."""
        share = self.shares[student]
        shown = ", ".join(file.shown for file in files)
        if share.files:
            said = f"not taken: {shown}. Only its own word makes it {student}'s, and there is more."
            share.remarks.append(Remark(student, said))
            return
        if len({_origin(file) for file in files}) > 1:
            own = [file for file in files if head(student) in _origin(file)]
            if len({_origin(file) for file in own}) != 1:
                said = (
                    f"not taken: files of different names bear this id ({shown}). Take away those "
                )
                share.remarks.append(
                    Remark(student, said + "that are not this student's, and collect again.")
                )
                return
            said = f"files of other names bear this id, too ({shown}); not taken."
            share.remarks.append(Remark(student, said))
            files = own
        share.files += files

    def _leave(self, left: list[Left]) -> None:
        """Give other files to their owners, where that is known, and tell of the others."""
        nobody: dict[str, str] = {}
        for each in left:
            why = each.why or "it is neither a notebook nor a zip or tar file"
            try:
                if each.sender is not None:
                    self.shares[person(each.sender, self._roster, ()).id].left.append(each)
                    continue
                nobody[each.shown] = f"not taken: {why}."
            except CourseError as error:
                nobody[each.sender.label if each.sender else ""] = f"not taken: {error}"
        told = [Remark(about, said) for about, said in nobody.items()]
        self.remarks += [remark for remark in told[:TOLD_AT_MOST] if remark not in self.remarks]
        if len(told) > TOLD_AT_MOST:
            self.remarks.append(Remark(f"{len(told) - TOLD_AT_MOST} more files", "not taken."))


def _word(sender: Sender) -> str:
    return "the name that you gave it" if sender.system == NAMED else sender.system


def _origin(file: File) -> tuple[str, ...]:
    """By what names a file came, without numbers; the instructor's folder is none of them."""
    names = file.parts[1 if file.place.is_dir() else 0 : -2]
    return tuple(map(head, names)) or (head(file.labels[0]),)
