"""`grade ASSIGNMENT --watch`: grades after each save, and shows the verdicts on the whole screen.

Threads read keys, wait for saves, grade and train. Each thread is an iterator of events (`events.py`), and `loop.py`
puts the events of all threads into one queue. The main thread takes them out one by one: `update.py` makes the next
state from the state and the event, and `view.py` makes the lines on the screen from the state. Both are pure, except
that two keys read or write files in the course folder. The state is frozen, so other threads may read it at any time.
"""
