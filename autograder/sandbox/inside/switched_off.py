"""Switches operators of torch off in this process, for good: an answer that is right without them did not use them.

A trap that watches calls can be evaded: in a thread, by a name that is put together, through a table of operators. Here
the operators themselves refuse. All of torch's ways lead through its dispatcher, where their kernels are replaced. This
happens before any student code is loaded, and what could undo it is not kept where Python code finds it.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Collection
from typing import Any, NoReturn

import torch

from .constants import can_be_switched_off
from .refusal import Forbidden

KEYS = (
    *("CompositeImplicitAutograd", "CompositeExplicitAutograd", "CompositeExplicitAutogradNonFunctional"),
    *("CPU", "AutogradCPU", "Autograd", "AutocastCPU", "FuncTorchBatched", "Functionalize", "Meta"),
    *("MkldnnCPU", "QuantizedCPU", "SparseCPU", "SparseCsrCPU", "NestedTensorCPU"),
    *("CUDA", "AutogradCUDA", "AutocastCUDA", "QuantizedCUDA"),
)
"""The places of torch's dispatcher at which operators have kernels."""


def switch_off(names: Collection[str]) -> int:
    """Make operators raise `Forbidden`; return how many there are.

    A name stands for its relatives too: `conv2d` for `quantized::conv2d_relu`, `_convolution` for
    `aten::mkldnn_convolution`. Only names with a digit or an underscore are switched off. Plain words such as `sum` are
    not, since torch's other operators use them: `mean` calls `sum`.
    """
    forbidden = list(filter(can_be_switched_off, names))
    libraries: dict[str, Any] = {}
    found = 0
    for operator in torch._C._dispatch_get_all_op_names():
        space, _, overload = operator.partition("::")
        name = overload.partition(".")[0]
        word = next((word for word in forbidden if word.strip("_") in name and _stands_for(word, name)), None)
        if word is None:
            continue
        found += 1
        if space not in libraries:
            libraries[space] = torch._C._dispatch_library("IMPL", space, "", __file__, 0)
        for key in KEYS:
            if torch._C._dispatch_has_kernel_for_dispatch_key(operator, key):
                libraries[space].impl(overload, key, _refusing(word), False)
    for library in libraries.values():
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(library))  # without a library its operators would work again
    return found


def _stands_for(word: str, operator: str) -> bool:
    return re.search(rf"(^|_)q?{word.strip('_')}(_|$)", operator) is not None


def _refusing(name: str) -> Callable[..., NoReturn]:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise Forbidden(name)

    return refuse
