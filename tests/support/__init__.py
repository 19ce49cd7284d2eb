"""What tests of several rooms share: the course, runs of `grade`, readers of results, hostile submissions."""
