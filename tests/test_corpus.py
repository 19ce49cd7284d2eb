"""Whatever a submission does, it gets its verdict, one clear sentence, and the points for all that is right in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest

from autograder.model import Grade
from autograder.sandbox.sandbox import Limits
from tests.support.course import SUBMISSIONS
from tests.support.results import exercises_of

CALL = "conv2d_params(1, 16, 3)"
POOL = "global_avg_pool(x (2, 3, 2, 2))"
SIGNATURE = "conv2d_params(in_channels, out_channels, kernel_size, bias=True)"
DEEP = f"{CALL}: the value has too many parts or is nested too deeply"
REFUSED = (
    "[Errno 1] Operation not permitted (the sandbox allows no other processes, no network, "
    "and no files but those in its own folder)"
)
SENTENCES = {
    "raised/asks_the_user": f"{CALL} raised EOFError: EOF when reading a line\n"
    "nobody answers input() here: all that the exercise needs comes as arguments\n"
    'at parameter_counting.py, line 2: return int(input("how many? "))',
    "raised/bound_to_int": "`conv2d_params` is bound to an int, not to a function or class",
    "raised/bound_to_module": "`conv2d_params` is bound to a module, not to a function or class",
    "raised/bound_to_none": "`conv2d_params` is bound to a NoneType, not to a function or class",
    "raised/crashes_while_loading": "there is no `conv2d_params`",
    "raised/endless_recursion": f"{CALL} raised RecursionError: maximum recursion depth exceeded\n"
    "at parameter_counting.py, line 2: return conv2d_params(in_channels, out_channels, kernel_size, bias)",
    "raised/exception_without_words": f"{CALL} raised Silent\nat parameter_counting.py, line 9: raise Silent\n"
    "expected 160, and no error",
    "raised/imports_the_answers": f"{CALL} raised ModuleNotFoundError: No module named 'reference'\n"
    "at parameter_counting.py, line 2: from reference.exercise3.parameter_counting import conv2d_params",
    "raised/kills_itself": f"{CALL} raised PermissionError: {REFUSED}\n"
    "at parameter_counting.py, line 6: os.kill(os.getpid(), signal.SIGKILL)",
    "raised/library_is_missing": f"{CALL} raised NameError: name 'plt' is not defined\n"
    "at parameter_counting.py, line 5: plt.plot([in_channels, out_channels])",
    "raised/missing_function": "there is no `conv2d_params`, but a `conv2d_parameters`: is it misspelt?",
    "raised/not_utf8": "there is no `conv2d_params`",
    "raised/syntax_error": "`conv2d_params` could not be read: parameter_counting.py, line 2: '(' was never closed",
    "raised/sys_exit": f'{CALL} raised SystemExit: done\nat parameter_counting.py, line 5: sys.exit("done")',
    "raised/uses_the_network": f"{CALL} raised PermissionError: {REFUSED}\n"
    'at parameter_counting.py, line 5: server = socket.create_server(("127.0.0.1", 0))',
    "raised/wrong_signature": f"{CALL} raised TypeError: conv2d_params() takes 2 positional arguments but 3 were given"
    f"\nthe signature is {SIGNATURE}",
    "failed/boolean": f"{CALL}: expected 160, an int; got True, a bool",
    "failed/claims_to_be_an_int": "conv2d_params(16, 32, 3): expected 4640, got 160",
    "failed/complex_numbers": f"{POOL}: expected an array of shape (2, 3), got a tensor of dtype complex64",
    "failed/contains_itself": DEEP,
    "failed/endless_text": f"{CALL}: expected 160, an int; got '{'160' * 25}1…, a str",
    "failed/equals_everything": f"{CALL}: expected 160, an int; got an Everything",
    "failed/list_for_tensor": f"{POOL}: expected an array of shape (2, 3), got a list",
    "failed/nested_lists": DEEP,
    "failed/none": f"{CALL}: expected 160, an int; got None (is a `return` missing?)",
    "failed/not_a_number": f"{POOL}: 6 of 6 values are NaN or infinite",
    "failed/sparse_tensor": f"{POOL}: expected an array of shape (2, 3), got a sparse tensor of dtype float32; "
    "return its `.to_dense()`",
    "failed/ten_million_ints": DEEP,
    "failed/text": f"{CALL}: expected 160, an int; got '160', a str",
    "failed/weird_keys": f"{CALL}: expected 160, an int; "
    "got {(1, 2): 3, None: 4, a frozenset: 5, nan: 6, a function: 7}, a dict",
    "failed/wrong_dtype": f"{POOL}: expected floating point values, got dtype int32",
    "failed/wrong_shape": f"{POOL}: expected shape (2, 3), got (3, 2)",
    "failed/zeros": f"{POOL}: expected [[1.5, 5.5, 9.5], [13.5, 17.5, 21.5]], got [[0, 0, 0], [0, 0, 0]]",
    "stopped/crashes_python": f"{CALL} crashed Python (segmentation fault)",
    "stopped/huge_tensor": f"{CALL} used more than 1 GB of memory",
    "stopped/infinite_loop": f"{CALL} did not finish within 1 seconds",
    "stopped/leaves_the_process": f"{CALL} ended Python by itself (exit status 0)",
    "stopped/prints_without_end": f"{CALL} printed more than 16 MB",
    "stopped/swallows_every_exception": f"{CALL} did not finish within 1 seconds",
    "stopped/writes_to_every_descriptor": f"{CALL} broke the protocol of the sandbox (the header is not one of ours)",
}
NOTES = {
    "raised/crashes_while_loading": "parameter_counting.py, line 1: accuracy = 1 / 0\n"
    "ZeroDivisionError: division by zero",
    "raised/library_is_missing": "parameter_counting.py, line 1: import plots_of_my_friend as plt\n"
    "ModuleNotFoundError: No module named 'plots_of_my_friend'",
    "raised/not_utf8": "parameter_counting.py is not UTF-8 text, so it was not read",
    "raised/syntax_error": "parameter_counting.py, line 2: '(' was never closed\n"
    "return out_channels * (in_channels * kernel_size**2 + bias\n"
    "                      ^\nlines 1 to 2 are left out, and the rest is graded",
}
OUR_OWN = re.compile(r"Traceback|autograder|site-packages|sandbox/inside|/usr/lib")

Graded = Callable[[str], Grade]


@pytest.fixture(scope="module")
def bad_grade(whole_grade: Callable[..., Grade]) -> Graded:
    """The grade of a folder of bad work; the clock is short only where it has to run out."""

    @cache
    def result(name: str) -> Grade:
        seconds = 1 if name.startswith("stopped/") else None
        limits = Limits(memory=1 << 30)
        names = ("parameter_counting", "global_avg_pool")
        return whole_grade(SUBMISSIONS / name, *names, seconds=seconds, limits=limits)

    return result


def spoiled(name: str) -> str:
    """The exercise that is wrong in a folder."""
    return "global_avg_pool" if SENTENCES[name].startswith(POOL) else "conv2d_params"


@pytest.mark.parametrize("name", SENTENCES)
def test_verdict_is_the_name_of_the_folder(bad_grade: Graded, name: str) -> None:
    first = next(c for c in exercises_of(bad_grade(name))[spoiled(name)].checks if c.verdict != "passed")
    assert first.verdict == name.partition("/")[0]


@pytest.mark.parametrize("name", SENTENCES)
def test_feedback_is_one_clear_sentence(bad_grade: Graded, name: str) -> None:
    first = next(c for c in exercises_of(bad_grade(name))[spoiled(name)].checks if c.verdict != "passed")
    assert first.feedback == SENTENCES[name]


@pytest.mark.parametrize("name", SENTENCES)
def test_other_exercises_keep_their_points(bad_grade: Graded, name: str) -> None:
    found = exercises_of(bad_grade(name))
    earned = {exercise.name for exercise in found.values() if exercise.earned == exercise.points}
    others = {"conv2d_params", "linear_params", "count_parameters"} - {spoiled(name)}
    in_another_file = {"raised/not_utf8": {"global_avg_pool"}, "raised/syntax_error": {*others, "global_avg_pool"}}
    assert earned == in_another_file.get(name, others)


@pytest.mark.parametrize("name", NOTES)
def test_fault_of_a_file_is_noted(bad_grade: Graded, name: str) -> None:
    assert bad_grade(name).notes[0] == NOTES[name]


@pytest.mark.parametrize("name", SENTENCES)
def test_nothing_of_ours_is_shown(bad_grade: Graded, name: str) -> None:
    grade = bad_grade(name)
    checks = [check for exercise in exercises_of(grade).values() for check in exercise.checks]
    texts = [*(check.feedback for check in checks), *grade.notes, *grade.output.values()]
    assert [text for text in texts if OUR_OWN.search(text)] == []


def test_corpus_is_tested_as_a_whole() -> None:
    elsewhere = {"failed/does_nothing", "failed/half_right", "failed/rare_mistakes"}
    folders = {f"{path.parent.name}/{path.name}" for path in SUBMISSIONS.glob("[frs]*/*")}
    assert set(SENTENCES) == folders - elsewhere


def test_output_is_cut_at_a_limit(bad_grade: Graded) -> None:
    (output,) = bad_grade("stopped/prints_without_end").output.values()
    assert len(output) <= 256 << 10
