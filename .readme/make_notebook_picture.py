"""Makes notebook.webp: a wrong conv2d_manual in JupyterLab, with its check. Run it in the environment of `.[dev]`.

It needs Chromium.
"""

from __future__ import annotations

import io
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
WRONG = """\
def conv2d_manual(x, weight, bias=None, stride=1, padding=0):
    n, _, h, w = x.shape
    c_out, _, kh, kw = weight.shape
    x = F.pad(x, (padding, padding, padding, padding))
    rows, columns = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    out = torch.zeros(n, c_out, rows, columns)
    for i in range(rows):
        for j in range(columns):
            window = x[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[:, :, i, j] = torch.einsum("nchw,ochw->no", window, weight.flip(2, 3))
    return out if bias is None else out + bias.view(1, -1, 1, 1)"""
KEPT = ("0-exercise3-checks", "manual_convolution-1", "manual_convolution-conv2d_manual")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, "-m", "autograder", "start", "exercise3", name], cwd=ROOT, check=True)
        _shorten(folder / "exercises/exercise3/exercise3.ipynb")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        options = [f"--port={port}", "--no-browser", "--allow-root", "--IdentityProvider.token="]
        server = subprocess.Popen([sys.executable, "-m", "jupyter", "lab", *options], cwd=folder)
        try:
            _wait_for(f"http://127.0.0.1:{port}/api")
            picture = _photograph(f"http://127.0.0.1:{port}/lab/tree/exercises/exercise3/exercise3.ipynb")
        finally:
            server.terminate()
            server.wait()
    picture.save(ROOT / ".readme/notebook.webp", quality=75, method=6)


def _shorten(path: Path) -> None:
    """Keep the cells of the exercise, with the wrong code in it."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["id"].removesuffix("-check") in KEPT]
    next(cell for cell in cells if cell["id"] == KEPT[-1])["source"] = WRONG
    path.write_text(json.dumps({**notebook, "cells": cells}), encoding="utf-8")


def _wait_for(address: str) -> None:
    for _ in range(60):
        time.sleep(1)
        try:
            urlopen(address).close()
            return
        except OSError:
            continue
    raise SystemExit(f"{address} does not answer")


def _photograph(address: str) -> Image.Image:
    """Run all cells and return the picture of the notebook, from its first cell to the first picture of the check."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1220, "height": 1240})
        page.goto(address)
        cells = page.locator(".jp-NotebookPanel-notebook .jp-Cell")
        cells.first.wait_for(timeout=90_000)
        page.wait_for_timeout(4000)
        cells.first.click()
        page.get_by_text("Run", exact=True).first.click()
        page.get_by_text("Run All Cells", exact=True).first.click()
        page.get_by_text("The kernel slides over the image as it is").first.wait_for(timeout=90_000)
        page.wait_for_timeout(2000)
        cells.first.scroll_into_view_if_needed()
        place = page.locator(".jp-NotebookPanel-notebook").bounding_box()
        assert place is not None
        last = page.get_by_text("Each output channel sums over all").first.bounding_box()
        if last is not None:
            place["height"] = min(place["height"], last["y"] - place["y"] - 8)
        shot = page.screenshot(clip=place)
        browser.close()
    return Image.open(io.BytesIO(shot))


if __name__ == "__main__":
    main()
