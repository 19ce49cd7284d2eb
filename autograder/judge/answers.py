"""The answers to the questions of one check, and the verdict on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from autograder.judge.accept import Rules
from autograder.judge.feedback import expected_error, result, unanswered
from autograder.judge.showing import show
from autograder.judge.slim import LARGE, size, slim
from autograder.judge.train import Asker
from autograder.model import Answer, CheckResult, ExamCheck, ExamExercise, Item, Raised, Refused, Returned, Stopped
from autograder.sandbox import out_of_time

NO_PARAMETERS = "no parameter is registered: nn.Sequential and nn.ModuleList register their layers, a list does not"
LONGEST_GIVEN = 30  # characters of the value of a variable that statistics count
SHORTEST = 0.1  # seconds that a question gets, even if those of its check are used up


def answers_to(rules: Rules, check: ExamCheck, asker: Asker, seconds: float) -> list[Answer]:
    """One answer per item, up to the first that stops the sandbox, all within these seconds."""
    answers: list[Answer] = []
    end = asker.question_seconds + seconds
    for item in check.items:
        answer = asker(item.question, max(SHORTEST, end - asker.question_seconds))
        if isinstance(answer, Stopped) and answer.kind == "time":
            answer = out_of_time(seconds)  # of which this question had only what was left
        answers.append(_slimmed(rules, check, item, answer))
        if isinstance(answer, Stopped):
            break
    return answers


def _slimmed(rules: Rules, check: ExamCheck, item: Item, answer: Answer) -> Answer:
    """The answer without arrays that are too large to wait for the verdict."""
    if not isinstance(answer, Returned):
        return answer
    value, most = answer.value, LARGE + 2 * max(map(size, item.expected))

    def slimmed() -> Answer:
        return Returned(slim(value, most))

    return rules.guarded(f"reading an answer of check {check.name}", slimmed, lambda why: Refused("unfit", why))


def verdict_on(rules: Rules, exercise: ExamExercise, check: ExamCheck, answers: Sequence[Answer]) -> CheckResult:
    """Passed, or the verdict on the first answer that is not accepted, or on answers that do not fit together."""
    for item, answer in zip(check.items, answers, strict=False):
        if rules.accepts(check, item.expected, answer):
            continue
        expected = item.expected[0]
        if isinstance(answer, Returned):
            text = f"{item.call}: {rules.objection(check, expected, answer)}"
            if item.question.probe == "parameters" and type(answer.value) is int and answer.value == 0:
                text += f"\n{NO_PARAMETERS}"
            return result(check, "failed", text)
        if isinstance(answer, Raised) and isinstance(expected, Raised) and answer.error != "NotImplementedError":
            return expected_error(check, item.call, expected, answer)
        return unanswered(check, item, answer, exercise.signature)
    if not rules.accepts_all(check, check.items, answers):
        return result(check, "failed", rules.no_common_way(check, check.items, answers))
    return replace(result(check, "passed"), earned=check.points)


def given_text(check: ExamCheck, answers: Sequence[Answer]) -> str:
    """The text or number that a variable holds, if it is short; statistics of a class count these."""
    if not check.reads_variable or not answers or not isinstance(answers[0], Returned):
        return ""
    value = answers[0].value
    text = value.strip() if isinstance(value, str) else show(value) if isinstance(value, (int, float)) else ""
    return text if len(text) <= LONGEST_GIVEN else ""
