"""Parsing in several threads at once, as a batch does."""

from __future__ import annotations

import ast
from concurrent.futures import ThreadPoolExecutor

from autograder.sandbox.inside.syntax import parse
from tests.support.course import solution

TEXT = solution("unet") + solution("batchnorm")


def test_threads_parse_side_by_side() -> None:
    wanted = ast.dump(ast.parse(TEXT))
    with ThreadPoolExecutor(4) as pool:
        assert {ast.dump(tree) for tree in pool.map(parse, [TEXT] * 400)} == {wanted}
