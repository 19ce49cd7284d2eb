"""The old name of `grade stubs`: `python -m autograder.stubs` goes on working, and says so."""

from __future__ import annotations

import sys

import click

from autograder.cli import main

if __name__ == "__main__":
    click.echo("`python -m autograder.stubs` is now `grade stubs`.", err=True)
    sys.argv[1:1] = ["stubs"]
    main()
