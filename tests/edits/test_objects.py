"""A right function or class, edited, is a mistake of its own name."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable
from typing import Any, ClassVar

import pytest

from autograder.edits import EditError, edited


def deco(right: Any) -> Any:
    return right


@deco
def area(width: float, height: float = 2.0) -> float:
    """The area of a rectangle."""
    return scaled(width * height)


def scaled(value: float) -> float:
    """Comes after `area`, as helpers do."""
    return FACTOR * value


FACTOR = 10.0


def factorial(n: int) -> int:
    return 1 if n == 0 else n * factorial(n - 1)


class Base:
    """A base."""

    start = 1

    def __init__(self) -> None:
        self.values = [self.start]


@deco
class Counter(Base):
    """Counts."""

    kinds: ClassVar[list[str]] = ["up", "down"]

    def __init__(self, step: int = 1) -> None:
        """Start."""
        super().__init__()
        self.step = step

    @property
    def total(self) -> int:
        return sum(self.values)

    def count(self) -> Counter:
        self.values.append(self.step)
        return self


class Old(Base):
    def __init__(self, more: int) -> None:
        super(Old, self).__init__()  # noqa: UP008
        self.more = more


def test_a_function_is_edited_and_finds_helpers_below_it() -> None:
    wrong: Any = edited(area, {"width * height": "width + height"}, name="adds")
    assert (wrong(3.0), area(3.0)) == (50.0, 60.0)
    assert (wrong.__name__, wrong.__qualname__, wrong.__doc__, wrong.__module__) == ("adds", "adds", None, __name__)


def test_a_default_is_edited() -> None:
    wrong: Any = edited(area, {"height=2.0": "height=3.0"}, name="other_default")
    assert wrong(1.0) == 30.0
    assert str(inspect.signature(wrong)) == "(width: 'float', height: 'float' = 3.0) -> 'float'"


def test_a_class_is_edited() -> None:
    wrong: Any = edited(Counter, {"self.values.append(self.step)": ""}, name="does_not_count")
    assert (wrong().count().total, Counter().count().total) == (1, 2)
    assert (wrong.__name__, wrong.__doc__, wrong.__bases__) == ("does_not_count", None, (Base,))
    assert wrong.count.__qualname__ == "does_not_count.count"
    assert wrong.__init__.__doc__ == "Start."


def test_the_module_does_not_change() -> None:
    edited(area, {"height=2.0": "height=3.0"}, name="adds_nothing_to_globals")
    edited(factorial, {"n == 0": "n == 1"}, name="nor_this")
    assert not {"adds_nothing_to_globals", "nor_this", "around"} & set(globals())


def test_a_function_that_calls_itself_calls_the_edit() -> None:
    wrong: Any = edited(factorial, {"n * factorial(n - 1)": "n + factorial(n - 1)"}, name="adds")
    assert (wrong(4), wrong.__qualname__) == (11, "adds")


def test_a_class_that_names_itself_is_the_edit() -> None:
    wrong: Any = edited(Old, {"self.more = more": "self.more = 0"}, name="forgets")
    assert wrong(3).more == 0
    with pytest.raises(TypeError, match=r"^forgets.__init__\(\) missing 1 required"):
        wrong()


def test_lines_are_those_of_the_file() -> None:
    wrong: Any = edited(area, {"width * height": "width / 0"}, name="divides")
    with pytest.raises(ZeroDivisionError) as caught:
        wrong(1.0)
    frame = traceback.extract_tb(caught.value.__traceback__)[-1]
    line = inspect.getsourcelines(area)[1] + 3
    assert (frame.filename, frame.lineno) == (__file__, line)


def test_a_message_gives_the_lines_of_the_file() -> None:
    start = inspect.getsourcelines(Counter)[1]
    message = f"wrong, an edit of Counter: `self.step` is there 2 times, in lines {start + 9} and {start + 16}; add"
    with pytest.raises(EditError, match=message):
        edited(Counter, {"self.step": "0"}, name="wrong")


@pytest.mark.parametrize(
    ("right", "changes", "message"),
    [
        (Counter, {"self.values = [self.start]": ""}, "^wrong, an edit of Counter: `self.values .*` is not there$"),
        (area, {"deco": "other"}, "`deco` is not there"),
        (area, {"'The area of a rectangle.'": ""}, "is not there"),
        (lambda: 1, {"1": "2"}, "must be a function by `def`, or a class"),
        (len, {"1": "2"}, "len has no source that can be read; it must be a function or class of a file"),
        (3, {"1": "2"}, "3 has no source that can be read"),
        (scaled, {inspect.getsource(scaled): ""}, "is not there"),  # its docstring is away
        (factorial, {inspect.getsource(factorial): "1"}, "must leave one function or class"),
    ],
)
def test_what_cannot_be_edited_is_refused(right: Callable[..., Any], changes: dict[str, str], message: str) -> None:
    with pytest.raises(EditError, match=message):
        edited(right, changes, name="wrong")
