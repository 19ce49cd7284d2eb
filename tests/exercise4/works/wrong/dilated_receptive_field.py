# %% no_bias: Nine parameters for each convolution.
def dilated_receptive_field(dilations):
    return 1 + 2 * sum(dilations), 9 * len(dilations)

# %% no_pixel_of_its_own: Starts at 0.
def dilated_receptive_field(dilations):
    return 2 * sum(dilations), 10 * len(dilations)

# %% dilation_costs: The parameters grow with the dilation.
def dilated_receptive_field(dilations):
    return 1 + 2 * sum(dilations), sum((2 * d + 1) ** 2 + 1 for d in dilations)

# %% dilation_ignored: The receptive field of plain convolutions.
def dilated_receptive_field(dilations):
    return 1 + 2 * len(dilations), 10 * len(dilations)

# %% empty_is_zero: Without any convolution the field is 0.
def dilated_receptive_field(dilations):
    if not dilations:
        return 0, 0
    return 1 + 2 * sum(dilations), 10 * len(dilations)

# %% largest_dilation: Takes the largest dilation for all.
def dilated_receptive_field(dilations):
    if not dilations:
        return 1, 0
    return 1 + 2 * max(dilations) * len(dilations), 10 * len(dilations)
