"""`python -m autograder.cli` is `grade`."""

from autograder.cli import main

main()
