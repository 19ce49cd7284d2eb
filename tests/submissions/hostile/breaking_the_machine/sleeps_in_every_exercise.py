"""Sleeps in each of its functions, which costs the processor nothing.

earns: linear_params 0, conv2d_params 0, conv_output_size 0, conv2d_output_shape 0, global_avg_pool 0
verdicts: stopped
says: did not finish within 10 seconds
within: 75
"""
import time


def linear_params(*args, **kwargs):
    time.sleep(1000)


conv2d_params = conv_output_size = conv2d_output_shape = global_avg_pool = linear_params
