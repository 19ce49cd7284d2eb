"""While a check asks, nothing is printed into the notebook; afterwards the kernel is as it was before.

nbgrader gives no points to a cell with anything on stderr before its result, so what the student's code prints is kept
from there on every level: Python's streams, those that a logger got hold of earlier, and the file descriptors.
"""

from __future__ import annotations

import builtins
import contextlib
import ctypes
import io
import os
import random
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

MOST = 20_000  # characters of what was printed that are shown


@contextlib.contextmanager
def captured_output() -> Iterator[Callable[[], str]]:
    """What is printed meanwhile, as far as a report shows it, by the function that this gives."""
    with tempfile.TemporaryFile() as file, contextlib.ExitStack() as stack:
        bounded = _Bounded(file.fileno())
        text = io.TextIOWrapper(io.BufferedWriter(bounded), "utf-8", "replace")
        stack.callback(bounded.stop)  # a logger made meanwhile may write to it later
        stack.callback(text.flush)
        _flush()
        for descriptor in 1, 2:
            with contextlib.suppress(OSError):  # a program without a terminal may have closed them
                saved = os.dup(descriptor)
                stack.callback(_put_back, saved, descriptor)
                os.dup2(file.fileno(), descriptor)
        for stream in {id(one): one for one in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__)}.values():
            # A notebook's streams write to no descriptor, and loggers hold on to them.
            with contextlib.suppress(AttributeError, TypeError):
                stream.write = text.write  # type: ignore[method-assign, union-attr]  # taken back below
                stack.callback(delattr, stream, "write")
        stack.enter_context(contextlib.redirect_stdout(text))
        stack.enter_context(contextlib.redirect_stderr(text))
        stack.enter_context(_nothing_displayed())
        stack.enter_context(_nobody_answers())
        stack.callback(_flush)

        def text_so_far() -> str:
            _flush()  # what C code printed may still be in its own buffer
            text.flush()
            size = os.fstat(file.fileno()).st_size
            start = os.pread(file.fileno(), 4 * MOST, 0) if hasattr(os, "pread") else b""
            shown = start.decode("utf-8", "replace")[:MOST]
            return shown if size <= len(start) and len(shown) < MOST else f"{shown}\n(more is not shown)"

        yield text_so_far


@contextlib.contextmanager
def unchanged_kernel() -> Iterator[None]:
    """Seeds, dtype, threads, folder, filters of warnings and the like are afterwards as before."""
    import numpy as np
    import torch
    from torch.utils.data import dataloader

    from autograder.sandbox.inside.worker import refuse_workers

    folder, path, environment = Path.cwd(), list(sys.path), dict(os.environ)
    seeds = torch.get_rng_state(), np.random.get_state(), random.getstate()
    cuda = torch.cuda.get_rng_state_all() if torch.cuda.is_initialized() else None  # type: ignore[no-untyped-call]  # torch's own gap
    dtype, threads, gradients = torch.get_default_dtype(), torch.get_num_threads(), torch.is_grad_enabled()
    exact = _determinism()
    workers = dataloader._MultiProcessingDataLoaderIter
    try:
        with warnings.catch_warnings(), np.errstate():
            torch.set_num_threads(1)  # as in the sandbox, so that both round alike
            refuse_workers()
            yield
    finally:
        dataloader._MultiProcessingDataLoaderIter = workers  # type: ignore[misc]  # put back
        if _determinism() != exact:  # to set it takes two seconds the first time
            torch.use_deterministic_algorithms(exact[0], warn_only=exact[1])
        torch.set_num_threads(threads)
        torch.set_default_dtype(dtype)
        torch.set_grad_enabled(gradients)
        torch.set_rng_state(seeds[0])
        np.random.set_state(seeds[1])
        random.setstate(seeds[2])
        if cuda is not None:
            torch.cuda.set_rng_state_all(cuda)
        sys.path[:] = path
        os.environ.clear()
        os.environ.update(environment)
        with contextlib.suppress(OSError):
            os.chdir(folder)


def _determinism() -> tuple[bool, bool]:
    import torch

    return torch.are_deterministic_algorithms_enabled(), torch.is_deterministic_algorithms_warn_only_enabled()


class _Bounded(io.RawIOBase):
    """Writes to a descriptor until it has had enough: an endless loop of prints must not fill the disk."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._left = 1 << 20

    def stop(self) -> None:
        self._left = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        part = bytes(data)[: self._left]
        self._left -= len(part)
        while part:
            part = part[os.write(self._descriptor, part) :]
        return len(data)


@contextlib.contextmanager
def _nothing_displayed() -> Iterator[None]:
    """What the code displays and draws meanwhile does not become output of the cell."""
    from_ipython = getattr(sys.modules.get("IPython"), "get_ipython", None)
    shell = from_ipython() if from_ipython else None
    pyplot = sys.modules.get("matplotlib.pyplot")
    figures = set(pyplot.get_fignums()) if pyplot else set()
    publisher = shell.display_pub if shell else None
    if shell:
        from IPython.core.displaypub import CapturingDisplayPublisher

        shell.display_pub = CapturingDisplayPublisher()
    try:
        yield
    finally:
        if shell:
            shell.display_pub = publisher
        if drawing := sys.modules.get("matplotlib.pyplot"):
            for number in set(drawing.get_fignums()) - figures:
                drawing.close(number)


@contextlib.contextmanager
def _nobody_answers() -> Iterator[None]:
    """Who asks for input meets its end, as in the sandbox."""

    def refuse(_: object = "") -> str:
        raise EOFError("there is nobody to answer input() while a check asks")

    asked, stdin = builtins.input, sys.stdin
    builtins.input, sys.stdin = refuse, io.StringIO()
    try:
        yield
    finally:
        builtins.input, sys.stdin = asked, stdin


def _flush() -> None:
    """Let go out what Python's streams and those of C still hold."""
    for stream in sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__:
        with contextlib.suppress(Exception):
            stream.flush()  # type: ignore[union-attr]  # it may be None or closed: suppressed
    with contextlib.suppress(OSError, TypeError, AttributeError):
        ctypes.CDLL(None).fflush(None)


def _put_back(saved: int, descriptor: int) -> None:
    os.dup2(saved, descriptor)
    os.close(saved)
