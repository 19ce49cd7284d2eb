"""The pages of a class from a server on this machine, made from the results as they are at each request.

Only this machine reaches it, and only with the token in the address: other users of the machine do not know it, and a
web page that the browser shows cannot guess it.
"""

from __future__ import annotations

import hmac
import json
import secrets
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from autograder.classroom import Gradebook, file_name, read_gradebook
from autograder.errors import UserError
from autograder.reports.html import index_page, student_page

HOST = "127.0.0.1"
WATCHED = ("overrides.csv", "hints.csv", "comments.csv", "course.toml", "batch.json", "last_run.json")


class Pages:
    """The gradebook of a folder, read again when its files have changed."""

    def __init__(self, results: Path) -> None:
        self._results = results
        self._lock = threading.Lock()
        self._version = ""
        self._gradebook = read_gradebook(results)

    def version(self) -> str:
        """A text that changes with the results."""
        files = sorted((self._results / "students").glob("*.json"))
        files += [self._results / name for name in WATCHED]
        newest = max((path.stat().st_mtime_ns for path in files if path.exists()), default=0)
        return f"{len(files)}-{newest}"

    def gradebook(self) -> tuple[Gradebook, str]:
        """The gradebook with its version."""
        with self._lock:
            version = self.version()
            if version != self._version:
                self._gradebook = read_gradebook(self._results)
                self._version = version
            return self._gradebook, version

    def page(self, path: str) -> str | None:
        """The page with this path below the token; None if there is none."""
        if path == "version":
            return json.dumps({"version": self.version()})
        if path == "similarity.html":
            file = self._results / path
            return (
                file.read_text(encoding="utf-8").replace('"report/students/', '"students/') if file.exists() else None
            )
        gradebook, version = self.gradebook()
        if path in ("", "index.html"):
            return index_page(gradebook, version)
        for place, entry in enumerate(gradebook.entries):
            if path == f"students/{file_name(entry.student.key)}.html":
                return student_page(gradebook, place)
        return None


def server_of(results: Path, port: int = 0) -> tuple[ThreadingHTTPServer, str]:
    """A server of these results and the address of its first page; port 0 takes a free one.

    Raise UserError if the port is taken, or ResultsError if the folder holds no results.
    """
    pages, token = Pages(results), secrets.token_urlsafe(18)

    class Handler(BaseHTTPRequestHandler):
        """Answers GET and HEAD below the token, for this host's own name only."""

        server_version, sys_version = "grade", ""

        def do_GET(self) -> None:
            self._answer(lambda body: self.wfile.write(body))

        def do_HEAD(self) -> None:
            self._answer(lambda _: None)

        def _answer(self, write: Callable[[bytes], object]) -> None:
            status, kind, text = self._page()
            body = text.encode("utf-8", "backslashreplace")
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            for name, value in (
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
                ("X-Frame-Options", "DENY"),
                ("Referrer-Policy", "no-referrer"),
            ):
                self.send_header(name, value)
            self.end_headers()
            write(body)

        def _page(self) -> tuple[HTTPStatus, str, str]:
            host = self.headers.get("Host", "").rpartition(":")[0]
            given, _, path = unquote(urlsplit(self.path).path).lstrip("/").partition("/")
            if host not in (HOST, "localhost") or not hmac.compare_digest(given.encode(), token.encode()):
                return (
                    HTTPStatus.NOT_FOUND,
                    "text/plain",
                    "Not found. Use the whole address that grade serve printed.\n",
                )
            try:
                text = pages.page(path)
            except UserError as error:  # such as a line of overrides.csv that is being written
                return HTTPStatus.INTERNAL_SERVER_ERROR, "text/plain", f"{error}\n"
            if text is None:
                return HTTPStatus.NOT_FOUND, "text/plain", "There is no such page.\n"
            return HTTPStatus.OK, "application/json" if path == "version" else "text/html", text

        def log_message(self, format: str, *args: object) -> None:
            """Stay silent: the address holds the token."""

    try:
        server = ThreadingHTTPServer((HOST, port), Handler)
    except OSError as error:
        raise UserError(f"Port {port} cannot be used: {error.strerror}. Without --port a free one is taken.") from None
    except OverflowError:
        raise UserError(f"There is no port {port}.") from None
    return server, f"http://{HOST}:{server.server_address[1]}/{token}/"
