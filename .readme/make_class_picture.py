"""Makes class.png, the page of a class, from a real batch: `python .readme/make_class_picture.py` in the course folder.

It needs Chromium. The students are invented: each file is the solution, a half right one, or the stub.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = "solutions/exercise3", "tests/submissions/failed/half_right", "exercises/exercise3"
NAMES = """Ada Lovelace, Alan Turing, Barbara Liskov, Donald Knuth, Edsger Dijkstra, Emmy Noether, Grace Hopper,
Hedy Lamarr, John McCarthy, Katherine Johnson, Leonhard Euler, Margaret Hamilton, Niklaus Wirth, Radia Perlman,
Sofia Kovalevskaya, Tim Berners-Lee"""
WINDOW = "1100,900"  # pixels of the page


def main() -> None:
    rng = random.Random(0)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for student in NAMES.replace("\n", " ").split(", "):
            work = folder / "submissions" / student
            work.mkdir(parents=True)
            skill = rng.random()
            weights = skill, (1 - skill) / 2, (1 - skill) / 2
            for path in sorted((ROOT / "solutions/exercise3").glob("*.py")):
                shutil.copy(ROOT / rng.choices(SOURCES, weights)[0] / path.name, work)
        batch = [sys.executable, "-m", "autograder", "batch", "exercise3", str(folder / "submissions"), "--seed", "1"]
        subprocess.run([*batch, "-o", str(folder / "results"), "--no-training"], cwd=ROOT, check=True)
        page = (folder / "results/report/index.html").as_uri()
        chromium = ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={WINDOW}"]
        picture = f"--screenshot={ROOT / '.readme/class.png'}"
        subprocess.run([*chromium, "--virtual-time-budget=5000", picture, page], check=True, capture_output=True)


if __name__ == "__main__":
    main()
