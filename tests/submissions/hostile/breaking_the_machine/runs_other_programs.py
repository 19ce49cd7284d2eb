r"""Runs a shell and other programs by every way that Python knows.

earns: linear_params 0
verdicts: raised
says: ran: \[\]
tiers: full, landlock
"""
import os
import subprocess
import sys


def linear_params(in_features, out_features, bias=True):
    ran = []
    for way in (
        lambda: subprocess.run(["true"], check=True),
        lambda: subprocess.run("true", shell=True, check=True),
        lambda: subprocess.run([sys.executable, "-c", "pass"], check=True),
        lambda: os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0),
        lambda: os.waitpid(os.spawnv(os.P_NOWAIT, "/bin/true", ["true"]), 0),
        lambda: os.popen("echo ran").read() or 1 / 0,
        lambda: 1 / (os.system("exit 0") == 0),
    ):
        try:
            way()
            ran.append(way.__code__.co_firstlineno)
        except (OSError, subprocess.SubprocessError, ZeroDivisionError):
            pass
    raise ValueError(f"ran: {ran}")
