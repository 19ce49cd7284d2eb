"""`grade ASSIGNMENT --watch`: grades on save, what has changed first, and listens to keys meanwhile.

Threads read the keys, wait for saves, grade and train; each tells what it has by putting an act into one queue. Only
the main thread takes them out, changes the board and draws it, so nothing else needs a lock. Trainings have a sandbox
of their own, which is stopped when a save makes them pointless.
"""
