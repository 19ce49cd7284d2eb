"""Edits of a program by its syntax: `{"padding=1": "padding=0"}` makes a mistake out of right code.

`edits_of` makes every small change that the catalogue knows. `edited` and `replace_in_source` replace words.

The words to replace are Python. They are found as syntax, so spaces, quotes, parentheses and comments do not matter.
The words may be read in four ways, and every reading is searched:

- an expression, such as `x[::-1]`; it also matches where a value is assigned to it,
- one statement, or several that follow each other,
- a keyword argument of a call, such as `padding=1`,
- a parameter with its default, such as `stride=1`; its annotation may be left out, and then it stays.

All words are searched in the original program, so their order does not matter and they must not overlap. Syntax also
sets limits: `b + c` is not a part of `a + b + c`, which Python reads as `(a + b) + c`.
"""

from autograder.edits.objects import edited, undefined_names
from autograder.edits.replace import EditError, replace_in_source
from autograder.sandbox.inside.edits import Edit, edits_of

__all__ = ["Edit", "EditError", "edited", "edits_of", "replace_in_source", "undefined_names"]
