"""`grade verify`: shows what has changed in the results since `grade batch` ended."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from autograder.cli import options
from autograder.cli.exits import BELOW
from autograder.errors import UserError


@options.command()
@options.results
def command(results: Path) -> None:
    """Compare the files in RESULTS with manifest.json, which `grade batch` writes at its end.

    It finds damage, and changes by somebody who did not write a new manifest.json as well. To find the others, note
    the fingerprint that it prints, outside of RESULTS.

    \b
    Exit status: 0 nothing has changed, 1 something has, 2 usage.
    """
    from autograder.classroom import compare_with_manifest, manifest_fingerprint, read_batch, read_manifest
    from autograder.text import one_line, plural

    if read_batch(results) is None:
        raise UserError(f"{results} holds no results of grade batch.")
    manifest = read_manifest(results)
    if manifest is None:
        raise UserError(
            f"{results} has no manifest.json: grade batch is still working there, was killed, or is older than 0.4. "
            "Run the same grade batch again to get one."
        )
    found = compare_with_manifest(results, manifest)
    for word, names in (("changed", found.changed), ("missing", found.missing), ("added", found.added)):
        for name in names:
            click.echo(f"{word:8} {one_line(name)}{_remark(name)}")
    since = f"grade batch ended on {one_line(manifest.written)}"
    if found:
        count = len(found.changed) + len(found.missing) + len(found.added)
        are = "is" if count == 1 else "are"
        click.echo(f"{plural(count, 'file')} in {results} {are} not as when {since}.")
    else:
        click.echo(f"All {plural(len(manifest.files), 'file')} in {results} are as they were when {since}.")
    click.echo(f"Fingerprint: {manifest_fingerprint(results)}")
    sys.exit(BELOW if found else 0)


def _remark(name: str) -> str:
    from autograder.classroom import WRITTEN_BY_HAND

    if name in WRITTEN_BY_HAND:
        return "  (you may edit this; grade batch and grade export read it)"
    return "  (grade export writes this too)" if name == "gradebook.csv" else ""
