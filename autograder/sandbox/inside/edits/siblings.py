"""Functions and classes of Python, NumPy and torch that are taken for each other."""

from __future__ import annotations

GROUPS = """
max_pool2d avg_pool2d adaptive_avg_pool2d
MaxPool2d AvgPool2d AdaptiveAvgPool2d
amax amin mean sum
max min sum mean
argmax argmin
var std
floor ceil round trunc
zeros ones empty
zeros_like ones_like empty_like
rand randn
rand_like randn_like
cat stack
relu sigmoid tanh leaky_relu identity
ReLU Sigmoid Tanh LeakyReLU Identity
Conv2d ConvTranspose2d
conv2d conv_transpose2d
BatchNorm2d InstanceNorm2d Identity
sqrt square abs
train eval
parameters buffers
clone detach
flatten ravel
append extend
sorted reversed
range list
any all
SGD Adam
cross_entropy nll_loss mse_loss
float double half long int
softmax log_softmax
ValueError TypeError RuntimeError
no_grad enable_grad
state_dict named_parameters
modules children
named_modules named_children
register_buffer register_parameter
permute reshape
transpose reshape
clamp clip_
prod sum
numel dim
size stride
"""
SIBLINGS: dict[str, tuple[str, ...]] = {}
for _line in GROUPS.split("\n"):
    for _name in _line.split():
        others = tuple(name for name in _line.split() if name != _name)
        SIBLINGS[_name] = tuple(dict.fromkeys((*SIBLINGS.get(_name, ()), *others)))

KEYWORDS: dict[str, tuple[tuple[str, str], ...]] = {
    "Conv2d": (("bias", "False"), ("stride", "2"), ("padding", "1"), ("padding_mode", "'reflect'"), ("groups", "2")),
    "ConvTranspose2d": (("bias", "False"), ("padding", "1"), ("output_padding", "1")),
    "Linear": (("bias", "False"),),
    "BatchNorm2d": (
        ("affine", "False"),
        ("track_running_stats", "False"),
        ("momentum", "0.01"),
        ("eps", "0.001"),
        ("momentum", "None"),
    ),
    "MaxPool2d": (("ceil_mode", "True"), ("stride", "1"), ("padding", "1")),
    "AvgPool2d": (("ceil_mode", "True"), ("stride", "1")),
    "max_pool2d": (("ceil_mode", "True"), ("stride", "1"), ("padding", "1")),
    "avg_pool2d": (("ceil_mode", "True"), ("stride", "1")),
    "var": (("correction", "0"), ("correction", "1"), ("keepdim", "True")),
    "std": (("correction", "0"), ("correction", "1")),
    "mean": (("keepdim", "True"), ("dim", "0")),
    "sum": (("keepdim", "True"), ("dim", "0")),
    "amax": (("keepdim", "True"),),
    "amin": (("keepdim", "True"),),
    "DataLoader": (("drop_last", "True"), ("shuffle", "False"), ("shuffle", "True")),
    "SGD": (("momentum", "0.9"), ("weight_decay", "0.01"), ("nesterov", "True")),
    "CrossEntropyLoss": (("reduction", "'sum'"), ("label_smoothing", "0.1")),
    "cross_entropy": (("reduction", "'sum'"), ("label_smoothing", "0.1")),
    "flatten": (("start_dim", "0"),),
    "pad": (("mode", "'reflect'"), ("value", "1.0")),
    "zero_grad": (("set_to_none", "False"),),
    "parameters": (("recurse", "False"),),
    "buffers": (("recurse", "False"),),
    "clamp": (("min", "-1"), ("max", "2")),
}
"""Keyword arguments that are added to a call of this name, or replace the same one there."""

WRAPPERS = (
    "{}.detach()",
    "{}.clone()",
    "{}.relu()",
    "{}.sigmoid()",
    "{}.softmax(1)",
    "{}.abs()",
    "{}.round()",
    "{}.squeeze()",
    "{}.flip(0)",
    "{}.mT",
    "{}.requires_grad_()",
    "{}.double()",
    "{}.numpy()",
    "float({})",
    "str({})",
    "bool({})",
    "[{}]",
    "({},)",
    "list({})",
    "tuple({})",
    "max({}, 1)",
)
"""What is put around a value that is returned."""

INNER_WRAPPERS = "{}.detach()", "{}.relu()", "{}.sigmoid()", "{}.clamp(0, 1)", "{}.round()", "{}.flip(0)", "{}.item()"
"""What is put around a value that is assigned."""
