"""A small course, file -> text: two exercises, one of which calls the other, and a hidden check."""

from __future__ import annotations

HALVES = {
    "reference/sheet/__init__.py": '"""Halves"""\n\nsections = ("halves",)\n',
    "reference/sheet/halves.py": '''"""Halves"""

from autograder.author import case, check, misconception, reference


@reference(points=4, seconds=1, forbids=("floor_divide",))
def half(x):
    """Look at the name.

    Divide by two.
    """
    return x // 2


@check(half, points=1)
def of_small_numbers(draw):
    """Half of 2 is 1"""
    yield case(2)


@check(half, points=2)
def of_odd_numbers(draw):
    """Odd numbers are rounded down"""
    yield case(3)


@check(half, points=1, hidden=True)
def of_negative_numbers(draw):
    """Negative numbers are rounded down as well"""
    yield case(-3)


@misconception(half)
def divides_truly(x):
    """`/` gives a float; `//` rounds down."""
    return x / 2


@reference(points=2, seconds=1)
def quarter(x):
    """Halve twice."""
    return half(half(x))


@check(quarter, points=1)
def of_eight(draw):
    """A quarter of 8 is 2"""
    yield case(8)


@check(quarter, points=1)
def of_nine(draw):
    """A quarter of 9 is 2"""
    yield case(9)
''',
}
