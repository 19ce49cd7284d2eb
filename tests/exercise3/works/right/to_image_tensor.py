# %% astype_float32_divide: astype float32, division, reshape, from_numpy.
def to_image_tensor(rows):
    return torch.from_numpy(rows.astype(np.float32) / 255).reshape(-1, 1, 28, 28)

# %% torch_tensor_float: torch.tensor copies the bytes, then float() and view.
def to_image_tensor(rows):
    x = torch.tensor(rows.copy())
    return x.float().div(255).view(len(rows), 1, 28, 28)

# %% lookup_table: A table of 256 floats is indexed by the bytes.
_TABLE = torch.arange(256, dtype=torch.float32) / 255

def to_image_tensor(rows):
    index = torch.from_numpy(rows.astype(np.int64))
    return _TABLE[index].reshape(rows.shape[0], 1, 28, 28)

# %% numpy_true_divide: np.true_divide with dtype float32 and an np.newaxis.
def to_image_tensor(rows: np.ndarray) -> torch.Tensor:
    pictures = rows.reshape(-1, 28, 28)[:, np.newaxis]
    return torch.as_tensor(np.true_divide(pictures, 255, dtype=np.float32))

# %% unsqueeze_channel: Reshapes to (N, 28, 28) and unsqueezes the channel axis.
def to_image_tensor(rows):
    images = torch.as_tensor(np.ascontiguousarray(rows).copy())
    images = images.to(torch.float32) / 255.0
    images = images.reshape((images.shape[0], 28, 28))
    return images.unsqueeze(1)

# %% float64_then_float32: Divides in float64 and rounds to float32 at the end.
def to_image_tensor(rows):
    doubles = np.asarray(rows, dtype=np.float64) / 255.0
    return torch.from_numpy(doubles).to(torch.float32).unflatten(1, (1, 28, 28))

# %% stack_of_single_pictures: A loop over the pictures, filled into zeros.
def to_image_tensor(rows):
    n = rows.shape[0]
    result = torch.zeros(n, 1, 28, 28)
    for i in range(n):
        picture = rows[i].reshape(28, 28)
        picture = picture.astype("float32")
        picture = picture / 255
        result[i, 0] = torch.from_numpy(picture)
    return result

# %% asserts_and_frombuffer: Defensive asserts and torch.frombuffer on a copy of the bytes.
def to_image_tensor(rows):
    assert isinstance(rows, np.ndarray) and rows.dtype == np.uint8, "bytes expected"
    assert rows.ndim == 2 and rows.shape[1] == 28 * 28, rows.shape
    if len(rows) == 0:
        return torch.zeros(0, 1, 28, 28)
    data = torch.frombuffer(bytearray(rows.tobytes()), dtype=torch.uint8)
    return data.reshape(len(rows), 1, 28, 28).float() / 255

# %% lambda_floattensor: A lambda with torch.FloatTensor.
to_image_tensor = lambda rows: torch.FloatTensor(rows.astype(float)).reshape(rows.shape[0], 1, 28, 28) / 255

# %% einops_like_helper: A rearrange-like helper splits the last axis.
def rearrange_pixels(x, h, w):
    *first, last = x.shape
    assert last == h * w
    return x.reshape(*first, 1, h, w)

def to_image_tensor(rows):
    scaled = np.divide(rows, np.float32(255), dtype=np.float32)
    return rearrange_pixels(torch.from_numpy(np.array(scaled)), h=28, w=28)

# %% tensor_subclass_returned: Returns a subclass of Tensor with an extra method.
class ImageTensor(torch.Tensor):
    def show_shape(self):
        return "x".join(map(str, self.shape))

def to_image_tensor(rows):
    x = torch.from_numpy(rows.astype(np.float32)).reshape(-1, 1, 28, 28) / 255
    return x.as_subclass(ImageTensor)
