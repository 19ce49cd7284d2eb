"""The page of one grade: whole, safe, without network; and what it draws are the numbers of the pictures."""

from __future__ import annotations

import base64
import io
import re
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from autograder.model import CheckResult, ExerciseResult, Grade, Picture
from autograder.reports.drawings import CHARACTER_WIDTH, colour, heat_maps, number, number_format, png, windows
from autograder.reports.grade_page import exercise_html, render_grade_page
from tests.support.commands import run_grade
from tests.support.course import ROOT

SCRIPT = "<script>document.title = 'owned'</script>"
VOID = {"meta", "path", "rect", "line", "br", "input", "img"}


class Elements(HTMLParser):
    """The elements of a page, which must all be closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data.strip())


def test_nothing_of_a_student_becomes_markup(drawn: Grade) -> None:
    elements = Elements(render_grade_page(drawn))
    tags = {tag for tag, _ in elements.found}
    assert not tags & {"script", "link", "iframe", "object", "image", "use", "base", "form"}
    attributes = {name for _, attributes in elements.found for name in attributes}
    assert not {name for name in attributes if name.startswith("on")} | attributes & {"style", "srcset"}
    assert "".join(elements.words).count(SCRIPT) >= 5


def test_page_loads_nothing(drawn: Grade) -> None:
    text = render_grade_page(drawn)
    elements = Elements(text)
    assert {attributes["src"][:22] for tag, attributes in elements.found if tag == "img"} == {"data:image/png;base64,"}
    policy = next(attributes["content"] for tag, attributes in elements.found if "http-equiv" in attributes)
    assert re.fullmatch(
        "default-src 'none'; style-src 'sha256-[^']*'; img-src data:; base-uri 'none'; form-action 'none'", policy
    )
    assert "http" not in re.sub("http-equiv", "", text)


def test_cells_hold_the_numbers_and_the_worst_has_an_outline(drawn: Grade) -> None:
    text = render_grade_page(drawn)
    found = re.search(r'aria-label="yours as a heat map: 0.50 nan; outlined: nan">(.*?)</svg>', text, re.DOTALL)
    assert found
    assert re.findall(r"<text[^>]*>([^<]*)</text>", found[1]) == ["0.50", "nan"]
    assert re.findall(r'fill="(#\w+)"', found[1]) == [colour(0.5, 4.0), "#808080"]
    assert re.findall(r'class="mark" x="(\d+)"', found[1]) == ["37"]


def test_bars_are_as_long_as_what_a_value_sees(drawn: Grade) -> None:
    rows = re.findall(r'class="(expected|correct|wrong)" x="[\d.]+" y="\d+" width="([\d.]+)"', render_grade_page(drawn))
    assert rows == [("expected", "5.0"), ("wrong", "7.0"), ("expected", "300.0"), ("wrong", "0.0")]


def test_stage_without_a_counterpart_is_missing_or_not_expected(drawn: Grade) -> None:
    rows = re.findall(r'class="differs"><td>.*?<span class="tag">([\w ]+)</span>', render_grade_page(drawn))
    assert rows == ["differs", "missing", "not expected"]


def test_empty_axes_have_a_frame(drawn: Grade) -> None:
    assert render_grade_page(drawn).count('<p class="empty">empty</p>') == 1


def test_windows_stand_below_their_values() -> None:
    rows = [{"first": -1, "expected": True, "got": True}, {"first": 2, "expected": False, "got": True}]
    drawn = windows(Picture("windows", "f(3, 2)", {"size": 3, "kernel_size": 2, "padding": 1, "rows": rows}))
    assert (drawn.width, drawn.window_width) == (5 * 16, 2 * 16)
    assert drawn.values == ((0, True), (16, False), (32, False), (48, False), (64, True))
    assert [(bar.first, bar.x, bar.word) for bar in drawn.bars] == [(-1, 0, "right"), (2, 48, "not expected")]


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([1.0, -20.0, 0.0], ["1", "−20", "0"]),
        ([0.5, -0.001, -0.0], ["0.500", "−0.001", "0.000"]),
        ([160.33, 9.0], ["160.3", "9.0"]),
        ([2e-7, 1e-9], ["2.0e−7", "1.0e−9"]),
        ([123456.0, 1.0], ["1.2e5", "1.0e0"]),
        ([0.0], ["0"]),
        ([], []),
    ],
)
def test_numbers_of_a_map_have_one_format(values: list[float], texts: list[str]) -> None:
    assert list(map(number_format(values), values)) == texts


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_numbers_that_are_not_finite_keep_their_names(value: float) -> None:
    assert number_format([1.0])(value) == str(value).replace("-", "−")


def test_numbers_of_a_map_do_not_touch() -> None:
    values = [[-123.456, 0.0, 1.0]]
    panel = {"name": "x", "shape": "(1, 3)", "values": values, "marked": None, "cut": "", "scale": "x"}
    ((heat_map,),) = heat_maps(Picture("maps", "f()", {"panels": [panel], "worst": ""}))
    assert [cell.text for cell in heat_map.cells] == ["−123.5", "0.0", "1.0"]
    assert heat_map.cell_size[0] >= CHARACTER_WIDTH * len("−123.5") + 8
    assert heat_map.text == "−123.5 0.0 1.0"


def test_page_needs_no_pictures(grade_of: Callable[..., Grade]) -> None:
    plain = grade_of("alice", "raised skipped", "stopped", "passed passed")
    assert "<details class" not in render_grade_page(plain)


def test_fragment_for_a_notebook_changes_nothing_around_it(drawn: Grade) -> None:
    text = exercise_html(drawn.sections[0].exercises[0])
    elements = Elements(text)
    assert elements.found[0] == ("div", {"class": "torchgrade"})
    assert not {tag for tag, _ in elements.found} & {"html", "body", "script", "meta"}
    style = text.partition("<style>")[2].partition("</style>")[0]
    assert style.startswith("@scope (.torchgrade) {")
    assert "\nbody" not in style
    assert ":root" not in style


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-0.0, "0"), (-3.0, "−3"), (0.25, "0.25"), (1e-7, "1e−7"), (-123456.0, "−1e5"), (1234.5, "1234")],
)
def test_number_takes_little_room(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, "#f7f7f7"), (2, "#b2182b"), (-2, "#2166ac"), (float("inf"), "#b2182b"), (float("nan"), "#808080")],
)
def test_colours_run_from_blue_over_white_to_red(value: float, expected: str) -> None:
    assert colour(value, 2) == expected


def test_png_holds_the_pixels() -> None:
    pixels = np.arange(24, dtype=np.uint8).reshape(3, 4, 2)
    image = Image.open(io.BytesIO(base64.b64decode(png(pixels).partition(",")[2])))
    assert (image.mode, image.size) == ("LA", (4, 3))
    assert (np.array(image) == pixels).all()


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return run_grade(ROOT, "exercise3", *arguments)


def test_command_writes_the_page_and_says_where(cached_exam: None, tmp_path: Path) -> None:
    target = tmp_path / "my page.html"
    for _ in range(2):
        done = run("tests/submissions/failed/half_right", "--only", "conv2d_manual", "--html", str(target))
        assert (done.returncode, done.stderr) == (0, f"Page: {target}\n")
    text = target.read_text(encoding="utf-8")
    assert "expected[0, 1]" in text
    assert [path.name for path in tmp_path.iterdir()] == ["my page.html"]


@pytest.mark.parametrize(
    ("target", "reason"),
    [("-", "--html needs the name of a file"), ("autograder", "is a folder"), ("no/such/x.html", "does not exist")],
)
def test_page_that_cannot_be_written_is_refused_first(target: str, reason: str) -> None:
    done = run("--html", target)
    assert (done.returncode, done.stdout) == (2, "")
    assert reason in done.stderr
    assert "Traceback" not in done.stderr


def test_exercise_that_nobody_wrote_is_one_grey_line() -> None:
    checks = (CheckResult("small", "Small ones", "raised", 0, 1, "there is no `area`"),)
    page = exercise_html(ExerciseResult("area", 0, 1, 0.0, checks))
    assert "not in the files" in page
    assert 'class="exercise untouched"' in page
    assert "Small ones" not in page
    misspelt = exercise_html(ExerciseResult("area", 0, 1, 0.0, checks, "work.py"))
    assert "there is no `area`" in misspelt
