"""What a course's nbgrader_config.py calls, so that it stays a few lines."""

from __future__ import annotations

from typing import Any


def sealed(c: Any) -> None:
    """Let scores be made in the sandbox, from the handed-in source: student code cannot touch its own."""
    from nbconvert.preprocessors import ClearMetadataPreprocessor
    from nbgrader import preprocessors as given

    from autograder.nbgrader.execute import CarefulExecute
    from autograder.nbgrader.feedback import FeedbackPage
    from autograder.nbgrader.restore import RestoreCells
    from autograder.nbgrader.sealed_grades import SealedGrades

    c.Autograde.sanitize_preprocessors = [
        RestoreCells,
        given.ClearOutput,
        given.DeduplicateIds,
        given.OverwriteKernelspec,
        given.OverwriteCells,
        given.CheckCellMetadata,
    ]
    c.Autograde.autograde_preprocessors = [
        CarefulExecute,
        given.IgnorePattern,
        ClearMetadataPreprocessor,
        given.LimitOutput,
        SealedGrades,
        given.SaveAutoGrades,
        given.AssignLatePenalties,
        given.CheckCellMetadata,
    ]
    c.GenerateFeedback.exporter_class = FeedbackPage
    c.GenerateFeedback.preprocessors = [given.GetGrades]
    c.Execute.timeout = 300  # seconds for a cell of a student's, which may train
