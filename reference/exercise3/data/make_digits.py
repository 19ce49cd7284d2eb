"""Makes digits.npz from the four IDX files of MNIST: `python make_digits.py FOLDER`, where FOLDER holds the .gz files.

6,000 images of the training set and 2,000 of the test set, the first 600 and 200 of each digit, so that the result is
balanced and the same every time. The SHA-256 of the arrays is printed; tests compare it.
"""

import gzip
import hashlib
import struct
import sys
from pathlib import Path

import numpy as np

PER_DIGIT = {"train": 600, "t10k": 200}


def read_idx(path: Path) -> np.ndarray:
    """The array of one gzipped IDX file of unsigned bytes; the MNIST page describes the format."""
    data = gzip.decompress(path.read_bytes())
    axes = data[3]
    shape = struct.unpack(f">{axes}I", data[4 : 4 + 4 * axes])
    return np.frombuffer(data, np.uint8, offset=4 + 4 * axes).reshape(shape)


def subset(folder: Path, part: str) -> tuple[np.ndarray, np.ndarray]:
    """Images (n, 784) and labels (n,) of one part, in the order of the original."""
    images = read_idx(folder / f"{part}-images-idx3-ubyte.gz")
    labels = read_idx(folder / f"{part}-labels-idx1-ubyte.gz")
    rows = np.sort(np.concatenate([np.flatnonzero(labels == digit)[: PER_DIGIT[part]] for digit in range(10)]))
    return images[rows].reshape(len(rows), -1), labels[rows]


def main() -> None:
    folder = Path(sys.argv[1])
    arrays = {}
    for part, name in ("train", "train"), ("t10k", "test"):
        arrays[f"{name}_images"], arrays[f"{name}_labels"] = subset(folder, part)
    np.savez_compressed(Path(__file__).with_name("digits.npz"), **arrays)
    for name, array in arrays.items():
        print(name, array.shape, hashlib.sha256(array.tobytes()).hexdigest())


if __name__ == "__main__":
    main()
