"""What the figures share."""

from matplotlib.figure import Figure

IMAGES = ("place", "title", "ylabel", "images")
LINES = ("xlabel", "ylabel", "legend", "lines")


def grid(rows, columns):
    """A figure, and its axes as a list of rows; without pyplot, which would keep the figure."""
    figure = Figure()
    return figure, figure.subplots(rows, columns, squeeze=False)
