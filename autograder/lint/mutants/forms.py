"""The forms of right code that are edited: the solution of an exercise, and the alternatives of the reference."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.author import Alternative, Section
from autograder.model import SourceFile, Submission

AUTHORS = "autograder", "probes", "judging"  # modules whose words no student has


@dataclass(frozen=True)
class Form:
    """A right answer to an exercise: `source` is its definition, between what stands `before` and `after` it."""

    exercise: str
    name: str
    before: str
    source: str
    after: str

    def submission(self, source: str) -> Submission:
        """What a student would hand in with `source` as the definition."""
        return Submission(self.name, (SourceFile(f"{self.exercise}.py", (self.before + source + self.after,)),))


def forms_of(section: Section, text: str) -> Iterator[Form]:
    """The forms of each exercise of a section; `text` is its file of the solutions."""
    places = {node.name: node for node in ast.parse(text).body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    for reference in section.references:
        if reference.name in places:
            before, source, after = _cut(text, places[reference.name])
            yield Form(reference.name, "solution", before, source, after)
            for other in section.alternatives:
                if other.exercise is reference:
                    yield from _alternative(other, reference.name, before, after)


def _cut(text: str, node: ast.FunctionDef | ast.ClassDef) -> tuple[str, str, str]:
    """The text before a definition, the definition with its decorators, and the rest."""
    lines = text.splitlines(keepends=True)
    start = min([node.lineno, *(one.lineno for one in node.decorator_list)]) - 1
    return "".join(lines[:start]), "".join(lines[start : node.end_lineno]), "".join(lines[node.end_lineno :])


def _alternative(other: Alternative, exercise: str, before: str, after: str) -> Iterator[Form]:
    """An alternative with what it needs of its module, under the name of the exercise; none without a source."""
    try:
        tree = ast.parse(inspect.getsource(inspect.getmodule(other.right)))  # type: ignore[arg-type]  # OSError below
        definition = ast.parse(textwrap.dedent(inspect.getsource(other.right))).body[0]
    except (OSError, TypeError, SyntaxError):
        return  # it was made by a function
    if not isinstance(definition, (ast.FunctionDef, ast.ClassDef)):
        return
    name = f"alternative {definition.name}"
    definition.decorator_list = []
    definition.name = exercise
    statements = {name: node for node in tree.body for name in _bound(node)}
    needed = _needed([definition], statements)
    helpers = [node for node in tree.body if any(node is one for one in needed)]
    helped = "\n".join(ast.unparse(_plain(node)) for node in helpers)
    yield Form(exercise, name, f"{before}{helped}\n\n", ast.unparse(_plain(definition)), after)


def _bound(node: ast.stmt) -> list[str]:
    """The names that a statement of a module binds, as far as a student's code may need them."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and not _is_authors(node)):
        return [(alias.asname or alias.name).partition(".")[0] for alias in node.names]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return []


def _is_authors(node: ast.ImportFrom) -> bool:
    return bool(node.level) or (node.module or "").partition(".")[0] in AUTHORS


def _needed(waiting: Sequence[ast.stmt], statements: Mapping[str, ast.stmt]) -> list[ast.stmt]:
    """The statements that these need, directly or through others."""
    found: list[ast.stmt] = []
    queue = list(waiting)
    while queue:
        node = queue.pop()
        for one in ast.walk(_plain(node)):
            wanted = statements.get(one.id) if isinstance(one, ast.Name) else None
            if wanted is not None and not any(wanted is known for known in found):
                found.append(wanted)
                queue.append(wanted)
    return found


def _plain(node: ast.stmt) -> ast.stmt:
    """A statement without the author's decorators, and with `Conv.right` written as `Conv`."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        node.decorator_list = []
    plain: ast.stmt = _NamesForReferences().visit(node)
    return ast.fix_missing_locations(plain)


class _NamesForReferences(ast.NodeTransformer):
    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        return node.value if node.attr in ("right", "value") and isinstance(node.value, ast.Name) else node
