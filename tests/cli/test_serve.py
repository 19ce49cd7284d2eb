"""`grade serve` shows the results as they are, to this machine and to whoever knows the address only."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.classroom import Entry, Override, Student, read_gradebook
from autograder.classroom.batch_file import Batch, write_batch
from autograder.classroom.results import StoredResult, create_results_folder, write_entry
from autograder.reports.serve import server_of
from tests.support.commands import grade_command, run_grade


def add(results: Path, key: str) -> None:
    write_entry(results, StoredResult(Entry(Student(key, name=f"{key} <b>"), "missing"), "", "d"))


@pytest.fixture
def results(tmp_path: Path) -> Path:
    folder = tmp_path / "the results"
    create_results_folder(folder)
    write_batch(folder, Batch("exercise7", "Seventh", 1, "d", True, 7.0, (("area", 7.0),)))
    add(folder, "ada")
    return folder


@pytest.fixture
def address(results: Path) -> Iterator[str]:
    server, address = server_of(results)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield address
    server.shutdown()
    server.server_close()
    thread.join()


def get(address: str, **headers: str) -> str:
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20) as answer:
        text: str = answer.read().decode()
    return text


def status(address: str, **headers: str) -> int:
    try:
        get(address, **headers)
    except urllib.error.HTTPError as error:
        return error.code
    return 200


def test_pages_follow_the_results(results: Path, address: str) -> None:
    assert "1 student" in get(address)
    version = json.loads(get(f"{address}version"))["version"]
    add(results, "bob")
    assert json.loads(get(f"{address}version"))["version"] != version
    assert "2 students" in get(address)
    assert "bob &lt;b&gt;" in get(f"{address}students/bob.html")
    (results / "overrides.csv").write_text("student,exercise,points,reason\nada,,3,oral\n", encoding="utf-8")
    assert "3 of 7 points" in " ".join(
        get(f"{address}students/ada.html").replace("<b>", "").replace("</b>", "").split()
    )


def test_nobody_without_the_address_sees_anything(address: str) -> None:
    host = address.split("/")[2]
    for path in ("", "index.html", "wrong-token/", "wrong-token/students/ada.html", "../", "%2e%2e/"):
        assert status(f"http://{host}/{path}") == 404
    assert status(address, Host="evil.example") == 404  # a name that a web page made point here
    assert status(f"{address}students/eve.html") == 404
    assert status(f"{address}../batch.json") == 404
    assert status(f"{address}students/../../students/ada.json") == 404


def test_broken_line_of_overrides_is_named_and_the_server_goes_on(results: Path, address: str) -> None:
    (results / "overrides.csv").write_text("student,exercise,points,reason\nada,,three,oral\n", encoding="utf-8")
    assert status(address) == 500
    (results / "overrides.csv").write_text("student,exercise,points,reason\nada,,3,oral\n", encoding="utf-8")
    assert status(address) == 200
    assert read_gradebook(results).entries[0].overrides == (Override("", 3.0, "oral"),)


def test_command_prints_the_address_and_ends_with_ctrl_c(results: Path) -> None:
    with subprocess.Popen(
        [*grade_command(), "serve", str(results)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert "1 student" in get(address)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, "")


def test_what_cannot_be_served_is_a_sentence(results: Path, tmp_path: Path, address: str) -> None:
    port = address.split("/")[2].rpartition(":")[2]
    taken = run_grade(tmp_path, "serve", results, "--port", port)
    assert taken.returncode == 2
    assert f"Port {port} cannot be used" in taken.stderr
    nothing = run_grade(tmp_path, "serve", tmp_path)
    assert nothing.returncode == 2
    assert "Traceback" not in taken.stderr + nothing.stderr
