"""How the author's own code is asked, in a trusted process."""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

from autograder.author import Reference, Section

SLOW = 3  # times the seconds that a student's answer may take; the author's machine may be slow, too


def rights_of(section: Section, reference: Reference[Any]) -> list[Mapping[str, Any]]:
    """The namespaces of the right answers: the reference's own, and the same with each alternative in its place."""
    others = (other.right for other in section.alternatives if other.exercise is reference)
    return [section.namespace, *({**section.namespace, reference.name: other} for other in others)]


@contextlib.contextmanager
def as_in_the_sandbox() -> Iterator[None]:
    """One thread, as in the sandbox, so that both round alike; nobody needs to read what is printed."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        torch.set_num_threads(threads)
