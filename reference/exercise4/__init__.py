"""Networks, training and looking.

The answer key of exercise4, one module per section, in teaching order.
"""

sections = ("blocks", "batchnorm", "training", "experiments", "looking", "quiz")
