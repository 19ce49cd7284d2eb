"""Turns students' keys into file names: safe on every system, short, and different for different keys."""

from __future__ import annotations

import hashlib
import re
import unicodedata

MAX_LENGTH = 60  # characters of a key; with digest and suffix a name then stays below 100 bytes
DIGEST = re.compile(r"-[0-9a-f]{16}$")
WINDOWS_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def file_name(key: str) -> str:
    """Make a name without suffix of ASCII letters, digits, `_`, `.` and `-`; it starts with a letter or digit.

    A key in lower case that is such a name already stays as it is. Any other name gets a digest of its key. Two keys
    may shorten to the same text, and some systems treat `Anna` and `anna` as one name.
    """
    plain = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode()
    safe = re.sub(r"[^A-Za-z0-9_.-]+", "-", plain)[:MAX_LENGTH].strip("._-")
    if safe == key and safe == safe.lower() and safe and not DIGEST.search(safe) and not WINDOWS_DEVICES.match(safe):
        return safe
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{safe or 'student'}-{digest}"
