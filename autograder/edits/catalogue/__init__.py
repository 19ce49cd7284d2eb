"""The catalogue of edits: small changes of a program's syntax, each with a name and a sentence.

A mutant is right code with an edit, a repair is an edit that makes wrong code right. Example usage:

    for edit in edits_of(source):
        print(edit.line, edit.sentence)
        run(edit.source)
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from autograder.edits.catalogue import calls, operators, statements, values
from autograder.edits.catalogue.change import Change, Spot, spots
from autograder.edits.catalogue.splice import splice

RULES: dict[str, Callable[[Spot], Iterator[Change]]] = {
    "number": values.numbers,
    "constant": values.constants,
    "name": values.names,
    "attribute": values.attributes,
    "items": values.items,
    "list or tuple": values.kinds,
    "slice": values.slices,
    "operator": operators.operators,
    "rounding": operators.rounding,
    "operands exchanged": operators.operands,
    "term left out": operators.terms,
    "term added": operators.added_terms,
    "comparison": operators.comparisons,
    "condition": operators.conditions,
    "sibling": calls.siblings,
    "arguments exchanged": calls.argument_order,
    "argument left out": calls.arguments_left_out,
    "keyword": calls.keywords,
    "call left out": calls.unwrapped,
    "call added": calls.wrapped,
    "statement left out": statements.left_out,
    "statements exchanged": statements.exchanged,
    "statement moved": statements.moved,
    "block left out": statements.unwrapped,
    "return": statements.returned_early,
    "statement twice": statements.twice,
}
"""The families of changes; the key is the name that reports use."""


@dataclass(frozen=True)
class Edit:
    """One small change: its kind, a sentence, the line that it starts in, and the program with it."""

    kind: str
    sentence: str
    line: int
    source: str


def edits_of(source: str) -> Iterator[Edit]:
    """Every edit of a program, each different program once; raise `SyntaxError` if it is not Python.

    The program keeps its layout outside of the place that changes.
    """
    tree = ast.parse(source)
    known = {ast.dump(tree)}
    for spot in spots(tree):
        for kind, rule in RULES.items():
            for change in rule(spot):
                with change.applied():
                    text = splice(source, tree, change)
                    dump = ast.dump(tree)
                if text is not None and dump not in known:
                    known.add(dump)
                    yield Edit(kind, change.sentence, getattr(spot.node, "lineno", 0), text)


__all__ = ["RULES", "Edit", "edits_of"]
