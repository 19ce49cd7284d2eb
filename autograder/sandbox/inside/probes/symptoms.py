"""The probe that repeats a training to see why it does not learn."""

from __future__ import annotations

from typing import Any, TypedDict

import torch

from ..build import build
from ..frames import QuestionFrame
from ..probe import KNOWN_PROBES, NEEDED, probe
from ..watch import Change, Watch, Watched, labels_by_image


class Symptoms(TypedDict):
    answer: Any  # of the training itself
    watched: Watched


@probe
def symptoms(target: Any, question: QuestionFrame, *, training: str = NEEDED, change: Change = "") -> Symptoms:
    """What happens in a training to the networks that it calls, beside the answer of the training.

    Options: `training`, the name of the probe that trains; `change`, what is set right meanwhile. All other options are
    those of the training.
    """
    with Watch(change, _labels(question)) as watch:
        answer = KNOWN_PROBES.get()[training].answer(target, {**question, "probe": training})
    return {"answer": answer, "watched": watch.report()}


def _labels(question: QuestionFrame) -> dict[bytes, int]:
    """The labels of all images that the question brings: as the arguments of a loop, or for the probe's own."""
    options = question["options"]
    pairs = [question["args"][:2], (options.get("inputs"), options.get("targets"))]
    found = {}
    for pair in pairs:
        made = build(tuple(pair))
        if len(made) == 2 and all(isinstance(one, torch.Tensor) for one in made):
            found.update(labels_by_image(*made))
    return found
