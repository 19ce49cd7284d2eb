"""torchgrade's engine: it grades exercises and knows nothing about convolutions.

Answers cross the wall, verdicts do not. Student code runs in a sandbox that is given questions and returns
plain data; the judge outside holds the expected answers, the labels, the thresholds and the score.
"""
