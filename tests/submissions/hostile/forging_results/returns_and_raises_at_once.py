"""Sends one frame that has returned, raised and passed, with every key twice.

earns: linear_params 0
verdicts: stopped
says: broke the protocol of the sandbox
"""
import os
import struct

TEXT = b'{"dict":[["returned",7850],["raised",{"dict":[["error","ValueError"]]}],["returned",7850]],"dict":[]}'


def linear_params(in_features, out_features, bias=True):
    for fd in range(3, 64):
        try:
            os.write(fd, struct.pack(">4sIQ", b"tgr1", len(TEXT), 0) + TEXT)
        except OSError:
            pass
    os._exit(0)
