# %% f_pad: Uses torch's function for padding.
def pad2d(x, padding, value=0):
    return F.pad(x, (padding,) * 4, value=value)

# %% np_pad: Uses numpy's function for padding.
def pad2d(x, padding, value=0):
    p = (padding, padding)
    return torch.from_numpy(np.pad(x.detach().numpy(), ((0, 0), (0, 0), p, p), constant_values=value))

# %% zero_pad_module: Uses a padding module of torch.
def pad2d(x, padding, value=0):
    return nn.ConstantPad2d(padding, value)(x)

# %% ignores_value: Always zeros.
def pad2d(x, padding, value=0):
    n, c, h, w = x.shape
    out = x.new_zeros((n, c, h + 2 * padding, w + 2 * padding))
    out[:, :, padding : padding + h, padding : padding + w] = x
    return out

# %% default_one: The default value is 1.
def pad2d(x, padding, value=1):
    n, c, h, w = x.shape
    out = x.new_full((n, c, h + 2 * padding, w + 2 * padding), value)
    out[:, :, padding : padding + h, padding : padding + w] = x
    return out

# %% only_width: Pads left and right only.
def pad2d(x, padding, value=0):
    n, c, h, w = x.shape
    side = torch.full((n, c, h, padding), value, dtype=x.dtype)
    return torch.cat([side, x, side], dim=3)

# %% top_left: The frame is at the top and the left only, twice as wide.
def pad2d(x, padding, value=0):
    n, c, h, w = x.shape
    out = x.new_full((n, c, h + 2 * padding, w + 2 * padding), value)
    out[:, :, 2 * padding :, 2 * padding :] = x
    return out

# %% padding_minus: Slices with -padding, which gives nothing for padding 0.
def pad2d(x, padding, value=0):
    n, c, h, w = x.shape
    out = x.new_full((n, c, h + 2 * padding, w + 2 * padding), value)
    if padding == 0:
        return out
    out[:, :, padding:-padding, padding:-padding] = x
    return out

# %% inside: Overwrites the border of the image itself and enlarges nothing.
def pad2d(x, padding, value=0):
    x[:, :, :padding] = value
    x[:, :, -padding:] = value
    x[:, :, :, :padding] = value
    x[:, :, :, -padding:] = value
    return x

# %% value_added_in_place: Subtracts the value from x itself, pads with zeros and adds it again; x is changed.
def pad2d(x, padding, value=0):
    n, c, h, w = x.shape
    x -= value
    out = x.new_zeros((n, c, h + 2 * padding, w + 2 * padding))
    out[:, :, padding : padding + h, padding : padding + w] = x
    return out + value

# %% corners_zero: The corners of the frame are zeros instead of the value.
def pad2d(x, padding, value=0):
    n, c, h, w = x.shape
    out = x.new_zeros((n, c, h + 2 * padding, w + 2 * padding))
    out[:, :, padding : padding + h] = value
    out[:, :, :, padding : padding + w] = value
    out[:, :, padding : padding + h, padding : padding + w] = x
    return out

# %% int_value: Rounds the value down to a whole number.
def pad2d(x, padding, value=0):
    n, c, h, w = x.shape
    out = x.new_full((n, c, h + 2 * padding, w + 2 * padding), int(value))
    out[:, :, padding : padding + h, padding : padding + w] = x
    return out

# %% pads_channels: Pads the channels too.
def pad2d(x, padding, value=0):
    n, c, h, w = x.shape
    out = x.new_full((n, c + 2 * padding, h + 2 * padding, w + 2 * padding), value)
    out[:, padding : padding + c, padding : padding + h, padding : padding + w] = x
    return out

# %% frame_one: The frame is one wide, whatever the padding.
def pad2d(x, padding, value=0):
    n, c, h, w = x.shape
    p = min(padding, 1)
    out = x.new_full((n, c, h + 2 * p, w + 2 * p), value)
    out[:, :, p : p + h, p : p + w] = x
    return out
