"""The table of all reports of a gradebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from autograder.classroom import Gradebook
from autograder.reports.canvas import canvas
from autograder.reports.csv import gradebook_csv
from autograder.reports.feedback import feedback, feedback_canvas, feedback_moodle
from autograder.reports.gradescope import gradescope
from autograder.reports.html import html
from autograder.reports.junit import junit
from autograder.reports.moodle import moodle

Format = Callable[[Gradebook], Mapping[str, str] | Mapping[str, bytes]]
"""A report: takes a gradebook and returns its files, file name -> text or bytes."""

FORMATS: Mapping[str, Format] = {
    "csv": gradebook_csv,
    "html": html,
    "moodle": moodle,
    "canvas": canvas,
    "gradescope": gradescope,
    "junit": junit,
    "feedback": feedback,
    "feedback-moodle": feedback_moodle,
    "feedback-canvas": feedback_canvas,
}
