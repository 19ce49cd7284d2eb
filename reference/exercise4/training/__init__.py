"""Training."""

exercises = (
    "pick_device",
    "move_batch",
    "to_numpy",
    "normalize_images",
    "prepare_cifar",
    "confusion_matrix",
    "overfit_one_batch",
    "train_denoiser",
    "fit",
    "milestones",
)
