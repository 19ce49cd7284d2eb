"""How this course judges answers of its own kind."""

from autograder.judge.rules import comparator, shape_or_finite, show


@comparator(by_value=True)
def numbering(expected, actual, *, first):
    """The words are those of the expected vocabulary, with the numbers from 0 on; only that of `first` is fixed."""
    if not isinstance(actual, dict):
        return f"expected a dict, got {show(actual)}"
    if any(type(number) is not int for number in actual.values()):
        return "the values of the dict must be ints"
    if actual == expected:  # `expected` may be the answer of a misconception, whose numbers are wrong
        return None
    missing = [word for word in expected if word not in actual]
    if missing:
        return f"the word {missing[0]!r} is missing"
    extra = [word for word in actual if word not in expected]
    if extra:
        return f"{extra[0]!r} is no word of these texts"
    if sorted(actual.values()) != list(range(len(actual))):
        return f"expected the numbers 0 to {len(actual) - 1}, each once, got {sorted(actual.values())}"
    return None if actual.get(first) == 0 else f"{first!r} has the number {actual.get(first)} in place of 0"


@comparator
def of_shape(expected, actual):
    """The arrays have the expected shapes and are finite; their values are free."""
    if not isinstance(actual, list) or len(actual) != len(expected):
        return "the answer does not have the expected form"
    for right, given in zip(expected, actual, strict=True):
        wrong = shape_or_finite(right, given)
        if wrong:
            return wrong
    return None
