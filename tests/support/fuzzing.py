"""How Hypothesis searches: the same examples in every run, as many as cost little time."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

FUZZING = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,  # tests write each example into one folder
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
