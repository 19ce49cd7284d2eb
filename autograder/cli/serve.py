"""`grade serve`: the report of a class in the browser, which follows a batch that is running."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli import options


@options.command()
@options.results
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port.  [default: a free one]")
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
def command(results: Path, port: int, open_browser: bool) -> None:
    """Show the report of RESULTS in the browser, also while grade batch is still grading.

    Only this machine reaches the pages, and only with the address that is printed. Ctrl-C ends it.
    """
    from autograder.reports.serve import server_of

    server, address = server_of(results, port)
    click.echo(f"{address}\nCtrl-C ends it.")
    if open_browser:
        click.launch(address)
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo()
