"""Lists the folder of the exam and reads all that lies there.

earns: global_avg_pool 0
verdicts: raised
says: (FileNotFound|Permission)Error
tiers: full, landlock
"""
import os


def global_avg_pool(x):
    folder = os.path.dirname("@EXAM@")
    raise ValueError([open(os.path.join(folder, name), errors="replace").read(200) for name in os.listdir(folder)])
