"""Leaves a private folder that cannot be entered, where it may, with files whose names are no text.

earns: linear_params 0
verdicts: raised
says: closed
"""
import os


def linear_params(in_features, out_features, bias=True):
    os.makedirs("a/b/c", exist_ok=True)
    for name in b"\xff\xfe", b"\x1b[2J", b"-rf *", b"a\nb":
        with open(os.path.join(b"a/b", name), "w") as file:
            file.write("x")
    os.umask(0o777)
    for way in (
        lambda: os.mkfifo(f"a/fifo-{bias}"),
        lambda: os.mkdir(f"a/closed-{bias}"),
        lambda: os.chmod("a/b", 0),
        lambda: os.chmod("a", 0),
        lambda: os.chmod(".", 0),
    ):
        try:
            way()
        except PermissionError:
            pass
    raise ValueError("closed")
