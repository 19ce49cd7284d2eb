"""Adds to a release what makes it a repository that GitHub Actions grades at each push."""

from __future__ import annotations

from pathlib import Path

from autograder.files import write_files
from autograder.handout.engine_wheel import engine_wheel

TEMPLATES = Path(__file__).parent / "github"
IGNORED = """.venv/
__pycache__/
page.html
grade.json
grade-figures/
junit.xml
"""


def write_github_files(assignment: str, folder: Path) -> list[Path]:
    """Write the workflow, its action, the engine and `.gitignore` into a release; return the files below it."""
    wheel, content = engine_wheel()
    workflow = (TEMPLATES / "grade.yml").read_text(encoding="utf-8").replace("ASSIGNMENT", assignment)
    files = {
        Path(".github/workflows/grade.yml"): workflow.encode(),
        Path(".github/actions/grade/action.yml"): (TEMPLATES / "action.yml").read_bytes(),
        Path(".gitignore"): IGNORED.encode(),
        Path(wheel): content,
    }
    return write_files(folder, files)
