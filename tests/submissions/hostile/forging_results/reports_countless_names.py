"""Reports tens of thousands of names that are nearly the one that is looked for.

earns: linear_params 0
verdicts: raised
says: there is no `linear_params`
within: 2
tiers: full
"""
import json
import os
import struct


def frame(*pairs):
    text = json.dumps({"dict": pairs}).encode()
    return struct.pack(">4sIQ", b"tgr1", len(text), 0) + text


NAMES = [f"l{number:06x}inear_parms" for number in range(100_000)]
MISSING = {"dict": [["kind", "missing"], ["message", "there is no `linear_params`"], ["where", ""]]}
for descriptor in range(3, 64):
    try:
        left = memoryview(frame(["problems", []], ["names", []], ["others", NAMES]) + frame(["refused", MISSING]) * 5)
        while left:
            left = left[os.write(descriptor, left) :]
    except OSError:
        pass


def linear_params(in_features, out_features, bias=True):
    return (in_features + bool(bias)) * out_features
