"""What a student's id may be, and how names that others chose are shown without harm.

An id becomes a folder, a cell of a table, a word on pages and in terminals. So it has letters,
digits and `. _ @ -` only; `+` separates student, unit and time in the names of archives.
"""

import os
import re
import shlex
import unicodedata
from collections.abc import Collection
from pathlib import Path

LONGEST = 64
"""Characters of an id."""

LONGEST_IN_BYTES = 128
"""Bytes of an id in UTF-8: `ID+UNIT+TIME.zip` must fit into a file's name."""

ALLOWED = "letters, digits and . _ - @, and begins with a letter, a digit or _"

_FORM = re.compile(r"\w[\w.@-]*")
_OTHER = re.compile(r"[^\w.@-]+")
_INVISIBLE = re.compile("[\u115f\u1160]")  # letters, by name, that nobody sees
_OF_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def unfit(name: str) -> str:
    """Why a text cannot be a student's id, in a clause; empty when it can."""
    if len(name) > LONGEST or len(name.encode("utf-8", "replace")) > LONGEST_IN_BYTES:
        return f"an id has {LONGEST} characters at most"
    if not _FORM.fullmatch(name) or _INVISIBLE.search(name):
        return f"an id has {ALLOWED}"
    if unicodedata.normalize("NFKC", name) != name:
        return "an id has letters in their usual form only (Unicode's NFKC)"
    if name.endswith(".") or _OF_WINDOWS.fullmatch(name):
        return "Windows cannot have a folder of that name"
    return ""


def suggested(name: str, taken: Collection[str] = ()) -> str:
    """A fit id that is like a name, and none of those that are taken."""
    plain = unicodedata.normalize("NFKC", name.encode("utf-8", "replace").decode("utf-8"))
    plain = _OTHER.sub("-", _INVISIBLE.sub("-", plain)).strip("-.@")
    while len(plain) > LONGEST - 4 or len(plain.encode()) > LONGEST_IN_BYTES - 4:
        plain = plain[:-1]
    plain = plain.rstrip("-.@")
    plain = plain if plain and not unfit(plain) else f"id-{plain}".rstrip("-")
    found, number = plain, 1
    while found in taken:
        number += 1
        found = f"{plain}-{number}"
    return found


def printable(text: str) -> str:
    """A text in which whatever a terminal would not show as a character is written as an escape."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def renaming(old: Path, new: Path) -> str:
    """The command that renames a file or folder, for a terminal in which both paths hold."""
    return f"mv {_word(old)} {_word(new)}"


def _word(path: Path) -> str:
    text = str(path)
    if text.isprintable():
        return shlex.quote(text)
    written = (_escaped(c) if not c.isprintable() or c in "'\\" else c for c in text)
    return f"$'{''.join(written)}'"


def _escaped(character: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in os.fsencode(character))
