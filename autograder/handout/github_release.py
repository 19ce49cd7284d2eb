"""Adds to a release what makes it a repository that GitHub Actions grades at each push."""

from __future__ import annotations

from pathlib import Path

from autograder.files import write_files
from autograder.handout.engine_wheel import engine_wheel

WORKFLOW = """# Grades each push. The result is on the page of the run, at the lines of the files, and in a page.
name: grade
on:
  push:
  workflow_dispatch:
permissions:
  contents: read
jobs:
  grade:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
          cache: pip
          cache-dependency-path: "torchgrade-*.whl"
      # torch without CUDA is a download of some 200 MB instead of 3 GB.
      - run: pip install torch torchvision --index-url https://download.pytorch.org/whl/cpu
      - run: pip install ./torchgrade-*.whl
      - run: grade {assignment} --github --html page.html --json grade.json --junit junit.xml
      - uses: actions/upload-artifact@v4
        if: ${{{{ !cancelled() }}}}
        with:
          name: feedback
          path: |
            page.html
            grade.json
            junit.xml
          if-no-files-found: ignore
"""
IGNORED = """.venv/
__pycache__/
page.html
grade.json
grade-figures/
junit.xml
"""


def write_github_files(assignment: str, folder: Path) -> list[Path]:
    """Write the workflow, the engine and `.gitignore` into a release; return the files below it."""
    wheel, content = engine_wheel()
    files = {
        Path(".github/workflows/grade.yml"): WORKFLOW.format(assignment=assignment).encode(),
        Path(".gitignore"): IGNORED.encode(),
        Path(wheel): content,
    }
    return write_files(folder, files)
