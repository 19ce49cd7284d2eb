"""Receptive field"""

exercises = (
    "receptive_field",
    "receptive_field_table",
    "flatten_features",
    "milestones",
)
