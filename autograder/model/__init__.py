"""The nouns of grading: frozen dataclasses, without I/O and without torch."""

from __future__ import annotations

from autograder.model.answers import (
    Answer,
    Question,
    Raised,
    RefusalKind,
    Refused,
    Returned,
    StopKind,
    Stopped,
    Value,
)
from autograder.model.exam import (
    Exam,
    ExamCheck,
    ExamExercise,
    ExamMisconception,
    ExamSection,
    Inherited,
    InnerCall,
    Item,
)
from autograder.model.grade import (
    Attempt,
    CheckResult,
    ExerciseResult,
    Grade,
    Isolation,
    Picture,
    Repair,
    SectionResult,
    SourceFile,
    Submission,
    Verdict,
)

__all__ = [
    "Answer",
    "Attempt",
    "CheckResult",
    "Exam",
    "ExamCheck",
    "ExamExercise",
    "ExamMisconception",
    "ExamSection",
    "ExerciseResult",
    "Grade",
    "Inherited",
    "InnerCall",
    "Isolation",
    "Item",
    "Picture",
    "Question",
    "Raised",
    "RefusalKind",
    "Refused",
    "Repair",
    "Returned",
    "SectionResult",
    "SourceFile",
    "StopKind",
    "Stopped",
    "Submission",
    "Value",
    "Verdict",
]
