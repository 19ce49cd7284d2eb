"""Sends an array whose head tells of more numbers than its body has.

earns: global_avg_pool 0
verdicts: stopped
says: broke the protocol of the sandbox
"""
import json
import os
import struct

HEAD = json.dumps({"0": {"dtype": "F32", "shape": [1 << 30, 1 << 20], "data_offsets": [0, 24]}}).encode()
BODY = struct.pack("<Q", len(HEAD)) + HEAD + b"\0" * 24
TEXT = json.dumps({"dict": [["returned", {"array": "0"}]]}).encode()


def global_avg_pool(x):
    for fd in range(3, 64):
        try:
            os.write(fd, struct.pack(">4sIQ", b"tgr1", len(TEXT), len(BODY)) + TEXT + BODY)
        except OSError:
            pass
