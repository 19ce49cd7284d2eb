"""The catalogue of edits: small changes of a program's syntax, each with a name and a sentence.

A mutant is right code with an edit, a repair is an edit that makes wrong code right. Example usage:

    for edit in edits_of(source):
        print(edit.line, edit.sentence)
        run(edit.source)
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from . import calls, operators, repairs, statements, values
from .change import Change, Spot, spots
from .splice import splice

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

REPAIRS: dict[str, Callable[[Spot], Iterator[Change]]] = {
    **RULES,
    "factor missing": repairs.factors,
    "argument missing": repairs.passed_on,
    "result": repairs.returned,
    "layer missing": repairs.layers_missing,
    "statement missing": repairs.statements_missing,
    "another number": repairs.other_numbers,
    "parameters exchanged": repairs.parameters_exchanged,
    "result thrown away": repairs.kept_results,
    "product": repairs.products,
}
"""The changes that may make wrong code right: those of mutants, and what puts something back."""


@dataclass(frozen=True)
class Edit:
    """One small change: its kind, a sentence, the line that it starts in, and the program with it.

    `columns` are the first column of the place that changes and the one after its last; 0 and 0 if it ends in another
    line.
    """

    kind: str
    sentence: str
    line: int
    source: str
    columns: tuple[int, int] = (0, 0)


def edits_of(source: str, rules: Mapping[str, Callable[[Spot], Iterator[Change]]] = RULES) -> Iterator[Edit]:
    """Every edit of a program, each different program once; raise `SyntaxError` if it is not Python.

    The program keeps its layout outside of the place that changes.
    """
    tree = ast.parse(source)
    known = {ast.dump(tree)}
    for spot in spots(tree):
        for kind, rule in rules.items():
            for change in rule(spot):
                with change.applied():
                    text = splice(source, tree, change)
                    dump = ast.dump(tree)
                if text is not None and dump not in known:
                    known.add(dump)
                    line = getattr(spot.node, "lineno", 0)
                    yield Edit(kind, change.sentence, line, text, _columns(source, change))


def _columns(source: str, change: Change) -> tuple[int, int]:
    node, last = change.spot.node, change.last
    if not isinstance(node, (ast.expr, ast.stmt)) or getattr(last, "end_lineno", 0) != node.lineno:
        return 0, 0
    line = source.splitlines()[node.lineno - 1].encode()
    ends = node.col_offset, getattr(last, "end_col_offset", 0)
    first, after = (len(line[:end].decode(errors="replace")) for end in ends)
    return first, after


__all__ = ["REPAIRS", "RULES", "Edit", "edits_of"]
