"""The sealed mode as one call for a course's nbgrader_config.py."""

from __future__ import annotations

from typing import Any


def sealed(c: Any, kernels: bool = True) -> None:
    """Make nbgrader take scores from the sandbox instead of the student's kernel, which could forge them.

    With `kernels=False`, which `grade nbgrader init` writes, `nbgrader autograde` is always `--no-execute`: no kernel
    runs student code with the rights of the user who grades. With `kernels=True` each notebook runs for its output, and
    tests of the instructor's own count.

    Example usage, below `c = get_config()`::

        sealed(c, kernels=False)
        c.SealedGrades.training = False  # leave out the checks that train networks
    """
    from nbconvert.preprocessors import ClearMetadataPreprocessor
    from nbgrader import preprocessors

    from autograder.nbgrader.execute import CarefulExecute
    from autograder.nbgrader.feedback_page import FeedbackPage
    from autograder.nbgrader.restore import RestoreCells
    from autograder.nbgrader.sealed_grades import SealedGrades

    c.Autograde.sanitize_preprocessors = [
        RestoreCells,
        preprocessors.ClearOutput,
        preprocessors.DeduplicateIds,
        preprocessors.OverwriteKernelspec,
        preprocessors.OverwriteCells,
        preprocessors.CheckCellMetadata,
    ]
    c.Autograde.autograde_preprocessors = [
        CarefulExecute,
        preprocessors.IgnorePattern,
        ClearMetadataPreprocessor,
        preprocessors.LimitOutput,
        SealedGrades,
        preprocessors.SaveAutoGrades,
        preprocessors.AssignLatePenalties,
        preprocessors.CheckCellMetadata,
    ]
    c.GenerateFeedback.exporter_class = FeedbackPage
    c.GenerateFeedback.preprocessors = [preprocessors.GetGrades]
    if not kernels:
        c.Execute.enabled = False
        c.ClearOutput.enabled = False  # the output that the student saved stays for whoever grades by hand
    c.Execute.timeout = 300  # seconds for one cell, which may train a network
