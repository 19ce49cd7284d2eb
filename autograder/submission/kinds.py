"""What a file is, by the end of its name: Python, a notebook, an archive, or something else with a name of its own."""

from __future__ import annotations

from pathlib import PurePath

SOURCES = (".py", ".ipynb")
ARCHIVES = (".zip", ".tar.gz", ".tgz", ".tar")
OTHERS = {
    "a Word document": (".docx", ".doc", ".odt", ".rtf"),
    "a PDF": (".pdf",),
    "a picture": (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".heic", ".svg", ".tif", ".tiff"),
    "a spreadsheet": (".xlsx", ".xls", ".ods", ".csv"),
    "a presentation": (".pptx", ".ppt", ".odp", ".key"),
    "a web page": (".html", ".htm"),
    "a text file": (".txt", ".md"),
    "compiled Python": (".pyc",),
    "an archive of a kind that is not opened": (".rar", ".7z", ".gz", ".bz2", ".xz"),
    "a shortcut to a file": (".lnk", ".url", ".webloc"),
}
HAND_IN = ("a Word document", "a PDF", "a picture", "a presentation", "an archive of a kind that is not opened")
KINDS = {suffix: kind for kind, suffixes in OTHERS.items() for suffix in suffixes}


def source_suffix(name: str) -> str:
    """`.py` or `.ipynb`, written in small letters or large; empty for every other file."""
    suffix = PurePath(name).suffix.lower()
    return suffix if suffix in SOURCES else ""


def archive_suffix(name: str) -> str:
    """`.zip`, `.tar.gz`, `.tgz` or `.tar`, written in small letters or large; empty for every other file."""
    return next((suffix for suffix in ARCHIVES if name.lower().endswith(suffix)), "")


def without_suffix(name: str) -> str:
    """The name of a source file or an archive without its suffix."""
    suffix = source_suffix(name) or archive_suffix(name)
    return name[: len(name) - len(suffix)]


def with_small_suffix(name: str) -> str:
    """The name of a source file with the suffix that Python imports: `unet.py` for `unet.PY`."""
    suffix = source_suffix(name)
    return name[: len(name) - len(suffix)] + suffix


def kind_of(name: str) -> str:
    """What a file is that is no source file, such as `a Word document`; empty if the name does not say it."""
    lower = name.lower()
    hidden = next((suffix for suffix in SOURCES if lower.endswith((f"{suffix}.txt", f"{suffix}.json"))), "")
    if hidden:
        kind = "Python" if hidden == ".py" else "a notebook"
        return f"{kind} with another ending; it must end with {hidden}"
    return KINDS.get(PurePath(lower).suffix, "")


def is_hand_in(name: str) -> bool:
    """Whether a file that holds no code may still be what a student handed in, such as a Word document."""
    return kind_of(name) in HAND_IN or is_misnamed_source(name)


def is_misnamed_source(name: str) -> bool:
    """Whether the name is that of a source file with one more ending, such as `unet.py.txt`."""
    return "with another ending" in kind_of(name)
