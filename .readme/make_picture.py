"""Makes the pictures of the README and the docs from a real run: `python .readme/make_picture.py` in the course folder.

The picture of the page needs chromium.
"""

import re
import subprocess
import tempfile
from dataclasses import replace
from datetime import datetime
from functools import reduce
from io import StringIO
from pathlib import Path

from rich.console import Console

from autograder.cli.watch.events import ExerciseGraded, WorkChanged
from autograder.cli.watch.state import first_state
from autograder.cli.watch.update import update
from autograder.cli.watch.view import screen_lines
from autograder.course import find_course
from autograder.exam import exam_for, only
from autograder.grading import grade
from autograder.reports.grade_page import render_grade_page
from autograder.reports.terminal import show_grade
from autograder.sandbox import Sandbox
from autograder.submission import read_submission

FOLDER = Path(__file__).parent
SHOWN = ("conv_output_size", "conv2d_params", "receptive_field_table", "flatten_features", "max_pool2d_manual")
WATCHED = "max_pool2d_manual"
WINDOW = "900,1000"  # pixels of the page


def main() -> None:
    course = find_course(Path.cwd(), "exercise3")
    exam = only(exam_for(course, "exercise3", 0), SHOWN)
    work = read_submission(Path("tests/submissions/failed/half_right"))
    with Sandbox() as sandbox:
        result = grade(exam, work, sandbox)
        one_by_one = {name: grade(only(exam, [name]), work, sandbox, pictures=True) for name in SHOWN}

    console = new_console()
    console.print("$ grade exercise3")
    show_grade(result, console)
    write_svg(console, "grade")

    graded = [ExerciseGraded(one, one.seconds, datetime(2026, 1, 1, 12, 30)) for one in one_by_one.values()]
    events = [WorkChanged(work, SHOWN, WATCHED), *graded]
    state = reduce(lambda before, event: update(before, event, course), events, first_state(exam, frozenset(), True))
    console = new_console()
    for text, style in screen_lines(replace(state, size=(84, 22), activity="")):
        console.print(text, style=style, end="\n")
    write_svg(console, "watch")

    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(render_grade_page(one_by_one[WATCHED]), encoding="utf-8")
        picture = f"--screenshot={FOLDER / 'page.png'}"
        chromium = ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={WINDOW}"]
        subprocess.run([*chromium, picture, page.as_uri()], check=True, capture_output=True)


def new_console() -> Console:
    return Console(
        record=True, width=84, file=StringIO(), force_terminal=True, color_system="truecolor", highlight=False
    )


def write_svg(console: Console, name: str) -> None:
    picture = console.export_svg(title="grade exercise3" + (" --watch" if name == "watch" else ""))
    picture = re.sub(r"@font-face \{.*?\}", "", picture, flags=re.DOTALL)  # no fonts from elsewhere
    (FOLDER / f"{name}.svg").write_text(picture)


if __name__ == "__main__":
    main()
