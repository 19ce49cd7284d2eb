# %% permute: permute to (0, 3, 1, 2).
def to_channels_first(images):
    return images.permute(0, 3, 1, 2)

# %% movedim: movedim of the last axis to place 1, contiguous.
def to_channels_first(images):
    return torch.movedim(images, -1, 1).contiguous()

# %% two_transposes: Two transpositions, one after the other.
def to_channels_first(images):
    x = images.transpose(2, 3)
    x = x.transpose(1, 2)
    return x

# %% numpy_transpose: numpy's transpose and back to torch.
def to_channels_first(images):
    array = images.detach().numpy()
    return torch.from_numpy(np.ascontiguousarray(np.transpose(array, (0, 3, 1, 2))))

# %% stack_of_channels: Stacks the channels along axis 1.
def to_channels_first(images):
    return torch.stack([images[..., c] for c in range(images.shape[-1])], dim=1)

# %% unbind_and_stack: unbind and stack in one line.
def to_channels_first(images: torch.Tensor) -> torch.Tensor:
    return torch.stack(torch.unbind(images, dim=3), dim=1)

# %% einsum_letters: An einsum that only renames the axes, which works for whole numbers too.
def to_channels_first(images):
    return torch.einsum("nhwc->nchw", images)

# %% loop_copy: Copies channel after channel into an empty tensor.
def to_channels_first(images):
    n, h, w, c = images.shape
    result = torch.empty((n, c, h, w), dtype=images.dtype)
    for channel in range(c):
        result[:, channel, :, :] = images[:, :, :, channel]
    return result

# %% matrix_transpose_of_flat_maps: Flattens height and width, transposes the matrices, unflattens.
def to_channels_first(images):
    n, h, w, c = images.shape
    return images.reshape(n, h * w, c).mT.reshape(n, c, h, w)

# %% partial_permute: functools.partial of torch.permute.
from functools import partial

_nchw = partial(torch.permute, dims=(0, 3, 1, 2))

def to_channels_first(images):
    assert images.dim() == 4, "expected (N, H, W, C)"
    return _nchw(images).clone()

# %% keras_dictionary: TensorFlow style with named data formats looked up in a dictionary.
AXES = {"NHWC": {"N": 0, "H": 1, "W": 2, "C": 3}}

def to_channels_first(images):
    source = AXES["NHWC"]
    perm = [source[letter] for letter in "NCHW"]
    return images.permute(*perm)
