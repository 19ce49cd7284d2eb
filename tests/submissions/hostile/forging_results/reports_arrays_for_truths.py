"""Reports on its loading with arrays where a truth is due, which are neither true nor false.

earns: linear_params 0
verdicts: stopped
says: broke the protocol
tiers: full
"""
import json
import os
import struct

HEAD = json.dumps({"0": {"dtype": "I64", "shape": [2], "data_offsets": [0, 16]}}).encode()
BODY = struct.pack("<Q", len(HEAD)) + HEAD + b"\1" * 16
PROBLEM = {"dict": [["fatal", {"array": "0"}], ["text", {"array": "0"}], ["names", {"array": "0"}]]}
REPORT = {"dict": [["problems", [PROBLEM]], ["names", ["linear_params"]], ["others", []]]}
TEXT = json.dumps(REPORT).encode()
for descriptor in range(3, 64):
    try:
        os.write(descriptor, struct.pack(">4sIQ", b"tgr1", len(TEXT), len(BODY)) + TEXT + BODY)
    except OSError:
        pass


def linear_params(in_features, out_features, bias=True):
    return (in_features + bool(bias)) * out_features
