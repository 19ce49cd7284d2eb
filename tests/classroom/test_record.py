"""Whatever names, folders and archives come in, the stored files are those that were graded, and no file is silent."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from autograder.classroom.batch import grade_class, store_outcome
from autograder.classroom.batch_file import batch_of
from autograder.classroom.intake import find_student_files
from autograder.classroom.results import create_results_folder, read_entries, read_sources
from autograder.classroom.task import Task
from autograder.exam.subset import only
from autograder.model import Exam, Grade, Submission
from autograder.submission import digest
from tests.support.fuzzing import FUZZING
from tests.support.notebooks import notebook
from tests.support.submissions import write, zipped

OWNERS = (
    *("ada", "Ada", "ada.py", "ada_12", "a\x07da", "a\\x07da", "Ada Lovelace_12", "lovelaceada_12"),
    *("Ada Lovelace_12_assignsubmission_file_", "Ada Lovelace_12_assignsubmission_file_ (1)"),
)
PREFIXES = (
    "Ada Lovelace_12_assignsubmission_file_",
    *("lovelaceada_12_345_", "lovelaceada_LATE_12_346_", "lovelaceada_12_999_", "bob_13_347_"),
)
NAMES = (
    *("a.py", "A.py", "a-1.py", "a (1).py", "a (2).py", "a\x07.py", "a\\x07.py", "\u00e4.py", "a\u0308.py"),
    *("a.ipynb", "b.ipynb", "lovelaceada_12_345_a.py", "work.zip", "work.zip/a.py"),
)
FOLDERS = ("", "", "b/", "work.zip/", "a\x07/", "a\\x07/")
PLACES = st.one_of(
    st.builds("{}/{}{}".format, st.sampled_from(OWNERS), st.sampled_from(FOLDERS), st.sampled_from(NAMES)),
    st.builds("{}{}".format, st.sampled_from(PREFIXES), st.sampled_from(NAMES)),
    st.sampled_from(NAMES),
)
Tree = dict[str, tuple[str, ...]]
TREES: st.SearchStrategy[Tree] = st.dictionaries(
    PLACES, st.lists(st.sampled_from(NAMES[:9]), min_size=1, max_size=3, unique=True).map(tuple), min_size=1, max_size=8
)


def write_tree(folder: Path, tree: Tree) -> list[str]:
    """Write files with a comment each that no other has; the comments. What cannot stand beside another is left out."""
    marks: list[str] = []

    def text() -> str:
        marks.append(f"# file {len(marks)}.")
        return f"{marks[-1]}\r\nx = 1\n"

    for place, inner in tree.items():
        path = folder / place
        if path.exists() or any(parent.is_file() for parent in path.parents):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".zip":
            zipped(path, {name: text() for name in inner})
        elif path.suffix == ".ipynb":
            write(path, notebook(text(), *(f"%%writefile a.py\n{text()}" for _ in inner[1:])))
        else:
            write(path, text())
    return marks


def graded_submissions(folder: Path, results: Path, exam: Exam) -> dict[str, Submission]:
    """What is given to the grader for each student, after all of it is stored; the grader itself gives no grade."""
    given: dict[str, Submission] = {}

    def execute(_: Exam, tasks: Iterable[Task]) -> Iterator[tuple[Task, Grade | str]]:
        for task in tasks:
            assert task.files.student.key not in given
            given[task.files.student.key] = task.submission
            yield task, "was not graded"

    batch = batch_of(exam, training=False)
    for outcome in grade_class(find_student_files(folder), {}, batch.fingerprint, exam, execute):
        store_outcome(results, batch, outcome, {})
    return given


@FUZZING
@given(tree=TREES)
def test_stored_files_are_those_that_were_graded(exam: Callable[[int], Exam], tmp_path: Path, tree: Tree) -> None:
    folder, results = tmp_path / "submissions", tmp_path / "results"
    for path in (folder, results):
        shutil.rmtree(path, ignore_errors=True)
    folder.mkdir()
    create_results_folder(results)
    marks = write_tree(folder, tree)
    given_files = graded_submissions(folder, results, only(exam(0), ["output_size"]))
    stored = read_entries(results)
    for key, submission in given_files.items():
        assert read_sources(results, key) == submission.files
        assert stored[key].submission == digest(submission)
    texts = "".join(cell for one in given_files.values() for file in one.files for cell in file.cells)
    assert all(texts.count(mark) <= 1 for mark in marks)
