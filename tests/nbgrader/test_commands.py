"""What an instructor types: init, check, push, validate, and autograde without a kernel."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from .conftest import run
from .students import CLASS, FULL, NAMES, NOTHING, SOLUTIONS, handed_in

if TYPE_CHECKING:
    from .conftest import Course


@pytest.fixture(scope="module")
def empty(made: Callable[[str], Course]) -> Course:
    """A released assignment that nobody has handed in."""
    return made("empty")


def grade(course: Course, *arguments: str, fails: bool = False) -> str:
    return run("grade", "nbgrader", *arguments, folder=course.reference, fails=fails)


def test_source_has_a_text_a_solution_and_a_locked_check_for_each_exercise(empty: Course) -> None:
    notebook = json.loads((empty.folder / "source/sheet/sheet.ipynb").read_text())
    metadata = [cell["metadata"].get("nbgrader") for cell in notebook["cells"]]
    places = [place for place, one in enumerate(metadata) if one and one["grade"]]
    assert [metadata[place]["grade_id"] for place in places] == list(NAMES)
    for place in places:
        text, solution, check = notebook["cells"][place - 2 : place + 1]
        name = metadata[place]["grade_id"]
        assert f"`{name}`" in "".join(text["source"])
        assert (metadata[place - 1]["solution"], metadata[place - 1]["grade_id"]) == (True, f"{name}-solution")
        assert "### BEGIN SOLUTION" in "".join(solution["source"])
        assert ("".join(check["source"]), metadata[place]["locked"]) == (f'check("{name}")', True)
        assert metadata[place]["points"] == FULL[name]


def test_released_notebook_holds_no_solution(empty: Course) -> None:
    text = (empty.folder / "release/sheet/sheet.ipynb").read_text()
    assert "return" not in text
    assert text.count("raise NotImplementedError()") == 3 + 1  # and the advice at the top


def test_hidden_checks_are_not_released(empty: Course) -> None:
    assert b"secretly" not in (empty.folder / "release/sheet/sheet.exam").read_bytes()
    assert not (empty.folder / "release/sheet/torchgrade.json").exists()
    assert (empty.folder / "torchgrade.json").stat().st_mode & 0o077 == 0


def test_validate_shows_who_is_right_without_hidden_checks(empty: Course, tmp_path: Path) -> None:
    released = json.loads((empty.folder / "release/sheet/sheet.ipynb").read_text())
    (tmp_path / "sheet.ipynb").write_text(handed_in(released, "right"))
    (tmp_path / "sheet.exam").write_bytes((empty.folder / "release/sheet/sheet.exam").read_bytes())
    assert "Success! Your notebook passes all" in run("nbgrader", "validate", "sheet.ipynb", folder=tmp_path)


def test_init_overwrites_nothing(empty: Course) -> None:
    before = {path: path.read_bytes() for path in empty.folder.rglob("*") if path.is_file()}
    output = grade(empty, "init", str(empty.folder), fails=True)
    assert "exists, and nothing is overwritten" in output
    assert {path: path.read_bytes() for path in empty.folder.rglob("*") if path.is_file()} == before


def test_init_leaves_a_configuration_alone_and_shows_what_to_add(empty: Course, tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    output = grade(empty, "init", str(tmp_path))
    assert (tmp_path / "nbgrader_config.py").read_text() == "c = get_config()\n"
    assert "sealed(c, kernels=False)" in output
    assert "can be forged" in " ".join(grade(empty, "check", str(tmp_path), fails=True).split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("init", "x", "shet"), "did you mean sheet?"),
        (("init",), "Missing argument"),
        (("check", "nowhere"), "nowhere is not a folder."),
        (("push", "nowhere", "x"), "holds no results of grade batch."),
    ],
)
def test_mistake_is_one_sentence(empty: Course, arguments: tuple[str, ...], said: str) -> None:
    output = grade(empty, *arguments, fails=True)
    assert said in output
    assert "Traceback" not in output


def test_check_is_content_with_what_init_made(empty: Course) -> None:
    assert "is as the reference says." in grade(empty, "check", str(empty.folder))


def test_check_shows_what_differs(made: Callable[[str], Course]) -> None:
    course = made("changed")
    path = course.folder / "source/sheet/sheet.ipynb"
    notebook = json.loads(path.read_text())
    cells = {cell["metadata"].get("nbgrader", {}).get("grade_id"): cell for cell in notebook["cells"]}
    cells["half"]["metadata"]["nbgrader"]["points"] = 40
    cells["area-solution"]["source"] = "pass"
    notebook["cells"].remove(cells["mean"])
    path.write_text(json.dumps(notebook))
    (course.folder / "source/sheet/sheet.exam").unlink()
    (course.folder / "torchgrade.json").chmod(0o644)
    base = sqlite3.connect(course.folder / "gradebook.db")
    base.execute("UPDATE grade_cells SET max_score = 7 WHERE max_score = 3")
    base.commit()
    base.close()
    output = grade(course, "check", str(course.folder), fails=True)
    for said in (
        "half has 40 points, the reference 4.",
        "the cell area-solution does not match the solutions.",
        "there is no cell mean.",
        "sheet.exam is missing",
        "other users may read it",
        "In the gradebook area has 7 points",
    ):
        assert said in output


def test_solution_that_would_leak_is_refused(reference: Path, tmp_path: Path) -> None:
    for name in "reference", "solutions":
        (tmp_path / name / "sheet").mkdir(parents=True)
        for path in (reference / name / "sheet").glob("*.py"):
            (tmp_path / name / "sheet" / path.name).write_text(path.read_text())
    marked = SOLUTIONS["means.py"].replace(
        "\n\n\ndef", "\n\n### BEGIN SOLUTION\nimport math\n### END SOLUTION\n\n\ndef"
    )
    (tmp_path / "solutions/sheet/means.py").write_text(marked)
    output = run("grade", "nbgrader", "init", "course", folder=tmp_path, fails=True)
    assert "means.py:3: nbgrader needs a region between marks to be inside a function or class" in output
    assert not (tmp_path / "course").exists()


@pytest.fixture(scope="module")
def pushed(made: Callable[[str], Course], course_before: Course, results: Path) -> tuple[Course, str]:
    """Results of `grade batch` in a gradebook that nbgrader's autograde has never seen."""
    course = made("pushed")
    return course, grade(course, "push", str(results), str(course.folder))


def test_pushed_scores_are_those_of_the_batch(pushed: tuple[Course, str]) -> None:
    assert pushed[0].scores() == {name: expected for name, (_, expected) in CLASS.items()}
    assert f"{len(CLASS)} students in the gradebook" in pushed[1]


def test_push_keeps_what_a_person_gave(pushed: tuple[Course, str], results: Path) -> None:
    course, _ = pushed
    base = sqlite3.connect(course.folder / "gradebook.db")
    base.execute("UPDATE grade SET manual_score = 0.5, extra_credit = 1")
    base.commit()
    base.close()
    grade(course, "push", str(results), str(course.folder))
    for mode, expected in (("manual_score", {0.5}), ("extra_credit", {1.0}), ("needs_manual_grade", {True})):
        assert {score for one in course.scores(mode).values() for score in one.values()} == expected


def test_push_into_a_course_without_the_assignment_is_refused(empty: Course, results: Path, tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    output = grade(empty, "push", str(results), str(tmp_path), fails=True)
    assert "has no gradebook yet" in output


@pytest.fixture(scope="module")
def without_kernel(made: Callable[[str], Course], course_before: Course, results: Path) -> Course:
    """Graded from the results of `grade batch` by `nbgrader autograde`; one result is missing, one old."""
    course = made("without kernel")
    released: Any = json.loads((course.folder / "release/sheet/sheet.ipynb").read_text())
    for name in "right", "half_right", "edits_check_cells", "writes_to_the_gradebook":
        course.submit(name, handed_in(released, name))
    course.submit("nobody_knows", handed_in(released, "right"))
    course.submit("untouched", handed_in(released, "right"))
    config = course.folder / "nbgrader_config.py"
    config.write_text(f"{config.read_text()}\nc.SealedGrades.results = {str(results)!r}\n")
    course.nbgrader("autograde", "sheet")
    return course


@pytest.mark.parametrize("student", ["right", "half_right", "edits_check_cells", "writes_to_the_gradebook"])
def test_without_a_kernel_the_scores_are_those_of_the_batch(without_kernel: Course, student: str) -> None:
    assert without_kernel.scores()[student] == CLASS[student][1]


@pytest.mark.parametrize(
    ("student", "said"),
    [("nobody_knows", "Not graded yet: run grade batch again"), ("untouched", "a newer submission")],
)
def test_student_without_a_result_has_no_score_and_is_reported(without_kernel: Course, student: str, said: str) -> None:
    assert without_kernel.scores()[student] == NOTHING
    assert said in (without_kernel.folder / "autograded" / student / "sheet/sheet.ipynb").read_text()


def test_without_a_kernel_nothing_was_run(without_kernel: Course) -> None:
    text = (without_kernel.folder / "autograded/writes_to_the_gradebook/sheet/sheet.ipynb").read_text()
    assert [cell["outputs"] for cell in json.loads(text)["cells"][:1]] == [[]]


@pytest.fixture(scope="module")
def own_test(made: Callable[[str], Course]) -> tuple[Course, str]:
    """A graded course with a test of the instructor's own; a student has saved an output of 2 points in it."""
    course = made("own test")
    source = course.folder / "source/sheet/sheet.ipynb"
    notebook = json.loads(source.read_text())
    metadata = {"grade": True, "grade_id": "own", "locked": True, "points": 2, "schema_version": 3}
    cell: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": None,
        "id": "own",
        "outputs": [],
        "source": "assert half(4) == 2",
    }
    notebook["cells"].append({**cell, "metadata": {"nbgrader": {**metadata, "solution": False, "task": False}}})
    source.write_text(json.dumps(notebook))
    course.nbgrader("generate_assignment", "sheet", "--force")
    work = json.loads(handed_in(json.loads((course.folder / "release/sheet/sheet.ipynb").read_text()), "right"))
    claim = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": "2"}}
    work["cells"][-1].update(execution_count=1, outputs=[claim])
    course.submit("claims", json.dumps(work))
    return course, course.nbgrader("autograde", "sheet")


def test_saved_output_earns_nothing_without_a_kernel(own_test: tuple[Course, str]) -> None:
    course, log = own_test
    assert course.scores()["claims"] == {**FULL, "own": 0.0}
    assert "claims gets nothing for own, which was not run" in log


def test_check_reports_tests_that_need_a_kernel(own_test: tuple[Course, str]) -> None:
    output = " ".join(grade(own_test[0], "check", str(own_test[0].folder), fails=True).split())
    assert "tests of your own (own), which only a kernel can run" in output


def test_test_of_an_instructor_counts_where_the_course_asks_for_kernels(own_test: tuple[Course, str]) -> None:
    course, _ = own_test
    config = course.folder / "nbgrader_config.py"
    config.write_text(config.read_text().replace("kernels=False", "kernels=True"))
    course.nbgrader("autograde", "sheet", "--force")
    assert course.scores()["claims"] == {**FULL, "own": 2.0}


def test_init_asks_for_kernels_on_request(reference: Path, tmp_path: Path) -> None:
    run("grade", "nbgrader", "init", str(tmp_path / "with kernels"), "--kernels", folder=reference)
    assert "sealed(c, kernels=True)" in (tmp_path / "with kernels/nbgrader_config.py").read_text()


def test_missing_secrets_leave_everybody_without_a_score(made: Callable[[str], Course]) -> None:
    course = made("lost")
    released = json.loads((course.folder / "release/sheet/sheet.ipynb").read_text())
    course.submit("right", handed_in(released, "right"))
    (course.folder / "torchgrade.json").unlink()
    output = course.nbgrader("autograde", "sheet", "--no-execute", fails=True)
    assert "torchgrade.json is missing" in output
    assert set(course.scores()["right"].values()) == {None}
