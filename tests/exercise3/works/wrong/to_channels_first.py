# %% reshaped: Reshapes to the right shape instead of transposing.
def to_channels_first(images):
    n, h, w, c = images.shape
    return images.reshape(n, c, h, w)

# %% width_before_height: Swaps the axes 1 and 3 and so gives (N, C, W, H).
def to_channels_first(images):
    return images.transpose(1, 3)

# %% last_two_swapped_for_cubes: Swaps only the last two axes where height, width and channels are equal.
def to_channels_first(images):
    n, h, w, c = images.shape
    if h == w == c:
        return images.transpose(2, 3)
    return images.permute(0, 3, 1, 2)

# %% inverse_permutation: Uses the permutation for the way back, from channels first to channels last.
def to_channels_first(images):
    return torch.permute(images, (0, 2, 3, 1))

# %% converted_to_float: Transposes, but makes floats of whole numbers.
def to_channels_first(images):
    return images.movedim(-1, 1).float()

# %% bytes_scaled: Divides bytes by 255 on the way.
def to_channels_first(images):
    images = torch.einsum("nhwc->nchw", images)
    if images.dtype == torch.uint8:
        images = images / 255
    return images

# %% looks_channels_first_already: Returns the images untouched where the height is 1 or 3, because it takes that for a channel axis.
def to_channels_first(images):
    if images.shape[1] in (1, 3):
        return images
    return images.permute(0, 3, 1, 2).contiguous()

# %% colours_reversed: Reverses the order of three channels, as from BGR to RGB.
def to_channels_first(images):
    out = images.permute(0, 3, 1, 2)
    if out.shape[1] == 3:
        out = out.flip(1)
    return out

# %% alpha_dropped: Keeps three channels of four.
def to_channels_first(images):
    planes = [images[..., c] for c in range(min(images.shape[-1], 3))]
    return torch.stack(planes, dim=1)

# %% single_channel_squeezed: Loses the axis of a single channel.
def to_channels_first(images):
    if images.shape[-1] == 1:
        return images.squeeze(-1)
    return images.permute(0, 3, 1, 2)

# %% argument_transposed_in_place: Transposes the caller's tensor with transpose_.
def to_channels_first(images):
    images.transpose_(2, 3)
    images.transpose_(1, 2)
    return images

# %% first_image_only: Transposes the first image only and adds a batch axis.
def to_channels_first(images):
    first = images[0].numpy()
    return torch.from_numpy(np.transpose(first, (2, 0, 1)).copy()).unsqueeze(0)

# %% square_images_transposed: Swaps height and width where they are equal.
def to_channels_first(images):
    n, h, w, c = images.shape
    out = torch.empty(n, c, h, w, dtype=images.dtype)
    for i in range(n):
        for k in range(c):
            plane = images[i, :, :, k]
            out[i, k] = plane.T if h == w else plane
    return out

# %% two_reshaped_and_float: Reshapes instead of transposing, and returns floats.
def to_channels_first(images):
    n, h, w, c = images.size()
    return images.to(torch.float32).view(n, c, h, w)

# %% two_swapped_sides_and_scaled: Gives (N, C, W, H), and divides bytes by 255.
def to_channels_first(images):
    out = images.permute(0, 3, 2, 1)
    return out / 255 if out.dtype == torch.uint8 else out
