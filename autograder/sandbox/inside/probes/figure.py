"""The probe that describes a figure of matplotlib as plain data.

Matplotlib is imported when this probe is asked, and only here. A grader without it refuses the exam before any student
code runs (`constants.PROBE_LIBRARIES`).
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from ..frames import QuestionFrame
from ..probe import probe
from ..refusal import Unfit
from .network import call_target

KEYS = (
    *("title", "xlabel", "ylabel", "xscale", "yscale", "axis", "legend", "colorbar"),
    *("lines", "points", "bars", "images"),
)
PLACE = "place"  # reported only on request
COLORBAR = "<colorbar>"  # the label that matplotlib gives the axes of a colorbar


@probe
def figure(target: Any, question: QuestionFrame, *, report: Sequence[str] = ("suptitle", *KEYS)) -> dict[str, Any]:
    """What a reader sees in the figure that a function draws: titles, labels, legends, lines, points, bars, images.

    It is the figure that the function returns, or that of the Axes that it returns, else the current one. The answer
    is a dict with the `suptitle` and a list `axes`, in the order in which they were made, without those of colorbars.
    The figures of the call are closed at the end. Options:

    - `report`: the keys to return; all by default. These are the keys of each of the `axes`:

      - `title`, `xlabel`, `ylabel`: texts; labels are empty where `axis("off")` hides them. Twins share a label, and
        so do axes of one column that share x, or of one row that share y.
      - `xscale`, `yscale`: such as "log"; `axis`: whether the axes are visible; `colorbar`: whether there is one.
      - `legend`: the texts of the legend.
      - `lines`: a list of `{"x", "y", "label"}`, as drawn by `plot`.
      - `points`: the same for `scatter`.
      - `bars`: a list of `{"positions", "lengths", "label"}`, as drawn by `bar`, `barh` or `hist`.
      - `images`: a list of `{"array", "vmin", "vmax", "cmap"}`, as drawn by `imshow`.
      - `place`, not reported by default: its row and column, counted from 0 at the upper left.
    """
    for key in report:
        if key not in ("suptitle", PLACE, *KEYS):
            raise LookupError(f"figure reports suptitle, {', '.join((*KEYS, PLACE))}, not {key!r}")
    with _pyplot() as pyplot:
        found = _figure_of(call_target(target, question), pyplot)
        answer = {"suptitle": _suptitle(found)} if "suptitle" in report else {}
        axes = [one for one in found.axes if one.get_label() != COLORBAR and one.get_visible()]
        described = [_described(one, report) for one in axes]
        if PLACE in report:
            for one, place in zip(described, _places(axes), strict=True):
                one[PLACE] = place
        return {**answer, "axes": described}


@contextlib.contextmanager
def _pyplot() -> Iterator[Any]:
    """Give `matplotlib.pyplot` without open figures and with a `show` that does nothing; restore both afterwards."""
    try:
        import matplotlib
    except ModuleNotFoundError:
        raise Unfit("figures cannot be checked here: matplotlib is not installed (pip install matplotlib)") from None
    if "MPLBACKEND" not in os.environ:  # the process of an author; a sandbox and a notebook have their own
        matplotlib.use("Agg")
    from matplotlib import pyplot
    from matplotlib._pylab_helpers import Gcf

    others = dict(Gcf.figs)  # of a notebook, or of the student's module
    Gcf.figs.clear()
    show, pyplot.show = pyplot.show, lambda *_, **__: None
    try:
        yield pyplot
    finally:
        pyplot.show = show
        pyplot.close("all")
        Gcf.figs.update(others)


def _figure_of(returned: Any, pyplot: Any) -> Any:
    from matplotlib.figure import Figure

    for value in _parts(returned):
        owner = value if isinstance(value, Figure) else getattr(value, "figure", None)
        owner = getattr(owner, "figure", owner)  # a part of a figure belongs to a whole one
        if isinstance(owner, Figure):
            return owner
    if not pyplot.get_fignums():
        raise Unfit("there is no figure after the call: return the figure, and do not close it")
    return pyplot.gcf()


def _parts(value: Any) -> Iterator[Any]:
    """The value, or what a list, tuple or array of Axes holds, down to the second level."""
    yield value
    for item in _items(value):
        yield item
        yield from _items(item)


def _items(value: Any) -> Iterable[Any]:
    if isinstance(value, np.ndarray):
        return list(value.flat) if value.dtype == object else []
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, (list, tuple)) else []


def _suptitle(figure: Any) -> str:
    return str(figure.get_suptitle()) if figure._suptitle is not None else ""


def _described(axes: Any, report: Sequence[str]) -> dict[str, Any]:
    return {key: DESCRIPTIONS[key](axes) for key in KEYS if key in report}


def _places(axes: Sequence[Any]) -> list[list[int]]:
    """Row and column of each of the axes, by the upper left corners of their boxes in the whole figure."""
    boxes = [one.get_position(original=True).transformed(one.figure.transSubfigure) for one in axes]
    lefts, tops = [round(float(box.x0), 1) for box in boxes], [round(-float(box.y1), 1) for box in boxes]
    columns, rows = sorted(set(lefts)), sorted(set(tops))
    return [[rows.index(top), columns.index(left)] for left, top in zip(lefts, tops, strict=True)]


def _title(axes: Any) -> str:
    titles = (axes.get_title(loc=place) for place in ("center", "left", "right"))
    return next((title for title in titles if title), "")


def _label(axes: Any, axis: str) -> str:
    """The name of an axis; an axis without one has that of an axis that it shares, above, below or beside it."""
    return next((name for one in (axes, *_sharing(axes, axis)) if (name := _own_label(one, axis))), "")


def _sharing(axes: Any, axis: str) -> list[Any]:
    """Twins, and the other axes of a column that share x, or of a row that share y."""
    shared = axes.get_shared_x_axes() if axis == "xaxis" else axes.get_shared_y_axes()
    start = "x0" if axis == "xaxis" else "y0"
    place = getattr(axes.get_position(), start)
    others = [one for one in shared.get_siblings(axes) if one is not axes and axes.axison and one.get_visible()]
    return [one for one in others if abs(getattr(one.get_position(), start) - place) < 1e-6]


def _own_label(axes: Any, axis: str) -> str:
    whole = getattr(axes, axis)
    return str(whole.get_label_text()) if axes.axison and whole.get_visible() and whole.label.get_visible() else ""


def _legend(axes: Any) -> list[str]:
    legend = axes.get_legend()
    return [text.get_text() for text in legend.get_texts()] if legend is not None and legend.get_visible() else []


def _lines(axes: Any) -> list[dict[str, Any]]:
    lines = ((line, *line.get_data(orig=False)) for line in axes.lines if line.get_visible())
    return [{"x": _numbers(x), "y": _numbers(y), "label": _named(line)} for line, x, y in lines]


def _points(axes: Any) -> list[dict[str, Any]]:
    from matplotlib.collections import PathCollection

    found = (one for one in axes.collections if isinstance(one, PathCollection) and one.get_visible())
    offsets = ((one, _numbers(one.get_offsets()).reshape(-1, 2)) for one in found)
    return [{"x": points[:, 0], "y": points[:, 1], "label": _named(one)} for one, points in offsets]


def _bars(axes: Any) -> list[dict[str, Any]]:
    from matplotlib.container import BarContainer

    return [_bar(one) for one in axes.containers if isinstance(one, BarContainer)]


def _bar(container: Any) -> dict[str, Any]:
    """The middle of each bar on its axis, and its length with its sign."""
    across = container.orientation == "horizontal"
    starts = [bar.get_y() + bar.get_height() / 2 if across else bar.get_x() + bar.get_width() / 2 for bar in container]
    lengths = [bar.get_width() if across else bar.get_height() for bar in container]
    return {"positions": _numbers(starts), "lengths": _numbers(lengths), "label": _named(container)}


def _images(axes: Any) -> list[dict[str, Any]]:
    images = (image for image in axes.images if image.get_visible())
    return [
        {"array": _filled(image.get_array()), "vmin": low, "vmax": high, "cmap": image.get_cmap().name}
        for image in images
        for low, high in [image.get_clim()]
    ]


def _has_colorbar(axes: Any) -> bool:
    return any(getattr(one, "colorbar", None) is not None for one in (*axes.images, *axes.collections))


def _named(artist: Any) -> str:
    """The label that a legend shows; names that begin with an underscore are matplotlib's own."""
    label = str(artist.get_label())
    return "" if label.startswith("_") else label


def _numbers(values: Any) -> Any:
    return _filled(np.ma.asarray(values, dtype=np.float64))


def _filled(values: Any) -> Any:
    """An array; NaN stands for what is masked in it."""
    array = np.ma.asarray(values)
    return array.filled(np.nan) if array.dtype.kind == "f" else array.filled(0) if array.mask.any() else array.data


DESCRIPTIONS = {
    "title": _title,
    "xlabel": lambda axes: _label(axes, "xaxis"),
    "ylabel": lambda axes: _label(axes, "yaxis"),
    "xscale": lambda axes: axes.get_xscale(),
    "yscale": lambda axes: axes.get_yscale(),
    "axis": lambda axes: bool(axes.axison),
    "legend": _legend,
    "colorbar": _has_colorbar,
    "lines": _lines,
    "points": _points,
    "bars": _bars,
    "images": _images,
}
