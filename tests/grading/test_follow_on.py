"""Right code that calls a wrong function of the student's keeps its points; wrong code does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder.exam.codec import decode_exam, encode_exam
from autograder.exam.inner_calls import KnownCalls
from autograder.exam.seal import seal
from autograder.grade_json import from_json, to_json
from autograder.model import Answer, Exam, Grade, Question, Raised, Returned, SourceFile, Stopped, Submission
from autograder.sandbox.call_replies import MAX_CALLS
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.session import Session
from autograder.sandbox.shared_child import SharedChild
from tests.support.course import changed
from tests.support.misconceptions import MISCONCEPTIONS, submission
from tests.support.results import Graded, check_of, exercises_of, hints, lost

TABLE = """

def receptive_field_table(layers):
    table, jump = [], 1
    for depth, layer in enumerate(layers, 1):
        jump *= layer[1]
        table.append((jump, receptive_field(layers[:depth])))
    return table
"""
SHAPE = """

def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    pairs = [(s, s) if isinstance(s, int) else s for s in (kernel_size, stride, padding, dilation)]
    sizes = [conv_output_size(input_shape[2 + i], *(p[i] for p in pairs)) for i in (0, 1)]
    return input_shape[0], out_channels, *sizes
"""
EDGES = """

import torch

def sobel_edges(image):
    kernel = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]).view(1, 1, 3, 3)
    gx = conv2d_manual(image[None, None], kernel).view(image.shape[0] - 2, -1)
    gy = conv2d_manual(image[None, None], kernel.transpose(2, 3)).view(image.shape[0] - 2, -1)
    return torch.sqrt(gx**2 + gy**2)
"""
FIELDS = "receptive_field", "receptive_field_table"
CALLERS = {
    "receptive_field": ("receptive_field_table", TABLE),
    "conv_output_size": ("conv2d_output_shape", SHAPE),
    "conv2d_manual": ("sobel_edges", EDGES),
}
WRONG_CALLERS = {
    "columns swapped": ("receptive_field", TABLE.replace("((jump, r", "((r").replace("depth])))", "depth]), jump))")),
    "last row": ("receptive_field", TABLE.replace("return table", "return table[-1:]")),
    "one layer less": ("receptive_field", TABLE.replace("layers[:depth]", "layers[: depth - 1]")),
    "height and width swapped": ("conv_output_size", SHAPE.replace("(0, 1)]", "(1, 0)]")),
    "channels lost": ("conv_output_size", SHAPE.replace("out_channels, *sizes", "*sizes")),
    "stride ignored": ("conv_output_size", SHAPE.replace("stride, padding", "1, padding")),
    "root left out": ("conv2d_manual", EDGES.replace("torch.sqrt", "")),
    "one direction": ("conv2d_manual", EDGES.replace("gx**2 + gy**2", "gx**2")),
}
WRONG = {
    "receptive_field": "def receptive_field(layers):\n    return 1 + sum(k - 1 for k, *_ in layers) + len(layers)\n",
    "conv_output_size": "def conv_output_size(n, k, stride=1, padding=0, dilation=1):\n    return n // stride\n",
    "conv2d_manual": "def conv2d_manual(x, weight, *args, **kwargs):\n    return x[..., 1:-1, 1:-1] * 0 + 7\n",
}
SENTENCE = "right if receptive_field is right; your receptive_field is not yet"


@pytest.mark.parametrize(
    ("section", "wrong", "misconception"),
    [one for one in MISCONCEPTIONS if one[1] in CALLERS],
    ids=[name for _, exercise, name in MISCONCEPTIONS if exercise in CALLERS],
)
def test_mistake_costs_the_function_that_makes_it(graded: Graded, section: str, wrong: str, misconception: str) -> None:
    caller, text = CALLERS[wrong]
    files = submission(section, wrong, misconception)
    files[f"{section}.py"] += text
    found = graded(files, wrong, caller, forbids=False)
    assert lost(found[caller]) == set()
    assert found[caller].earned == found[caller].points
    assert found[wrong].earned < found[wrong].points
    assert (hints(found[wrong]), hints(found[caller])) == ({misconception}, set())


@pytest.mark.parametrize(("wrong", "text"), WRONG_CALLERS.values(), ids=WRONG_CALLERS)
def test_wrong_code_earns_nothing_by_a_right_function(graded: Graded, wrong: str, text: str) -> None:
    caller, right = CALLERS[wrong]
    assert text != right
    alone = graded({"work.py": RIGHT[wrong] + text}, wrong, caller)[caller]
    found = graded({"work.py": WRONG[wrong] + text}, wrong, caller)[caller]
    assert lost(found) >= lost(alone) != set()
    assert found.earned <= alone.earned


RIGHT = {
    "receptive_field": "def receptive_field(layers):\n    field = 1\n    for k, s, *d in reversed(layers):\n"
    "        field = (field - 1) * s + (d[0] if d else 1) * (k - 1) + 1\n    return field\n",
    "conv_output_size": "def conv_output_size(n, k, stride=1, padding=0, dilation=1):\n"
    "    return (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1\n",
    "conv2d_manual": "import torch\n\ndef conv2d_manual(x, weight):\n"
    "    windows = x.unfold(2, 3, 1).unfold(3, 3, 1)\n    return torch.einsum('nchwij,ocij->nohw', windows, weight)\n",
}


def test_functions_that_call_each_other_prove_nothing(graded: Graded) -> None:
    last_row = "def receptive_field(layers):\n    return receptive_field_table(layers)[-1][1] if layers else 1\n\n\n"
    found = graded({"work.py": last_row + TABLE}, *FIELDS)
    assert {name: found[name].earned for name in FIELDS} == dict.fromkeys(FIELDS, 0)
    files = {"fields.py": f"from tables import receptive_field_table\n\n\n{last_row}"}
    files["tables.py"] = (
        f"from fields import receptive_field as field\n\n\n{TABLE.replace('receptive_field(', 'field(')}"
    )
    found = graded(files, *FIELDS)
    assert {name: found[name].earned for name in FIELDS} == dict.fromkeys(FIELDS, 0)


def test_right_function_follows_from_a_wrong_table(graded: Graded) -> None:
    text = "def receptive_field(layers):\n    return receptive_field_table(layers)[-1][1] if layers else 1\n\n\n"
    found = graded(
        {"work.py": f"{text}def receptive_field_table(layers):\n    return [(2, 7) for _ in layers]\n"}, *FIELDS
    )
    assert found["receptive_field"].earned == found["receptive_field"].points
    assert found["receptive_field_table"].earned < 1


def test_hint_is_for_the_mistake_of_the_caller(graded: Graded) -> None:
    """The old answers are wrong by two mistakes, and only one of them is made in the table."""
    files = submission("receptive_field", "receptive_field", "dilation_ignored")
    swapped = WRONG_CALLERS["columns swapped"][1]
    names = "receptive_field", "receptive_field_table"
    found = graded({**files, "receptive_field.py": files["receptive_field.py"] + swapped}, *names)
    assert [hints(found[name]) for name in names] == [{"dilation_ignored"}, {"columns_swapped"}]


@pytest.mark.parametrize("wrong", CALLERS)
def test_sentence_says_what_it_follows_from(graded: Graded, wrong: str) -> None:
    caller, text = CALLERS[wrong]
    found = graded({"work.py": WRONG[wrong] + text}, wrong, caller)[caller]
    followed = [check for check in found.checks if check.follows_from]
    assert {check.verdict for check in found.checks} == {"passed"}
    assert {(check.follows_from, check.feedback) for check in followed} == {
        ((wrong,), f"right if {wrong} is right; your {wrong} is not yet")
    }
    assert found.earned == found.points


CALL = "receptive_field(layers["
FUNCTIONS = {
    "broken": ("def receptive_field(layers)\n    return 1\n", TABLE),
    "stub": ("def receptive_field(layers):\n    raise NotImplementedError()\n", TABLE),
    "missing": ("", TABLE),
    "raises": ("def receptive_field(layers):\n    return layers.size\n", TABLE),
    "imported": ("from fields import receptive_field as field\n", TABLE.replace(CALL, "field(layers[")),
    "in a module": ("import fields\n", TABLE.replace(CALL, f"fields.{CALL}")),
    "with a list": (WRONG["receptive_field"], TABLE.replace(CALL, "receptive_field([*layers][")),
    "with a tuple": (WRONG["receptive_field"], TABLE.replace(CALL, "receptive_field(tuple(layers)[")),
    "by keyword": (WRONG["receptive_field"], TABLE.replace(CALL, "receptive_field(layers=layers[")),
    "by a helper": (
        WRONG["receptive_field"] + "\n\ndef row(some):\n    return receptive_field(some)\n",
        TABLE.replace(CALL, "row(layers["),
    ),
}


@pytest.mark.parametrize(("function", "caller"), FUNCTIONS.values(), ids=FUNCTIONS)
def test_function_may_be_wrong_in_any_way(graded: Graded, function: str, caller: str) -> None:
    found = graded({"work.py": function + caller, "fields.py": WRONG["receptive_field"]}, *FIELDS)
    assert lost(found["receptive_field_table"]) == set()
    assert found["receptive_field"].earned < found["receptive_field"].points


def test_solutions_are_never_asked_again(graded: Graded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.grading.follow_on.judge_again", None)
    wrong = changed("receptive_field", ("channels * image_size**2", "0"))
    found = graded({"receptive_field.py": wrong}, *FIELDS, "flatten_features")
    assert (found["flatten_features"].earned, found["receptive_field_table"].earned) == (0, 3)


def test_what_is_printed_then_is_dropped(whole_grade: Callable[..., Grade]) -> None:
    text = WRONG["receptive_field"] + TABLE.replace("jump = [], 1\n", "jump = [], 1\n    print('asked')\n")
    alone = whole_grade({"work.py": RIGHT["receptive_field"] + text.partition("\n\n")[2]}, "receptive_field_table")
    printed = whole_grade({"work.py": text}, "receptive_field_table").output["work.py"].count("asked")
    assert 0 < printed <= alone.output["work.py"].count("asked")  # a check that needs another one is not asked at first


def test_json_has_what_a_check_follows_from(whole_grade: Callable[..., Grade]) -> None:
    grade = whole_grade({"work.py": WRONG["receptive_field"] + TABLE}, *FIELDS)
    check = exercises_of(from_json(to_json(grade)))["receptive_field_table"].checks[0]
    assert (check.follows_from, check.feedback) == (("receptive_field",), SENTENCE)


def test_function_that_is_not_in_the_exam_may_be_wrong(graded: Graded) -> None:
    found = graded({"work.py": WRONG["receptive_field"] + TABLE}, "receptive_field_table")
    assert check_of(found["receptive_field_table"], "jumps_multiply").feedback == SENTENCE


def test_calls_survive_the_file_and_the_seal(exam: Callable[[int], Exam]) -> None:
    whole = decode_exam(encode_exam(seal(exam(0))), "a file")
    table = next(one for one in whole.exercises if one.name == "receptive_field_table")
    assert {call.target for check in table.checks for item in check.items for call in item.inner_calls} == {
        "receptive_field"
    }


class Asked:
    """Questions to a file whose function `conv_output_size` has a stand-in."""

    def __init__(self, exam: Exam, sandbox: Sandbox, text: str) -> None:
        exercise = next(one for one in exam.exercises if one.name == "conv2d_output_shape")
        self.item = exercise.checks[0].items[0]
        self.known = KnownCalls(self.item.inner_calls)
        file = SourceFile("work.py", (text,))
        shared = SharedChild(sandbox, Submission("student", (file,)))
        with shared, Session(shared, file, ["ask"], ["conv_output_size"]) as session:
            self.answer: Answer = session.ask(Question("call", "ask"), 10, self.known.answer)


OWN = "def conv_output_size(*args, **kwargs):\n    return 'own'\n\n"


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ("conv_output_size(32, 5)", 28),
        ("conv_output_size(32, 5, 1, 0, 1)", 28),
        ("conv_output_size(input_size=32, kernel_size=5, dilation=1)", 28),
        ("conv_output_size(torch.tensor(32), numpy.int32(5))", 28),
        ("conv_output_size(32, 4)", "own"),
        ("conv_output_size(32.0, 5)", "own"),
        ("conv_output_size(True, 5)", "own"),
        ("conv_output_size(32)", "own"),
        ("conv_output_size(32, 5, 1, 0, 1, 1)", "own"),
        ("conv_output_size(32, 5, wrong=1)", "own"),
        ("conv_output_size([32], 5)", "own"),
        ("conv_output_size(iter([32]), 5)", "own"),
        ("conv_output_size(object(), 5)", "own"),
        ("[conv_output_size(a, 5) for a in [[]] if not a.append(a)][0]", "own"),
        ("conv_output_size(32, 5, **{'': 1})", "own"),
        ("conv_output_size(10**30, 5)", "own"),
        ("conv_output_size(*range(100_000))", "own"),
    ],
)
def test_only_calls_of_the_reference_are_answered(
    exam: Callable[[int], Exam], sandbox: Sandbox, call: str, value: object
) -> None:
    text = f"import numpy\nimport torch\n\n{OWN}def ask():\n    return {call}\n"
    asked = Asked(exam(0), sandbox, text)
    assert asked.answer == Returned(value)  # type: ignore[arg-type]  # an int or a str
    assert asked.known.used == ({"conv_output_size"} if value == 28 else set())


def test_no_answer_is_there_before_its_call(exam: Callable[[int], Exam], sandbox: Sandbox) -> None:
    text = f"{OWN}def ask():\n    import gc\n    gc.unfreeze()\n"
    text += "    kinds = {type(one).__name__ for one in gc.get_objects()}\n"
    text += "    return sorted(kinds & {'InnerCall', 'KnownCalls', 'Item', 'Returned', 'Exam'})\n"
    assert Asked(exam(0), sandbox, text).answer == Returned([])


def test_endless_calls_end_the_child(exam: Callable[[int], Exam], sandbox: Sandbox) -> None:
    asked = Asked(exam(0), sandbox, f"{OWN}def ask():\n    while True:\n        conv_output_size(1, 1)\n")
    assert isinstance(asked.answer, Stopped)
    assert f"more than {MAX_CALLS} calls" in asked.answer.reason


def test_judge_answers_for_no_other_function(exam: Callable[[int], Exam], sandbox: Sandbox) -> None:
    """An attacker who finds the pipe asks for the answer to the question itself."""
    text = f"""{OWN}def ask():
    (talk,) = [one.cell_contents for one in conv_output_size.__closure__ if callable(one.cell_contents)
               and one.cell_contents.__name__ == "ask_alone"]
    requests = [
        dict(call="conv2d_output_shape", args=((2, 3, 32, 28), 8, 5), kwargs={{}}),
        dict(call=["conv_output_size"], args=(32, 5), kwargs={{}}),
        dict(call="conv_output_size", args=[32, 5], kwargs={{}}),
        dict(call="conv_output_size", args=(32, 5), kwargs=3),
        dict(call="conv_output_size", args=(32,), kwargs={{(1, 2): 5}}),
    ]
    return [talk(request) for request in requests]
"""
    assert Asked(exam(0), sandbox, text).answer == Returned([{}] * 5)


def test_threads_may_call(exam: Callable[[int], Exam], sandbox: Sandbox) -> None:
    text = f"from concurrent.futures import ThreadPoolExecutor\n\n{OWN}def ask():\n"
    text += "    with ThreadPoolExecutor(4) as pool:\n"
    text += "        return list(pool.map(lambda size: conv_output_size(size, 5), [32, 28, 32, 9] * 20))\n"
    assert Asked(exam(0), sandbox, text).answer == Returned([28, 24, 28, "own"] * 20)


def test_error_of_the_reference_is_raised(sandbox: Sandbox) -> None:
    file = SourceFile("work.py", (f"{OWN}def ask():\n    return conv_output_size(1)\n",))
    shared = SharedChild(sandbox, Submission("student", (file,)))
    with shared, Session(shared, file, ["ask"], ["conv_output_size"]) as session:
        answer = session.ask(Question("call", "ask"), 10, lambda *_: Raised("ValueError", "no room"))
    assert isinstance(answer, Raised)
    assert (answer.error, answer.message) == ("ValueError", "no room")
