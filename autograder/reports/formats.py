"""The table of all reports of a gradebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from autograder.classroom import Gradebook
from autograder.reports.canvas import canvas
from autograder.reports.csv import gradebook_csv
from autograder.reports.gradescope import gradescope
from autograder.reports.html import html
from autograder.reports.junit import junit
from autograder.reports.moodle import moodle

Format = Callable[[Gradebook], Mapping[str, str]]
"""A report: takes a gradebook and returns its files, file name -> text."""

FORMATS: Mapping[str, Format] = {
    "csv": gradebook_csv,
    "html": html,
    "moodle": moodle,
    "canvas": canvas,
    "gradescope": gradescope,
    "junit": junit,
}
