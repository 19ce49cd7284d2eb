"""move_batch."""

import torch  # noqa: F401 - in the words of a mistake

from autograder.author import case, changed, check, make, mistakes, reference, unchanged

from ..probes.builders import on_another_device
from ..probes.devices import places


@reference(points=1)
def move_batch(batch, device):
    """What does tensor.to(device) return, and what happens to the tensor itself?

    Call .to(device) for each tensor of the batch, and collect what it returns in a tuple.

    In the documentation: torch.Tensor.to.
    """
    moved = [tensor.to(device) for tensor in batch]
    return tuple(moved)


@check(move_batch, points=0.5, ask=places)
def tensors_on_the_device(draw):
    """All tensors are on the device, in the same order"""
    yield case([draw.normal(2, 3), draw.integers(0, 9, 2)], "meta")
    tensors = draw.integers(0, 9, 3), draw.normal(3, 1, 2), draw.normal(3).astype("float64")
    yield case(tensors, make("torch.device", "meta"))


@check(move_batch, points=0.25)
def values_stay(draw):
    """Values and dtypes stay; a batch on the GPU comes back to the CPU"""
    images, labels = draw.normal(2, 3), draw.integers(0, 9, 2)
    yield case([images, labels], "cpu")
    yield case([make(on_another_device, images), make(on_another_device, labels)], "cpu")


@check(move_batch, points=0.25, ask=changed, compare=unchanged(), counts_with=tensors_on_the_device)
def batch_stays(draw):
    """The batch itself stays as it is"""
    yield case([draw.normal(2, 3), draw.integers(0, 9, 2)], "meta")


wrong = mistakes(
    move_batch,
    """
    only_the_images_moved: The labels are needed on the same device as the logits: move every tensor of the batch.
        [tensor.to(device) for tensor in batch] -> [batch[0].to(device), *batch[1:]]
    moved_copies_dropped: .to(device) returns the moved tensor and leaves the old one where it is: use what it returns.
        return tuple(moved) -> return tuple(batch)
    moved_in_the_list: The batch belongs to the loader: make a new tuple instead of writing into the list.
        return tuple(moved) -> batch[:] = moved; return tuple(batch)
    pairs_only: A batch may have more than two tensors: move each of them.
        [tensor.to(device) for tensor in batch] -> [batch[0].to(device), batch[1].to(device)]
    labels_made_floats: .float() changes the labels: move them, and leave their dtype.
        tensor.to(device) -> tensor.float().to(device)
    tensors_in_reverse: The tensors come back in the order in which they came.
        return tuple(moved) -> return tuple(moved[::-1])
    gpu_by_name: The device is an argument: moving to "cuda" fails on machines without a GPU.
        tensor.to(device) -> tensor.to("cuda")
    """,
)
