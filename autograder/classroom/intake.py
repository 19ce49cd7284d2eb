"""Finds the owner of each file in a folder of submissions, by the names that learning platforms give to files.

Nothing is dropped. Ambiguous, empty and unreadable submissions are listed with a sentence, and so are students of the
roster without a submission. This module neither runs nor parses student files.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from autograder.classroom.gradebook import State, Student
from autograder.classroom.platforms import (
    attachment,
    entered_online,
    has_platform_name,
    is_from_canvas,
    is_late,
    owner,
)
from autograder.classroom.roster import match_students
from autograder.errors import UserError
from autograder.model import SourceFile, Submission
from autograder.submission import (
    SubmissionError,
    archive_suffix,
    is_hand_in,
    kind_of,
    printable,
    read_submission,
    source_suffix,
    unique_name,
    with_small_suffix,
)

MAX_STUDENTS = 20_000
MAX_NAMED = 3  # files that are named in a sentence
NOT_ON_ROSTER = "is not on the roster"
IGNORED = {"__pycache__", "__MACOSX", "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class StudentFiles:
    """The files of one student, each with its original name; `problem` says why there is nothing to grade.

    `came_as` are the names under which they lie in the folder of submissions, those of the files to read first.
    `roster_time` is the time of hand-in as the roster says it. `uploads` are the files of each upload, the oldest
    first, if a platform names several. `unread` is the part of `problem` that names files of no use. `collected` says
    whether nbgrader has collected them.
    """

    student: Student
    paths: tuple[tuple[str, Path], ...] = ()
    state: State = "graded"
    problem: str = ""
    came_as: tuple[str, ...] = ()
    roster_time: str = ""
    uploads: tuple[tuple[tuple[str, Path], ...], ...] = ()
    unread: str = ""
    collected: bool = False


def find_student_files(
    folder: Path, roster: Sequence[Student] = (), assignment: str = "", others: Collection[str] = ()
) -> list[StudentFiles]:
    """List all students with files, and those of the roster without, in the order of their keys.

    If a student's folder holds a folder named `assignment`, that one is used, as in nbgrader's
    `submitted/STUDENT/ASSIGNMENT/`. A student whose folder holds only folders of the `others`, other assignments, has
    submitted nothing. Raise UserError if `folder` is empty, too large or no folder.
    """
    paths = _listing(folder)
    from_canvas = is_from_canvas([path.name for path in paths])
    from_nbgrader = folder.name == "submitted" or (folder.parent / "nbgrader_config.py").is_file()
    strays = set(_strays(paths, roster))
    by_key: dict[str, dict[Student, list[tuple[str, Path]]]] = {}
    came_as = {}
    for path in paths:
        if path in strays:
            continue
        student, name = owner(path, from_canvas)
        inner = _within(path, assignment)
        by_key.setdefault(student.key, {}).setdefault(student, []).append((name, inner))
        came_as[inner] = path.name
    submitted = []
    for owners in by_key.values():
        ((student, parts), *more) = owners.items()
        one = _several_owners(owners) if more else _usable_files(student, parts, assignment, others)
        chosen = [path for _, path in one.paths]
        rest = [path for parts in owners.values() for _, path in parts if path not in chosen]
        collected = from_nbgrader and all(path.name == assignment for path in chosen)
        submitted.append(replace(one, came_as=tuple(came_as[path] for path in chosen + rest), collected=collected))
    if not submitted:
        names = _named([(path.name, path) for path in paths])
        raise UserError(f"{printable(str(folder))} holds no submission, only {names}")
    if roster:
        submitted = _add_roster(submitted, roster)
    return sorted(submitted, key=lambda one: one.student.key)


def find_strays(folder: Path, roster: Sequence[Student] = ()) -> list[str]:
    """Name the files in the folder that are no submissions, such as a spreadsheet of grades."""
    return [_named([(path.name, path)]) for path in _strays(_listing(folder), roster)]


def read_student_files(files: StudentFiles) -> Submission:
    """Read a student's source files as one submission; raise SubmissionError if there are none."""
    parts: list[SourceFile] = []
    problems: list[str] = []
    for name, path in files.paths:
        try:
            part = read_submission(path, files.student.key)
        except SubmissionError as error:
            problems.append(str(error))
            continue
        downloaded = printable(with_small_suffix(path.name))
        own_name = printable(with_small_suffix(name)) if path.is_file() else downloaded
        for one in part.files:
            new = own_name if one.name == downloaded else one.name
            taken = {other.name for other in parts}
            new = unique_name(f"{downloaded}/{new}" if new in taken else new, taken)
            parts.append(replace(one, name=new))
        problems += part.problems
    if not parts:
        raise SubmissionError(problems[0] if problems else "nothing was submitted")
    ordered = sorted(parts, key=lambda file: (file.is_notebook, file.name))
    return Submission(files.student.key, tuple(ordered), tuple(problems))


def _listing(folder: Path) -> list[Path]:
    try:
        paths = sorted(islice((path for path in folder.iterdir() if not _ignored(path.name)), MAX_STUDENTS + 1))
    except OSError as error:
        raise UserError(f"{printable(str(folder))} cannot be read: {error.strerror}") from None
    if not paths:
        raise UserError(f"{printable(str(folder))} is empty: there is nothing to grade")
    if len(paths) > MAX_STUDENTS:
        raise UserError(f"{printable(str(folder))} holds more than {MAX_STUDENTS:,} files and folders")
    return paths


def _strays(paths: Sequence[Path], roster: Sequence[Student]) -> list[Path]:
    """Files that no platform named, that hold no code, and that are no document of somebody on the roster."""
    files = [path for path in paths if not (is_readable(path.name) or has_platform_name(path.name))]
    files = [path for path in files if path.is_file() and not path.is_symlink() and not is_hand_in(path.name)]
    people = {Student(printable(path.stem)) for path in files}
    known = match_students(people, roster)
    return [path for path in files if Student(printable(path.stem)) not in known]


def _ignored(name: str) -> bool:
    return name.startswith(".") or name in IGNORED


def _within(path: Path, assignment: str) -> Path:
    """Give the folder of the assignment inside a student's folder; without one, the student's folder."""
    inner = path / assignment
    return inner if assignment and not inner.is_symlink() and inner.is_dir() else path


def _usable_files(
    student: Student, parts: list[tuple[str, Path]], assignment: str, others: Collection[str]
) -> StudentFiles:
    """Choose the files to read. Several files of one student are right only if a learning platform named them."""
    if held := _other_assignments([path for _, path in parts], others):
        problem = f"submitted nothing for {assignment}, only {', '.join(held)}"
        return StudentFiles(student, state="missing", problem=problem)
    usable = [(name, path) for name, path in parts if is_readable(path.name) or path.is_dir() or path.is_symlink()]
    files = [(name, path) for name, path in usable if "_assignsubmission_onlinetext" not in path.name] or usable
    if not files:
        problem = f"handed in no folder, .py file, notebook (.ipynb), .zip or .tar.gz, only {_named(parts)}"
        return StudentFiles(student, state="unreadable", problem=problem)
    folders = [path for _, path in files if path.is_dir()]
    if len(files) > 1 and (not student.participant or len(folders) > 1):
        names = " and ".join(printable(path.name) for _, path in files)
        problem = f"submitted more than once, as {names}: keep one of them"
        downloads = tuple((file,) for file in files) if student.participant and len(folders) == len(files) else ()
        return StudentFiles(student, state="refused", problem=problem, uploads=downloads)
    newest = dict(sorted(files, key=lambda file: attachment(file[1].name)))
    chosen = tuple((name, path) for name, path in files if path == newest[name])
    problems = []
    if older := " and ".join(printable(path.name) for _, path in files if path not in newest.values()):
        problems.append(f"submitted again: {older} is older and not graded")
    unused = [part for part in parts if part not in files]
    unread = f"not read: {_named(unused)}" if unused else ""
    if any(is_late(path.name) for _, path in chosen):
        problems.append("handed in late, says Canvas")
    problem = "; ".join(filter(None, [*problems, unread]))
    return StudentFiles(student, chosen, problem=problem, uploads=_uploads(files) if older else (), unread=unread)


def _uploads(files: Sequence[tuple[str, Path]]) -> tuple[tuple[tuple[str, Path], ...], ...]:
    """The files of each upload to Canvas, which gives a file that is uploaded again a higher number.

    The first has the first version of each file, the second the second one where there is one, and so on.
    """
    versions: dict[str, list[Path]] = {}
    for name, path in sorted(files, key=lambda file: attachment(file[1].name)):
        versions.setdefault(name, []).append(path)
    count = max(map(len, versions.values()))
    return tuple(
        tuple((name, paths[min(number, len(paths) - 1)]) for name, paths in versions.items()) for number in range(count)
    )


def is_readable(name: str) -> bool:
    """Whether a file of this name is a source file or an archive of source files."""
    return bool(source_suffix(name) or archive_suffix(name))


def _named(parts: Sequence[tuple[str, Path]]) -> str:
    """The names of a few files with what they are: `essay.docx (a Word document)`."""
    kinds = [
        (printable(name or path.name), entered_online(path.name) or kind_of(path.name))
        for name, path in parts[:MAX_NAMED]
    ]
    names = ", ".join(f"{name} ({kind})" if kind else name for name, kind in kinds)
    return f"{names} and {len(parts) - MAX_NAMED} more" if len(parts) > MAX_NAMED else names


def _several_owners(owners: Mapping[Student, Sequence[tuple[str, Path]]]) -> StudentFiles:
    """Refuse the files of students who have one key, such as `ada_12` from a platform and a folder `ada_12`."""
    names = " and ".join(printable(path.name) for parts in owners.values() for _, path in parts)
    student = max(owners, key=lambda one: bool(one.participant))
    return StudentFiles(student, state="refused", problem=f"submitted more than once, as {names}: keep one of them")


def _other_assignments(paths: Sequence[Path], others: Collection[str]) -> list[str]:
    """The other assignments that folders of a student hold, if they hold nothing else."""
    held: list[str] = []
    for path in paths:
        if path.is_symlink() or not path.is_dir():
            return []
        try:
            names = [one.name for one in path.iterdir() if not _ignored(one.name)]
        except OSError:
            return []  # reading the files says why
        if not names or not all(name in others and (path / name).is_dir() for name in names):
            return []
        held += sorted(names)
    return held


def _add_roster(submitted: list[StudentFiles], roster: Sequence[Student]) -> list[StudentFiles]:
    """Complete each student from the roster, and add the students who are only on the roster."""
    known = match_students([one.student for one in submitted], roster)
    by_person: dict[Student, list[StudentFiles]] = {}
    result = []
    for one in submitted:
        person = known.get(one.student)
        if person is None:
            result.append(replace(one, problem=one.problem or NOT_ON_ROSTER))
        else:
            by_person.setdefault(person, []).append(one)
    for person, several in by_person.items():
        result += _complete(person, several)
    keys = {one.student.key for one in result}
    for person in roster:
        if person not in by_person:
            key = person.key
            while key in keys:
                key += " (roster)"
            keys.add(key)
            person = replace(person, key=key, handed_in="")
            result.append(StudentFiles(person, state="missing", problem="submitted nothing"))
    return result


def _complete(person: Student, several: list[StudentFiles]) -> list[StudentFiles]:
    """Add the roster's data of one person; refuse all submissions of a person with more than one."""
    names = " and ".join(one.student.key for one in several)
    result = []
    for one in several:
        student = replace(
            one.student,
            name=person.name or one.student.name,
            number=person.number,
            mail=person.mail,
            participant=person.participant or one.student.participant,
        )
        if len(several) > 1:
            problem = f"one student of the roster submitted more than once, as {names}: keep one of them"
            result.append(StudentFiles(student, state="refused", problem=problem))
        else:
            result.append(replace(one, student=student, roster_time=person.handed_in))
    return result
