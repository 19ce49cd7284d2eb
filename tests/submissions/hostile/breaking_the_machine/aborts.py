r"""Ends Python by the fault of a C library, with a core that may be as large as it likes.

earns: linear_params 0
verdicts: stopped
says: crashed Python \((SIGABRT|segmentation fault)\)
"""
import ctypes
import faulthandler
import resource

faulthandler.disable()
try:
    resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
except ValueError:
    pass


def linear_params(in_features, out_features, bias=True):
    ctypes.CDLL(None).abort()
