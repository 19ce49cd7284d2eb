"""What the README tells a course author to write works, as it stands there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
FILE = re.compile(r"^`((?:reference|solutions)/exercise7/\S+\.py)` is .*?^```python\n(.*?)^```$", re.M | re.S)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course of the README, written by its instructions."""
    folder = tmp_path_factory.mktemp("a course of my own")
    texts = dict(FILE.findall(README))
    assert len(texts) == 3
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    done = run(folder, "autograder.stubs")
    assert done.returncode == 0, done.stderr
    return folder


def run(folder: Path, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=os.environ, check=False)


def test_course_of_the_readme_is_sound(course: Path) -> None:
    done = run(course, "autograder.cli", "lint", "exercise7")
    assert done.stdout == "exercise7: 1 exercise, 3 points, 3 misconceptions, 3 seeds\nNothing to mend.\n", done.stderr
    assert done.returncode == 0


def test_course_of_the_readme_grades(course: Path) -> None:
    assert "0/3 points" in run(course, "autograder.cli", "exercise7").stdout
    assert "3/3 points" in run(course, "autograder.cli", "exercise7", "solutions/exercise7").stdout


NETWORK = '''
from torch import nn


class StripeNet(nn.Module):
    """Images (N, 1, 28, 28) to logits (N, 2)."""

    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(4), nn.Flatten())
        self.head = nn.Linear(392, 2)

    def forward(self, x):
        return self.head(self.net(x))
'''
BLIND = "x.mean((2, 3)).repeat(1, 392)"


def test_training_of_the_readme_tells_networks_apart(tmp_path: Path) -> None:
    checks = README.partition("**… ask for a training.**")[2].partition("```python\n")[2].partition("```")[0]
    words = "import numpy as np\nfrom autograder.author import case, check, reference\n"
    network = NETWORK.replace("\n\nclass", "\n\n@reference(points=2)\nclass")
    for name, text in {
        "reference/nets/__init__.py": '"""Nets"""\n\nsections = ("stripes",)\n',
        "reference/nets/stripes.py": f'"""Stripes"""\n{words}{network}\n\n{checks}',
        "right.py": NETWORK,
        "blind.py": NETWORK.replace("self.net(x)", BLIND),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert "2/2 points" in run(tmp_path, "autograder.cli", "nets", "right.py").stdout
    told = run(tmp_path, "autograder.cli", "nets", "blind.py").stdout
    assert "0/2 points" in told
    assert "of unseen stripes are right, 90% are asked" in told
