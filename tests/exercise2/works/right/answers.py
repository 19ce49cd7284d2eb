# %% plain: A dict.
answers = {
    "images": "c", "equivariance": "b", "invariance": "a", "pooling": "d", "global_pooling": "c",
    "stacking": "a", "channel_axis": "b", "channels_last": "b", "field": "d", "corners": "c",
}

# %% assignments: Key after key.
answers = {}
answers["images"] = "c"
answers["equivariance"] = "b"
answers["invariance"] = "a"
answers["pooling"] = "d"
answers["global_pooling"] = "c"
answers["stacking"] = "a"
answers["channel_axis"] = "b"
answers["channels_last"] = "b"
answers["field"] = "d"
answers["corners"] = "c"

# %% zipped: dict and zip.
answers = dict(zip(
    "corners field channels_last channel_axis stacking global_pooling pooling invariance equivariance images".split(),
    "cdbbacdabc",
))
