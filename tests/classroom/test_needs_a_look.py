"""What was not read, not run or not chosen is named on the terminal, in the gradebook and on the page of the class."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import pytest

from tests.support.commands import SEED, run_grade
from tests.support.course import EXERCISES, HALF_RIGHT, SOLUTIONS
from tests.support.submissions import write, zipped

SOLUTION = (SOLUTIONS / "output_size.py").read_text(encoding="utf-8")
STUB = (EXERCISES / "output_size.py").read_text(encoding="utf-8")
FIRST_DRAFT = (HALF_RIGHT / "output_size.py").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def messy(small_course: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The results of a messy class, and what the batch printed."""
    folder = tmp_path_factory.mktemp("messy")
    subs = folder / "subs"
    write(subs / "clean/output_size.py", SOLUTION)
    write(subs / "drafts/output_size.py", SOLUTION)
    write(subs / "drafts/old/draft.py", FIRST_DRAFT)
    write(subs / "zip beside/output_size.py", STUB)
    zipped(subs / "zip beside/work.zip", {"output_size.py": SOLUTION})
    write(subs / "syntax/output_size.py", f"{SOLUTION}\n\ndef broken(:\n    pass\n")
    write(subs / "damaged/output_size.py", SOLUTION)
    write(subs / "damaged/more.py", b"# \xfc\n")
    write(subs / "damaged/draft.py.txt", SOLUTION)
    write(subs / "latin/output_size.py", f"# -*- coding: latin-1 -*-\n# \xfc\n{SOLUTION}".encode("latin-1", "ignore"))
    write(subs / "compiles/output_size.py", f"import torch\n{SOLUTION}\nconv = torch.compile(conv_output_size)\n")
    write(subs / "lovelaceada_12_345_output_size.py", FIRST_DRAFT)
    write(subs / "another/other.py", "def cnv_output_size(x):\n    return x\n")
    write(subs / "document.docx")
    done = run_grade(small_course, "batch", "exercise3", *SEED, subs, "-o", folder / "res")
    assert done.returncode == 0, done.stderr
    return folder / "res", done.stdout


def problems(results: Path) -> dict[str, str]:
    text = (results / "gradebook.csv").read_text(encoding="utf-8")
    return {row["key"]: row["problem"] for row in csv.DictReader(io.StringIO(text, newline=""))}


def test_gradebook_names_them(messy: tuple[Path, str]) -> None:
    found = problems(messy[0])
    assert {key for key, problem in found.items() if not problem} >= {"clean", "compiles", "latin"}
    assert re.search(
        r"3 exercises, such as \w+, are written in old/draft.py too; those in output_size.py count$", found["drafts"]
    )
    stubs = "all exercises are untouched stubs"
    assert found["zip beside"] == f"work.zip stands beside source files, so it was not read; {stubs}"
    assert "broken" in found["syntax"] or "line" in found["syntax"]
    assert "more.py is not UTF-8 text, so it was not read" in found["damaged"]
    assert "draft.py.txt is Python with another ending; it must end with .py, so it was not read" in found["damaged"]
    assert "only document.docx (a Word document)" in found["document"]


def test_terminal_lists_grades_with_their_first_sentence(messy: tuple[Path, str]) -> None:
    output = messy[1]
    beginning = "5 grades need a look:\n  another: no exercise of exercise3 is in other.py\n  damaged: "
    assert beginning in output
    assert " (and 1 more)\n" in output
    assert "  zip beside: work.zip stands beside source files, so it was not read (and 1 more)\n" in output
    assert "compiles" not in output
    assert "latin" not in output


def test_terminal_shows_a_syntax_error_without_code_and_caret(messy: tuple[Path, str]) -> None:
    (line,) = (line for line in messy[1].splitlines() if line.startswith("  syntax: "))
    assert re.fullmatch(r"  syntax: \S+\.py, line \d+: [^;^]+; lines? \d.* left out, and the rest is graded", line)


def test_page_of_the_class_lists_them_with_links(messy: tuple[Path, str]) -> None:
    page = (messy[0] / "report/index.html").read_text(encoding="utf-8")
    section = page.partition('id="looks"')[2].partition("</section>")[0]
    assert "6 students" in section  # with the one who has no grade
    assert "work.zip stands beside source files" in section
    assert "compiles" not in section
    assert 'href="students/drafts.html"' in section


def test_class_without_any_has_no_such_list(small_course: Path, tmp_path: Path) -> None:
    (tmp_path / "subs/ada").mkdir(parents=True)
    shutil.copy(SOLUTIONS / "output_size.py", tmp_path / "subs/ada")
    done = run_grade(small_course, "batch", "exercise3", *SEED, tmp_path / "subs", "-o", tmp_path / "res")
    assert "a look" not in done.stdout
    assert "Needs a look" not in (tmp_path / "res/report/index.html").read_text(encoding="utf-8")
