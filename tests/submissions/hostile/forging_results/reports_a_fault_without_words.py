"""Reports that its file is broken, in no words at all, and answers that the exercise is missing.

earns: linear_params 0
verdicts: raised
says: could not be read
tiers: full
"""
import json
import os
import struct


def frame(*pairs):
    text = json.dumps({"dict": pairs}).encode()
    return struct.pack(">4sIQ", b"tgr1", len(text), 0) + text


PROBLEM = {"dict": [["fatal", True], ["text", ""], ["names", [""]], ["file", ""], ["lines", [1, 2]]]}
MISSING = {"dict": [["kind", "missing"], ["message", "gone"], ["where", ""]]}
for descriptor in range(3, 64):
    try:
        os.write(descriptor, frame(["problems", [PROBLEM]], ["names", []], ["others", []]) + frame(["refused", MISSING]) * 20)
    except OSError:
        pass


def linear_params(in_features, out_features, bias=True):
    return (in_features + bool(bias)) * out_features
