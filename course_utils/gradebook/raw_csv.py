"""A CSV file of which single cells are changed while all else stays as it is, byte by byte."""

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from course_utils.errors import CourseError

LARGEST = 20 * 2**20
"""Bytes of a file."""

_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_SEPARATOR = re.compile(r"sep=(.)(?:\r\n|\r|\n)")


@dataclass
class Row:
    """The fields of a line as they stand in the file, and how it ends."""

    raw: list[str]
    end: str

    @property
    def values(self) -> list[str]:
        """What the fields say, without the quotes around them."""
        return [_value(field) for field in self.raw]


@dataclass
class RawTable:
    """A file of fields.

    Attributes:
        mark: the byte order mark before the text.
        encoding: of the text, strict in both directions.
        delimiter: between fields.
        head: what stands before the first row, such as `sep=;` for Excel.
        rows: all others.
    """

    mark: bytes
    encoding: str
    delimiter: str
    head: str
    rows: list[Row]

    def put(self, row: int, column: int, text: str) -> None:
        """Let a cell say something else; a row that is too short gets further cells."""
        raw = self.rows[row].raw
        raw += [""] * (column + 1 - len(raw))
        quoted = raw[column].startswith('"') or any(c in text for c in f'{self.delimiter}"\r\n')
        raw[column] = '"' + text.replace('"', '""') + '"' if quoted else text

    def content(self) -> bytes:
        """The file; UTF-8 begins with a byte order mark, without which Excel misreads it."""
        text = self.head + "".join(self.delimiter.join(row.raw) + row.end for row in self.rows)
        mark = codecs.BOM_UTF8 if self.encoding == "utf-8" else self.mark
        return mark + text.encode(self.encoding)


def read(path: Path, knows: Callable[[list[str]], int]) -> RawTable:
    """Read a file of fields between commas, semicolons or tabs.

    Args:
        path: the file.
        knows: tells of the values of a row how many are known names of columns; the delimiter is
            the one that gives the most.

    Raises:
        CourseError: when it cannot be read, is no CSV file or too large.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror}.") from None
    if len(content) > LARGEST or content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise CourseError(f"{path} is no CSV file. Save it as CSV (plain text).")
    mark, encoding, text = _decoded(content)
    if told := _SEPARATOR.match(text):
        head, text = told[0], text[told.end() :]
        return RawTable(mark, encoding, told[1], head, list(_rows(text, told[1], path)))
    found: list[tuple[int, RawTable]] = []
    problems = []
    for delimiter in ",;\t":
        try:
            rows = list(_rows(text, delimiter, path))
        except CourseError as error:  # a quote may have no end where another one delimits
            problems.append(error)
            continue
        best = max((knows(row.values) for row in rows[:10]), default=0)
        found.append((best, RawTable(mark, encoding, delimiter, "", rows)))
    if not found:
        raise problems[0]
    return max(found, key=lambda pair: pair[0])[1]


def _decoded(content: bytes) -> tuple[bytes, str, str]:
    """Byte order mark, encoding and text; the encoding gives the same bytes again."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(mark):
            return mark, encoding, _strict(content.removeprefix(mark), encoding)
    for encoding in ("utf-8", "cp1252"):
        try:
            return b"", encoding, content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return b"", "latin-1", content.decode("latin-1")


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise CourseError(f"The file is damaged: it is no {encoding} ({error.reason}).") from None


def _rows(text: str, delimiter: str, path: Path) -> Iterator[Row]:
    rest = re.compile(rf"[^{re.escape(delimiter)}\r\n]*")
    place, raw = 0, []
    while place < len(text):
        start = place
        if text[place] == '"':
            quoted = _QUOTED.match(text, place)
            if quoted is None:
                line = text.count("\n", 0, place) + 1
                raise CourseError(f"{path}, line {line}: a quote has no end, so it is no CSV file.")
            place = quoted.end()
        unquoted = rest.match(text, place)
        place = unquoted.end() if unquoted else place
        raw.append(text[start:place])
        if text.startswith(delimiter, place):
            place += 1
            if place < len(text):
                continue
            raw.append("")
        end = "\r\n" if text.startswith("\r\n", place) else text[place : place + 1]
        place += len(end)
        yield Row(raw, end)
        raw = []


def _value(raw: str) -> str:
    quoted = _QUOTED.match(raw)
    return quoted[1].replace('""', '"') + raw[quoted.end() :] if quoted else raw
