"""Leaves a note wherever it can, ends Python, and looks for the note when it is started again.

Whoever finds it could as well find what another submission has left.

earns: linear_params 0
verdicts: stopped
says: exit status 7
tiers: full, landlock
"""
import ctypes
import os

PLACES = ["note", "/@TOKEN@", "/tmp/@TOKEN@", "/var/tmp/@TOKEN@", "/dev/shm/@TOKEN@", "/run/@TOKEN@", "../@TOKEN@"]
ADD_KEY, KEYCTL, SEARCH = 248, 250, 10
NOTE = b"torchgrade-note"


def linear_params(in_features, out_features, bias=True):
    libc = ctypes.CDLL(None)
    found = [place for place in PLACES if os.path.lexists(place)]
    for ring in -3, -4, -5:
        if libc.syscall(KEYCTL, SEARCH, ring, b"user", NOTE, 0) > 0:
            found.append(f"key ring {ring}")
    if libc.shmget(0x70726F6F, 1, 0o666) > 0:
        found.append("shared memory")
    if libc.msgget(0x70726F6F, 0o666) >= 0:
        found.append("a queue of messages")
    if found:
        raise ValueError(f"found again: {found}")
    for place in PLACES:
        try:
            with open(place, "w") as file:
                file.write("note")
        except OSError:
            pass
    for ring in -3, -4, -5:
        libc.syscall(ADD_KEY, b"user", NOTE, b"1", 1, ring)
    libc.shmget(0x70726F6F, 1, 0o1666)
    libc.msgget(0x70726F6F, 0o1666)
    os._exit(7)
