"""Makes grade.svg for the README from a real run: `python .readme/make_picture.py` in the course folder."""

import re
from io import StringIO
from pathlib import Path

from rich.console import Console

from autograder.course import find_course
from autograder.exam import exam_for, only
from autograder.grading import grade
from autograder.reports.terminal import show_grade
from autograder.sandbox import Sandbox
from autograder.submission import read_submission

SHOWN = ("conv_output_size", "conv2d_params", "receptive_field_table", "flatten_features", "max_pool2d_manual")


def main() -> None:
    exam = only(exam_for(find_course(Path.cwd(), "exercise3"), "exercise3", 0), SHOWN)
    with Sandbox() as sandbox:
        result = grade(exam, read_submission(Path("tests/submissions/failed/half_right")), sandbox)
    console = Console(record=True, width=84, file=StringIO(), force_terminal=True, color_system="truecolor")
    console.print("$ grade exercise3")
    show_grade(result, console)
    picture = console.export_svg(title="grade exercise3")
    picture = re.sub(r"@font-face \{.*?\}", "", picture, flags=re.DOTALL)  # no fonts from elsewhere
    Path(__file__).with_name("grade.svg").write_text(picture)


if __name__ == "__main__":
    main()
