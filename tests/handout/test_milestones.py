"""What is stored of milestones and of the streak, and that a damaged file counts as nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from platformdirs import user_state_path

from autograder.handout import Milestones, StoredMilestone, read_milestones, with_graded, write_milestones
from autograder.model import ReachedMilestone

IMAGE = np.arange(12, dtype=np.uint8).reshape(1, 3, 4)
EDGES = ReachedMilestone("conv", "edges", "Your convolution finds edges", "White is bright.", {"your edges": IMAGE})


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def stored(tmp_path: Path) -> Callable[[Callable[[Any], Any]], Milestones]:
    """What is read after a change of the one milestone in the file."""
    write_milestones(tmp_path, "sheet", Milestones((StoredMilestone(EDGES, "2026-12-01", {"conv": "0a"}),), 3))

    def changed(change: Callable[[Any], Any]) -> Milestones:
        path = user_state_path("torchgrade", appauthor=False) / "milestones.json"
        everything = json.loads(path.read_text(encoding="utf-8"))
        (of_sheet,) = everything.values()
        change(of_sheet)
        path.write_text(json.dumps(everything), encoding="utf-8")
        return read_milestones(tmp_path, "sheet")

    return changed


def test_what_is_written_is_read(stored: Callable[..., Milestones]) -> None:
    found = stored(lambda data: None)
    one = found.of("conv", "edges")
    assert one is not None
    assert (one.day, one.code, found.streak) == ("2026-12-01", {"conv": "0a"}, 3)
    assert one.milestone.title == EDGES.title
    assert np.array_equal(one.milestone.images["your edges"], IMAGE)


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.pop("title"),
        lambda one: one.update(title=5),
        lambda one: one.update(text="x" * 10_000),
        lambda one: one.update(images=[{"caption": "a", "shape": [1, 3, 4], "values": "<svg>"}]),
        lambda one: one["images"][0].update(shape=[1, 3, 5]),
        lambda one: one["images"][0].update(shape=[1, -3, -4]),
        lambda one: one["images"][0].update(shape=[True, 3, 4]),
        lambda one: one["images"][0].update(values="AA" * 10**6),
        lambda one: one.update(code=[]),
        lambda one: one.clear(),
    ],
)
def test_damaged_milestone_is_left_out(
    stored: Callable[..., Milestones], change: Callable[[dict[str, Any]], object]
) -> None:
    found = stored(lambda data: change(data["reached"][0]))
    assert (found.stored, found.streak) == ((), 3)


@pytest.mark.parametrize("streak", [-1, True, "7", 1e3, None, 10**9])
def test_streak_that_cannot_be_is_none(stored: Callable[..., Milestones], streak: object) -> None:
    assert stored(lambda data: data.update(streak=streak, right=7)).streak == 0


@pytest.mark.parametrize("text", ["", "[1]", "{", '{"a": 3}', "\x00"])
def test_damaged_file_counts_as_none(tmp_path: Path, text: str) -> None:
    path = user_state_path("torchgrade", appauthor=False) / "milestones.json"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    assert read_milestones(tmp_path, "sheet") == Milestones()


def test_streak_counts_what_turns_right_until_something_turns_wrong() -> None:
    one = with_graded(Milestones(), {"a", "b"}, {"c"})
    assert one.streak == 2
    again = with_graded(one, {"a", "b"}, {"c"})
    assert again.streak == 2  # nothing has turned
    more = with_graded(again, {"a", "b", "c"}, set())
    assert more.streak == 3
    worse = with_graded(more, {"b", "c", "d"}, {"a"})
    assert worse == Milestones((), 1, frozenset("bcd"))
    assert with_graded(worse, {"a"}, set()).streak == 2  # of the others nothing was graded
