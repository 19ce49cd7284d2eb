"""File names made of students' keys: safe on every system, short, and different for different keys."""

from __future__ import annotations

import hashlib
import re
import unicodedata

LONGEST = 60  # characters of a key that are kept, so that a name with its digest and ending stays below 100 bytes
DIGEST = re.compile(r"-[0-9a-f]{16}$")
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)")  # that Windows opens instead of a file


def file_name(key: str) -> str:
    """A file name without ending: ASCII letters, digits, `_`, `.` and `-`, beginning with a letter or digit.

    A key that is such a name already, in small letters, stays as it is. Any other gets a digest of the key, because
    what is left of it may be what is left of another, and because some systems take `Anna` and `anna` for one name.
    """
    plain = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode()
    kept = re.sub(r"[^A-Za-z0-9_.-]+", "-", plain)[:LONGEST].strip("._-")
    if kept == key and kept == kept.lower() and kept and not DIGEST.search(kept) and not DEVICES.match(kept):
        return kept
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{kept or 'student'}-{digest}"
