"""Asks the judge for the answer to a call in the frame of a stand-in, where it has none.

earns: linear_params 0
verdicts: stopped
says: broke the protocol
tiers: full
"""
import json
import os
import struct

CALL = {"dict": [["call", "linear_params"], ["args", {"tuple": [784, 10]}], ["kwargs", {"dict": []}]]}
TEXT = json.dumps(CALL).encode()


def linear_params(in_features, out_features, bias=True):
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, struct.pack(">4sIQ", b"tgr1", len(TEXT), 0) + TEXT)
        except OSError:
            pass
    return (in_features + bool(bias)) * out_features
