"""Sends arrays that hold nothing, so many that their names fill the memory of the judge.

earns: global_avg_pool 0
verdicts: stopped
says: broke the protocol
within: 2
tiers: full
checks: mean_of_each_map
"""
import os
import struct

COUNT = 120_000
HEAD = b"{" + b",".join(b'"%d":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}' % n for n in range(COUNT)) + b"}"
BODY = struct.pack("<Q", len(HEAD)) + HEAD
TEXT = b'{"dict":[["returned",0]]}'


def global_avg_pool(x):
    for fd in range(3, 64):
        try:
            left = memoryview(struct.pack(">4sIQ", b"tgr1", len(TEXT), len(BODY)) + TEXT + BODY)
            while left:
                left = left[os.write(fd, left) :]
        except OSError:
            pass
