"""to_numpy."""

import numpy as np  # noqa: F401 - in the words of a mistake

from autograder.author import case, changed, check, make, mistakes, numpy_array, reference, unchanged

from ..judging.values import same_array
from ..probes.builders import on_another_device, requiring_gradients


@reference(points=1)
def to_numpy(tensor):
    """What can numpy not do that a tensor can?

    A numpy array knows neither gradients nor GPUs: detach the tensor, copy it to the CPU, then call numpy().

    In the documentation: torch.Tensor.detach, cpu and numpy.
    """
    return tensor.detach().cpu().numpy()


@check(to_numpy, points=0.25, ask=numpy_array, compare=same_array)
def array_of_the_values(draw):
    """The array has the shape, the values and the dtype of the tensor"""
    yield case(draw.normal(2, 3))
    yield case(draw.integers(-9, 9, 4))
    yield case(draw.normal(2).astype("float64"))
    yield case(make("torch.scalar_tensor", 2.5))


@check(to_numpy, points=0.25, ask=numpy_array)
def tensors_with_gradients(draw):
    """Tensors that require gradients can be converted"""
    yield case(make("torch.nn.Parameter", draw.normal(3, 2)))
    yield case(make(requiring_gradients, draw.normal(2, 1, 2)))


@check(to_numpy, points=0.25, ask=numpy_array)
def tensors_on_a_gpu(draw):
    """Tensors on a GPU can be converted"""
    yield case(make(on_another_device, draw.normal(2, 3)))


@check(to_numpy, points=0.25, ask=changed, compare=unchanged(), counts_with=array_of_the_values)
def tensor_stays(draw):
    """The tensor stays as it is, and keeps its gradient flag"""
    yield case(make("torch.nn.Parameter", draw.normal(3, 2)))
    yield case(draw.normal(2))


wrong = mistakes(
    to_numpy,
    """
    gradients_in_the_way: A tensor that requires gradients has no numpy(): detach() gives one that does not.
        tensor.detach().cpu().numpy() -> tensor.cpu().numpy()
    left_on_the_gpu: numpy knows no GPU: cpu() copies the tensor to where numpy can read it.
        tensor.detach().cpu().numpy() -> tensor.detach().numpy()
    still_a_tensor: cpu() and detach() give tensors: numpy() makes an array of them.
        tensor.detach().cpu().numpy() -> tensor.detach().cpu()
    a_list_of_numbers: tolist() makes lists, and their numbers have lost the dtype: numpy() makes an array.
        tensor.detach().cpu().numpy() -> tensor.detach().cpu().tolist()
    flattened_array: The array has the shape of the tensor.
        tensor.detach().cpu().numpy() -> tensor.detach().cpu().numpy().ravel()
    gradient_flag_removed: The tensor of the caller requires no gradients any more: detach() gives another one and
        leaves it alone.
        tensor.detach() -> (tensor.requires_grad_(False) if tensor.is_leaf else tensor.detach())
    dtype_lost_in_a_list: The numbers of tolist() have lost the dtype: numpy() keeps it.
        tensor.detach().cpu().numpy() -> np.array(tensor.tolist())
    integers_made_floats: float() changes whole numbers: keep the dtype of the tensor.
        tensor.detach() -> tensor.detach().float()
    """,
)
