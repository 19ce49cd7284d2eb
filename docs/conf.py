"""Makes the site from the pages of the repository: `python -m sphinx -W -c docs . docs/_build` in its folder.

The source folder is the whole repository, so that a link such as `../SECURITY.md` works on the site as it does on a
code host. The pages hold no directives: this file adds the navigation.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

ROOT = Path(__file__).parents[1]
HOME = "README"
NAVIGATION = {
    "Students": ["docs/start", "docs/students", "docs/notebooks", "docs/install", "docs/faq"],
    "Instructors": [
        "docs/term",
        "docs/instructors",
        "docs/course-file",
        "docs/nbgrader",
        "docs/clusters",
        "docs/container",
    ],
    "Authors": ["docs/authors", "docs/words"],
    "How it works": ["docs/how-it-works", "SECURITY"],
    "Reference": ["docs/README", "docs/json", "CHANGELOG"],
    "Developers": ["docs/developers", "CONTRIBUTING", "benchmarks/training"],
}

project = "torchgrade"
release = re.findall(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)[0]
extensions = ["myst_parser", "sphinx.ext.autodoc"]
autodoc_typehints = "none"
add_module_names = False
default_role = "code"  # the backticks of docstrings
root_doc = HOME
include_patterns = [f"{page}.md" for pages in NAVIGATION.values() for page in pages]
include_patterns += [f"{HOME}.md", "reference/exercise3/data/LICENSE.md"]
exclude_patterns = [".*", "docs/_build", "exercises", "solutions", "tests", "autograder"]  # nothing to read in there
myst_heading_anchors = 4  # the anchors of a code host
smartquotes = False  # the pages are shown as they are written

html_theme = "furo"
html_title = "torchgrade"
html_copy_source = False
html_show_sourcelink = False
html_permalinks_icon = "#"
html_static_path = ["site/style.css"]
html_css_files = ["style.css"]
templates_path = ["site"]
html_additional_pages = {"index": "index.html"}  # leads to the README
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("source-read", add_navigation)
    app.connect("source-read", add_words)
    app.connect("autodoc-process-signature", without_signature)
    app.connect("autodoc-process-docstring", with_examples)
    app.connect("html-page-context", for_the_keyboard, priority=900)  # after the theme has made its parts


def add_navigation(app: Sphinx, page: str, source: list[str]) -> None:
    """Add the pages in the order of `NAVIGATION` to the home page, where Sphinx looks for them."""
    if page == HOME:
        for title, pages in NAVIGATION.items():
            names = "\n".join(f"/{name}" for name in pages)
            source[0] += f"\n```{{toctree}}\n:hidden:\n:caption: {title}\n\n{names}\n```\n"
    if page == "reference/exercise3/data/LICENSE":
        source[0] = f"---\norphan: true\n---\n{source[0]}"


def add_words(app: Sphinx, page: str, source: list[str]) -> None:
    """Add the docstrings of all words that authors.md names to their page."""
    if page != "docs/words":
        return
    from autograder import author
    from autograder.judge import COMPARATORS, MEASURES
    from autograder.sandbox.inside.probes import PROBES

    named = set(re.findall(r"`@?(\w+)[`(]", (ROOT / "docs/authors.md").read_text(encoding="utf-8"))) & {*author.__all__}
    groups = {"Probes": {*PROBES}, "Comparators": {*COMPARATORS}, "Measures": {*MEASURES}}
    groups = {"Words": {*named, "Case", "Draw"}.difference(*groups.values()), **groups}
    for title, names in groups.items():
        source[0] += f"\n## {title}\n\n```{{eval-rst}}\n.. currentmodule:: autograder.author\n\n"
        for name in sorted(names & {*author.__all__}, key=str.lower):
            kind = (
                ".. autoclass:: {}\n   :members:" if isinstance(getattr(author, name), type) else ".. autofunction:: {}"
            )
            source[0] += kind.format(name) + "\n\n"
        source[0] += "```\n"


def without_signature(app: Sphinx, what: str, name: str, word: object, *_: object) -> tuple[str, str] | None:
    """Leave out the parameters of probes and comparators, which their docstrings describe, and those of classes."""
    return None if inspect.isroutine(word) else ("", "")


def with_examples(app: Sphinx, what: str, name: str, word: object, options: object, lines: list[str]) -> None:
    """Mark indented lines after a colon as code."""
    for place, line in enumerate(lines):
        if line.endswith(":") and re.match(r"(\n)*    ", "\n".join(lines[place + 1 :])):
            lines[place] += ":"


def for_the_keyboard(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Let the keyboard reach what scrolls, and give the captions of the navigation a level, as WCAG asks."""
    context["body"] = context.get("body", "").replace("<pre>", '<pre tabindex="0">')
    context["body"] = context["body"].replace('<div class="table-wrapper', '<div tabindex="0" class="table-wrapper')
    tree = context.get("furo_navigation_tree", "")
    context["furo_navigation_tree"] = tree.replace('role="heading"', 'role="heading" aria-level="2"')
