"""Attack the sandbox from inside, tier by tier, and count what succeeds: the table in SECURITY.md.

    python benchmarks/attempts.py [--verbose]

A submission, `attempts.txt`, makes every attempt with the knowledge of an insider: it knows the paths of the exam, the
reference and a secret, and the number of the judge's process. An attempt succeeds if it ends without an error and,
where it reads, finds something. Attempts on points and on expected answers are in tests/submissions/hostile/.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import socket
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from autograder.model import Question, SourceFile, Submission
from autograder.sandbox import Sandbox, Session, SharedChild
from tests.support.course import ROOT
from tests.support.hostile.corpus import TIERS
from tests.support.hostile.sandboxes import LEFT_OUT

ATTACK = (Path(__file__).parent / "attempts.txt").read_text(encoding="utf-8")
KINDS = ("read", "write", "signal", "connect")


def attempts(tier: str, texts: dict[str, object]) -> dict[str, dict[str, str]]:
    """Make every attempt in a sandbox of a tier, each in a process of its own; kind -> attempt -> error, "" if none."""
    head = "".join(f"{name} = {value!r}\n" for name, value in texts.items())
    file = SourceFile("work.py", (head + ATTACK,))
    found: dict[str, dict[str, str]] = {}
    with Sandbox(leave_out=LEFT_OUT[tier]) as sandbox:
        if sandbox.isolation.tier != tier:
            return {}
        work = Submission("student", (file,))
        listed = {kind: _ask(sandbox, work, "names", kind) for kind in KINDS}
        for kind, names in listed.items():
            found[kind] = {name: str(_ask(sandbox, work, "attack", kind, name)) for name in names}
    return found


def _ask(sandbox: Sandbox, work: Submission, name: str, *args: str) -> list[str] | str:
    with SharedChild(sandbox, work) as room, Session(room, work.files[0], ["attack", "names"]) as session:
        answer = session.ask(Question("call", name, args), 20.0)
    value = getattr(answer, "value", None)
    return value if isinstance(value, (list, str)) else f"ended: {answer}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Attack the sandbox from inside.")
    parser.add_argument("--verbose", action="store_true", help="print every attempt that succeeds, and why others fail")
    verbose = parser.parse_args().verbose
    with tempfile.TemporaryDirectory() as name, socket.create_server(("127.0.0.1", 0)) as server:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "secret").write_text("canary-for-attempts")
        (folder / "exam").write_text("exam")
        os.mkfifo(folder / "pipe")
        unix = socket.socket(socket.AF_UNIX)
        unix.bind(str(folder / "socket"))
        unix.listen()
        texts: dict[str, object] = {
            **{"SECRET": str(folder / "secret"), "EXAM": str(folder / "exam"), "PIPE": str(folder / "pipe")},
            **{"REFERENCE": str(ROOT / "reference/exercise3/__init__.py"), "HOME": str(Path.home())},
            **{"ENGINE": str(ROOT / "autograder/judge/compare.py"), "SOCKET": str(folder / "socket")},
            **{"PORT": server.getsockname()[1], "JUDGE": os.getpid()},
        }
        print(f"{platform.system()} {platform.release()}, {time.strftime('%Y-%m-%d')}")
        for tier in TIERS:
            found = attempts(tier, texts)
            for kind, results in found.items():
                succeeded = sorted(one for one, error in results.items() if not error)
                print(
                    f"{tier:9} {kind:8} {len(results):3} attempts, {len(succeeded):3} succeed: {', '.join(succeeded)}"
                )
                if verbose:
                    print(json.dumps(results, indent=1))
        unix.close()


if __name__ == "__main__":
    main()
