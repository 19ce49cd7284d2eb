r"""Lets pipes send signals to the judge: when something can be read, or when a folder or a lease changes.

earns: linear_params 0
verdicts: raised
says: allowed: \[\]
tiers: full, landlock
"""
import fcntl
import os
import signal
import struct
import time

F_SETSIG, F_SETOWN_EX, F_SETLEASE, F_NOTIFY = 10, 15, 1024, 1026
FIOASYNC, FIOSETOWN, SIOCSPGRP = 0x5452, 0x8901, 0x8902


def linear_params(in_features, out_features, bias=True):
    read, write = os.pipe()
    with open("own", "w"):
        pass
    own, folder = os.open("own", os.O_RDONLY), os.open(".", os.O_RDONLY)
    allowed = []

    def attempt(name, call, *arguments):
        try:
            call(*arguments)
            allowed.append(name)
        except PermissionError:
            pass

    for pid in @JUDGE@, os.getppid(), -@JUDGE@, os.getpid():
        number = struct.pack("i", pid)
        attempt("F_SETOWN", fcntl.fcntl, read, fcntl.F_SETOWN, pid)
        attempt("F_SETOWN_EX", fcntl.fcntl, read, F_SETOWN_EX, struct.pack("ii", 1, pid))
        attempt("FIOSETOWN", fcntl.ioctl, read, FIOSETOWN, number)
        attempt("SIOCSPGRP", fcntl.ioctl, read, SIOCSPGRP, number)
    attempt("F_SETSIG", fcntl.fcntl, read, F_SETSIG, signal.SIGURG)
    attempt("F_SETLEASE", fcntl.fcntl, own, F_SETLEASE, fcntl.F_RDLCK)
    attempt("F_NOTIFY", fcntl.fcntl, folder, F_NOTIFY, 1)
    attempt("O_ASYNC", fcntl.fcntl, read, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
    attempt("FIOASYNC", fcntl.ioctl, read, FIOASYNC, b"\1\0\0\0")
    fcntl.fcntl(read, fcntl.F_SETFL, os.O_NONBLOCK)  # which is for everybody
    os.write(write, b"x")
    time.sleep(0.05)
    raise ValueError(f"allowed: {allowed}")
