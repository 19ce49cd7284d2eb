"""Reads the roster, a CSV file of all students of a course, and finds the owners of submissions in it.

The results of a batch keep the roster as `roster.json`, so that the next run needs no file.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from autograder.classroom.gradebook import Student
from autograder.errors import Faults, UserError
from autograder.files import write_atomically
from autograder.submission import printable

SCHEMA = 1
STORED = "roster.json"  # in the folder of results
MAX_BYTES = 16 << 20
# The names of columns in spreadsheets and learning platforms, in lower case.
COLUMNS = {
    "number": ("number", "id", "id number", "idnumber", "student id", "matriculation number", "sis user id", "sid"),
    "participant": ("participant", "identifier", "canvas id", "moodle id"),
    "name": ("name", "full name", "fullname", "student", "student name"),
    "first": ("first name", "firstname", "given name"),
    "last": ("last name", "lastname", "surname", "family name"),
    "mail": ("mail", "email", "e-mail", "email address", "e-mail address"),
    "handed_in": ("handed in", "handed in at", "submitted at", "submission time", "last modified (submission)"),
    "key": ("key", "username", "user name", "login", "user", "folder", "sis login id"),
}


def read_roster(path: Path) -> list[Student]:
    """Read a CSV file with a header; its columns come in any order, with `,`, `;` or tabs between them."""
    text = _read_text(path)
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        lines = [(rows.line_num, [cell.strip() for cell in row]) for row in rows if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise UserError(f"The roster {path}, line {rows.line_num}: {error}.") from None
    if not lines:
        raise UserError(f"The roster {path} is empty.")
    columns = _columns(lines[0][1])
    if not {"number", "participant", "name", "last", "mail", "key"} & set(columns):
        header = printable(", ".join(lines[0][1])[:200])
        raise UserError(f"The first line of {path} names no column for ids, names or mails; it reads: {header}.")
    students = [(number, _student(row, columns)) for number, row in lines[1:]]
    students = [(number, student) for number, student in students if student.key and not _is_placeholder(student)]
    _refuse_duplicates(path, students)
    return [student for _, student in students]


def write_roster(folder: Path, roster: Sequence[Student]) -> None:
    """Store the roster in the folder of results, for the next run."""
    fields = {"schema": SCHEMA, "students": [vars(student) for student in roster]}
    write_atomically(folder / STORED, (json.dumps(fields, indent=1, ensure_ascii=True) + "\n").encode())


def read_stored_roster(folder: Path) -> list[Student]:
    """Read the roster of an earlier run; it is empty if none was given. Raise UserError if it cannot be read."""
    path = folder / STORED
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        if fields["schema"] != SCHEMA:
            raise ValueError("another schema")
        return [Student(**{str(name): str(value) for name, value in one.items()}) for one in fields["students"]]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise UserError(f"{path} cannot be read; delete it, and name the roster again with --roster.") from None


def _read_text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise UserError(f"The roster {path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise UserError(f"The roster {path} is not UTF-8 text; save it as “CSV UTF-8”.") from None
    if len(data) > MAX_BYTES or "\0" in text:
        raise UserError(f"The roster {path} is not a CSV file of students.")
    return text


def match_students(owners: Iterable[Student], roster: Sequence[Student]) -> dict[Student, Student]:
    """Find each owner of files in the roster: by login, number, mail or participant, or by a unique name."""
    by_id: dict[str, set[Student]] = {}
    by_participant: dict[str, set[Student]] = {}
    by_name: dict[str, set[Student]] = {}
    for person in roster:
        for text in {person.key, person.number, person.mail, person.mail.partition("@")[0]}:
            by_id.setdefault(_normalized(text), set()).add(person)
        by_participant.setdefault(person.participant, set()).add(person)
        for text in _name_orders(person.name):
            by_name.setdefault(text, set()).add(person)
    found = {}
    for student in owners:
        candidates = [by_name.get(_letters_only(student.name or student.key))]
        if student.participant:
            candidates.insert(0, by_participant.get(student.participant))
        else:
            candidates.insert(0, by_id.get(_normalized(student.key)))
        for people in candidates:
            if people and len(people) == 1:
                found[student] = next(iter(people))
                break
    return found


def _columns(header: list[str]) -> dict[str, int]:
    """Find the index of each field's column. In a Canvas gradebook, `ID` is the participant number."""
    names = [re.sub(r"[\s_]+", " ", cell).strip().lower() for cell in header]
    canvas = "sis user id" in names
    found = {}
    for field, known in COLUMNS.items():
        wanted = [name for name in known if not (canvas and name == "id")]
        if field == "participant" and canvas:
            wanted.append("id")
        places = [names.index(name) for name in wanted if name in names]
        if places:
            found[field] = places[0]
    return found


def _student(row: list[str], columns: dict[str, int]) -> Student:
    cells = {field: printable(row[place])[:200] if place < len(row) else "" for field, place in columns.items()}
    name = cells.get("name") or " ".join(filter(None, (cells.get("first"), cells.get("last"))))
    number, mail = cells.get("number", ""), cells.get("mail", "")
    participant = re.sub(r"^\D+", "", cells.get("participant", ""))  # Moodle writes `Participant 4711`
    if not mail and "@" in cells.get("key", ""):  # the login of many a Canvas
        mail = cells["key"]
    key = cells.get("key") or number or mail.partition("@")[0] or name or participant
    handed_in = cells.get("handed_in", "")
    return Student(key, name=name, number=number, mail=mail, participant=participant, handed_in=handed_in)


def _is_placeholder(student: Student) -> bool:
    """Whether the row is no student: a Canvas gradebook has a row of maximum points and a test student."""
    return student.name.strip().lower() in ("points possible", "student, test")


def _refuse_duplicates(path: Path, students: list[tuple[int, Student]]) -> None:
    faults = Faults()
    for field in ("key", "number", "participant", "mail"):
        seen: dict[str, int] = {}
        for line, student in students:
            value = getattr(student, field).casefold()
            if value and value in seen:
                label = {"key": "the login or id", "mail": "the mail"}.get(field, f"the {field}")
                faults.add(
                    f"The roster {path} has {label} {getattr(student, field)} twice, in lines {seen[value]} and {line}."
                )
            seen.setdefault(value, line)
    faults.report()


def _normalized(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().strip()


def _letters_only(text: str) -> str:
    """Strip a name of spaces, punctuation and accents, as learning platforms do in file names."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if char.isalnum())


def _name_orders(name: str) -> set[str]:
    """Give a name with its parts rotated in every way, so that "Ada Lovelace" matches "Lovelace, Ada"."""
    parts = name.replace(",", " ").split()
    return {_letters_only("".join(parts[cut:] + parts[:cut])) for cut in range(max(1, len(parts)))} - {""}
