r"""Raises a ValueError whatever the question is, since some question may want one.

earns: conv_output_size 0
verdicts: raised
says: conv_output_size\(4, 6, padding=2\) raised ValueError
"""


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    raise ValueError("the kernel does not fit")
