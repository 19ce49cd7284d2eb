"""Leaves a private folder that cannot be entered, with files whose names are no text.

earns: linear_params 0
verdicts: raised
says: closed
hole: shutil.rmtree cannot enter a folder of mode 0, and leaves it on the disk for good
open: landlock as user, process as user
"""
import os


def linear_params(in_features, out_features, bias=True):
    os.makedirs("a/b/c", exist_ok=True)
    for name in b"\xff\xfe", b"\x1b[2J", b"-rf *", b"a\nb":
        with open(os.path.join(b"a/b", name), "w") as file:
            file.write("x")
    try:
        os.mkfifo(f"a/fifo-{bias}")
    except PermissionError:
        pass
    os.chmod("a/b", 0)
    os.chmod("a", 0)
    os.chmod(".", 0)
    raise ValueError("closed")
