"""One module per form: each turns a grade into a text, and knows nothing of how the grade came about."""
