"""The digits that networks are trained on: the embedded ones, and those of a data folder."""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path
from typing import Any

import numpy as np

from autograder.exam.build import build_exam
from tests.support.course import COURSE

DIGITS = COURSE.reference("exercise3") / "data" / "digits.npz"
SHA256 = {
    "train_images": "2310bf8f1f7d51e4252173bee099a89c4c9908f6ca731e358645d95b0f62053b",
    "train_labels": "06e183845d3226c98ff5fef837b77d480294d871ab6f918da6a7aa9413b9f5fa",
    "test_images": "e4b06aa7d06a546c5a606533ecb3e3f39cb8dfb1e76da47a92a3ca261a79302e",
    "test_labels": "6ef716f0c2574b8aefde1819960be0672f42dd393741e1b8182410ad15658864",
}


def test_embedded_digits_are_the_balanced_subset() -> None:
    with np.load(DIGITS, allow_pickle=False) as file:
        arrays = dict(file)
    assert {name: hashlib.sha256(array.tobytes()).hexdigest() for name, array in arrays.items()} == SHA256
    assert np.bincount(arrays["train_labels"]).tolist() == [600] * 10
    assert np.bincount(arrays["test_labels"]).tolist() == [200] * 10
    assert "Share Alike 3.0" in DIGITS.with_name("LICENSE.md").read_text()


def test_data_folder_takes_the_place_of_the_embedded_digits(tmp_path: Path) -> None:
    raw = tmp_path / "MNIST" / "raw"
    raw.mkdir(parents=True)
    with np.load(DIGITS, allow_pickle=False) as file:
        for part, name in (("train", "train"), ("test", "t10k")):
            images = file[f"{part}_images"][::-1]
            header = struct.pack(">4I", 0x803, len(images), 28, 28)
            (raw / f"{name}-images-idx3-ubyte").write_bytes(header + images.tobytes())
            labels = file[f"{part}_labels"][::-1]
            (raw / f"{name}-labels-idx1-ubyte").write_bytes(struct.pack(">2I", 0x801, len(labels)) + labels.tobytes())
        first = file["train_images"][-1]
    exam = build_exam(COURSE, "exercise3", 0, "", {}, tmp_path, misconceptions=False)
    exercise = next(e for e in exam.exercises if e.name == "SimpleCNN")
    training = next(check for check in exercise.checks if check.measure)
    asked: Any = training.items[0].question.options["inputs"]
    assert np.array_equal(asked["args"][0][0], first)
