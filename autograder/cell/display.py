"""What `check` and `hint` give: a number or a text for the gradebook and the terminal, a report for the notebook."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from autograder.handout import HintStep
from autograder.model import CheckResult, ExerciseResult
from autograder.text import clean, plural, points


@dataclass(frozen=True)
class Display:
    """The last value of a cell: `plain` is its `text/plain`, which nbgrader reads as the score of a check."""

    plain: str
    text: str
    html: str
    score: float = 0.0

    def __repr__(self) -> str:
        return self.plain

    def __str__(self) -> str:
        return self.text

    def __float__(self) -> float:
        return self.score

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/plain": self.plain, "text/html": self.html}


class Interrupted(KeyboardInterrupt):
    """The user has had enough; a notebook shows one line of it, and stops running the cells below."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def decimal(earned: float, worth: float) -> str:
    """The points as a plain decimal with at most two places, from 0 to `worth`, and that only for who earned all."""
    if not math.isfinite(earned) or earned <= 0 or worth <= 0:
        return "0.0"
    if earned >= worth - 1e-9:
        return repr(float(worth))
    rounded = round(earned, 2)
    return repr(rounded if rounded < worth else math.floor(earned * 100) / 100)


def scaled(earned: float, points: float, worth: float) -> float:
    """What was earned of some points, if these are worth so much."""
    return worth * earned / points if points else 0.0


def show_result(
    result: ExerciseResult, earned: float, asked: float, worth: float, notes: Sequence[str] = (), output: str = ""
) -> Display:
    """The report of an exercise that earned some of `asked` points, scaled to `worth`; hidden checks are left out."""
    from autograder.reports.causes import grouped
    from autograder.reports.grade_page import exercise_html

    shown = visible(result)
    score = scaled(earned, asked, worth)
    hidden = math.fsum(check.points for check in result.checks if check.hidden)
    notes = [*notes, *([f"{points(hidden)} more points are for checks that are not shown."] if hidden else [])]
    lines = [f"{result.name}: {points(score)} of {points(worth)} points"]
    for check, hint, more in grouped(shown.checks):
        lines += _lines(check, hint)
        lines += [f"           and {plural(more, 'more check')} for the same reason"] if more else []
    lines += [f"  {line}" for line in _place(result)]
    lines += [clean(note) for note in notes]
    extra = "".join(_paragraph(note) for note in notes) + _printed(output)
    plain = decimal(score, worth)
    return Display(plain, "\n".join(lines), f"{exercise_html(shown)}{extra}", float(plain))


def show_total(results: Sequence[tuple[ExerciseResult, float, float]], extra: Collection[str] = ()) -> Display:
    """One line for each exercise, and the total; with each result come the points asked for and what they are worth.

    `extra` names the exercises for extra credit, whose points the total shows apart.
    """
    lines, total, possible, bonus = [], 0.0, 0.0, 0.0
    for result, asked, worth in results:
        score = scaled(result.earned, asked, worth)
        total += score
        possible += 0 if result.name in extra else worth
        bonus += score if result.name in extra else 0
        state = _open_state(result)
        mark = "·" if state else "✓" if score >= worth - 1e-9 else "~" if score > 0 else "✗"
        lines.append(f"{mark} {result.name:<28} {points(score):>5} of {points(worth)}{state and f'   {state}'}")
    more = f", {points(bonus)} extra" if bonus else ""
    lines.append(f"  {'Total':<28} {points(total - bonus):>5} of {points(possible)} points{more}")
    plain = decimal(total, possible)
    return Display(plain, "\n".join(lines), _paragraph("\n".join(lines)), float(plain))


def _open_state(result: ExerciseResult) -> str:
    """Why there is nothing to judge yet; empty if there is."""
    if any(f"there is no `{result.name}` yet" in check.feedback for check in result.checks):
        return "not run yet"
    return "not started" if result.not_started else ""


def show_sentence(sentence: str, plain: str = "0.0") -> Display:
    """A sentence in place of a report; `plain` is the score that nbgrader reads."""
    return Display(plain, sentence, _paragraph(sentence))


def show_hint(result: ExerciseResult, step: HintStep) -> Display:
    """One hint of several, what the answers show, and the place of the mistake if it was found."""
    from markupsafe import Markup

    from autograder.reports.causes import shared_reason
    from autograder.reports.repairs import kind_sentence

    title = f"Hint {step.number} of {step.count} for {result.name}"
    place = _place(result)
    if result.repair and step.number > 1:
        place.append(kind_sentence(result.repair))
    more = [f"Still stuck? The same cell again gives hint {step.number + 1}."] if step.number < step.count else []
    shown = [f"What your answers show: {one}" for one in step.evidence]
    shown += clean(shared_reason(result.checks)).splitlines()
    text = "\n".join([*shown, *place, f"{title}: {step.text}", *more])
    body = Markup("").join(Markup("<p>{}</p>").format(clean(one)) for one in shown)
    body += Markup(_paragraph("\n".join(place)) if place else "")
    body += Markup("<p><b>{}</b></p><p>{}</p>").format(title, clean(step.text))
    body += Markup("").join(Markup("<p><small>{}</small></p>").format(one) for one in more)
    return Display(text, text, str(body))


def show_solution(name: str, code: str) -> Display:
    """The code of a solution below a title, as text that can be copied."""
    from markupsafe import Markup

    text = f"The course's solution of {name}:\n\n{clean(code)}"
    body = Markup("<p><b>The course's solution of {}</b></p><pre>{}</pre>").format(name, clean(code))
    return Display(text, text, str(body))


def visible(result: ExerciseResult) -> ExerciseResult:
    """The result without hidden checks, whose titles are in no other feedback either."""
    hidden = [check.title for check in result.checks if check.hidden]
    if not hidden:
        return result
    shown = tuple(
        replace(check, feedback="skipped") if any(title in check.feedback for title in hidden) else check
        for check in result.checks
        if not check.hidden
    )
    earned, worth = (math.fsum(getattr(check, name) for check in shown) for name in ("earned", "points"))
    return replace(result, checks=shown, earned=earned, points=worth)


def _lines(check: CheckResult, hint: str) -> list[str]:
    lines = [f"  {check.verdict:8} {check.title} ({points(check.earned)} of {points(check.points)})"]
    lines += [f"           {line}" for line in clean(check.feedback).splitlines()]
    return lines + ([f"           hint: {clean(hint)}"] if hint else [])


def _place(result: ExerciseResult) -> list[str]:
    """The lines that show where a small change makes all checks pass."""
    from autograder.reports.repairs import repair_sentence, underlined

    if result.repair is None:
        return []
    return [f"{repair_sentence(result)}:", *(f"    {line}" for line in underlined(result.repair) if line)]


def _paragraph(text: str) -> str:
    from markupsafe import Markup

    return str(Markup('<pre style="white-space: pre-wrap">{}</pre>').format(clean(text)))


def _printed(output: str) -> str:
    from markupsafe import Markup

    if not output.strip():
        return ""
    return str(Markup("<details><summary>Printed by the code</summary><pre>{}</pre></details>").format(clean(output)))
