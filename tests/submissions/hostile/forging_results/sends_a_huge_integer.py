"""Sends frames with integers of 400 digits, which no float can hold, in place of its answers.

earns: linear_params 0, conv_output_size 0
verdicts: stopped
says: an integer has more than 64 bits
"""
import os
import struct

DIGITS = "9" * 400


def send(text):
    for fd in range(3, 64):
        try:
            os.write(fd, struct.pack(">4sIQ", b"tgr1", len(text), 0) + text)
        except OSError:
            pass


def linear_params(in_features, out_features, bias=True):
    send(b'{"dict":[["returned",%s]]}' % DIGITS.encode())


def conv_output_size(size, kernel_size, padding=0, stride=1, dilation=1):
    send(b'{"dict":[["returned",{"tuple":[%s,1.5]}]]}' % DIGITS.encode())
