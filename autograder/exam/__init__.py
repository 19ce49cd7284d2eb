"""The questions of an assignment with their expected answers, made from the reference and a seed.

An exam is data: `build.py` and `mistakes.py` ask the reference and every misconception once, in a trusted process,
`codec.py` writes the result as frames of plain data, and `cache.py` keeps them. From then on neither the reference nor
torch is needed to judge a submission. `parts.py` makes only what somebody looks at. `seal.py` makes the exam that
students get, without its hidden checks.
"""

from __future__ import annotations

from autograder.exam.build import build_exam
from autograder.exam.cache import cache_folder, engine_digest, exam_digest, exam_for
from autograder.exam.codec import ExamFileError, decode_exam, encode_exam, load_exam, save_exam
from autograder.exam.inner_calls import KnownCalls
from autograder.exam.parts import Progress
from autograder.exam.seal import encode_sealed_exam, load_sealed_exam
from autograder.exam.subset import beside, exercise_named, only, without_training

__all__ = [
    "ExamFileError",
    "KnownCalls",
    "Progress",
    "beside",
    "build_exam",
    "cache_folder",
    "decode_exam",
    "encode_exam",
    "encode_sealed_exam",
    "engine_digest",
    "exam_digest",
    "exam_for",
    "exercise_named",
    "load_exam",
    "load_sealed_exam",
    "only",
    "save_exam",
    "without_training",
]
