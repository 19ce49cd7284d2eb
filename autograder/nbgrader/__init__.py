"""The bridge to nbgrader: the same exercises in a course that uses it.

nbgrader runs the student's notebook and reads the score of each check cell from what the kernel put out. So whatever
runs in that kernel decides on its own score: it can print one, replace the check, end the process, or open the
gradebook. The *sealed* mode closes that. Before the run the handed-in source is graded in the sandbox, with the
instructor's exam; between the run and the moment at which nbgrader reads the scores the output of every check cell is
replaced by that grade. What the kernel said does not count; with `--no-execute` there is no kernel at all.

    config.py    what nbgrader_config.py calls
    mended.py    before: the grade is made; the check cells are as the gradebook knows them, missing ones back in place
    cells.py     what the gradebook knows of a notebook's cells
    source.py    the notebook for source/, made from the solutions
    execute.py   the run: a dead kernel is an error in the notebook, not a lost grade; the gradebook is locked
    sealed.py    after: the outputs of all check cells
    grades.py    where a grade comes from: the sandbox, or the results of `grade batch`
    feedback.py  the page that the student gets
    folder.py    the course folder, made and compared
    push.py      results of `grade batch` into the gradebook, without nbgrader's autograde

Nothing of this is imported by `grade` before its command `nbgrader` is used; importing nbgrader takes two seconds.
"""
