"""The wall: student code runs on one side of it, answers and scores stay on the other.

The judge starts a *zygote*, a clean process that imports torch once and forks a child for each source file of a
submission. The child is given the file and then the questions, one frame each, and returns one frame of plain data
for each. `inside/` is all that runs in those two processes; it imports nothing of the rest of this package, and
no exam, expected answer or score ever enters it. Time, memory and the way a child ended are measured on this side.
"""
