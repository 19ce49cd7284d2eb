"""The probe that repeats a training to see why it does not learn."""

from __future__ import annotations

from typing import Any, TypedDict

from ..build import build
from ..frames import QuestionFrame
from ..observe import Change, ObservedNetwork, TrainingObserver, labels_by_image
from ..probe import KNOWN_PROBES, NEEDED, probe


class Symptoms(TypedDict):
    answer: Any  # of the training itself
    observed: list[ObservedNetwork]


@probe
def symptoms(target: Any, question: QuestionFrame, *, training: str = NEEDED, change: Change = "") -> Symptoms:
    """What happens in a training to the networks that it calls, beside the answer of the training.

    Options: `training`, the name of the probe that trains; `change`, what is set right meanwhile. All other options are
    those of the training.
    """
    with TrainingObserver(change, _labels(question)) as observer:
        answer = KNOWN_PROBES.get()[training].answer(target, {**question, "probe": training})
    return {"answer": answer, "observed": observer.report()}


def _labels(question: QuestionFrame) -> list[dict[bytes, int]]:
    """The labels by image, first those among the arguments, as of a loop, then those of the training probe."""
    options = question["options"]
    pairs = [build(question["args"][:2]), build((options.get("inputs"), options.get("targets")))]
    found = [labels_by_image(*pair) for pair in pairs if len(pair) == 2]
    return [labels for labels in found if labels]
