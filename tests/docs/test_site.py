"""The site is built without a warning, needs no network, and works for everybody in a real browser."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from autograder.judge import COMPARATORS, MEASURES
from autograder.sandbox.inside.probes import PROBES
from tests.support.course import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
LOADED = re.compile(r'<(?:script|img|link|iframe|source)\b[^>]*?(?:src|href)="(?!https://)([^"#?]+)')
FOREIGN = re.compile(r'<(?:script|img|iframe|source|link)\b[^>]*?(?:src|href)="(?:https?:)?//')
NEED_CHROMIUM = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
SOME = ["README.html", "docs/how-it-works.html", "docs/words.html", "docs/faq.html"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site; a warning of Sphinx, such as a link that leads nowhere, is an error."""
    folder = tmp_path_factory.mktemp("site")
    kept = tmp_path_factory.mktemp("doctrees")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-c", "docs", "-d", str(kept)]
    done = subprocess.run([*command, ".", str(folder)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def test_every_page_is_in_the_site_and_in_its_navigation(site: Path) -> None:
    home = (site / "README.html").read_text(encoding="utf-8")
    names = [page.relative_to(ROOT).with_suffix(".html").as_posix() for page in PAGES]
    assert [name for name in names if not (site / name).is_file()] == []
    assert [
        name for name in names if name != "README.html" and f'<a class="reference internal" href="{name}"' not in home
    ] == []
    assert 'url=README.html"' in (site / "index.html").read_text(encoding="utf-8")


def test_site_loads_nothing_from_elsewhere_and_lacks_nothing(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert FOREIGN.search(text) is None, page
        assert [link for link in LOADED.findall(text) if not (page.parent / link).is_file()] == [], page


def test_every_word_that_authors_write_is_described_in_full(site: Path) -> None:
    text = (site / "docs/words.html").read_text(encoding="utf-8")
    words = ["reference", "check", "case", "mistakes", "network", "Draw", *PROBES, *COMPARATORS, *MEASURES]
    assert [word for word in words if f'id="autograder.author.{word}"' not in text] == []
    assert "system_message" not in text


def test_links_to_files_that_are_no_pages_lead_to_copies(site: Path) -> None:
    text = (site / "docs/json.html").read_text(encoding="utf-8")
    found = re.search(r'href="(\.\./_downloads/\w+/grade\.schema\.json)"', text)
    assert found
    assert (site / "docs" / found[1]).read_bytes() == (ROOT / "docs/grade.schema.json").read_bytes()


@pytest.mark.parametrize("path", sorted((ROOT / "docs/pictures").glob("*.svg")), ids=lambda path: path.stem)
def test_picture_is_what_its_script_draws_and_has_a_text_alternative(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = (ROOT / "docs/pictures/make_pictures.py").read_text(encoding="utf-8")
    names = {"__name__": "__main__", "__file__": str(tmp_path / "make_pictures.py")}
    exec(compile(script, "make_pictures.py", "exec"), names)
    assert (tmp_path / path.name).read_bytes() == path.read_bytes()
    picture = ElementTree.parse(path).getroot()
    space = {"svg": "http://www.w3.org/2000/svg"}
    assert len(picture.findtext("svg:title", "", space)) > 10
    assert len(picture.findtext("svg:desc", "", space)) > 40
    assert re.search(rf"!\[.{{30,}}\]\(pictures/{path.name}\)", (ROOT / "docs/how-it-works.md").read_text("utf-8"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@NEED_CHROMIUM
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_pass_axe_and_are_no_wider_than_the_window(
    site: Path, browser: Browser, scheme: Literal["light", "dark"], width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True)
    page = context.new_page()
    for name in SOME:
        page.goto((site / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        found = Axe().run(page, options=RULES).response
        assert len(found["passes"]) > 10
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == [], name
    context.close()


@NEED_CHROMIUM
def test_search_finds_pages_without_a_network(site: Path, browser: Browser) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(f"{(site / 'search.html').as_uri()}?q=misconception")
    page.locator("#search-results li a").first.wait_for()
    links = [link.get_attribute("href") or "" for link in page.locator("#search-results li a").all()]
    assert any("docs/authors.html" in link for link in links)
    context.close()


@NEED_CHROMIUM
def test_pages_are_readable_without_javascript(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((site / "docs/how-it-works.html").as_uri())
    assert page.get_by_role("img", name=re.compile("Questions go from the judge")).is_visible()
    assert page.get_by_role("link", name="Start in five minutes").first.is_visible()
    context.close()
