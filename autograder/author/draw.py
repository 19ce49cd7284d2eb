"""Random arguments for the cases of a check."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt


class Draw:
    """Random arguments for cases, the same for the same seed on every machine."""

    def __init__(self, seed: int, *path: str, data: Path | None = None) -> None:
        self.data = data  # the folder that the user named for data, if any
        words = [int.from_bytes(part.encode(), "little") for part in path]
        self._generator = np.random.Generator(np.random.PCG64([seed, *words]))

    def normal(self, *shape: int, scale: float = 1.0) -> npt.NDArray[np.float32]:
        """Standard normal float32 values, times `scale`."""
        return (self._generator.standard_normal(shape) * scale).astype(np.float32)

    def uniform(self, *shape: int, low: float = 0.0, high: float = 1.0) -> npt.NDArray[np.float32]:
        """Uniform float32 values in [low, high)."""
        return (low + (high - low) * self._generator.random(shape)).astype(np.float32)

    def integers(self, low: int, high: int, *shape: int) -> npt.NDArray[np.int64]:
        """int64 values from `low` to `high`, both included."""
        return self._generator.integers(low, high, size=shape, endpoint=True, dtype=np.int64)

    def integer(self, low: int, high: int) -> int:
        """One int from `low` to `high`, both included."""
        return int(self._generator.integers(low, high, endpoint=True))

    def permutation(self, count: int) -> npt.NDArray[np.int64]:
        """The numbers from 0 to count - 1 in random order."""
        return self._generator.permutation(count).astype(np.int64)

    def seed(self) -> int:
        """A seed for a probe that fills weights or calls random functions."""
        return self.integer(0, 2**31 - 1)
