"""README.md and docs/ stay true: their example courses work, their links lead somewhere, the README stays short."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.commands import run_grade
from tests.support.course import ROOT
from tests.support.submissions import write_all

README = (ROOT / "README.md").read_text(encoding="utf-8")
AUTHORS = (ROOT / "docs" / "authors.md").read_text(encoding="utf-8")
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
FILE = re.compile(r"^`((?:reference|solutions)/exercise7/\S+\.py)` is .*?^```python\n(.*?)^```$", re.M | re.S)
COMMANDS = re.compile(r"^Then run these commands in that folder:\n\n```sh\n(.*?)^```$", re.M | re.S)
FENCED = re.compile(r"^```.*?^```$", re.M | re.S)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.M)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course of docs/authors.md, written by its instructions."""
    folder = tmp_path_factory.mktemp("a course of my own")
    texts = dict(FILE.findall(AUTHORS))
    assert len(texts) == 3
    return write_all(folder, texts)


def test_commands_for_a_new_course_work_in_their_order(course: Path) -> None:
    found = COMMANDS.search(AUTHORS)
    assert found is not None
    lines = [line.partition("#")[0].split() for line in found[1].splitlines()]
    assert [words[0] for words in lines] == ["grade"] * 4
    stubs, lint, stub, solution = (run_grade(course, *words[1:]) for words in lines)
    assert stubs.returncode == 0, stubs.stderr
    assert (lint.returncode, lint.stdout.partition("\n")[0]) == (
        0,
        "exercise7: 1 exercise, 3 points, 3 misconceptions, 3 seeds",
    ), lint.stdout + lint.stderr
    assert "0/3 points" in stub.stdout, stub.stderr
    assert "3/3 points" in solution.stdout, solution.stderr


NETWORK = '''
from torch import nn


class StripeNet(nn.Module):
    """Images (N, 1, 8, 8) to logits (N, 2)."""

    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(4), nn.Flatten())
        self.head = nn.Linear(32, 2)

    def forward(self, x):
        return self.head(self.net(x))
'''
BLIND = "x.mean((2, 3)).repeat(1, 32)"


def test_training_in_the_docs_separates_right_from_blind_networks(tmp_path: Path) -> None:
    checks = AUTHORS.partition("### Add a training\n")[2].partition("```python\n")[2].partition("```")[0]
    words = "from autograder.author import accuracy, case, check, reference, train\n"
    network = NETWORK.replace("\n\nclass", "\n\n@reference(points=2)\nclass")
    files = {
        "reference/nets/__init__.py": '"""Nets"""\n\nsections = ("stripes",)\n',
        "reference/nets/stripes.py": f'"""Stripes"""\n{words}{network}\n\n{checks}',
        "right.py": NETWORK,
        "blind.py": NETWORK.replace("self.net(x)", BLIND),
    }
    write_all(tmp_path, files)
    assert "2/2 points" in run_grade(tmp_path, "nets", "right.py").stdout
    blind = run_grade(tmp_path, "nets", "blind.py").stdout
    assert "0/2 points" in blind
    assert "of unseen stripes are right, 90% are asked" in blind


def test_readme_stays_under_200_lines() -> None:
    assert len(README.splitlines()) < 200


def test_readme_holds_one_test_command_for_ci() -> None:
    commands = re.findall(r"^<!-- test command -->\n```sh\n(.+)\n```$", README, re.M)
    assert commands == ["python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_files_and_headings_that_exist(page: Path) -> None:
    links = [link for link in LINK.findall(_prose(page)) if not link.startswith("https://")]
    assert [link for link in links if not _exists(page, link)] == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("[!R]*.md")), ids=lambda page: page.name)
def test_table_of_contents_names_every_section(page: Path) -> None:
    contents, *sections = re.split(r"^## (?=.)", _prose(page), flags=re.M)
    titles = [section.partition("\n")[0] for section in sections]
    assert [title for title in titles if f"(#{_anchor(title)})" not in contents] == []


def test_readme_or_index_leads_to_every_page() -> None:
    starts = ROOT / "README.md", ROOT / "docs" / "README.md"
    reached = {
        (start.parent / link.partition("#")[0]).resolve() for start in starts for link in LINK.findall(_prose(start))
    }
    assert [page.name for page in PAGES if page.resolve() not in {*reached, *starts}] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_in_the_docs_exist(page: Path) -> None:
    from autograder.cli import COMMANDS as KNOWN

    assert set(re.findall(r"`grade ([a-z]+)\b", _prose(page))) - set(KNOWN) == set()


def test_layout_in_the_docs_names_every_package_and_module() -> None:
    layout = (
        (ROOT / "docs" / "developers.md").read_text(encoding="utf-8").partition("## The layout")[2].partition("## ")[0]
    )
    engine = [
        path for path in (ROOT / "autograder").iterdir() if (path / "__init__.py").is_file() or path.suffix == ".py"
    ]
    names = {path.name for path in engine} - {"__init__.py", "__main__.py", "stubs.py"}  # stubs.py is an old name
    assert sorted(name for name in names if name not in layout) == []


def _prose(page: Path) -> str:
    return FENCED.sub("", page.read_text(encoding="utf-8"))


def _exists(page: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    if not target.exists() or not target.is_relative_to(ROOT):
        return False
    return not anchor or anchor in {_anchor(title) for title in HEADING.findall(_prose(target))}


def _anchor(title: str) -> str:
    """The anchor that GitHub gives a heading: lower case, no punctuation, hyphens for spaces."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
