"""Looking inside"""

extra = True
exercises = (
    "extract_feature_maps",
    "normalize_filters",
)
