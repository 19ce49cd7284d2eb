"""Where to look in wrong code: a sentence, and the line of code with the place underlined."""

from __future__ import annotations

from autograder.model import ExerciseResult, Grade, Repair
from autograder.text import clean

LONGEST = 90  # characters of a line of code
MISSING = "statement missing"  # the kind of a change that adds a line before the place


def repaired_exercises(grade: Grade) -> list[tuple[ExerciseResult, Repair]]:
    """The exercises for which a place was found."""
    results = (exercise for section in grade.sections for exercise in section.exercises)
    return [(result, result.repair) for result in results if result.repair is not None]


def repair_sentence(result: ExerciseResult) -> str:
    """What is known of the place; empty if none was found."""
    repair = result.repair
    if repair is None:
        return ""
    if not repair.edits:
        return f"{clean(repair.file)}, line {repair.line}: {_difference(repair)}"
    trains = any(check.attempts or "training" in check.title for check in result.checks if check.verdict == "skipped")
    which = "all checks that need no training pass" if trains else "all checks pass"
    here = "one more line before this one" if repair.kind == MISSING else "one small change here"
    if repair.edits > 1:
        here = f"two small changes, the first one {'before this line' if repair.kind == MISSING else 'here'}"
    return f"{clean(repair.file)}, line {repair.line}: with {here}, {which}"


PLACES = {
    "ends early": "all that your network computes is right up to its last step, which is here, but something is "
    "missing",
    "endless loop": "after a second, your code is still in this loop",
    "slow line": "after a second, your code is still in this line",
    "not registered": "the network does not know the layers that it uses here, so no optimizer trains them: "
    "nn.Sequential and nn.ModuleList register their layers, a list does not",
}
"""What a place without a change shows, by its kind."""


def _difference(repair: Repair) -> str:
    layer = f", in the layer {clean(repair.layer)}" if repair.layer else ""
    differs = f"what goes into this step is right, but what comes out of it is not{layer}"
    return PLACES.get(repair.kind, f"{differs}; or a step is missing before it")


KINDS = {
    "number": "another number",
    "constant": "another constant",
    "name": "another name",
    "attribute": "another attribute",
    "items": "the items in another order, or another item",
    "list or tuple": "a tuple in place of a list, or a list in place of a tuple",
    "slice": "another slice",
    "operator": "another operator",
    "rounding": "another way to round",
    "operands exchanged": "the two operands exchanged",
    "term left out": "one term less",
    "term added": "one term more",
    "comparison": "another comparison",
    "condition": "another condition",
    "sibling": "a similar function or layer",
    "arguments exchanged": "two arguments exchanged",
    "argument left out": "one argument less",
    "keyword": "a keyword argument more, less, or with another value",
    "call left out": "one call less",
    "call added": "one call more",
    "statement left out": "one statement less",
    "statements exchanged": "two statements exchanged",
    "statement moved": "a statement in another place",
    "block left out": "one block less",
    "return": "another value is returned",
    "statement twice": "a statement once more",
    "factor missing": "one factor or one term more",
    "argument missing": "one argument more",
    "result": "another value is returned",
    "layer missing": "one layer more",
    MISSING: "one statement more",
    "another number": "another number",
    "parameters exchanged": "two parameters exchanged",
    "result thrown away": "a result that is kept",
    "product": "a product in place of a sum",
}
"""What a change of each kind is called in a hint; it does not give the change away."""


def kind_sentence(repair: Repair) -> str:
    """Of what kind the change is, for a student whom the place does not help; empty for an unknown kind."""
    return f"The change there: {KINDS[repair.kind]}." if repair.kind in KINDS else ""


def underlined(repair: Repair, width: int = LONGEST) -> tuple[str, str]:
    """The line of code without its indentation, and carets below the place; no carets if it is the whole line.

    Of a line longer than `width` it is the part up to the end of the place.
    """
    code = clean(repair.code.rstrip())
    indent = len(code) - len(code.lstrip())
    if repair.kind != MISSING and repair.stop > repair.start >= indent and len(code) == len(repair.code.rstrip()):
        start, stop = repair.start - indent, repair.stop - indent
        code = code[indent:]
        cut = max(0, min(start, stop - width))
        return code[cut : cut + width], f"{' ' * (start - cut)}{'^' * (stop - start)}"[:width]
    return code.strip()[:width], ""
