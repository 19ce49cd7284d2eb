"""A small course, and a class of students who do to their notebook what students do, and what nobody should."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

REFERENCE = {
    "__init__.py": '"""Sizes and means"""\n\nsections = ("sizes", "means")\n',
    "sizes.py": '''"""Sizes"""

from autograder.author import case, check, misconception, reference


@reference(points=4, seconds=2)
def half(x):
    """Two halves make a whole."""
    return x // 2


@check(half, points=1)
def of_even_numbers(draw):
    """Half of an even number is exact"""
    yield case(2)
    yield case(14)


@check(half, points=2)
def of_odd_numbers(draw):
    """Odd numbers are rounded down"""
    yield case(draw.integer(1, 400) * 2 + 1)


@check(half, points=1, hidden=True)
def secretly_of_negative_numbers(draw):
    """Negative numbers are rounded down as well"""
    yield case(-3)


@misconception(half)
def divides_truly(x):
    """`/` gives a float; `//` rounds down."""
    return x / 2


@reference(points=3, seconds=2)
def area(height, width=1):
    return height * width


@check(area, points=1.25)
def of_a_column(draw):
    """The width is 1 if it is left out"""
    yield case(draw.integer(3, 90))


@check(area, points=1.75)
def of_a_rectangle(draw):
    """Height times width"""
    yield case(draw.integer(3, 90), draw.integer(3, 90))


@misconception(area)
def adds(height, width=1):
    """An area is a product."""
    return height + width
''',
    "means.py": '''"""Means"""

from autograder.author import case, check, misconception, reference

extra = True


@reference(points=2.5, seconds=2)
def mean(numbers):
    return sum(numbers) / len(numbers)


@check(mean, points=2.5)
def of_three_numbers(draw):
    """The mean of three numbers is a third of their sum"""
    yield case([1.0, 2.0, 6.0])


@misconception(mean)
def middle(numbers):
    """The middle one is the median."""
    return sorted(numbers)[len(numbers) // 2]
''',
}
SOLUTIONS = {
    "sizes.py": '''"""Sizes

How large is it?
"""

LEAST = 1


def half(x):
    """Half of x, rounded down."""
    ### BEGIN SOLUTION
    return x // 2
    ### END SOLUTION


def area(height, width=LEAST):
    """The area of a rectangle."""
    ### BEGIN SOLUTION
    return height * width
    ### END SOLUTION
''',
    "means.py": '''"""Means"""


def mean(numbers):
    """The mean of some numbers."""
    ### BEGIN SOLUTION
    return sum(numbers) / len(numbers)
    ### END SOLUTION
''',
}
NAMES = ("half", "area", "mean")
RIGHT = {
    "half": "def half(x):\n    return x // 2",
    "area": "def area(height, width=1):\n    return height * width",
    "mean": "def mean(numbers):\n    return sum(numbers) / len(numbers)",
}
WRONG = {name: text.partition("return")[0] + "return -1" for name, text in RIGHT.items()}
FULL = {"half": 4.0, "area": 3.0, "mean": 2.5}
NOTHING = dict.fromkeys(NAMES, 0.0)

Notebook = dict[str, Any]
CLASS: dict[str, tuple[Callable[[Notebook], None], dict[str, float]]] = {}


def student(**expected: float) -> Callable[[Callable[[Notebook], None]], Callable[[Notebook], None]]:
    """Names a student of the class, with the score of each exercise; what is not named earns all."""

    def add(work: Callable[[Notebook], None]) -> Callable[[Notebook], None]:
        CLASS[work.__name__] = (work, {**FULL, **expected})
        return work

    return add


def handed_in(released: Notebook, name: str) -> str:
    """What a student of the class hands in, made from the released notebook."""
    notebook = copy.deepcopy(released)
    CLASS[name][0](notebook)
    return json.dumps(notebook)


def named(notebook: Notebook, grade_id: str) -> dict[str, Any]:
    """The cell with this identifier."""
    return next(c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)


def solve(notebook: Notebook, **sources: str) -> None:
    """Put these definitions, and right ones for the others, into the solution cells."""
    for name, text in {**RIGHT, **sources}.items():
        named(notebook, f"{name}-solution")["source"] = text


def add(notebook: Notebook, place: int, source: str) -> None:
    """Put a code cell of the student's own there."""
    cell: dict[str, Any] = {
        "cell_type": "code",
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }
    notebook["cells"].insert(place, {**cell, "id": f"own-{len(notebook['cells'])}"})


def first_check(notebook: Notebook) -> int:
    return int(notebook["cells"].index(named(notebook, "half")))


@student()
def right(notebook: Notebook) -> None:
    solve(notebook)


@student(half=4 * 3 / 4, area=1.25, mean=0)
def half_right(notebook: Notebook) -> None:
    solve(
        notebook,
        half="def half(x):\n    return abs(x) // 2 if x > 0 else 0",
        area="def area(height, width=1):\n    return height",
        mean=WRONG["mean"],
    )


@student(**NOTHING)
def untouched(notebook: Notebook) -> None:
    pass


@student(area=0)
def syntax_error(notebook: Notebook) -> None:
    solve(notebook, area="def area(height, width=1)\n    return height * width")


@student()
def warns_on_stderr(notebook: Notebook) -> None:
    noisy = (
        "    import sys, warnings, os\n    warnings.warn('careful')\n    sys.stderr.write('x')\n    os.write(2, b'y')"
    )
    solve(notebook, half=f"def half(x):\n{noisy}\n    return x // 2")
    add(notebook, first_check(notebook), "import sys\nprint('noise', file=sys.stderr)")


@student()
def shows_progress(notebook: Notebook) -> None:
    bar = "    import sys\n    for i in range(300):\n        sys.stderr.write(f'\\r{i}/300')"
    solve(notebook, mean=f"def mean(numbers):\n{bar}\n    return sum(numbers) / len(numbers)")


@student(**NOTHING)
def prints_a_forged_score(notebook: Notebook) -> None:
    solve(notebook, **{name: text.replace("return", "print(4.0)\n    return") for name, text in WRONG.items()})
    add(notebook, first_check(notebook), "print('4.0')\n4.0")


@student(**NOTHING)
def replaces_the_check(notebook: Notebook) -> None:
    solve(notebook, **WRONG)
    forged = "import autograder.cell\ndef check(name):\n    return 4.0\nautograder.cell.check = check\nhint = check"
    add(notebook, first_check(notebook), forged)


@student(**NOTHING)
def installs_a_formatter(notebook: Notebook) -> None:
    solve(notebook, **WRONG)
    forged = (
        "f = get_ipython().display_formatter\nf.formatters['text/plain'].for_type(object, lambda *a: a[1].text('4'))\n"
    )
    forged += "f.format = lambda *a, **k: ({'text/plain': '4.0', 'text/html': '<script>alert(1)</script>'}, {})"
    add(notebook, first_check(notebook), forged)


@student()
def deletes_check_cells(notebook: Notebook) -> None:
    solve(notebook)
    both = "\n\n".join((RIGHT["half"], RIGHT["area"]))
    gone = [named(notebook, name) for name in ("half", "half-solution", "area", "area-solution", "mean")]
    notebook["cells"] = [cell for cell in notebook["cells"] if cell not in gone]
    add(notebook, 0, both)


@student(area=0)
def edits_check_cells(notebook: Notebook) -> None:
    solve(notebook, area=WRONG["area"])
    named(notebook, "half")["source"] = "4.0"
    named(notebook, "half")["metadata"]["nbgrader"]["points"] = 400
    cell = named(notebook, "area")
    cell["metadata"]["nbgrader"] |= {"grade": False, "locked": False, "solution": True, "schema_version": 1}
    cell["source"] = "3.0"
    cell = named(notebook, "mean")
    del cell["outputs"], cell["execution_count"]
    cell["cell_type"] = "markdown"


@student(area=0)
def renames_and_copies_ids(notebook: Notebook) -> None:
    solve(notebook, area=WRONG["area"])
    named(notebook, "half")["metadata"]["nbgrader"]["grade_id"] = "half2"
    notebook["cells"].append({**copy.deepcopy(named(notebook, "area")), "id": "copy", "source": "3.0"})
    named(notebook, "mean-solution")["metadata"]["nbgrader"]["grade_id"] = "mean"


@student()
def ends_the_kernel(notebook: Notebook) -> None:
    solve(notebook)
    add(notebook, 0, "import os\nos._exit(0)")


# In the sandbox it would cost a minute of this test; its limits have tests of their own.
STUBBORN = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
time.sleep(9999 if "ipykernel" in sys.modules else 0)
"""


@student()
def sleeps_past_the_limit(notebook: Notebook) -> None:
    solve(notebook)
    add(notebook, first_check(notebook), STUBBORN)


SEARCH = """
import glob, json, os, sys
def search(*patterns):
    found = {}
    for pattern in patterns:
        for path in glob.glob(os.path.join("../../..", "**", pattern), recursive=True):
            found[path] = open(path, "rb").read()
    return found
"""


@student(**NOTHING)
def searches_the_disk(notebook: Notebook) -> None:
    wrong = {
        name: text.replace("return", f"return search('{name}*', 'torchgrade.json') and") for name, text in WRONG.items()
    }
    solve(notebook, **wrong)
    add(notebook, 0, SEARCH)
    add(notebook, len(notebook["cells"]), "print(list(search('torchgrade.json', '*.exam')))")


FORGE = """
import os, shutil, sqlite3, time
path = os.path.abspath("../../../gradebook.db")
try:
    base = sqlite3.connect(path, timeout=1)
    base.execute("UPDATE grade SET auto_score = 4, manual_score = 4, extra_credit = 9")
    base.commit()
    print("forged by SQL")
except sqlite3.Error as error:
    print("refused", error)
copy = path + ".copy"
shutil.copy(path, copy)
base = sqlite3.connect(copy)
base.execute("UPDATE grade SET auto_score = 4, manual_score = 4, extra_credit = 9")
base.commit()
base.close()
os.replace(copy, path)
"""


@student(**NOTHING)
def writes_to_the_gradebook(notebook: Notebook) -> None:
    solve(notebook, **WRONG)
    add(notebook, 0, FORGE)


@student(**NOTHING)
def z_is_the_last_and_hostile_in_text(notebook: Notebook) -> None:
    solve(notebook, **{name: f"{text}  # <script>alert('code')</script>" for name, text in WRONG.items()})
    named(notebook, "half-solution")["source"] = (
        "def half(x):\n    raise ValueError('<script>alert(\"error\")</script>')"
    )
    shown = "from IPython.display import HTML, display\ndisplay(HTML('<script>alert(2)</script>'))\n1 / 0"
    named(notebook, "mean-solution")["source"] += f"\n{shown}"


CHEAT = """
import json, os, shutil
if os.path.isdir("../../../submitted"):
    right = "../../../submitted/right/sheet/sheet.ipynb"
    shutil.copy(right, "../../../submitted/changes_what_was_handed_in/sheet/sheet.ipynb")
"""


@student(**NOTHING)
def changes_what_was_handed_in(notebook: Notebook) -> None:
    solve(notebook, **WRONG)
    add(notebook, 0, CHEAT)
