"""One grade as a web page with drawings of wrong answers, and one exercise for the output of a notebook cell."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from autograder.model import ExerciseResult, Grade, ReachedMilestone
from autograder.reports import drawings, plots, rendering
from autograder.reports.milestones import milestone_strips

if TYPE_CHECKING:
    from jinja2 import Environment


def render_grade_page(grade: Grade, milestones: Sequence[ReachedMilestone] = ()) -> str:
    """Render the whole page; wrong answers have drawings if the grade has pictures."""
    template = _environment().get_template("grade.html")
    output = rendering.output_texts(grade.output)
    return template.render(grade=grade, milestones=milestones, output=output, **rendering.assets())


def exercise_html(exercise: ExerciseResult) -> str:
    """Render one exercise for a foreign page, such as a notebook; its style has no effect outside of it."""
    from markupsafe import Markup

    style = rendering.assets()["style"].replace(":root {", ":scope {").replace("\nbody {", "\n:scope {")
    style += Markup(":scope { margin: 0; padding: 0.25rem; max-width: 60rem; }\n")
    return _environment().get_template("notebook_exercise.html").render(exercise=exercise, style=style)


@functools.cache
def _environment() -> Environment:
    environment = rendering.environment()
    environment.filters |= {
        "figures": plots.figures,
        "heat_maps": drawings.heat_maps,
        "receptive_fields": drawings.receptive_fields,
        "image_strips": drawings.image_strips,
        "map_strips": drawings.map_strips,
        "windows": drawings.windows,
        "milestone_strips": milestone_strips,
    }
    environment.globals |= {"colour": drawings.colour, "plots": plots, "VALUE_SIDE": drawings.VALUE_SIDE}
    return environment
