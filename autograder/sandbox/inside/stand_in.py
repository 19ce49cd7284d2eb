"""Functions in the place of a student's own wrong ones: the judge answers their calls, one by one.

The child holds no answer before its call. The judge answers only the calls that the reference makes for the same
question. For every other call it answers nothing, and the student's own function is called, as before.
"""

from __future__ import annotations

import builtins
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NoReturn

import numpy as np
import torch

from .build import build
from .frames import CallReply, CallRequest
from .tree import WireError

AskJudge = Callable[[CallRequest], CallReply]
PLAIN = (type(None), bool, int, float, str, np.bool_, np.integer, np.floating, np.ndarray, torch.Tensor)


def put_stand_ins(namespaces: Sequence[dict[str, Any]], names: Iterable[str], ask: AskJudge) -> None:
    """Replace the functions of these names in the modules of a submission; the last one is the file that is asked.

    A name that the last module lacks is added to it.
    """
    lock = threading.Lock()

    def ask_alone(request: CallRequest) -> CallReply:
        with lock:  # the student's threads share one pipe
            return ask(request)

    for name in names:
        own = [namespace[name] for namespace in reversed(namespaces) if callable(namespace.get(name))]
        stand_in = _stand_in(name, own[0] if own else None, ask_alone)
        for namespace in namespaces:
            for key, value in list(namespace.items()):
                if any(value is one for one in own):  # by whatever name
                    namespace[key] = stand_in
        namespaces[-1][name] = stand_in


def is_plain(value: Any) -> bool:
    """Whether a value can cross the wall as it is, and is not used up by that."""
    if type(value) in (list, tuple):
        return all(map(is_plain, value))
    if type(value) is dict:
        return all(type(key) is str and is_plain(item) for key, item in value.items())
    return isinstance(value, PLAIN)


def _stand_in(name: str, own: Any, ask: AskJudge) -> Callable[..., Any]:
    def stand_in(*args: Any, **kwargs: Any) -> Any:
        reply = _reply(CallRequest(call=name, args=args, kwargs=kwargs), ask)
        if reply is not None and "returned" in reply:
            return _returned(reply["returned"], (*args, *kwargs.values()))
        if reply is not None and "raised" in reply:
            _raise(reply["raised"])
        if own is None:
            raise NameError(f"name '{name}' is not defined")
        return own(*args, **kwargs)

    return stand_in


def _reply(request: CallRequest, ask: AskJudge) -> CallReply | None:
    try:
        return ask(request) if is_plain(request["args"]) and is_plain(request["kwargs"]) else None
    except (WireError, RecursionError):  # a list may contain itself
        return None


def _returned(value: Any, arguments: Sequence[Any]) -> Any:
    """The value with torch tensors, or with numpy arrays where only these came in."""
    kinds = [isinstance(item, torch.Tensor) for item in arguments if isinstance(item, (torch.Tensor, np.ndarray))]
    return value if kinds and not any(kinds) else build(value)


def _raise(error: Mapping[str, str]) -> NoReturn:
    kind = getattr(builtins, error["error"], None)
    raise (kind if isinstance(kind, type) and issubclass(kind, Exception) else RuntimeError)(error["message"])
