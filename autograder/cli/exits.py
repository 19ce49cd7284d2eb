"""The exit statuses of `grade`, which are public."""

from __future__ import annotations

GRADED, BELOW, USAGE, FAULT, NOT_ISOLATED = 0, 1, 2, 3, 4
INTERRUPTED = 130
