"""`grade doctor`: what this machine offers for grading, and how to fix what is missing."""

from __future__ import annotations

import importlib
import json
import os
import platform
import shutil
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypedDict

import click

from autograder.cli import options
from autograder.cli.console import make_console, printable, status_line
from autograder.cli.exits import NOT_ISOLATED

PACKAGES = ("torch", "torchvision", "numpy", "matplotlib", "safetensors", "click", "rich")
SCHEMA = 1
Lines = Iterator[tuple[bool | None, str, str]]  # good, bad or neither; what; how it is


@click.command(context_settings=options.CONTEXT)
@click.option("-v", "--verbose", is_flag=True, help="Show every promise of the sandbox, also those that hold.")
@click.option("--json", "as_json", is_flag=True, help="Print the same as JSON, with every promise.")
def command(verbose: bool, as_json: bool) -> None:
    """Show what this machine offers for grading: Python, torch, devices, caches, and how well code is isolated.

    The sandbox is tried out: one sandboxed process attempts what hostile code would attempt.
    Exit status 4 where student code could reach files or the network, 0 otherwise.
    """
    with status_line() as show:
        show("Looking at Python and torch")
        lines = [*_python(), *_devices(), *_folders()]
        show("Trying to break out of the sandbox")
        found = _isolation()
    if as_json:
        machine = [{"what": what, "good": good, "how": how} for good, what, how in lines]
        click.echo(json.dumps({"schema": SCHEMA, "machine": machine, "isolation": found}, indent=2, ensure_ascii=False))
    else:
        _show([*lines, *_isolation_lines(found, verbose)])
    sys.exit(0 if found["enough"] else NOT_ISOLATED)


def _show(lines: Iterable[tuple[bool | None, str, str]]) -> None:
    console = make_console()
    spell = printable(console)
    for good, what, how in lines:
        mark = {True: "✓", False: "✗", None: " "}[good]
        style = {True: None, False: "red", None: "bright_black"}[good]
        console.print(spell(f"{mark} {what:<16} {how}"), style=style, soft_wrap=True)


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


class Promise(TypedDict):
    """A promise of a tier; its subject is "a submission"."""

    tier: str
    promise: str
    holds: bool


class Isolated(TypedDict):
    """How well students' code is isolated; `enough` if it reaches neither files nor the network."""

    tier: str
    reason: str
    proved: str
    remedy: str
    enough: bool
    promises: list[Promise]


def _isolation() -> Isolated:
    from autograder.sandbox import EXPECTATIONS, Sandbox, SandboxError, reaches

    found = Isolated(tier="none", reason="", proved="", remedy="", enough=False, promises=[])
    try:
        with Sandbox() as sandbox:
            isolation = sandbox.isolation if not sandbox.fork else sandbox.proof().isolation
            found |= {"tier": isolation.tier, "reason": isolation.reason, "proved": isolation.proved}
            found["enough"] = sandbox.fork and reaches(isolation.tier, "landlock")
            if sandbox.fork:
                proof = sandbox.proof()
                kept = [*proof.unmet, *(one for one in EXPECTATIONS if one not in proof.unmet)]
                found["remedy"] = proof.remedy
                found["promises"] = [
                    Promise(tier=one.tier, promise=one.sentence, holds=one not in proof.unmet) for one in kept
                ]
    except SandboxError as error:
        found["reason"] = str(error)
    return found


def _isolation_lines(found: Isolated, verbose: bool) -> Lines:
    reason = f": {found['reason']}" if found["reason"] else ""
    yield found["enough"], "isolation", f"{found['tier']}{reason}"
    for one in found["promises"]:
        if verbose or not one["holds"]:
            how = f"a submission {one['promise']}" + ("" if one["holds"] else ": not so")
            yield one["holds"], f"  {one['tier']}", how
    if found["remedy"]:
        yield None, "  to fix it", found["remedy"]
