"""The comparators of exercise4."""
