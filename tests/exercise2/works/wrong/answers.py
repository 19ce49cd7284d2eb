# %% all_c: The letter c everywhere.
answers = dict.fromkeys(
    ["images", "equivariance", "invariance", "pooling", "global_pooling", "stacking", "channel_axis", "channels_last", "field", "corners"], "c"
)

# %% invariance_wrong: A wrong answer to the question about invariance.
answers = {
    "images": "c", "equivariance": "b", "invariance": "b", "pooling": "d", "global_pooling": "c",
    "stacking": "a", "channel_axis": "b", "channels_last": "b", "field": "d", "corners": "c",
}

# %% reshape_photos: Reshapes the photos instead of permuting them.
answers = {
    "images": "c", "equivariance": "b", "invariance": "a", "pooling": "d", "global_pooling": "c",
    "stacking": "a", "channel_axis": "b", "channels_last": "c", "field": "d", "corners": "c",
}

# %% missing: No answer about the corners.
answers = {
    "images": "c", "equivariance": "b", "invariance": "a", "pooling": "d", "global_pooling": "c",
    "stacking": "a", "channel_axis": "b", "channels_last": "b", "field": "d",
}

# %% two_letters: Two letters for one question.
answers = {
    "images": "cd", "equivariance": "b", "invariance": "a", "pooling": "d", "global_pooling": "c",
    "stacking": "a", "channel_axis": "b", "channels_last": "b", "field": "d", "corners": "c",
}

# %% list: A list of letters without the names of the questions.
answers = ["c", "b", "a", "d", "c", "a", "b", "b", "d", "c"]
