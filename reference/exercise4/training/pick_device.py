"""pick_device."""

import torch

from autograder.author import case, check, mistakes, reference

from ..probes.devices import kind_of_device, picked


@reference(points=0.75)
def pick_device():
    """How does a program find out whether torch can use a GPU?

    Ask torch.cuda.is_available(), and make a torch.device of the name: "cuda" or "cpu".

    In the documentation: torch.cuda.is_available and torch.device.
    """
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


@check(pick_device, points=0.25, ask=picked)
def without_a_gpu(draw):
    """Without a GPU it is the CPU; with one it is not"""
    yield case().given(cuda=False)
    yield case().given(cuda=True)


@check(pick_device, points=0.25, ask=picked)
def with_a_gpu(draw):
    """With a GPU it is cuda"""
    yield case().given(cuda=True)


@check(pick_device, points=0.25, ask=kind_of_device, counts_with=with_a_gpu)
def a_device_of_torch(draw):
    """The result is a torch.device"""
    yield case()


wrong = mistakes(
    pick_device,
    """
    always_the_cpu: The CPU is there always, but a GPU is much faster: take it where torch.cuda.is_available() says so.
        "cuda" if torch.cuda.is_available() else "cpu" -> "cpu"
    always_cuda: Not every machine has a GPU: ask torch.cuda.is_available(). It needs its parentheses, since a function
        itself is always true.
        "cuda" if torch.cuda.is_available() else "cpu" -> "cuda"
    devices_swapped: It is the other way round: the GPU where one is available, else the CPU.
        "cuda" if torch.cuda.is_available() else "cpu" -> "cpu" if torch.cuda.is_available() else "cuda"
    name_of_the_device: The name alone is a text: torch.device(name) makes a device of it.
        torch.device("cuda" if torch.cuda.is_available() else "cpu") -> "cuda" if torch.cuda.is_available() else "cpu"
    """,
)
