"""Stores what a stand-in returns, in memory and on the disk, for the exercise that is wrong.

earns: receptive_field 0, receptive_field_table 0
verdicts: failed
says: expected
"""
import json
import pathlib

FOUND = pathlib.Path("found.json")
ANSWERS = {}


def receptive_field(layers):
    if FOUND.exists():
        ANSWERS.update(json.loads(FOUND.read_text()))
    return ANSWERS.get(str(layers), 0)


def receptive_field_table(layers):
    for depth in range(len(layers) + 1):
        ANSWERS[str(layers[:depth])] = receptive_field(layers[:depth])
    FOUND.write_text(json.dumps(ANSWERS))
    return [(0, ANSWERS[str(layers[:depth])]) for depth in range(1, len(layers) + 1)]
