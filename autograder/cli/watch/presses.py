"""What the keys of a watch do."""

from __future__ import annotations

from autograder.cli.watch.desk import Desk, at_rest, show, start_training


def press(desk: Desk, key: str) -> None:
    """What a key does; "" is the end of the terminal."""
    board = desk.board
    names = board.names
    if key in ("", "q", "\x04"):
        desk.ended.set()
    elif key in ("n", "p"):
        show(board, names[(names.index(board.current) + (1 if key == "n" else -1)) % len(names)])
        _rest_of(desk)
    elif key in ("up", "down"):
        board.scrolled += 1 if key == "down" else -1
    elif key == "a":
        board.everything, board.scrolled = not board.everything, 0
    elif key == "h":
        board.everything, board.hint = False, _hint(desk)
    elif key == "t":
        board.everything = False
        _train_now(desk)
    elif key == "d":
        board.everything = False
        _show_solution(desk)
    elif key in ("\n", "\r"):
        desk.saves.put(True)


def _rest_of(desk: Desk) -> None:
    """Where nothing is graded just now, the exercise that is shown may be trained."""
    if not desk.board.grading:
        at_rest(desk)


def _train_now(desk: Desk) -> None:
    board = desk.board
    _, exercise = board.place()
    if not any(check.training for check in exercise.checks):
        board.note = f"{exercise.name} has nothing to train"
    elif desk.training is not None:
        board.note = f"{desk.training.name} is being trained"
    elif not board.untrained(exercise):
        done = exercise.name in board.trained
        board.note = "it was trained as it stands" if done else "first all that needs no training has to pass"
    else:
        start_training(desk)


def _hint(desk: Desk) -> str:
    """The next hint, which is remembered; misconceptions show theirs beside the verdicts."""
    from autograder.handout import next_hint

    board = desk.board
    _, exercise = board.place()
    if board.complete(exercise):
        return "It is complete; there is nothing to hint at."
    step = next_hint(desk.course.folder, board.exam.assignment, exercise, None)
    if not step.number:
        return step.text
    more = "" if step.number == step.count else " (h goes one step further)"
    return f"Hint {step.number} of {step.count}: {step.text}{more}"


def _show_solution(desk: Desk) -> None:
    from autograder.cli.watch.solution import difference

    board = desk.board
    section, exercise = board.place()
    if board.difference:
        board.difference = ()
    elif not board.complete(exercise):
        board.note = "the model solution is shown when the exercise is complete"
    elif desk.submission is not None:
        file = board.files.get(exercise.name, "")
        told = difference(desk.course, board.exam.assignment, section.name, exercise.name, desk.submission, file)
        board.difference = tuple(told)
