"""`grade doctor`: what this machine offers for grading, and how to fix what is missing."""

from __future__ import annotations

import importlib
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from autograder.cli import options
from autograder.cli.console import make_console, printable, status_line
from autograder.cli.exits import NOT_ISOLATED

PACKAGES = ("torch", "torchvision", "numpy", "matplotlib", "safetensors", "click", "rich")
Lines = Iterator[tuple[bool | None, str, str]]  # good, bad or neither; what; how it is


@click.command(context_settings=options.CONTEXT)
@click.option("-v", "--verbose", is_flag=True, help="Show every promise of the sandbox, also those that hold.")
def command(verbose: bool) -> None:
    """Show what this machine offers for grading: Python, torch, devices, caches, and how well code is isolated.

    The sandbox is tried out: one sandboxed process attempts what hostile code would attempt.
    Exit status 4 where student code could reach files or the network, 0 otherwise.
    """
    console = make_console()
    spell = printable(console)
    with status_line() as show:
        show("Looking at Python and torch")
        lines = [*_python(), *_devices(), *_folders()]
        show("Trying to break out of the sandbox")
        isolated, proof = _isolation(verbose)
    for good, what, how in [*lines, *proof]:
        mark = {True: "✓", False: "✗", None: " "}[good]
        style = {True: None, False: "red", None: "bright_black"}[good]
        console.print(spell(f"{mark} {what:<16} {how}"), style=style, soft_wrap=True)
    sys.exit(0 if isolated else NOT_ISOLATED)


def _python() -> Lines:
    yield True, "Python", f"{platform.python_version()} on {platform.system()} {platform.machine()}, {sys.prefix}"
    for name in PACKAGES:
        try:
            yield True, name, version(name)
        except PackageNotFoundError:
            yield False, name, f"is missing: pip install {name}"


def _devices() -> Lines:
    import torch

    try:
        importlib.import_module("torchvision")  # whether it fits to torch shows only when it is imported
    except Exception as error:  # noqa: BLE001 - a build that does not fit raises what it likes
        yield False, "torchvision", f"does not fit to torch ({str(error).splitlines()[0]}): install both from one place"
    if torch.cuda.is_available():
        names = ", ".join(torch.cuda.get_device_name(index) for index in range(torch.cuda.device_count()))
        yield True, "device", f"{names}, and CPU with {torch.get_num_threads()} threads"
    else:
        yield True, "device", f"CPU with {torch.get_num_threads()} threads; no GPU that torch can use"


def _folders() -> Lines:
    from autograder.course import find_courses
    from autograder.errors import NoCourseError
    from autograder.exam import cache_folder

    cache = cache_folder()
    exams = len(list(cache.glob("*"))) if cache.is_dir() else 0
    near = _existing(cache)
    state = f"{cache}, {exams} files, {shutil.disk_usage(near).free >> 30} GB free"
    writable = os.access(near, os.W_OK)
    yield writable, "cache", state if writable else f"{state}, not writable: each run prepares its exam again"
    try:
        course, names = find_courses(Path.cwd())
        yield True, "course", f"{course.folder}: {', '.join(names)}"
    except NoCourseError as error:
        yield None, "course", str(error)


def _existing(path: Path) -> Path:
    return next(up for up in (path, *path.parents) if up.exists())


def _isolation(verbose: bool) -> tuple[bool, list[tuple[bool | None, str, str]]]:
    """Whether students' code is isolated from files and network, and the lines on it."""
    from autograder.sandbox import EXPECTATIONS, Sandbox, SandboxError, reaches

    lines: list[tuple[bool | None, str, str]] = []
    try:
        with Sandbox() as sandbox:
            if not sandbox.fork:
                isolation = sandbox.isolation
                return False, [(False, "isolation", f"{isolation.tier}: {isolation.reason}")]
            proof = sandbox.proof()
    except SandboxError as error:
        return False, [(False, "isolation", str(error))]
    isolation = proof.isolation
    reached = reaches(isolation.tier, "landlock")
    lines.append((reached, "isolation", f"{isolation.tier}" + (f": {isolation.reason}" if isolation.reason else "")))
    lines += [(False, f"  {one.tier}", f"a submission {one.sentence}: not so") for one in proof.unmet]
    if verbose:
        holding = (one for one in EXPECTATIONS if one not in proof.unmet)
        lines += [(True, f"  {one.tier}", f"a submission {one.sentence}") for one in holding]
    if proof.remedy:
        lines.append((None, "  to fix it", proof.remedy))
    return reached, lines
