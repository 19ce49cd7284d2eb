r"""Lets a thread send answers without end, mixed with those of the calls.

earns: linear_params 0
verdicts: failed
says: expected \d+, got
"""
import json
import os
import struct
import threading
import time

TEXT = json.dumps({"dict": [["returned", 7850]]}).encode()
FRAME = struct.pack(">4sIQ", b"tgr1", len(TEXT), 0) + TEXT


def forge(fd):
    while True:
        os.write(fd, FRAME)
        time.sleep(0.001)


def linear_params(in_features, out_features, bias=True):
    for fd in range(3, 8):
        try:
            os.write(fd, FRAME)
        except OSError:
            continue
        threading.Thread(target=forge, args=(fd,), daemon=True).start()
    time.sleep(0.2)
    return 1
