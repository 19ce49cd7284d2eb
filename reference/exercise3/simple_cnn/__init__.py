"""SimpleCNN."""

exercises = (
    "simple_cnn",
    "train_one_epoch",
    "evaluate",
    "milestones",
)
