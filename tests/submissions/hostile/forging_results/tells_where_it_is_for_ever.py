"""Reports progress without end instead of an answer.

earns: linear_params 0
verdicts: stopped
says: did not finish within|broke the protocol
seconds: 0.2
checks: weights_and_biases
"""
import json
import os
import struct

TEXT = json.dumps({"dict": [["at", ["work.py", 1]]]}).encode()


def linear_params(in_features, out_features, bias=True):
    while True:
        for fd in range(3, 64):
            try:
                os.write(fd, struct.pack(">4sIQ", b"tgr1", len(TEXT), 0) + TEXT)
            except OSError:
                pass
