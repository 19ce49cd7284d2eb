"""Windows, padding and pooling by hand.

The answer key of exercise2, one module per section, in teaching order.
"""

sections = ("sizes", "counting", "windows", "views", "convolutions", "quiz")
