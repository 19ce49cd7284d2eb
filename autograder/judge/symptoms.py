"""Why a training that failed does not learn: one sentence about what was measured, proved by a training without it.

The verdict stands before anything is asked here. The training is repeated with the same seed while the sandbox observes
it, and then with one thing set right. All that a student's process reports about itself is checked; it earns nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from autograder.judge.accept import Rules
from autograder.judge.train import Asker, attempt_of, sentence_of
from autograder.model import Attempt, CheckResult, ExamCheck, Item, Returned, Value

SECONDS = 30.0  # for all trainings that are repeated for one check
SHORTEST = 1.0  # seconds; a training is not begun with fewer
PASSES = "the same training passes"
RATES = ("lr", "max_lr")  # options of a training
NAME = re.compile(r"\w[\w.]{0,60}")  # of a parameter; a process may report any text as one
MOST_NAMES = 3
FEW, MANY = 1 / 3, 3.0  # times torch's own weights; the usual other ways to begin stay between them
DEAD = 0.9  # of the channels of a ReLU
SURE = 0.9  # mean probability of the likeliest class
RIGHT = 0.9  # share of labels that belong to their images


@dataclass(frozen=True)
class Parameter:
    """What was measured of one parameter of a network."""

    name: str
    axes: int
    begins: float
    last_gradient: int
    moved: bool


@dataclass(frozen=True)
class Network:
    """What was measured of one network; `curve` is empty if it is not known which loss curve belongs to it."""

    name: str
    parameters: Sequence[Parameter]
    steps: int
    confidence: float
    relus: Sequence[tuple[int, int]]
    right_labels: int
    known_labels: int
    curve: Sequence[float] = ()

    @property
    def weights(self) -> list[Parameter]:
        return [one for one in self.parameters if one.axes > 1]

    @property
    def ends(self) -> tuple[float, float]:
        """The mean losses of the first and of the last tenth."""
        tenth = max(1, len(self.curve) // 10)
        return sum(self.curve[:tenth]) / tenth, sum(self.curve[-tenth:]) / tenth


@dataclass(frozen=True)
class Observation:
    """A training that was observed."""

    attempt: Attempt
    networks: Sequence[Network]


def with_symptom(rules: Rules, check: ExamCheck, result: CheckResult, asker: Asker) -> CheckResult:
    """The result of a failed training check, with a sentence about its symptom, if one was found."""
    if result.verdict != "failed" or check.hidden or not result.attempts:
        return result
    sentence = next(_Trainings(rules, check, asker).symptoms(), "")
    return replace(result, feedback=f"{result.feedback}\n{sentence}") if sentence else result


class _Trainings:
    """Repeats the trainings of a check, within `SECONDS`."""

    def __init__(self, rules: Rules, check: ExamCheck, asker: Asker) -> None:
        self._rules, self._check, self._asker = rules, check, asker
        self._end = asker.question_seconds + SECONDS
        known = check.items[0].expected[0]
        classes = known.value.get("classes") if isinstance(known, Returned) and isinstance(known.value, dict) else None
        self._classes = classes if isinstance(classes, int) and classes > 1 else 0

    def symptoms(self) -> Iterator[str]:
        """The sentences that are true of the training, the surest one first."""
        seen = self._observed(self._check.items[0])
        if seen is None or seen.attempt.passed:
            return  # it was not the same training
        finders = (
            *(self._labels, self._begins, self._modes, self._rate),
            *(self._relus, self._gradients, self._still, self._curve),
        )
        for of_one in finders:
            for network in seen.networks:
                several = len(seen.networks) > 1
                for sentence in of_one(network, seen):
                    yield f"{network.name}: {sentence}" if several else sentence

    def _labels(self, network: Network, seen: Observation) -> Iterator[str]:
        right, known = network.right_labels, network.known_labels
        if right < RIGHT * known:
            share = f"of {known:,} labels that the loss got, only {right:,} belong to their images"
            yield share + self._proof("with the right labels", change="labels")

    def _begins(self, network: Network, seen: Observation) -> Iterator[str]:
        far = [one for one in network.parameters if one.begins > MANY or (one.axes > 1 and 0 <= one.begins < FEW)]
        if far and (proof := self._proof("with torch's own first weights", change="first weights")):
            one = max(far, key=lambda one: abs(math.log(max(one.begins, 1e-9))))
            times = f"{_shown(one.begins)} times as large as in torch's layers" if one.begins else "with zeros only"
            yield f"{one.name} begins {times}{proof}"

    def _modes(self, network: Network, seen: Observation) -> Iterator[str]:
        first, last = network.ends if network.curve else (0.0, 0.0)
        if last < first / 2:
            proof = self._proof("asked in training mode", change="training mode", what="the trained network passes")
            if proof:
                yield f"the loss falls from {_shown(first)} to {_shown(last)}, but eval mode gives other results{proof}"

    def _rate(self, network: Network, seen: Observation) -> Iterator[str]:
        proof = ""
        if network.curve and _rises(network):
            proof = self._proof("with a tenth of the learning rate", factor=0.1)
            proof = proof or self._proof("with the opposite sign of every gradient", change="signs")
        elif all(map(_falls_little, seen.networks)):  # the slower one of two that are compared may stay
            proof = self._proof("with 100 times the learning rate", factor=100)
            proof = proof or self._proof("with a tenth of the learning rate", factor=0.1)
        if proof:
            yield self._described(network) + proof

    def _relus(self, network: Network, seen: Observation) -> Iterator[str]:
        dead, channels = max(network.relus, key=lambda pair: pair[0] / pair[1], default=(0, 1))
        if dead >= DEAD * channels:
            which = "all" if dead == channels else f"{dead} of"
            share = f"dead ReLUs: behind one ReLU {which} {channels} channels are 0 for every image"
            yield share + self._proof("with leaky ReLUs", change="leaky ReLUs")

    def _gradients(self, network: Network, seen: Observation) -> Iterator[str]:
        without = [one for one in network.weights if one.last_gradient < network.steps / 2]
        if not network.steps or not without:
            return
        last = max(one.last_gradient for one in without)
        proof = self._proof("with gradients for all of them", change="gradients")
        if proof or len(without) == len(network.weights):
            when = f"after step {last} no gradient" if last else "no gradient"
            yield f"{when} reaches {_names(without)}{proof}"

    def _still(self, network: Network, seen: Observation) -> Iterator[str]:
        if network.weights and not network.steps and not any(one.moved for one in network.parameters):
            yield "no weight of the network changes, and no optimizer makes a step"
        still = [one for one in network.weights if not one.moved and one.last_gradient > network.steps / 2]
        if still:
            verbs = ("gets gradients, but ends", "it") if len(still) == 1 else ("get gradients, but end", "they")
            yield f"{_names(still)} {verbs[0]} with the values with which {verbs[1]} began"

    def _curve(self, network: Network, seen: Observation) -> Iterator[str]:
        if network.confidence > SURE and self._classes:
            yield (
                "the logits are saturated from the first step on: the likeliest class has a probability of "
                f"{network.confidence:.2f} on average, and {1 / self._classes:.2f} would be a guess"
            )
        if network.curve and (_rises(network) or all(map(self._stays, seen.networks))):
            yield self._described(network)

    def _described(self, network: Network) -> str:
        """What the loss curve does, where it rises or stays."""
        broken = next((step for step, loss in enumerate(network.curve, 1) if not math.isfinite(loss)), 0)
        first, last = network.ends
        if broken:
            return f"the loss is NaN or infinite at step {broken}"
        if _rises(network):
            return f"the loss rises: {_shown(first)} in the first steps, {_shown(last)} in the last ones"
        if not self._stays(network):
            return f"the loss falls only from {_shown(first)} to {_shown(last)}"
        guess = math.log(self._classes)
        return f"the loss stays at {_shown(last)}; ln({self._classes}) = {guess:.2f} is the loss of a guess"

    def _stays(self, network: Network) -> bool:
        """Whether the loss is that of a guess, at the beginning and at the end."""
        guess = math.log(self._classes) if self._classes else math.inf
        return bool(network.curve) and all(abs(loss - guess) < 0.05 * guess for loss in network.ends)

    def _proof(self, condition: str, *, change: str = "", factor: float = 1.0, what: str = PASSES) -> str:
        """The end of a sentence if the training passes with this change, with two seeds where there are two."""
        for item in self._check.items[:2]:
            seen = self._observed(item, change, factor)
            if seen is None or not seen.attempt.passed:
                return ""
            value = sentence_of(self._check, seen.attempt)
        return f"; {condition} {what} ({value})"

    def _observed(self, item: Item, change: str = "", factor: float = 1.0) -> Observation | None:
        question = item.question
        if factor != 1.0 and not any(isinstance(question.options.get(name), float) for name in RATES):
            return None
        left = self._end - self._asker.question_seconds
        if left < SHORTEST:
            return None
        options: dict[str, Value] = {**question.options, "training": question.probe, "change": change}
        for name in RATES:
            rate = options.get(name)
            if isinstance(rate, float):
                options[name] = rate * factor
        answer = self._asker(replace(question, probe="symptoms", options=options), min(self._check.seconds, left))
        parts = answer.value if isinstance(answer, Returned) else None
        if not isinstance(parts, dict) or set(parts) != {"answer", "observed"}:
            return None
        attempt = attempt_of(self._rules, self._check, item, Returned(parts["answer"]))
        return _read(parts["observed"], attempt)


def _rises(network: Network) -> bool:
    first, last = network.ends
    return not all(map(math.isfinite, network.curve)) or last > 1.2 * first


def _falls_little(network: Network) -> bool:
    first, last = network.ends if network.curve else (1.0, 0.0)
    return last > 0.8 * first


def _shown(value: float) -> str:
    """Three digits: 0.0312, 2.38, 406."""
    return f"{value:.0f}" if 100 <= value < 1e6 else f"{value:.3g}"


def _names(parameters: Sequence[Parameter]) -> str:
    names = [one.name for one in parameters]
    more = len(names) - MOST_NAMES
    if more > 1:
        return f"{', '.join(names[:MOST_NAMES])} and {more} other weights"
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _read(observed: Any, attempt: Attempt) -> Observation | None:
    """What a process reports of its training; None if it has not the form of a report."""
    try:
        frames = list(observed)
        curves = list(attempt.curves.items())
        named = curves if len(curves) == len(frames) else [("one of the networks", ())] * len(frames)
        networks = [_network(name, frame, curve) for (name, curve), frame in zip(named, frames, strict=True)]
    except (KeyError, TypeError, ValueError):
        return None
    return Observation(attempt, networks)


def _network(name: str, frame: Mapping[str, Any], curve: Sequence[float]) -> Network:
    columns = [list(frame[key]) for key in ("parameters", "axes", "begins", "last_gradients", "moved")]
    parameters = [
        Parameter(_text(text), int(_number(axes)), _number(begins), int(_number(last)), _truth(moved))
        for text, axes, begins, last, moved in zip(*columns, strict=True)
    ]
    relus = [(int(_number(dead)), max(1, int(_number(channels)))) for dead, channels in frame["relus"]]
    return Network(
        name,
        parameters,
        int(_number(frame["steps"])),
        _number(frame["confidence"]),
        relus,
        int(_number(frame["right_labels"])),
        int(_number(frame["known_labels"])),
        tuple(curve),
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or not NAME.fullmatch(value):
        raise ValueError("this is no name of a parameter")
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("this is neither True nor False")
    return value


def _number(value: object) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not math.isfinite(value):
        raise ValueError("this is no number")
    return value
