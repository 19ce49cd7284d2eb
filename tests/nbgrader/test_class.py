"""A class of students, graded by nbgrader's own commands in the sealed mode: right scores, whatever they did."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.course import ROOT

from .students import CLASS, FULL, NAMES, NOTHING

if TYPE_CHECKING:
    from .conftest import Course


@pytest.mark.parametrize("student", CLASS)
def test_score_is_what_the_work_is_worth(course: Course, student: str) -> None:
    assert course.scores()[student] == CLASS[student][1]


@pytest.mark.parametrize("student", CLASS)
def test_score_is_that_of_grade_batch(course: Course, results: Path, student: str) -> None:
    grade = json.loads((results / "students" / f"{student}.json").read_text())["grade"]
    batch = {one["name"]: one["earned"] for section in grade["sections"] for one in section["exercises"]}
    assert course.scores()[student] == batch


def test_nobody_has_a_manual_score_or_extra_credit(course: Course) -> None:
    for mode in "manual_score", "extra_credit":
        scores = course.scores(mode)
        assert {score for one in scores.values() for score in one.values()} <= {None, 0.0}


def test_no_score_is_left_to_a_person(course: Course) -> None:
    assert not any(needed for one in course.scores("needs_manual_grade").values() for needed in one.values())


def test_change_of_the_gradebook_is_reported(course: Course) -> None:
    log = (course.folder / "autograde.log").read_text()
    assert "changed while the notebook of writes_to_the_gradebook ran" in log
    assert log.count("changed while the notebook of") == 1


def test_run_of_a_notebook_shows_the_students_own_output(course: Course) -> None:
    text = (course.folder / "autograded/prints_a_forged_score/sheet/sheet.ipynb").read_text()
    assert '"4.0\\n"' in text


def test_kernel_that_ended_is_an_error_in_the_notebook(course: Course) -> None:
    text = (course.folder / "autograded/ends_the_kernel/sheet/sheet.ipynb").read_text()
    assert "DeadKernelError" in text


@pytest.mark.parametrize("student", CLASS)
def test_every_check_cell_is_there_once_with_one_output(course: Course, student: str) -> None:
    notebook = json.loads((course.folder / "autograded" / student / "sheet/sheet.ipynb").read_text())
    graded = [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade")]
    assert sorted(cell["metadata"]["nbgrader"]["grade_id"] for cell in graded) == sorted(NAMES)
    for cell in graded:
        (output,) = cell["outputs"]
        score = CLASS[student][1][cell["metadata"]["nbgrader"]["grade_id"]]
        assert (output["output_type"], float("".join(output["data"]["text/plain"]))) == ("execute_result", score)


@pytest.mark.parametrize("student", CLASS)
def test_secrets_do_not_reach_a_students_copy(course: Course, student: str) -> None:
    folder = course.folder / "autograded" / student
    text = "".join(path.read_text() for path in folder.rglob("*.ipynb"))
    assert "secretly" not in text
    assert "Negative numbers" not in text
    assert list(folder.rglob("*.exam")) == []


def test_regrading_gives_the_same_and_keeps_what_a_person_gave(course: Course) -> None:
    before = course.scores()
    base = sqlite3.connect(course.folder / "gradebook.db")
    key = base.execute(
        "SELECT grade.id FROM grade JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id "
        "JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id "
        "WHERE submitted_assignment.student_id = 'right' LIMIT 1"
    ).fetchone()[0]
    base.execute("UPDATE grade SET manual_score = 2.5 WHERE id = ?", (key,))
    base.commit()
    try:
        course.nbgrader("autograde", "sheet", "--student=right", "--force", "--no-execute")
        assert course.scores()["right"] == before["right"] == FULL
        assert sorted(map(str, course.scores("manual_score")["right"].values())) == ["2.5", "None", "None"]
    finally:
        base.execute("UPDATE grade SET manual_score = NULL, needs_manual_grade = 0 WHERE id = ?", (key,))
        base.commit()
        base.close()


@pytest.fixture(scope="module")
def feedback(course: Course) -> dict[str, str]:
    """The page of each student; a person has written a comment to one."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        comment = gradebook.find_comment("half-solution", "sheet", "sheet", "half_right")
        comment.manual_comment = "Nearly <b>there</b>."
        gradebook.db.commit()
    course.nbgrader("generate_feedback", "sheet")
    return {name: (course.folder / "feedback" / name / "sheet/sheet.html").read_text() for name in CLASS}


@pytest.mark.parametrize("student", CLASS)
def test_feedback_shows_the_score_of_each_exercise(feedback: dict[str, str], student: str) -> None:
    found = re.findall(r'<code>(\w+)</code></a></th>\s*<td class="right">([\d.]+) of', feedback[student])
    assert {name: float(score) for name, score in found} == CLASS[student][1]


@pytest.mark.parametrize("student", CLASS)
def test_feedback_runs_and_reveals_nothing(feedback: dict[str, str], student: str) -> None:
    page = feedback[student]
    for text in "<script", "secretly", "Negative numbers", "Traceback", "autograder/", str(ROOT):
        assert text not in page
    assert "default-src 'none'" in page


def test_feedback_shows_what_is_wrong_and_how_much_is_hidden(feedback: dict[str, str]) -> None:
    assert "An area is a product." not in feedback["right"]
    assert "half(" in feedback["half_right"]
    assert "1 more points are for checks that are not shown." in feedback["half_right"]


def test_students_text_is_text_on_the_feedback_page(feedback: dict[str, str]) -> None:
    page = feedback["z_is_the_last_and_hostile_in_text"]
    assert "&lt;script&gt;alert" in page
    assert "ZeroDivisionError: division by zero" in page


def test_comment_of_a_person_is_on_the_feedback_page(feedback: dict[str, str]) -> None:
    assert "Nearly &lt;b&gt;there&lt;/b&gt;." in feedback["half_right"]


@pytest.mark.parametrize(("count", "outputs"), [(None, 1), (3, 0)])
def test_test_of_an_instructor_earns_nothing_unless_it_was_run(count: int | None, outputs: int) -> None:
    from nbformat.v4 import new_notebook

    from autograder.nbgrader.cell_metadata import GradebookCell, new_cell
    from autograder.nbgrader.sealed_grades import fail_tests_without_run

    own = GradebookCell("own", "code", "assert half(2) == 1", "", locked=True, solution=False, task=False, points=1.0)
    notebook = new_notebook(cells=[new_cell(own)])
    notebook.cells[0].execution_count = count
    fail_tests_without_run(notebook, [own])
    assert [one.output_type for one in notebook.cells[0].outputs] == ["error"] * outputs


def test_export_has_everybody(course: Course) -> None:
    course.nbgrader("export")
    lines = (course.folder / "grades.csv").read_text().splitlines()
    scores = {line.split(",")[3]: float(line.split(",")[-2]) for line in lines[1:]}
    assert scores == {name: sum(score.values()) for name, (_, score) in CLASS.items()}
    assert sum(NOTHING.values()) == 0
