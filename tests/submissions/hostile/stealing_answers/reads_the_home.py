"""Reads the home folder of the instructor.

earns: global_avg_pool 0
verdicts: raised
says: (FileNotFound|Permission)Error
tiers: full, landlock
"""
import os


def global_avg_pool(x):
    raise ValueError([open(f"@HOME@/{name}").read(500) for name in os.listdir("@HOME@")])
