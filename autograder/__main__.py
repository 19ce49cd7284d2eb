"""`python -m autograder` is `grade`."""

from autograder.cli import main

main()
