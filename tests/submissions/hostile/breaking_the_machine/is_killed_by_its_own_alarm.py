r"""Sets every clock that ends a process to run out in the middle of the calls.

In tier `full` it is the first process of its namespace, which signals of its own do not end.

earns: linear_params 0
verdicts: stopped
says: crashed Python \(SIG(ALRM|VTALRM|PROF)\)
tiers: landlock, process
"""
import signal
import time


def linear_params(in_features, out_features, bias=True):
    for clock in signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF:
        signal.setitimer(clock, 0.01)
    end = time.monotonic() + 5
    while time.monotonic() < end:
        pass
    return (in_features + bool(bias)) * out_features
