"""Pages of what a student has reached: the milestones with their pictures, and the certificate."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import Any

from autograder.model import ReachedMilestone
from autograder.reports import drawings, rendering


@dataclass(frozen=True)
class Strip:
    """The images under one caption as a data URL, with the size in pixels and the facts for screen readers."""

    caption: str
    address: str
    width: int
    height: int
    text: str


@dataclass(frozen=True)
class CertifiedSection:
    """A section of the assignment, and those of its exercises that are right."""

    title: str
    extra: bool
    exercises: tuple[str, ...]


def milestone_strips(milestone: ReachedMilestone) -> Iterator[Strip]:
    """Draw the images of a milestone, one strip for each caption."""
    for caption, images in milestone.images.items():
        yield Strip(caption, *drawings.strip([image / 255 for image in images]), f"{caption}. {_facts(images)}")


def render_milestones_page(title: str, milestones: Sequence[ReachedMilestone]) -> str:
    """Render the milestones of an assignment alone."""
    template = _template("milestones_page.html")
    return str(template.render(title=title, milestones=milestones, **rendering.assets()))


def render_certificate(
    title: str,
    name: str,
    day: datetime.date,
    sections: Sequence[CertifiedSection],
    milestones: Sequence[ReachedMilestone],
    *,
    hidden: bool = False,
) -> str:
    """Render the certificate; `day` is that of today, and `hidden` says that the exam lacks checks of the course."""
    count = sum(len(section.exercises) for section in sections)
    return str(
        _template("certificate.html").render(
            title=title,
            name=name,
            day=f"{day.day} {day:%B %Y}",
            count=count,
            sections=[one for one in sections if one.exercises],
            milestones=milestones,
            hidden=hidden,
            version=metadata.version("torchgrade"),
            **rendering.assets(),
        )
    )


def _template(name: str) -> Any:
    environment = rendering.environment()
    environment.filters["milestone_strips"] = milestone_strips
    return environment.get_template(name)


def _facts(images: Any) -> str:
    """How many images there are, how large they are, and where a single one is brightest."""
    count, height, width = images.shape
    size = f"{height} × {width} values"
    if count > 1:
        return f"{count} images of {size} each, from black, the smallest value, to white, the largest."
    row, column = divmod(int(images.argmax()), width)
    return f"{size}, the largest in row {row + 1} and column {column + 1}; black is the smallest, white the largest."
