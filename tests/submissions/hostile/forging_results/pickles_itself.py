"""Returns objects that run code where they are unpickled, alone and within arrays and tensors.

earns: global_avg_pool 0
verdicts: failed
says: got an? ndarray
checks: mean_of_each_map
"""
import os

import numpy as np


class Bomb:
    def __reduce__(self):
        return os.system, ("touch /tmp/@TOKEN@ /@TOKEN@",)

    def __reduce_ex__(self, _):
        return self.__reduce__()

def global_avg_pool(x):
    bombs = np.empty((2, 3), dtype=object)
    bombs[:] = Bomb()
    return bombs
