"""Turns grades into the forms that people and programs read, one module for each form.

A report is one function. It takes the whole gradebook and returns the files to write, file name -> text. The table
`FORMATS` in `formats.py` lists these functions under the names of `grade export --format`. A report computes no points
and knows nothing of sandboxes or exams.

    formats.py      the table of all reports of a gradebook
    csv.py          gradebook.csv, and cells that are safe to open in a spreadsheet
    html.py         the pages of a class
    moodle.py, canvas.py, gradescope.py, junit.py     what these platforms and CI servers import

Three modules show a single grade:

    terminal.py     lines with a style each
    grade_page.py   one web page, or the part of it that a notebook cell shows
    figures.py      PNG files of its trainings

Web pages share `rendering.py` (templates, style, escaping), `drawings.py` (heat maps, images) and `loss_curves.py`.

Import the modules themselves: this package loads neither jinja2 nor matplotlib.
"""

__all__ = ["csv", "figures", "formats", "grade_page", "html", "rendering", "terminal"]
