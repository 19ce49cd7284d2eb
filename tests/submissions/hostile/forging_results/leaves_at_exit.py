"""Leaves Python in the middle of a call, with a forged answer waiting in every handler for the end.

earns: linear_params 0
verdicts: raised
says: SystemExit
"""
import atexit
import json
import os
import signal
import struct
import sys
import threading
import weakref

TEXT = json.dumps({"dict": [["returned", 7850]]}).encode()


def forge(*_):
    for fd in range(3, 64):
        try:
            os.write(fd, struct.pack(">4sIQ", b"tgr1", len(TEXT), 0) + TEXT)
        except OSError:
            pass


class Last:
    __del__ = forge


atexit.register(forge)
threading._register_atexit(forge)
last = Last()
weakref.finalize(last, forge)
signal.signal(signal.SIGTERM, forge)
sys.excepthook = sys.unraisablehook = threading.excepthook = forge


def linear_params(in_features, out_features, bias=True):
    sys.exit(0)
