"""What an exercise asks to do without is found in the source, and nothing else is taken for it."""

from __future__ import annotations

import pytest

from autograder.model import SourceFile
from autograder.submission.forbidden import forbidden_use

NAMES = ("conv2d", "Conv2d")

USED = {
    "by torch's usual name": ("import torch.nn.functional as F\ndef own(x):\n    return F.conv2d(x)\n", "F.conv2d", 3),
    "by its full name": (
        "import torch\ndef own(x):\n    y = torch.nn.functional.conv2d\n    return y(x)\n",
        "conv2d",
        3,
    ),
    "imported itself": ("from torch.nn.functional import conv2d as c\ndef own(x):\n    return c(x)\n", "c", 3),
    "imported over several lines": (
        "from torch.nn.functional import (\n    pad,\n    conv2d,\n)\ndef own(x):\n    return conv2d(x)\n",
        "conv2d",
        6,
    ),
    "given to something else": (
        "from torch.nn import functional\ndef own(x):\n    return pool.submit(functional.conv2d, x)\n",
        "functional.conv2d",
        3,
    ),
    "in a helper": (
        "import torch.nn.functional as F\ndef help(x):\n    return F.conv2d(x)\n\ndef own(x):\n    return help(x)\n",
        "F.conv2d",
        3,
    ),
    "below a long signature": (
        "import torch.nn.functional as F\ndef own(\n    x,\n    y=1,\n):\n    return F.conv2d(x)\n",
        "F.conv2d",
        6,
    ),
    "in a class": (
        "from torch import nn\nclass own:\n    def f(self):\n        return nn.Conv2d(1, 1, 1)\n",
        "nn.Conv2d",
        4,
    ),
}
UNUSED = {
    "a comment": "import torch.nn.functional as F\ndef own(x):\n    return x  # as F.conv2d does\n",
    "a docstring": 'from torch.nn import functional as F\ndef own(x):\n    """As F.conv2d.\n\n    It does.\n    """\n',
    "a string": "import torch.nn.functional as F\ndef own(x):\n    print('F.conv2d', x)\n    return x\n",
    "another function": "import torch as t\ndef other(x):\n    return t.conv2d(x)\ndef own(x):\n    return x\n",
    "a comparison at the margin": "import torch.nn.functional as F\ndef own(x):\n    return x\nprint(F.conv2d)\n",
    "a helper of that name": "def conv2d(x):\n    return x\ndef own(x):\n    return conv2d(x)\n",
    "a helper of a module of one's own": "import helpers\ndef own(x):\n    return helpers.conv2d(x)\n",
    "a method": "class own:\n    def conv2d(self):\n        return 1\n    def f(self):\n        return self.conv2d()\n",
    "an earlier version": (
        "import torch.nn.functional as F\ndef own(x):\n    return F.conv2d(x)\n\ndef own(x):\n    return x\n"
    ),
    "a variable named like a function": (
        "import torch as t\ndef help(x):\n    return t.conv2d(x)\n\ndef own(x):\n    help = x + 1\n    return help\n"
    ),
    "a longer name": "import torch.nn.functional as F\ndef own(x):\n    return F.conv2d_like(x)\n",
}


@pytest.mark.parametrize("how", USED)
def test_use_is_found_with_its_line(how: str) -> None:
    text, use, line = USED[how]
    found = forbidden_use(SourceFile("work.py", (text,)), "own", NAMES)
    assert found is not None
    assert found.split(" in ")[0].endswith(use)
    assert found.endswith(f"in work.py, line {line}")


@pytest.mark.parametrize("what", UNUSED)
def test_other_things_are_no_use(what: str) -> None:
    assert forbidden_use(SourceFile("work.py", (UNUSED[what],)), "own", NAMES) is None


def test_cell_of_a_notebook_is_named() -> None:
    cells = ("import torch", "x = 1", "def own(x):\n    return torch.conv2d(x)")
    found = forbidden_use(SourceFile("work.ipynb", cells), "own", NAMES)
    assert found == "torch.conv2d in work.ipynb cell 3, line 2"


def test_hostile_text_takes_no_time() -> None:
    texts = ['"' * 200_000, "'''" + "\\" * 200_000, "from torch import (" * 10_000, "a." * 100_000, "def own(" * 20_000]
    for text in texts:
        forbidden_use(SourceFile("work.py", (f"{text} conv2d\ndef own(x):\n    {text} conv2d",)), "own", NAMES)
