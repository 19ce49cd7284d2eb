"""Hostile containers, made when they are needed: zips, folders and notebooks around an honest piece of work.

Links, pipes, bombs and names that no text can hold do not belong into a repository. Each function makes one container
in a folder and returns its path; its docstring begins with a sentence, and a pattern for what is shown stands after
`says:`. Where nothing honest can be read, `refused` is what the reader of submissions says.
"""

from __future__ import annotations

import io
import os
import socket
import stat
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.support.submissions import write_all

from ..course import ROOT

HONEST = (
    "def linear_params(in_features, out_features, bias=True):\n    return (in_features + bool(bias)) * out_features\n"
)
Maker = Callable[[Path, str], Path]


@dataclass(frozen=True)
class Container:
    """`make(folder, token)` makes it; files that it would write outside are called `token`."""

    name: str
    make: Maker
    says: str
    refused: bool = False

    def __str__(self) -> str:
        return self.name


def container(says: str, refused: bool = False) -> Callable[[Maker], Container]:
    """Mark a function as one that makes a container."""
    return lambda make: Container(make.__name__, make, says, refused)


def zipped(path: Path, entries: Mapping[str, str | bytes], links: Mapping[str, int] | None = None) -> Path:
    """A zip with these entries; `links` gives some of them another kind of file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = ((links or {}).get(name, stat.S_IFREG) | 0o644) << 16
            archive.writestr(entry, content)
    return path


def written(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A folder with these files and an honest one."""
    return write_all(folder, {"work.py": HONEST, **files})


@container(says="has an unsafe path")
def zip_slip(folder: Path, token: str) -> Path:
    """Its entries want to be written outside the folder into which it is unpacked."""
    names = [
        "../" * 9 + f"tmp/{token}.py",
        f"/tmp/{token}.py",
        rf"..\..\{token}.py",
        f"C:/{token}.py",
        f"a/../../{token}.py",
    ]
    return zipped(folder / "work.zip", {"work.py": HONEST, **dict.fromkeys(names, "x = 1")})


@container(says="key.py is a symbolic link")
def zip_of_links(folder: Path, token: str) -> Path:
    """Its entries are links to the answer key, and files behind a link to a folder."""
    entries = {
        "work.py": HONEST,
        "key.py": f"{ROOT}/reference/exercise3/unet.py",
        "up": "/tmp",
        f"up/{token}.py": "x = 1",
    }
    return zipped(folder / "work.zip", entries, {"key.py": stat.S_IFLNK, "up": stat.S_IFLNK})


@container(says="^$")
def zip_of_devices(folder: Path, token: str) -> Path:
    """Its entries claim to be devices, pipes and programs of root; they are read as what they hold."""
    kinds = {
        "zero.py": stat.S_IFCHR,
        "disk.py": stat.S_IFBLK,
        "pipe.py": stat.S_IFIFO,
        "root.py": stat.S_IFREG | 0o4000,
    }
    return zipped(folder / "work.zip", {"work.py": HONEST, **dict.fromkeys(kinds, "x = 1")}, kinds)


@container(says="bomb.ipynb takes the submission past 64 MiB")
def zip_bomb(folder: Path, token: str) -> Path:
    """Its entries grow a thousandfold: a large one, and a hundred that are just small enough."""
    many = {f"z{number:03}.py": b"#" * (1 << 20) for number in range(100)}
    return zipped(folder / "work.zip", {"work.py": HONEST, "bomb.ipynb": b" " * (200 << 20), **many})


@container(says="^$")
def zip_of_zips(folder: Path, token: str) -> Path:
    """It holds zips that hold zips, and nothing opens them."""
    inner = b"x" * (1 << 20)
    for _ in range(5):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(10):
                archive.writestr(f"{number}.zip", inner)
        inner = stream.getvalue()
    return zipped(folder / "work.zip", {"work.py": HONEST, "inner.zip": inner})


@container(says="it holds 9,001 source files; more than 1,000 are not read", refused=True)
def zip_of_one_entry_under_many_names(folder: Path, token: str) -> Path:
    """Nine thousand names of its directory point to the same megabyte."""
    path = zipped(folder / "work.zip", {"a.py": HONEST, "b.py": b"#" * (1 << 20)})
    data = path.read_bytes()
    start = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", start + 4)
    end = data.index(b"PK\x05\x06")
    entries = [data[start:second]]
    for number in range(9000):
        name = f"b{number:05}.py".encode()
        entry = bytearray(data[second : second + 46])
        struct.pack_into("<H", entry, 28, len(name))
        entries.append(bytes(entry) + name)
    directory = b"".join(entries)
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(entries), len(entries), len(directory), start, 0)
    path.write_bytes(data[:start] + directory + tail)
    assert end > second
    return path


@container(says="more than 10,000 files", refused=True)
def zip_of_countless_entries(folder: Path, token: str) -> Path:
    """Its directory alone would fill the memory of whoever reads it."""
    return zipped(folder / "work.zip", {"work.py": HONEST, **{f"{number}.txt": "" for number in range(10_001)}})


@container(says="damaged in the zip file")
def zip_that_contradicts_itself(folder: Path, token: str) -> Path:
    """An entry has one name in the directory and another where it lies, and checksums of something else."""
    path = zipped(folder / "work.zip", {"work.py": HONEST, "two.py": "x = 1", "sum.py": "x = 'abcdefgh'"})
    data = path.read_bytes().replace(b"two.py", b"one.py", 1)
    place = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 100)
    path.write_bytes(data[: place + 16] + b"\xff\xff\xff\xff" + data[place + 20 :])
    return path


@container(says="^$")
def zip_behind_another_zip(folder: Path, token: str) -> Path:
    """Two zips in one file: a reader from the front sees other work than a reader from the end."""
    front = zipped(folder / "front.zip", {"work.py": HONEST.replace("+ bool(bias)", "")}).read_bytes()
    path = zipped(folder / "work.zip", {"work.py": HONEST})
    path.write_bytes(b"#!/bin/sh\n" + front + path.read_bytes())
    return path


@container(says=r"\\x1b\[2J|\\u202e")
def zip_of_disguised_names(folder: Path, token: str) -> Path:
    """Its names hold commands for the terminal, marks that turn text around, and sixty thousand letters."""
    names = [
        "\x1b[2J.py",
        "a\u202eyp.exe.py",
        "=HYPERLINK(1).py",
        "<script>.py",
        "n" * 60_000 + ".py",
        " .py",
        "a\nb.py",
    ]
    return zipped(folder / "work.zip", {"work.py": HONEST, **dict.fromkeys(names, b"\xff")})


@container(says="output_size.py is a symbolic link")
def folder_of_links(folder: Path, token: str) -> Path:
    """Links to the answer key, to its folder, to itself and to nothing."""
    written(folder / "work", {})
    for name, target in {
        "output_size.py": ROOT / "reference/exercise3/output_size.py",
        "reference": ROOT / "reference",
        "loop": folder / "work",
        "nothing.py": Path("/nonexistent"),
        "zero.py": Path("/dev/zero"),
    }.items():
        (folder / "work" / name).symlink_to(target)
    return folder / "work"


@container(says="pipe.py is not a regular file")
def folder_of_things_that_are_no_files(folder: Path, token: str) -> Path:
    """Pipes that never end, sockets, and devices where they can be made."""
    work = written(folder / "work", {"folder.py/inner.txt": ""})
    os.mkfifo(work / "pipe.py")
    os.mkfifo(work / "exercise3.ipynb")
    if os.getuid() == 0:
        os.mknod(work / "zero.py", 0o666 | stat.S_IFCHR, os.makedev(1, 5))
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(work)  # the path of a socket has to be short
        try:
            server.bind("socket.py")
        finally:
            os.chdir(here)
    return work


@container(says=r"\\x1b\[2J")
def folder_of_disguised_names(folder: Path, token: str) -> Path:
    """Files whose names command the terminal, turn the text, begin a formula or are no text at all."""
    names = [
        "\x1b[2J.py",
        "a\u202eyp.py",
        "=1+1.py",
        "<script>alert(1)<script>.py",
        "-rf.py",
        "a\nb.py",
        "n" * 250 + ".py",
    ]
    work = written(folder / "work", dict.fromkeys(names, b"\xff"))
    Path(os.fsdecode(os.fsencode(work) + b"/\xff\xfe.py")).write_bytes(b"\xff")
    return work


@container(says="^$")
def folder_that_shadows_libraries(folder: Path, token: str) -> Path:
    """Its files are called like the modules that the sandbox and the libraries import, before and after it."""
    names = [
        "torch",
        "numpy",
        "json",
        "os",
        "re",
        "inspect",
        "wire",
        "sitecustomize",
        "conftest",
        "traceback",
        "struct",
    ]
    names += ["autograder/__init__", "autograder/sandbox/inside/wire", "reference/__init__", "torch/optim/__init__"]
    bomb = f"open('/tmp/{token}', 'w').close()\nraise SystemExit('shadowed')\n"
    return written(folder / "work", {f"{name}.py": bomb for name in names})


@container(says="is more than 20 folders deep")
def folder_of_folders(folder: Path, token: str) -> Path:
    """Folders within folders, deeper than anybody works."""
    return written(folder / "work", {"/".join("d" * 60) + "/deep.py": "x = 1"})
