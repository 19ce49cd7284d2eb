"""The web pages of a class: nothing of a student's becomes markup, and everybody can read them."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.classroom.file_names import file_name
from autograder.classroom.gradebook import Entry, Gradebook, Student
from autograder.model import Grade, SourceFile
from autograder.reports import html, rendering
from autograder.reports.class_data import as_json, class_data
from autograder.reports.formats import FORMATS
from autograder.submission.read import read_submission
from tests.support.course import SUBMISSIONS

STYLE = (rendering.TEMPLATES / "report.css").read_text(encoding="utf-8")
SCRIPT = (rendering.TEMPLATES / "report.js").read_text(encoding="utf-8")
EMPTY = {"meta", "path", "rect", "line", "br", "input"}  # elements that are never closed, or close themselves
ASSETS = {"script", "img", "link", "iframe", "object", "embed", "base", "form", "audio", "video", "image", "use"}


class Page(HTMLParser):
    """What stands on a page: its elements with their attributes, its ids, headings and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text: dict[str, list[str]] = {}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag == "br":
            self.handle_data(" ")
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "dt", "dd", "p", "pre", "li"):
            self.handle_data(" ")
        if tag not in EMPTY:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in self.open:
            self.text.setdefault(tag, []).append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def words(self, tag: str = "body") -> str:
        return " ".join("".join(self.text.get(tag, [])).split())


def pages_of(gradebook: Gradebook) -> dict[str, str]:
    return dict(html.pages(gradebook))


@pytest.fixture(scope="module")
def texts(class_of_nine: Gradebook) -> dict[str, str]:
    return pages_of(class_of_nine)


@pytest.fixture(scope="module")
def pages(texts: dict[str, str]) -> dict[str, Page]:
    return {name: Page(text) for name, text in texts.items()}


def page_of(pages: dict[str, Page], key: str) -> Page:
    return pages[f"students/{file_name(key)}.html"]


@pytest.fixture(scope="module")
def evil(pages: dict[str, Page], class_of_nine: Gradebook) -> Page:
    return page_of(pages, class_of_nine.entries[2].student.key)


def test_there_is_a_page_for_everybody(pages: dict[str, Page], class_of_nine: Gradebook) -> None:
    students = {f"students/{file_name(entry.student.key)}.html" for entry in class_of_nine.entries}
    assert set(pages) == {"index.html"} | students
    assert set(FORMATS["html"](class_of_nine)) == {f"report/{name}" for name in pages}


def test_nothing_of_a_student_becomes_markup(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert page.open == []
        loaded = {tag for tag, _ in page.elements} & ASSETS
        assert loaded == ({"script", "form"} if name == "index.html" else set())
        attributes = {attribute for _, attributes in page.elements for attribute in attributes}
        assert not {name for name in attributes if name.startswith("on")} | attributes & {"style", "src", "srcset"}


def test_links_lead_to_pages_of_the_report_only(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        for link in page.all("a"):
            target = link["href"]
            if target.startswith("#"):
                assert target[1:].partition("?")[0] in {attributes.get("id") for _, attributes in page.elements}
            else:
                assert str((Path("/") / name).parent.joinpath(target).resolve()).lstrip("/") in pages


def test_policy_allows_the_style_and_the_script_by_their_hashes_alone(texts: dict[str, str]) -> None:
    for name, text in texts.items():
        policy = next(meta["content"] for meta in Page(text).all("meta") if "http-equiv" in meta)
        hashes = {
            tag: " ".join(
                "'sha256-" + base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode() + "'"
                for inner in re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
            )
            for tag in ("style", "script")
        }
        script = f" script-src {hashes['script']};" if name == "index.html" else ""
        style = hashes["style"]
        assert sorted(re.findall(r"[^ ;]+|;", policy)) == sorted(
            re.findall(
                r"[^ ;]+|;", f"default-src 'none'; style-src {style};{script} base-uri 'none'; form-action 'none'"
            )
        )
    assert (hashes["style"].count("sha256"), STYLE in text, SCRIPT in texts["index.html"]) == (1, True, True)


def test_data_of_a_class_cannot_end_its_element(class_of_nine: Gradebook) -> None:
    first = class_of_nine.entries[0]
    name = "</script><script>document.title = 'owned'</script><!--"
    book = replace(class_of_nine, entries=(replace(first, student=Student("k", name=name)),))
    text = as_json(class_data(book))
    assert "<" not in text
    assert json.loads(text)["students"][0]["name"] == name


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.text(alphabet="<>/\"'&;=`{}%#!-abcsriptx \n\r\t\x00\u202e🦆") | st.text())
def test_any_text_is_shown_as_text(text: str) -> None:
    source = SourceFile(f"{text}.py", (text, text))
    entry = Entry(Student("key", text, text, text), "failed", problem=text, sources=(source,))
    book = Gradebook(text, text, 1.0, (), (entry, replace(entry, student=Student(text + "2"))), notes=(text,))
    plain = Entry(Student("key", "x", "x", "x"), "failed", problem="x", sources=(SourceFile("x.py", ("x", "x")),))
    other = Gradebook("x", "x", 1.0, (), (plain, replace(plain, student=Student(text + "2"))), notes=("x",))
    for (name, mine), (_, escape_formulas) in zip(html.pages(book), html.pages(other), strict=True):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", mine)
        if text.strip():
            assert [tag for tag, _ in Page(mine).elements if tag != "br"] == [
                tag for tag, _ in Page(escape_formulas).elements if tag != "br"
            ], name


def test_answers_to_questions_are_counted(texts: dict[str, str]) -> None:
    section = texts["index.html"].partition('<section aria-labelledby="questions">')[2].partition("</section>")[0]
    rows = re.findall(r'<b>(.*?)</b>( <span class="verdict passed">right</span>)?</td>\n<td [^>]*>(\d+) ', section)
    assert [(text.partition("&gt;")[0], bool(right), count) for text, right, count in rows] == [
        ("&lt;script", False, "1"),
        ("c", True, "2"),
    ]
    assert '<span class="quiet">other or none</span></td>\n<td class="right nowrap">1 ' in section


def test_hostile_text_is_readable(evil: Page) -> None:
    assert evil.words("h1").startswith("<script>document.title = 'owned'</script><img src=x onerror=")
    assert r"\x00\u202e" in evil.words("pre")
    assert "return '</pre></details>' + '\\u202e'" in evil.words("pre")
    assert r"\x1b[31m" in evil.words("details")


def test_lines_of_windows_are_lines(evil: Page) -> None:
    assert "import torch x = 1" in evil.words("pre")
    assert "Cell 2" in evil.words()


def test_every_page_can_be_read_by_everybody(pages: dict[str, Page]) -> None:
    for page in pages.values():
        assert page.all("html") == [{"lang": "en"}]
        assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in page.all("meta")
        levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(deeper <= level + 1 for level, deeper in itertools.pairwise(levels))
        assert all("scope" in head for head in page.all("th"))
        ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
        assert len(set(ids)) == len(ids)
        named = {attributes["aria-labelledby"] for _, attributes in page.elements if "aria-labelledby" in attributes}
        assert named <= set(ids)
        for svg in page.all("svg"):
            assert svg.get("aria-hidden") == "true" or (
                svg["role"] == "img" and svg.keys() & {"aria-label", "aria-labelledby"}
            )
        for tag, attributes in page.elements:
            if attributes.get("class", "").startswith(("scroll", "code")):
                assert (tag, attributes["tabindex"], attributes["role"]) == ("div", "0", "region")


COLOURS = re.findall(r"--([a-z0-9]+): (#[0-9a-f]{6});", STYLE)
LIGHT, DARK = dict(COLOURS[: len(COLOURS) // 2]), dict(COLOURS[len(COLOURS) // 2 :])


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""

    def luminance(colour: str) -> float:
        channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast_is_enough(colours: dict[str, str]) -> None:
    words = ("ink", "quiet", "link", "good", "bad", "warn")
    assert min(contrast(colours[word], colours[ground]) for word in words for ground in ("paper", "shade")) >= 4.5
    drawn = ("bar", "curve0", "curve1", "curve2", "curve3")
    assert min(contrast(colours[line], colours["paper"]) for line in drawn) >= 3
    assert LIGHT.keys() == DARK.keys()


def test_page_of_a_student_shows_everything(pages: dict[str, Page]) -> None:
    shown = page_of(pages, "a/../../b\nc").words()
    assert "5.85 of 7 points, 84 %, 0.75 of them extra credit" in shown
    assert "fit 4 0 the network is right" in shown  # the override, and what the grader gave
    assert "fit 4 of 4, override, 0 by the grader" in shown
    assert "✗ failed Check 2 of area holds 0 of 2 area(2): expected 4, got 3 Hint The corner counts as well." in shown
    assert "Check 2 of noise holds hidden from students" in shown
    assert "Training 1 seed 11 ✗ failed the loss became infinite (threshold 0.9)" in shown
    assert "Graded with exam 0123456789ab in 1.5 s, isolation: full" in shown


def test_loss_curves_are_drawn_with_their_names(pages: dict[str, Page]) -> None:
    alice = page_of(pages, "alice")
    curves = [path["d"] for path in alice.all("path") if path.get("class", "").startswith("curve")]
    assert curves[:3] == ["M0.0 0.0", "M0.0 0.0L120.0 54.0L240.0 72.0", "M0.0 18.0L120.0 72.0L240.0 81.0"]
    assert "reached 0.95, threshold 0.9" in alice.words()
    assert "with batch norm" in alice.words("ul")


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("-rf", "missing handed in nothing"),
        ("carol", "refused two submissions"),
        ("x" * 255, "failed the sandbox did not start"),
        ("bob", "3.5 of 7 points, 50 % Overrides Of Points By the grader Reason the whole 3.5 0 handed in on paper"),
        ("🦆", "2 of 7 points, 29 % missing"),
    ],
)
def test_every_state_has_a_page(pages: dict[str, Page], key: str, sentence: str) -> None:
    assert sentence in page_of(pages, key).words("main")


def test_class_at_a_glance(pages: dict[str, Page]) -> None:
    shown = pages["index.html"].words()
    assert "4 graded 2 missing 1 unreadable 1 refused 1 failed" in shown
    assert "Mean 4.22 Standard deviation 2.26 Median 3.5 Quartiles 2 and 5.85 Lowest and highest 2 and 7.75" in shown
    assert "2 area The corner counts as well." in shown
    assert "fit Check 1 of fit holds training 25 % 0.81 1 failed, 2 stopped" in shown
    assert "Check 2 of noise holds hidden" in shown
    assert "Alice alice 1004 graded 7.75 111 %" in shown


def test_checks_that_all_or_none_pass_are_listed(class_of_nine: Gradebook) -> None:
    evil, alice, bob = (class_of_nine.entries[place] for place in (2, 4, 5))
    assert "Nobody fails 5 checks" in Page(pages_of(replace(class_of_nine, entries=(alice,)))["index.html"]).words()
    assert "Nobody passes 4 checks" in Page(pages_of(replace(class_of_nine, entries=(evil,)))["index.html"]).words()
    unstarted = Page(pages_of(replace(class_of_nine, entries=(bob,)))["index.html"]).words()
    assert "Nobody wrote 2 exercises: area, noise" in unstarted
    assert "Nobody passes 1 check fit" in unstarted


def test_class_of_nobody_has_a_page() -> None:
    shown = Page(pages_of(Gradebook("exercise7", "Seventh", 7.0, (), ()))["index.html"]).words()
    assert "Nobody has points." in shown
    assert "There is no grade yet." in shown


def test_long_files_are_cut() -> None:
    files = tuple(SourceFile(f"{place}.py", ("x" * 60_000 + "\n",)) for place in range(60))
    text = pages_of(Gradebook("e", "E", 1.0, (), (Entry(Student("a"), "failed", sources=files),)))["students/a.html"]
    assert len(text) < 150_000
    shown = Page(text).words()
    assert "The last 20002 characters are not shown." in shown
    assert "and 10 files more" in shown


def test_real_grade_has_a_page(whole_grade: Callable[..., Grade]) -> None:
    names = "conv_output_size", "conv2d_params", "count_parameters", "sobel_edges", "conv2d_manual"
    grade = whole_grade(SUBMISSIONS / "failed/half_right", *names)
    sources = read_submission(SUBMISSIONS / "failed/half_right").files
    entry = Entry(Student("half_right", "Half Right"), "graded", grade, sources=sources)
    exercises = tuple((result.name, result.points) for section in grade.sections for result in section.exercises)
    text = pages_of(Gradebook("exercise3", "Third", grade.points, exercises, (entry,)))["students/half_right.html"]
    shown = Page(text).words()
    for section in grade.sections:
        for exercise in section.exercises:
            assert exercise.name in shown
            for check in exercise.checks if not exercise.not_started else ():
                assert " ".join(f"{check.verdict} {check.title}".split()) in shown


def test_absent_exercise_is_one_grey_line(class_of_nine: Gradebook) -> None:
    entry = class_of_nine.entries[4]
    assert entry.grade
    section = entry.grade.sections[0]
    exercise = replace(section.exercises[0], earned=0.0, file="")
    grade = replace(entry.grade, sections=(replace(section, exercises=(exercise,)),))
    page = pages_of(replace(class_of_nine, entries=(replace(entry, grade=grade),)))["students/alice.html"]
    article = page.partition('<article class="exercise untouched">')[2].partition("</article>")[0]
    assert '<p class="quiet">not in the files</p>' in article
    assert '<li class="check">' not in page


def test_jinja_is_not_loaded_before_a_page_is_rendered() -> None:
    code = "import sys, autograder.reports.formats; print({'jinja2', 'torch', 'markupsafe'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"set()\n"
