"""Looks whether a private folder on the disk holds too much; where the folder is a tmpfs, the kernel does this."""

from __future__ import annotations

import contextlib
import os
import stat

from .constants import FILE_BYTES, FILE_COUNT, MAX_FOLDER_DEPTH

BLOCK = 512  # bytes; the unit of st_blocks


def exceeds_file_limits(folder: str, pid: int) -> bool:
    """Whether a folder holds too many files or bytes. Deleted files that process `pid` has open count too."""
    count = size = 0
    folders = [folder]
    try:
        while folders:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    count += 1
                    size += _bytes_on_disk(entry.stat(follow_symlinks=False))
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    depth = entry.path.count(os.sep) - folder.count(os.sep)
                    if count > FILE_COUNT or size > FILE_BYTES or depth > MAX_FOLDER_DEPTH:
                        return True
    except FileNotFoundError:
        pass  # the process is changing the folder; the next look finds it
    except OSError:
        return True  # the path is too long, or the folder cannot be read
    return size + _deleted_bytes(pid) > FILE_BYTES


def _bytes_on_disk(found: os.stat_result) -> int:
    """The bytes that a file takes, without its holes; Windows has no blocks."""
    blocks: int | None = getattr(found, "st_blocks", None)
    return found.st_size if blocks is None else blocks * BLOCK


def _deleted_bytes(pid: int) -> int:
    """Bytes of the deleted files that a process has open, where the system shows them."""
    size = 0
    with contextlib.suppress(OSError):
        for fd in os.scandir(f"/proc/{pid}/fd"):
            with contextlib.suppress(OSError):
                found = fd.stat()
                size += _bytes_on_disk(found) if stat.S_ISREG(found.st_mode) and not found.st_nlink else 0
    return size
