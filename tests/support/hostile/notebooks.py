"""Hostile notebooks and texts: what parsers should not have to read, around an honest piece of work."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.notebooks import notebook

from . import containers as hostile_containers
from .containers import HONEST, Container, container, written

OTHER = "def {}(*args, **kwargs):\n    return 0\n"
OTHERS = (
    *("conv_output_size", "conv2d_output_shape", "conv_transpose_output_size", "conv2d_params", "count_parameters"),
    *("receptive_field", "receptive_field_table", "flatten_features", "conv2d_manual", "max_pool2d_manual"),
    *("global_avg_pool", "sobel_edges", "train_one_epoch", "evaluate", "add_noise"),
)


def containers() -> list[Container]:
    """All hostile containers, those of the other module first."""
    values = [*vars(hostile_containers).values(), *globals().values()]
    return [value for value in values if isinstance(value, Container)]


@container(says="exercise3.ipynb is not a notebook: its JSON cannot be read")
def notebook_of_brackets(folder: Path, token: str) -> Path:
    """Its JSON is nested deeper than the stack of a reader."""
    return written(folder / "work", {"exercise3.ipynb": '{"cells":' + "[" * 900_000})


@container(says="exercise3.ipynb holds too many values")
def notebook_of_countless_values(folder: Path, token: str) -> Path:
    """Its JSON takes a hundred times its size in memory."""
    return written(folder / "work", {"exercise3.ipynb": '{"cells": [' + "[]," * 5_000_000 + "[]]}"})


@container(says="more than 10,000 code cells")
def notebook_of_countless_cells(folder: Path, token: str) -> Path:
    """It has more cells than anybody could write."""
    return written(folder / "work", {"exercise3.ipynb": notebook(*[""] * 12_000)})


@container(says="^$")
def notebook_of_long_numbers(folder: Path, token: str) -> Path:
    """A number of a million digits stands where nobody needs a number."""
    text = notebook(HONEST, metadata={"n": 0}).replace('"n": 0', '"n": ' + "9" * 1_000_000 + ', "e": 1e999999')
    return written(folder / "work", {"work.py": "x = 1", "exercise3.ipynb": text})


@container(says="^$")
def notebook_with_a_picture(folder: Path, token: str) -> Path:
    """Its output is a picture of nineteen megabytes, which is not looked at."""
    cell = {"cell_type": "code", "source": HONEST, "outputs": [{"data": {"image/png": "A" * (19 << 20)}}]}
    return written(folder / "work", {"work.py": "x = 1", "exercise3.ipynb": json.dumps({"cells": [cell]})})


@container(says="get_ipython")
def notebook_with_commands(folder: Path, token: str) -> Path:
    """Its cells command the shell, the kernel and other languages."""
    command = f"touch /tmp/{token} /{token}"
    cells = [
        f"!{command}",
        f"%%bash\n{command}",
        f"x = !{command}",
        f"%run /tmp/{token}.py",
        f"%%writefile /tmp/{token}\nx",
    ]
    cells += [f"get_ipython().system({command!r})", f"%sx {command}", f"!!{command}", f"%%javascript\n{command}"]
    more = {"kernelspec": {"name": token, "argv": ["sh", "-c", command]}}
    return written(folder / "work", {"work.py": "x = 1", "exercise3.ipynb": notebook(*cells, HONEST, metadata=more)})


@container(says="utf16.py is not UTF-8 text.*utf7.py|utf7.py.*utf16.py is not UTF-8 text")
def files_in_odd_encodings(folder: Path, token: str) -> Path:
    """Texts that say one thing to one reader and another to the next."""
    hidden = f"# coding: utf-7\n+AG8AcwAuAHMAeQBzAHQAZQBt-('touch /tmp/{token}')\n{HONEST}"
    files: dict[str, str | bytes] = {
        "utf7.py": hidden,
        "utf16.py": HONEST.encode("utf-16"),
        "latin.py": b"# coding: latin-1\n# \xfc\n" + HONEST.encode(),
    }
    files |= {
        "nul.py": HONEST.encode() + b"\0",
        "long.py": b"\xc0\xaf" + HONEST.encode(),
        "half.py": b"# \xed\xa0\x80\n",
    }
    return written(folder / "work", files)


KILLERS = {
    "parentheses": "x = " + "(" * 100_000 + ")" * 100_000,
    "minus": "x = " + "-" * 300_000 + "1",
    "attributes": "x = a" + ".a" * 200_000,
    "sums": "x = " + "1+" * 200_000 + "1",
    "lambdas": "x = " + "lambda:" * 60_000 + "0",
    "subscripts": "x = a" + "[0]" * 150_000,
    "calls": "x = f" + "()" * 200_000,
    "indents": "".join(" " * depth + "if 1:\n" for depth in range(300)) + " " * 300 + "pass",
    "elifs": "if 0: pass\n" + "elif 0: pass\n" * 50_000,
    "comparisons": "x = " + "1<" * 200_000 + "1",
    "digits": "x = " + "9" * 900_000,
    "decorators": "@f\n" * 100_000 + "def g(): pass",
    "comprehensions": "x = " + "[" * 90 + "0" + " for i in ()]" * 90,
    "folding": "x = " + "((((((1,)*9)*9)*9)*9)*9)*9\ny = 'a' * (1 << 60) if 0 else 1 << (1 << 20)",
    "fstrings": 'x = f"' + "{f'" * 80 + "x" + "'}" * 80 + '"',
}
"""Texts that have crashed parsers and compilers; each stands above a function that is asked for."""


@container(says="killer_parentheses.py")
def files_that_kill_parsers(folder: Path, token: str) -> Path:
    """Each file holds a function below something that no parser should have to read."""
    exercises = zip(OTHERS, KILLERS.items(), strict=False)
    files = {f"killer_{name}.py": f"{text}\n{OTHER.format(exercise)}" for exercise, (name, text) in exercises}
    return written(folder / "work", files)


@container(says="^$|a_statements.py")
def file_of_countless_statements(folder: Path, token: str) -> Path:
    """Thirty thousand statements, each of which the sandbox tells about."""
    return written(folder / "work", {"a_statements.py": "a=1\n" * 30_000 + OTHER.format(OTHERS[0])})
