"""Makes a wheel of the engine as it is installed here, for machines that install it from a file.

It works where torchgrade was installed from a wheel and no source is at hand. What a course publishes comes from
`python -m build` instead, with the sealed exams in it.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import zipfile
from importlib import metadata
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
WHEEL = "Wheel-Version: 1.0\nGenerator: torchgrade\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def engine_wheel() -> tuple[str, bytes]:
    """Return the name of the wheel and its content, without any sealed exam.

    Source: Binary distribution format, packaging.python.org.
    """
    distribution = metadata.distribution("torchgrade")
    info = f"torchgrade-{distribution.version}.dist-info"
    files = {
        f"autograder/{path.relative_to(PACKAGE).as_posix()}": path.read_bytes()
        for path in sorted(PACKAGE.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".exam"
    }
    for name in ("METADATA", "entry_points.txt", "licenses/LICENSE"):
        files[f"{info}/{name}"] = (distribution.read_text(name) or "").encode()
    files[f"{info}/WHEEL"] = WHEEL.encode()
    files[f"{info}/RECORD"] = _record(files, f"{info}/RECORD")
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return f"torchgrade-{distribution.version}-py3-none-any.whl", data.getvalue()


def _record(files: dict[str, bytes], own: str) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for name, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        writer.writerow((name, f"sha256={digest}", len(content)))
    writer.writerow((own, "", ""))
    return text.getvalue().encode()
