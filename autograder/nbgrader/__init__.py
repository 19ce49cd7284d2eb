"""Grades the same exercises in a course that uses nbgrader.

nbgrader runs a student's notebook and takes the output of each check cell as its score. Code in that kernel can
therefore forge its own score: it can print one, replace the check, end the process or open the gradebook.

The *sealed* mode closes this gap. Before the notebook runs, the sandbox grades the submitted source with the
instructor's exam. After the run, and before nbgrader reads the scores, that grade replaces the output of each check
cell. Output of the kernel does not count, and no kernel runs unless the course asks for it.

    config.py           `sealed(c)`, which a course calls in its nbgrader_config.py
    restore.py          before the run: makes the grade, and restores the metadata and check cells of the notebook
    execute.py          the run: a kernel that dies costs no grade, and the gradebook is locked
    sealed_grades.py    after the run: writes the grade into the check cells
    grade_source.py     makes a grade in the sandbox, or reads it from the results of `grade batch`
    settings.py         torchgrade.json, with the secret seeds
    cell_metadata.py    the cells that the gradebook expects in a notebook
    feedback_page.py    the page that the student gets
    source_notebook.py  the notebook for source/, made from the solutions
    course_folder.py    creates the course folder and opens its gradebook
    folder_check.py     compares a course folder with the reference
    push.py             writes results of `grade batch` into the gradebook, without nbgrader's autograde

Import the modules themselves: this package does not load nbgrader, which takes two seconds.
"""

__all__ = ["config", "course_folder", "folder_check", "push"]
