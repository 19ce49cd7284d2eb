"""One grade as a web page of its own, with pictures of what went wrong; and one exercise for a notebook's cell.

Like the pages of a class it loads nothing: images and colours are in it, and its policy forbids all else.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from autograder.model import ExerciseResult, Grade
from autograder.reports import html, pictures

if TYPE_CHECKING:
    from jinja2 import Environment


def page(grade: Grade) -> str:
    """The whole page; wrong answers have pictures where the grade was made with them."""
    template = _environment().get_template("grade.html")
    return template.render(grade=grade, printed=html.printed(grade.output), **html.assets())


def exercise_html(exercise: ExerciseResult) -> str:
    """A fragment for a page that is not ours, such as a notebook: its style ends where it ends."""
    from markupsafe import Markup

    style = html.assets()["style"].replace(":root {", ":scope {").replace("\nbody {", "\n:scope {")
    style += Markup(":scope { margin: 0; padding: 0.25rem; max-width: 60rem; }\n")
    return _environment().get_template("cell.html").render(exercise=exercise, style=style)


@functools.cache
def _environment() -> Environment:
    environment = html.environment()
    environment.filters |= {
        "heat_maps": pictures.heat_maps,
        "reaches": pictures.reaches,
        "image_strips": pictures.image_strips,
        "map_strips": pictures.map_strips,
    }
    environment.globals["colour"] = pictures.colour
    return environment
