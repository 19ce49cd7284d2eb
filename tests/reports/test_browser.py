"""The web pages in a real browser: they render, the script works, and hostile texts do nothing."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from html import escape
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from autograder.classroom.file_names import file_name
from autograder.classroom.gradebook import Gradebook
from autograder.model import Grade, ReachedMilestone
from autograder.reports import html
from autograder.reports.grade_page import render_grade_page
from autograder.reports.milestones import CertifiedSection, render_certificate, render_milestones_page

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
ATTACK = "<script>document.title = 'owned'</script><img src=x onerror=\"document.title = 'owned'\">"
PAGES = ["index.html", "students/alice.html", "grade.html", "certificate.html", "milestones.html"]
IMAGES = {
    "a digit": np.arange(784, dtype=np.uint8).reshape(1, 28, 28),
    "after each layer, one value sees 3, 4, 8, 10, 18 and 22 × 22 values": np.stack(
        [255 * np.eye(28, dtype=np.uint8)] * 6
    ),
}
EDGES = ReachedMilestone("conv", "edges", "Your convolution finds edges", "White is where it gets brighter.", IMAGES)
ANYTHING = '<meta http-equiv="Content-Security-Policy" content="script-src \'unsafe-inline\'">'

AFTER_BUILDING = """<script>
const act = () => {
  %s
};
if (table.initialized) act(); else table.on("tableBuilt", act);
</script></body>"""

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, class_of_nine: Gradebook, drawn: Grade) -> Path:
    folder = tmp_path_factory.mktemp("report")
    (folder / "students").mkdir()
    for name, text in html.pages(class_of_nine):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "grade.html").write_text(render_grade_page(drawn, [EDGES]), encoding="utf-8")
    sections = [CertifiedSection("Kernels", False, ("conv", "pool")), CertifiedSection("More", True, ("edges",))]
    certificate = render_certificate("Sheet", "Ada", date(2026, 12, 1), sections, [EDGES] * 6)
    (folder / "certificate.html").write_text(certificate, encoding="utf-8")
    (folder / "milestones.html").write_text(render_milestones_page("Sheet", [EDGES]), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """`chromium(page, "--dump-dom")`: what the browser prints of it, with a profile of its own."""
    profile = tmp_path_factory.mktemp("profile")

    def run(page: Path, *options: str) -> str:
        command = [str(BROWSER), "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        command += [f"--user-data-dir={profile}", *options, page.as_uri()]
        done = subprocess.run(command, capture_output=True, check=True, timeout=120)
        return done.stdout.decode()

    return run


@pytest.fixture(scope="module")
def dom(folder: Path, chromium: Callable[..., str]) -> Callable[..., str]:
    """`dom(text)`: the document that the browser makes of a page with this text."""

    def run(text: str, *options: str) -> str:
        page = folder / "students/page.html"
        page.write_text(text, encoding="utf-8")
        return chromium(page, "--dump-dom", *options)

    return run


def title(dom: str) -> str:
    found = re.search(r"<title>(.*?)</title>", dom, re.DOTALL)
    assert found
    return found[1]


def test_scripts_are_allowed_and_run(folder: Path, chromium: Callable[..., str]) -> None:
    page = chromium(folder / "index.html", "--dump-dom")
    assert 'class="filters">' in page  # it is hidden until the script shows it
    assert "9 of 9 students" in page
    assert 'role="grid"' in page
    assert page.count('<th scope="col"><button') > 3  # the other tables
    assert title(page) == "Seventh &lt;exercise&gt;: gradebook"


@pytest.fixture(scope="module")
def shown(folder: Path, dom: Callable[..., str]) -> Callable[[str], str]:
    """`shown(script)`: the students that the table shows, in its order, after the script has run in the page."""

    def run(act: str) -> str:
        code = (
            AFTER_BUILDING
            % f"""{act}
  const names = table.getRows("active").map((row) => row.getData().key);
  document.body.dataset.shown = JSON.stringify(names);"""
        )
        text = POLICY.sub("", (folder / "index.html").read_text(encoding="utf-8")).replace("</body>", code)
        found = re.search(r'data-shown="(.*?)"', dom(text))
        assert found
        return found[1].replace("&quot;", "")

    return run


def choose(**filters: str) -> str:
    """A script that sets filters by the texts of their options."""
    return "\n".join(
        f"""{{
  const select = form.elements.{name};
  select.selectedIndex = Array.from(select.options).findIndex((one) => one.text === "{text}");
  form.dispatchEvent(new Event("input"));
}}"""
        for name, text in filters.items()
    )


def test_students_are_searched_sorted_and_filtered(shown: Callable[[str], str], class_of_nine: Gradebook) -> None:
    assert shown('form.elements.search.value = "aLICE 1004"; form.dispatchEvent(new Event("input"));') == "[alice]"
    assert shown('form.elements.search.value = "Àlicé 1004"; form.dispatchEvent(new Event("input"));') == "[alice]"
    by_points = shown('table.setSort("earned", "desc");')
    assert by_points.startswith("[alice,a/../../b")
    assert shown(choose(state="missing")) == "[-rf,🦆]"
    assert shown(choose(exercise="fit", check="Check 1 of fit holds", verdict="failed")) == shown(
        'location.hash = "#students?exercise=fit&check=fit_1&verdict=failed"; follow();'
    )
    wrong = {
        entry.student.key
        for entry in class_of_nine.entries
        for section in (entry.grade.sections if entry.grade else ())
        for result in section.exercises
        for check in result.checks
        if result.name == "area" and check.misconception
    }
    by_misconception = shown(choose(misconception="area: forgets_the_corner"))
    assert len(wrong) == by_misconception.count(",") + 1 == 2
    assert shown(choose(verdict="stopped")).count(",") >= 1


def test_filters_hide_columns_of_other_exercises(folder: Path, dom: Callable[..., str]) -> None:
    act = (
        AFTER_BUILDING
        % f"""{choose(section="training")}
    const seen = table.getColumns().filter((one) => one.isVisible());
    document.body.dataset.columns = seen.map((one) => one.getDefinition().title).join("|");"""
    )
    text = POLICY.sub("", (folder / "index.html").read_text(encoding="utf-8")).replace("</body>", act)
    assert 'data-columns="Student|Number|State|Points|Percent|Remarks|fit (4)"' in dom(text)


def test_headers_sort_with_the_keyboard(shown: Callable[[str], str]) -> None:
    press = """const head = table.getColumn("earned").getElement();
    head.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));"""
    assert shown(press).index("bob") < shown(press).index("alice")


def test_hostile_texts_do_nothing(folder: Path, chromium: Callable[..., str], class_of_nine: Gradebook) -> None:
    for name in ("index.html", "grade.html", f"students/{file_name(class_of_nine.entries[2].student.key)}.html"):
        page = chromium(folder / name, "--dump-dom")
        assert title(page) != "owned"
        assert "<img" not in page.replace('<img src="data:image/png;base64,', "")


@pytest.mark.parametrize("name", PAGES)
def test_policy_stops_what_would_slip_through(folder: Path, dom: Callable[..., str], name: str) -> None:
    text = (folder / name).read_text(encoding="utf-8").replace("<main", f"{ATTACK}<main", 1)
    assert title(dom(text)) != "owned"
    assert title(dom(POLICY.sub(ANYTHING, text))) == "owned"  # the attack is a real one


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("scheme", "paper"), [("1", (0xFF, 0xFF, 0xFF)), ("0", (0x15, 0x18, 0x1C))])
@pytest.mark.parametrize("width", [1280, 390])
def test_page_is_drawn_in_light_and_dark(
    folder: Path,
    chromium: Callable[..., str],
    tmp_path: Path,
    name: str,
    scheme: str,
    paper: tuple[int, int, int],
    width: int,
) -> None:
    target = tmp_path / "page.png"
    options = f"--screenshot={target}", f"--window-size={width},900", f"--blink-settings=preferredColorScheme={scheme}"
    chromium(folder / name, *options)
    image = Image.open(target).convert("RGB")
    assert image.size == (width, 900)
    assert image.getpixel((3, 450)) == paper  # the style is allowed and in force
    assert len(image.getcolors(maxcolors=1_000_000) or []) > 50


@pytest.mark.parametrize("name", PAGES)
def test_page_is_no_wider_than_a_phone(folder: Path, dom: Callable[..., str], name: str) -> None:
    act = """<script>
const apart = ".scroll, .code, .skip, .tabulator";
const parts = Array.from(document.querySelectorAll("body *")).filter((one) => !one.closest(apart));
const wide = parts.filter((one) => one.getBoundingClientRect().right > innerWidth + 1);
parent.document.body.dataset.wide = wide.map((one) => one.tagName).join(" ");
parent.document.body.dataset.widths = `${innerWidth} ${document.documentElement.scrollWidth}`;
</script></body>"""
    text = POLICY.sub("", (folder / name).read_text(encoding="utf-8")).replace("</body>", act)
    # In a frame, because a window of Chromium is never less than 500 pixels wide.
    page = dom(f'<body><iframe width="390" height="900" frameborder="0" srcdoc="{escape(text)}"></iframe></body>')
    assert '<body data-wide="" data-widths="390 390">' in page


AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def axe() -> str:
    """The text of axe-core, which checks what a program can check of the WCAG."""
    package = importlib.util.find_spec("axe_playwright_python")
    assert package
    assert package.origin
    return Path(package.origin).with_name("axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["0", "1"])
@pytest.mark.parametrize("width", [320, 1280])
def test_page_passes_axe(folder: Path, dom: Callable[..., str], axe: str, name: str, scheme: str, width: int) -> None:
    act = """<script>
const rules = RULES;
for (const one of document.querySelectorAll("details")) one.open = true;
setTimeout(async () => {
  const found = await axe.run(document, { runOnly: rules });
  const data = parent.document.body.dataset;
  data.passes = found.passes.length;
  data.found = JSON.stringify(found.violations.map((one) => [one.id, one.nodes.map((node) => node.html)]));
}, 1000);
</script></body>""".replace("RULES", json.dumps(AXE_RULES))
    text = POLICY.sub("", (folder / name).read_text(encoding="utf-8"))
    text = text.replace("</body>", f"<script>{axe}</script>{act}")
    frame = f'<body><iframe title="page" width="{width}" height="900" srcdoc="{escape(text)}"></iframe></body>'
    options = f"--blink-settings=preferredColorScheme={scheme}", "--virtual-time-budget=20000"
    page = dom(frame, *options)
    passes = re.search(r'data-passes="(\d+)"', page)
    found = re.search(r'data-found="(.*?)"', page)
    assert passes
    assert int(passes[1]) > 10
    assert found
    assert found[1] == "[]"


def test_certificate_is_printed_on_two_pages_at_most(
    folder: Path, chromium: Callable[..., str], tmp_path: Path
) -> None:
    target = tmp_path / "certificate.pdf"
    chromium(folder / "certificate.html", f"--print-to-pdf={target}")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", target.read_bytes())) <= 2
