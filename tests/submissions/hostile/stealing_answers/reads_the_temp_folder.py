"""Reads what the grader keeps in its folder for temporary files.

earns: global_avg_pool 0
verdicts: raised
says: (FileNotFound|Permission)Error
tiers: full, landlock
"""
import os


def global_avg_pool(x):
    raise ValueError([(name, open(f"@TEMP@/{name}").read(500)) for name in sorted(os.listdir("@TEMP@"))])
