"""What the names of `forbids` and `requires` stand for, and where lines of code use them.

- A keyword, such as `while`. `for` stands for loops and comprehensions alike.
- A builtin function, such as `sorted`, unless the code binds a variable of that name.
- A function of torch, such as `conv2d`, as an attribute of a module of torch or imported from one.
- A dotted name, such as `numpy.convolve`, by whatever alias it is imported.
- An attribute of whatever it may be, such as `.sort`.
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Collection, Iterator, Sequence

FROM = re.compile(r"^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]*(?:\(([^()]{0,2000})\)|([^\n(]+))", re.M)
IMPORT = re.compile(r"^[ \t]*import[ \t]+([^\n]+)", re.M)
USE = re.compile(r"(?<![\w.])\w+(?:[ \t]*\.[ \t]*\w+)*")
ASSIGNED = re.compile(r"[ \t]*(?:[-+*/%@&|^]|//|\*\*|<<|>>)?=(?!=)")
USUAL = {"np": "numpy", "nn": "torch.nn", "F": "torch.nn.functional", "plt": "matplotlib.pyplot", "pd": "pandas"}
"""Names by which everybody imports these modules; an author may write `nn.LSTMCell`."""


def full_name(name: str) -> str:
    """`torch.nn.LSTMCell` for `nn.LSTMCell`."""
    first, dot, rest = name.partition(".")
    return f"{USUAL.get(first, first)}{dot}{rest}" if dot and first else name


class Imports:
    """The local names of modules and of what is imported from them.

    `torch_modules` and `torch_functions` are the local names of torch's modules (`torch`, `F`), and of functions in
    `names` that are imported directly. `modules` are full names by local ones; `starred` are modules of which all is
    imported.
    """

    def __init__(self, code: str, names: Collection[str]) -> None:
        self.torch_modules: set[str] = set()
        self.torch_functions: set[str] = set()
        self.modules: dict[str, str] = {}
        self.starred: list[str] = []
        for found in FROM.finditer(code):
            for part in (found[2] or found[3]).split(","):
                original, _, alias = (word.strip() for word in part.partition(" as "))
                self.modules[alias or original] = f"{found[1]}.{original}"
                self.starred += [found[1]] if original == "*" else []
                if found[1].split(".")[0] == "torch":
                    (self.torch_functions if original in names else self.torch_modules).add(alias or original)
        for found in IMPORT.finditer(code):
            for part in found[1].split(","):
                module, _, alias = (word.strip() for word in part.partition(" as "))
                root = module.split(".")[0]
                self.modules[alias or root] = module if alias else root
                if root == "torch":
                    self.torch_modules.add(alias or "torch")

    def full_names(self, parts: Sequence[str]) -> Iterator[list[str]]:
        """What `N.LSTMCell` may stand for: `torch.nn.LSTMCell`."""
        first, *rest = parts
        if first in self.modules:
            yield [*self.modules[first].split("."), *rest]
        else:
            for module in self.starred:
                yield [*module.split("."), *parts]


def uses_of(names: Collection[str], codes: Sequence[str], imports: Imports) -> Iterator[tuple[int, str]]:
    """The uses of names in one block of lines: the number of a line, and what stands there."""
    bare = {name for name in names if "." not in name}
    dotted = [full_name(name).split(".") for name in names if "." in name.strip(".")]
    dotted += [["builtins", name] for name in bare if hasattr(builtins, name)]
    attributes = [(name, re.compile(rf"\.[ \t]*{re.escape(name[1:])}\b")) for name in names if name[:1] == "."]
    free = {name for name in bare if hasattr(builtins, name) and not keyword.iskeyword(name)}
    free = {name for name in free if not any(name in code and _binds(code, name) for code in codes)}
    keywords = {name for name in bare if keyword.iskeyword(name)}
    for number, code in enumerate(codes):
        for found in USE.finditer(code):
            parts = [part.strip() for part in found[0].split(".")]
            if _is_torch(parts, bare, imports) or any(
                _is_within(name, full) for full in imports.full_names(parts) for name in dotted
            ):
                yield number, ".".join(parts)
            elif parts[0] in keywords or (parts[0] in free and not ASSIGNED.match(code, found.end())):
                yield number, parts[0]
        for name, pattern in attributes:
            if pattern.search(code):
                yield number, name


def _is_torch(parts: Sequence[str], names: Collection[str], imports: Imports) -> bool:
    of_module = parts[0] in imports.torch_modules and bool(set(parts[1:]) & set(names))
    return of_module or (parts[0] in imports.torch_functions and len(parts) == 1)


def _is_one_of(names: Sequence[Sequence[str]], full: Iterator[list[str]]) -> bool:
    return any(_is_within(name, one) for one in full for name in names)


def _is_within(name: Sequence[str], full: Sequence[str]) -> bool:
    """Whether the parts of a name stand in a longer one in this order: `torch.nn.modules.rnn.LSTMCell` is LSTMCell."""
    rest = iter(full)
    return name[0] == full[0] and all(part in rest for part in name)


def _binds(code: str, name: str) -> bool:
    """Whether a line assigns to a variable of this name, or has a parameter of this name."""
    if re.match(rf"[ \t]*def\b[^:]*\([^:]*\b{name}\b|.*\bfor[ \t]+(?:\w+[ \t]*,[ \t]*)*{name}\b", code):
        return True
    for found in re.finditer(rf"(?<![\w.]){name}\b", code):
        before = code[: found.start()]
        if before.count("(") <= before.count(")") and ASSIGNED.match(code, found.end()):
            return True
    return False
