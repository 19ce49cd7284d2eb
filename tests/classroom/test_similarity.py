"""Copied work is found under other names, order and comments; what everybody was given, or everybody writes, is not."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Mapping, Sequence

import pytest

from autograder.classroom import Entry, Gradebook, Similarity, Student, similar_submissions
from autograder.classroom.fingerprints import HELPERS, fingerprints_of
from autograder.model import SourceFile
from autograder.reports.similarity import dolos_zip, similarity_csv, similarity_page
from autograder.submission import definition_blocks, read_submission
from tests.support.course import EXERCISES, SUBMISSIONS

PASSED = SUBMISSIONS / "passed"
STUBS = read_submission(EXERCISES).files
NAMES = ("loops", "functional_style", "numpy_inside", "sequential_style", "other_names")
EXERCISE = [name for file in STUBS for cell in file.cells for name, _ in definition_blocks(cell.split("\n"))]


@pytest.fixture(scope="module")
def honest() -> dict[str, tuple[SourceFile, ...]]:
    return {name: read_submission(PASSED / name).files for name in NAMES}


def compare(submissions: Mapping[str, Sequence[SourceFile]]) -> Similarity:
    return similar_submissions(submissions, STUBS, EXERCISE)


def renamed(file: SourceFile) -> SourceFile:
    """The file as somebody hands it in who has copied it: other names, comments, another order of functions."""
    (text,) = file.cells
    for old, new in (("self", "this"), ("weight", "w"), ("bias", "b"), ("stride", "step")):
        text = re.sub(rf"\b{old}\b", new, text)
    lines = text.split("\n")
    blocks = ["\n".join(lines[span.start : span.stop]) for _, span in definition_blocks(lines)]
    text = "\n\n\n".join(reversed(blocks))
    return SourceFile(f"z_{file.name}", (re.sub(r"(?m)^(    .+)$", r"\1  # mine", text),))


def notebook(files: Sequence[SourceFile]) -> tuple[SourceFile, ...]:
    """The same work in the cells of one notebook."""
    cells = []
    for file in files:
        for lines in (cell.split("\n") for cell in file.cells):
            cells += ["\n".join(lines[span.start : span.stop]) for _, span in definition_blocks(lines)]
    return (SourceFile("work.ipynb", tuple(cells)),)


def test_copy_under_other_names_is_found_first_with_both_sides(honest: dict[str, tuple[SourceFile, ...]]) -> None:
    copied = {**honest, "thief": tuple(renamed(file) for file in honest["loops"])}
    first = compare(copied).pairs[0]
    assert {first.first, first.second} == {"loops", "thief"}
    assert len(first.exercises) > 10
    for alike in first.exercises:
        for key, text, lines in zip((first.first, first.second), alike.texts, alike.lines, strict=True):
            whole = "\n".join(cell for file in copied[key] for cell in file.cells)
            shared = [line for number, line in enumerate(text.split("\n")) if number in lines]
            assert shared
            assert all(line in whole for line in shared), alike.exercise


def test_perfect_copy_stands_above_a_part(honest: dict[str, tuple[SourceFile, ...]]) -> None:
    (part,) = (file for file in honest["loops"] if file.module == "manual_convolution")
    thief = (renamed(part), *(file for file in honest["functional_style"] if file.module != "manual_convolution"))
    found = compare({**honest, "thief": thief, "twin": honest["numpy_inside"]})
    keys = [(pair.first, pair.second) for pair in found.pairs]
    assert keys.index(("numpy_inside", "twin")) < keys.index(("loops", "thief"))


def test_ring_of_three_is_one_group_in_a_small_class(honest: dict[str, tuple[SourceFile, ...]]) -> None:
    ring = {
        "loops": honest["loops"],
        "second": tuple(map(renamed, honest["loops"])),
        "third": notebook(honest["loops"]),
    }
    found = compare({**honest, **ring})
    assert found.groups[0] == ("loops", "second", "third")


def test_merged_from_two_is_found_with_both(honest: dict[str, tuple[SourceFile, ...]]) -> None:
    mixed = (*honest["loops"][::2], *honest["numpy_inside"][1::2])
    keys = {(pair.first, pair.second) for pair in compare({**honest, "mixed": mixed}).pairs}
    assert {("loops", "mixed"), ("mixed", "numpy_inside")} <= keys


def test_stubs_make_nobody_alike_and_short_exercises_are_named(honest: dict[str, tuple[SourceFile, ...]]) -> None:
    assert compare({"ada": STUBS, "bob": STUBS, "carl": STUBS}).pairs == ()
    assert "linear_params" in compare(honest).too_short


def test_what_most_of_a_class_write_is_no_evidence(honest: dict[str, tuple[SourceFile, ...]]) -> None:
    usual = {f"student {number}": honest["loops"] for number in range(12)}
    assert compare(usual).pairs == ()


def test_solution_that_half_of_the_class_copied_is_named(honest: dict[str, tuple[SourceFile, ...]]) -> None:
    ring = {f"thief{number}": tuple(renamed(file) for file in honest["loops"]) for number in range(8)}
    found = compare({**honest, **ring})
    assert found.same == (("loops", *sorted(ring)),)
    assert not any(pair.first == "thief0" and pair.second == "thief1" for pair in found.pairs)
    assert "9 students: " in similarity_page(
        Gradebook("e", "E", 1.0, (), tuple(Entry(Student(k), "graded") for k in [*honest, *ring])), found
    )
    assert compare(honest).same == ()


def test_nothing_or_nonsense_is_no_error() -> None:
    nonsense = (SourceFile("a.py", ("def conv2d_manual(\x00)(}{\n    '''\ud800",)),)
    assert compare({}).pairs == ()
    assert compare({"ada": (), "bob": nonsense, "carl": nonsense}).pairs == ()


def test_names_comments_hints_quotes_and_line_breaks_do_not_count() -> None:
    first = 'def f(a: int, b=1) -> int:\n    """Doc."""\n    c = [a, b]  # note\n    return g(c, "x").sum(dim=0)\n'
    second = (
        "def f(u: int,\n      v=1,\n):\n    w = [\n        u,\n        v,\n    ]\n    return h(w, 'y').sum(dim=0)\n"
    )
    one, two = (fingerprints_of([SourceFile("a.py", (text,))], ())[HELPERS] for text in (first, second))
    assert list(one.lines) == list(two.lines)
    other = fingerprints_of([SourceFile("a.py", (first.replace(".sum(", ".mean("),))], ())[HELPERS]
    assert list(one.lines) != list(other.lines)


def gradebook(submissions: Mapping[str, Sequence[SourceFile]]) -> Gradebook:
    entries = [
        Entry(Student(key, name="A & <b>"), "graded", sources=tuple(files)) for key, files in submissions.items()
    ]
    return Gradebook("exercise3", "Convolution", 10, tuple((name, 1.0) for name in EXERCISE), tuple(entries))


def test_reports_show_groups_escape_texts_and_run_no_script(honest: dict[str, tuple[SourceFile, ...]]) -> None:
    evil = SourceFile(
        "x.py", ("def conv2d_manual(image):\n" + "    y = '</pre><script>alert(1)</script>'.join(image)\n" * 9,)
    )
    copied = {"ada": (*honest["loops"], evil), "bob": (*honest["loops"], evil), "eve": honest["numpy_inside"]}
    found = compare(copied)
    page = similarity_page(gradebook(copied), found)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert page.count("<mark>") > 20
    (row,) = csv.DictReader(io.StringIO(similarity_csv(found)))
    assert (row["group"], row["first"], row["second"]) == ("1", "ada", "bob")
    assert row["exercises"].split() == [alike.exercise.replace(" ", "_") for alike in found.pairs[0].exercises]


def test_dolos_reads_a_file_for_each_student_and_ignores_the_stubs(honest: dict[str, tuple[SourceFile, ...]]) -> None:
    with zipfile.ZipFile(io.BytesIO(dolos_zip(gradebook({**honest, "absent": ()}), STUBS))) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("info.csv").decode())))
        assert {row["filename"] for row in rows} == {name for name in archive.namelist() if name != "info.csv"}
        assert [row["filename"] for row in rows if row["ignored"] == "true"] == ["stubs/stubs.py"]
        assert len(rows) == len(honest) + 1
        assert honest["loops"][0].cells[0] in archive.read("loops.py").decode()
