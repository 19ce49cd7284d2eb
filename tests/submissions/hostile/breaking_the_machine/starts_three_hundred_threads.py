r"""Starts threads until it may not, three hundred at most, and leaves them.

earns: linear_params 0
verdicts: raised
says: started \d+ threads
"""
import threading
import time


def linear_params(in_features, out_features, bias=True):
    started = 0
    try:
        for started in range(1, 301):
            threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
    except RuntimeError:
        pass
    raise ValueError(f"started {started} threads")
