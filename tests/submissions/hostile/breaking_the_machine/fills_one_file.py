"""Writes one large file, and ignores the signal that tells it to stop.

earns: linear_params 0
verdicts: stopped
says: wrote more than 64 MB or 1024 files
seconds: 5
"""
import signal

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def linear_params(in_features, out_features, bias=True):
    with open("large", "wb") as file:
        for _ in range(50):
            file.write(b"x" * (4 << 20))
    return 1
