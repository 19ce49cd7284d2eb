"""Sequences and attention"""

sections = ("text", "attention", "recurrent", "heads", "classifier")
