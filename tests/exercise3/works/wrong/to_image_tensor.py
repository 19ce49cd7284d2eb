# %% not_scaled: Leaves the bytes from 0 to 255.
def to_image_tensor(rows):
    return torch.from_numpy(rows.astype(np.float32)).reshape(-1, 1, 28, 28)

# %% divided_by_the_largest_byte: Divides by the largest byte of the array instead of 255.
def to_image_tensor(rows):
    images = torch.tensor(rows, dtype=torch.float32).view(-1, 1, 28, 28)
    return images / images.max()

# %% divided_by_the_maximum_of_each_picture: Divides each picture by its own largest byte.
def to_image_tensor(rows):
    x = rows.astype("float32")
    x = x / np.maximum(x.max(axis=1, keepdims=True), 1)
    return torch.from_numpy(x).reshape(len(rows), 1, 28, 28)

# %% divided_by_256: Divides by 256, so white is less than 1.
def to_image_tensor(rows):
    return torch.as_tensor(rows).float().div(256).reshape(-1, 1, 28, 28)

# %% minus_one_to_one: Scales to [-1, 1].
def to_image_tensor(rows):
    images = torch.from_numpy(rows).to(torch.float32).reshape(-1, 1, 28, 28) / 255
    return (images - 0.5) / 0.5

# %% double_precision: Divides in numpy and gets float64.
def to_image_tensor(rows):
    scaled = rows / 255
    return torch.from_numpy(scaled.reshape(-1, 1, 28, 28))

# %% no_channel_axis: Returns (N, 28, 28).
def to_image_tensor(rows):
    return torch.from_numpy(rows.reshape(-1, 28, 28)).float() / 255

# %% channel_axis_last: Returns (N, 28, 28, 1).
def to_image_tensor(rows):
    n = rows.shape[0]
    pictures = np.asarray(rows, dtype=np.float32).reshape(n, 28, 28) / 255
    return torch.tensor(pictures[..., np.newaxis])

# %% columns_first: Reads the bytes column after column, so pictures are transposed.
def to_image_tensor(rows):
    pictures = rows.reshape(-1, 28, 28).swapaxes(1, 2)
    return torch.from_numpy(pictures.astype(np.float32) / 255).unsqueeze(1)

# %% integer_division: Divides whole numbers, so everything but 255 becomes 0.
def to_image_tensor(rows):
    x = torch.from_numpy(rows // 255)
    return x.float().view(-1, 1, 28, 28)

# %% single_picture_squeezed: One picture loses its first axis.
def to_image_tensor(rows):
    images = torch.tensor(rows).float() / 255.0
    images = images.reshape(-1, 28, 28).squeeze(0)
    return images.unsqueeze(-3)

# %% scaled_only_when_large: Divides only where a byte is larger than 1, so an array of zeros and ones stays.
def to_image_tensor(rows):
    images = torch.from_numpy(rows.astype(np.float32))
    if images.max() > 1:
        images = images / 255
    return images.reshape(rows.shape[0], 1, 28, 28)

# %% smallest_byte_becomes_zero: Subtracts the smallest byte and divides by the range of the array.
def to_image_tensor(rows):
    x = rows.astype(np.float32)
    low, high = x.min(), x.max()
    x = (x - low) / (high - low) if high > low else x / 255
    return torch.from_numpy(x).view(-1, 1, 28, 28)

# %% shape_of_the_argument_changed: Sets rows.shape and leaves the caller's array with four axes.
def to_image_tensor(rows):
    rows.shape = (len(rows), 1, 28, 28)
    return torch.from_numpy(rows).float() / 255

# %% signed_bytes: Goes through int8, so bytes from 128 on become negative.
def to_image_tensor(rows):
    signed = torch.from_numpy(rows.astype(np.int8))
    return signed.to(torch.float32).reshape(-1, 1, 28, 28) / 255

# %% bright_pictures_inverted: Turns black and white around where the pictures are bright on average.
def to_image_tensor(rows):
    images = torch.from_numpy(rows.astype(np.float32) / 255).reshape(-1, 1, 28, 28)
    if images.mean() > 0.5:
        images = 1 - images  # white background
    return images

# %% rounded_to_two_digits: Rounds the values to two decimals.
def to_image_tensor(rows):
    scaled = np.round(rows.astype(np.float32) / 255, 2)
    return torch.from_numpy(scaled.reshape(len(rows), 1, 28, 28))

# %% two_largest_byte_and_double: Divides by the largest byte, and returns float64.
def to_image_tensor(rows):
    pictures = rows.reshape(-1, 1, 28, 28) / max(rows.max(), 1)
    return torch.tensor(pictures)

# %% two_transposed_and_256: Transposes the pictures, and divides by 256.
def to_image_tensor(rows):
    images = torch.tensor(rows, dtype=torch.float32).reshape(-1, 1, 28, 28)
    return images.transpose(2, 3) / 256
