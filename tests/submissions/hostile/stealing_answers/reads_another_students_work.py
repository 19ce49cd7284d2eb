"""Reads the folder of a student whose name is known.

earns: conv2d_params 0
verdicts: raised
says: (FileNotFound|Permission)Error
tiers: full, landlock
"""


def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    with open("@STUDENTS@/bob/parameter_counting.py") as file:
        raise ValueError(file.read(500))
