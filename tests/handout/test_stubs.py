"""Stubs and the notebook follow from the solutions, and say so when they no longer do."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.cli.door import command
from autograder.errors import UserError
from autograder.handout.notebook_cells import ADVICE, IMPORT, make_notebook_cells
from autograder.handout.stubs import make_stubs, notebook_json, outdated_stubs, stub_text

SIZES = '''\
"""Sizes.

What comes out of $\\\\lfloor x \\\\rfloor$.
"""

import math

### BEGIN SOLUTION
from functools import cache
### END SOLUTION

LIMIT = 3


# Halves are rounded down.
def half(x: int) -> int:
    """Half of x."""
    ### BEGIN SOLUTION
    return x // 2
    ### END SOLUTION


class Doubler:
    """Doubles."""

    def __init__(self) -> None:
        self.factor = 2

    def double(self, x: int) -> int:
        if x > LIMIT:
            ### BEGIN SOLUTION
            return self.factor * x
            ### END SOLUTION
        return math.inf
'''

SIZES_STUB = '''\
"""Sizes.

What comes out of $\\\\lfloor x \\\\rfloor$.
"""

import math


LIMIT = 3


# Halves are rounded down.
def half(x: int) -> int:
    """Half of x."""
    # YOUR CODE HERE
    raise NotImplementedError()


class Doubler:
    """Doubles."""

    def __init__(self) -> None:
        self.factor = 2

    def double(self, x: int) -> int:
        if x > LIMIT:
            # YOUR CODE HERE
            raise NotImplementedError()
        return math.inf
'''

NETS = '''\
"""Nets"""

from sizes import Doubler, half


@staticmethod
def net():
    ### BEGIN SOLUTION
    return half(Doubler().double(3))
    ### END SOLUTION
'''


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    put("solutions/sheet1/sizes.py", SIZES)
    put("solutions/sheet1/nets.py", NETS)
    put(
        "reference/sheet1/__init__.py",
        '"""Networks.\n\nThe answer key."""\n\nsections = ("sizes", "nets")\nx = 1 / 0\n',
    )
    return tmp_path


def put(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8", newline="\n")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["stubs", *arguments])


def cells(text: str) -> list[tuple[str, str, str]]:
    return [(cell["cell_type"], cell["id"], "".join(cell["source"])) for cell in json.loads(text)["cells"]]


def test_marked_regions_become_tasks() -> None:
    assert stub_text(SIZES, "sizes.py") == SIZES_STUB


@pytest.mark.parametrize("text", ["", "x = 1", 'x = "\f\u2028"\n\n', "def f():\n\traise NotImplementedError()\n"])
def test_text_without_marks_stays_as_it_is(text: str) -> None:
    assert stub_text(text, "a.py") == text


def test_tabs_stay_before_the_task() -> None:
    solution = "def f():\n\t### BEGIN SOLUTION\n\treturn 1\n\t### END SOLUTION\n"
    assert stub_text(solution, "a.py") == "def f():\n\t# YOUR CODE HERE\n\traise NotImplementedError()\n"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["x", "  ### BEGIN SOLUTION"], "a.py:2: ### BEGIN SOLUTION without ### END SOLUTION below it"),
        (["x", "### END SOLUTION"], "a.py:2: ### END SOLUTION without ### BEGIN SOLUTION above it"),
        (
            ["### BEGIN SOLUTION", "### BEGIN SOLUTION", "### END SOLUTION"],
            "a.py:2: ### BEGIN SOLUTION again, before the region of line 1 has ended",
        ),
        (["## begin solution"], "a.py:1: a mark is ### BEGIN SOLUTION or ### END SOLUTION, alone on its line"),
        (["x = 1  ### BEGIN SOLUTION"], "a.py:1: a mark is ### BEGIN SOLUTION or ### END SOLUTION, alone on its line"),
    ],
)
def test_marks_that_could_leak_a_solution_are_refused(lines: list[str], message: str) -> None:
    with pytest.raises(UserError, match=f"^{re.escape(message)}$"):
        stub_text("\n".join(lines), "a.py")


def test_notebook_has_a_cell_for_each_definition(course: Path) -> None:
    text = make_stubs(course, "sheet1")[course / "exercises/sheet1/sheet1.ipynb"]
    half, doubler = SIZES_STUB[SIZES_STUB.index("# Halves") :].split("\n\n\n")
    assert cells(text) == [
        ("markdown", "0-sheet1", f"# Networks\n\n{ADVICE}"),
        ("code", "0-sheet1-checks", IMPORT),
        ("markdown", "sizes", "## Sizes\n\nWhat comes out of $\\lfloor x \\rfloor$."),
        ("code", "sizes-1", "import math\n\n\nLIMIT = 3"),
        ("code", "sizes-half", half),
        ("code", "sizes-half-check", 'check("half")'),
        ("code", "sizes-Doubler", doubler.rstrip()),
        ("code", "sizes-Doubler-check", 'check("Doubler")'),
        ("markdown", "nets", "## Nets"),
        ("code", "nets-net", "@staticmethod\ndef net():\n    # YOUR CODE HERE\n    raise NotImplementedError()"),
        ("code", "nets-net-check", 'check("net")'),
    ]


def test_definition_without_a_task_has_no_check(course: Path) -> None:
    made = notebook_json(
        "sheet1", "Title", {"a": "def given():\n    return 1\n\n\ndef task():\n    # YOUR CODE HERE\n    pass"}
    )
    assert [text for _, name, text in cells(made) if name.endswith("-check")] == ['check("task")']


def test_cells_of_solutions_hold_both_marks_of_each_region() -> None:
    made = make_notebook_cells("sheet1", "Title", {"sizes": SIZES.partition("LIMIT = 3")[2], "nets": NETS})
    tasks = [cell.text for cell in made if cell.role == "task"]
    assert [(text.count("### BEGIN SOLUTION"), text.count("### END SOLUTION")) for text in tasks] == [(1, 1)] * 3


def test_notebook_has_the_form_of_nbformat_4_5(course: Path) -> None:
    document = json.loads(make_stubs(course, "sheet1")[course / "exercises/sheet1/sheet1.ipynb"])
    assert (document["nbformat"], document["nbformat_minor"]) == (4, 5)
    assert document["metadata"]["kernelspec"] == {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    for cell in document["cells"]:
        code = {"execution_count", "outputs"} if cell["cell_type"] == "code" else set()
        assert set(cell) == {"cell_type", "id", "metadata", "source"} | code
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", cell["id"])
        assert not cell.get("outputs")
    assert len({cell["id"] for cell in document["cells"]}) == len(document["cells"])


def test_nothing_of_a_solution_reaches_the_students(course: Path) -> None:
    text = "".join(make_stubs(course, "sheet1").values())
    assert "SOLUTION" not in text
    assert "x // 2" not in text
    assert "cache" not in text


def test_sections_are_sorted_without_a_reference(course: Path) -> None:
    Path("reference/sheet1/__init__.py").unlink()
    made = make_stubs(course, "sheet1")
    assert [path.name for path in made] == ["nets.py", "sizes.py", "sheet1.ipynb"]
    assert cells(made[course / "exercises/sheet1/sheet1.ipynb"])[0][2].startswith("# sheet1\n")


def test_sections_the_reference_does_not_list_come_last(course: Path) -> None:
    put("reference/sheet1/__init__.py", 'sections = ["sizes"]')
    assert [path.name for path in make_stubs(course, "sheet1")] == ["sizes.py", "nets.py", "sheet1.ipynb"]


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("reference/sheet1/__init__.py", 'sections = ("sizes", "unet")', "its section unet has no file solutions/"),
        ("reference/sheet1/__init__.py", "\nsections = names()", "__init__.py:2: sections is not a literal tuple"),
        ("solutions/sheet1/nets.py", "x = (\n1 +)", "^solutions/sheet1/nets.py:2: invalid syntax"),
        ("solutions/sheet1/nets.py", "import math\nimport sizes", "nets.py:2: import from another section as"),
        ("solutions/sheet1/nets.py", "from sizes import half as h", "nets.py:1: import from another section as"),
        ("solutions/sheet1/nets.py", "def f():\n    from sizes import half", "nets.py:2: import from another section"),
    ],
)
def test_what_has_no_notebook_form_is_refused_by_line(course: Path, path: str, text: str, message: str) -> None:
    put(path, text)
    with pytest.raises(UserError, match=message):
        make_stubs(course, "sheet1")


def test_comment_at_the_end_stays_with_the_last_definition() -> None:
    made = notebook_json("sheet1", "Title", {"a": "def f(): pass\n\n# the end\n"})
    assert cells(made)[-1] == ("code", "a-f", "def f(): pass\n\n# the end")


def test_command_writes_what_is_stale_and_only_that(course: Path) -> None:
    assert run().output == (
        "wrote exercises/sheet1/sizes.py\nwrote exercises/sheet1/nets.py\nwrote exercises/sheet1/sheet1.ipynb\n"
    )
    assert Path("exercises/sheet1/sizes.py").read_text(encoding="utf-8") == SIZES_STUB
    assert sorted(path.name for path in Path("exercises/sheet1").iterdir()) == ["nets.py", "sheet1.ipynb", "sizes.py"]
    assert outdated_stubs(course, "sheet1") == []
    assert run("sheet1").output == "sheet1 is up to date\n"


def test_assignment_without_solutions_is_an_error_that_names_the_file(course: Path) -> None:
    put("reference/sheet2/__init__.py", '"""More."""\n\nsections = ("sizes",)\n')
    for arguments in ((), ("sheet2",), ("--check",)):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "its section sizes has no file solutions/sheet2/sizes.py" in result.output
    Path("solutions/sheet1/nets.py").unlink()
    result = run("sheet1")
    assert (result.exit_code, "has no file solutions/sheet1/nets.py" in result.output) == (2, True)


def test_check_names_stale_files_and_the_command(course: Path) -> None:
    run()
    put("exercises/sheet1/nets.py", "old")
    result = run("--check")
    assert result.exit_code == 1
    assert result.output == "exercises/sheet1/nets.py does not match the solutions\nrun: grade stubs sheet1\n"
    assert Path("exercises/sheet1/nets.py").read_text(encoding="utf-8") == "old"


def work_on(path: str, old: str, new: str) -> str:
    """Edit a generated file as a student does; gives its new text."""
    text = Path(path).read_text(encoding="utf-8")
    assert old in text
    put(path, text.replace(old, new, 1))
    return Path(path).read_text(encoding="utf-8")


TASK_OF_HALF = "# YOUR CODE HERE\n    raise NotImplementedError()\n\n\nclass Doubler"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("exercises/sheet1/sizes.py", TASK_OF_HALF, "return x // 2\n\n\nclass Doubler"),
        ("exercises/sheet1/sizes.py", TASK_OF_HALF, "# YOUR CODE HERE\n    return x // 2\n\n\nclass Doubler"),
        ("exercises/sheet1/sizes.py", TASK_OF_HALF, "return (x //\n\n\nclass Doubler"),
        ("exercises/sheet1/sheet1.ipynb", '"    raise NotImplementedError()"', '"    return x // 2"'),
    ],
    ids=["solved", "mark left", "half-written", "notebook"],
)
def test_work_is_not_overwritten(course: Path, path: str, old: str, new: str) -> None:
    run()
    work = work_on(path, old, new)
    Path("exercises/sheet1/nets.py").unlink()
    result = run()
    assert (result.exit_code, result.output) == (
        2,
        f"Error: nothing was written, because these files hold work; use --force to overwrite them:\n  {path}: half\n",
    )
    assert Path(path).read_text(encoding="utf-8") == work
    assert not Path("exercises/sheet1/nets.py").exists()


def test_work_on_one_assignment_keeps_all_from_being_written(course: Path) -> None:
    run()
    work_on("exercises/sheet1/sizes.py", TASK_OF_HALF, "return x // 2\n\n\nclass Doubler")
    put("solutions/another/deep.py", '"""Deep"""\n')
    assert run().exit_code == 2
    assert not Path("exercises/another").exists()


def test_force_overwrites_work(course: Path) -> None:
    run()
    work_on("exercises/sheet1/sizes.py", TASK_OF_HALF, "return x // 2\n\n\nclass Doubler")
    assert run("--force").output == "wrote exercises/sheet1/sizes.py\n"
    assert Path("exercises/sheet1/sizes.py").read_text(encoding="utf-8") == SIZES_STUB


@pytest.mark.parametrize(
    "line", ["def my_helper(x):\n    return x\n", "rows = [1, 2, 3]\n"], ids=["definition", "statement"]
)
@pytest.mark.parametrize("path", ["exercises/sheet1/sizes.py", "exercises/sheet1/sheet1.ipynb"])
def test_work_beside_the_exercises_is_not_overwritten(course: Path, path: str, line: str) -> None:
    run()
    if path.endswith(".py"):
        work = Path(path).read_text(encoding="utf-8") + line
    else:
        notebook = json.loads(Path(path).read_text(encoding="utf-8"))
        notebook["cells"].append({"cell_type": "code", "id": "own", "metadata": {}, "source": [line], "outputs": []})
        work = json.dumps(notebook)
    put(path, work)
    result = run()
    assert (
        result.exit_code,
        f"{path}: {line.split(chr(10))[0].removeprefix('def ').partition('(')[0]}" in result.output,
    ) == (2, True)
    assert Path(path).read_text(encoding="utf-8") == work


@pytest.mark.parametrize("marks", [{"half"}, set()])
def test_exercise_without_marks_becomes_no_stub(course: Path, marks: set[str]) -> None:
    put("reference/sheet1/sizes.py", "@reference(points=1)\ndef half(x):\n    return x // 2\n")
    if not marks:
        put(
            "solutions/sheet1/sizes.py",
            SIZES.replace("    ### BEGIN SOLUTION\n", "", 1).replace("    ### END SOLUTION\n", "", 1),
        )
    result = run()
    sentence = "solutions/sheet1/sizes.py: half has no ### BEGIN SOLUTION and ### END SOLUTION"
    assert (result.exit_code, sentence in result.output) == ((0, False) if marks else (2, True))


def test_notebook_that_cannot_be_read_is_not_overwritten(course: Path) -> None:
    run()
    put("exercises/sheet1/sheet1.ipynb", "<<<<<<< HEAD")
    result = run()
    assert result.exit_code == 2
    assert "exercises/sheet1/sheet1.ipynb: not a readable notebook" in result.output


def test_stub_without_work_is_overwritten(course: Path) -> None:
    run()
    put("solutions/sheet1/sizes.py", SIZES.replace("Half of x.", "Half of x, rounded down."))
    work_on("exercises/sheet1/nets.py", "def net", "def other")
    assert "wrote exercises/sheet1/sizes.py\nwrote exercises/sheet1/nets.py\n" in run().output


def test_check_is_content_when_all_is_fresh(course: Path) -> None:
    run()
    result = run("sheet1", "--check")
    assert (result.exit_code, result.output) == (0, "sheet1 is up to date\n")


def test_every_assignment_is_made_by_default(course: Path) -> None:
    put("solutions/sheet2/deep.py", '"""Deep"""\n')
    assert "wrote exercises/sheet2/sheet2.ipynb\n" in run().output


def test_unknown_assignment_is_refused_with_the_known_ones(course: Path) -> None:
    result = run("sheet3")
    assert (result.exit_code, result.output) == (2, "Error: solutions/sheet3 holds no .py file; there is sheet1.\n")


def test_command_says_where_to_run_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run()
    assert result.exit_code == 2
    assert "run this in the course folder" in result.output


def test_bad_mark_ends_the_command_before_anything_is_written(course: Path) -> None:
    put("solutions/sheet1/nets.py", "### END SOLUTION")
    result = run()
    assert result.exit_code == 2
    assert result.output.startswith("Error: solutions/sheet1/nets.py:1: ### END SOLUTION without")
    assert not Path("exercises").exists()
