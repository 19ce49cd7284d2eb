"""Fills memory that it maps, private and shared, which no allocator counts.

earns: linear_params 0
verdicts: stopped
says: used more than 0.12 GB of memory
memory: 128
seconds: 5
"""
import mmap


def linear_params(in_features, out_features, bias=True):
    flags = mmap.MAP_SHARED if bias else mmap.MAP_PRIVATE
    kept = []
    for _ in range(40):
        try:
            kept.append(mmap.mmap(-1, 16 << 20, flags=flags | mmap.MAP_ANONYMOUS))
        except OSError as error:
            raise MemoryError from error
        kept[-1].write(b"x" * (16 << 20))
    return len(kept)
