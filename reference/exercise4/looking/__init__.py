"""Looking."""

exercises = (
    "plot_feature_maps",
    "plot_denoising",
    "plot_filters",
    "plot_curves",
)
