"""Puts the sealed exams into the sdist, so that the sdist and the wheel made from it are all that students need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SealedExams(BuildHookInterface):  # type: ignore[type-arg]
    """Makes a sealed exam of each assignment in `reference/`; an unpacked sdist has no `reference/` but the exams."""

    def dependencies(self) -> list[str]:
        """The engine itself makes the exams, with torch; pip installs it from this folder."""
        return [f"torchgrade @ {Path(self.root).as_uri()}"] if self._assignments() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        self._exams = TemporaryDirectory()
        for assignment in self._assignments():
            folder = Path(self._exams.name) / assignment
            self.app.display_info(f"Making the sealed exam of {assignment}, which takes about a minute")
            command = [sys.executable, "-m", "autograder", "release", assignment, str(folder)]
            done = subprocess.run(command, cwd=self.root, capture_output=True, text=True)
            if done.returncode != 0:
                raise SystemExit(f"The exam of {assignment} cannot be made: {done.stderr.strip()}")
            name = f"{assignment}.exam"
            build_data["force_include"][str(folder / name)] = f"autograder/handout/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        self._exams.cleanup()

    def _assignments(self) -> list[str]:
        return sorted(file.parent.name for file in Path(self.root).glob("reference/*/__init__.py"))
