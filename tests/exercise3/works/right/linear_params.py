# %% conditional_expression: One line with a conditional expression.
def linear_params(in_features, out_features, bias=True):
    return in_features * out_features + (out_features if bias else 0)

# %% bool_arithmetic: Adds the bool as a number.
def linear_params(in_features, out_features, bias=True):
    return out_features * (in_features + bool(bias))

# %% meta_linear: Counts the parameters of an nn.Linear on the meta device.
def linear_params(in_features, out_features, bias=True):
    with torch.device("meta"):
        layer = nn.Linear(in_features, out_features, bias)
    return sum(map(torch.numel, layer.parameters()))

# %% partial_of_helper: functools.partial binds the area of a helper.
from functools import partial

def _dense(area, in_features, out_features, bias=True):
    n = area * in_features * out_features
    if bias:
        n += out_features
    return n

linear_params = partial(_dense, 1)

# %% conv_1x1: A linear layer counts like a 1x1 convolution.
def linear_params(in_features, out_features, bias=True):
    return conv2d_params(in_features, out_features, 1, bias)

# %% recursion_per_output: Recursion over the outputs.
def linear_params(in_features, out_features, bias=True):
    if out_features == 0:
        return 0
    return in_features + (1 if bias else 0) + linear_params(in_features, out_features - 1, bias)

# %% skip_init_module: Makes the layer with skip_init so that no random number is drawn.
from torch.nn.utils import skip_init

def linear_params(in_features: int, out_features: int, bias: bool = True) -> int:
    layer = skip_init(nn.Linear, in_features, out_features, bias=bias)
    total = layer.weight.numel()
    if layer.bias is not None:
        total += layer.bias.numel()
    return total

# %% matlab_style: MATLAB style with semicolons and one variable per line.
def linear_params(in_features, out_features, bias=True):
    n = in_features; m = out_features;
    W = [n, m];
    nW = W[0] * W[1];
    nb = m if bias else 0;
    N = nW + nb;
    return N;

# %% dict_lookup: The bias is looked up in a dictionary.
def linear_params(in_features, out_features, bias=True):
    return in_features * out_features + {True: out_features, False: 0}[bool(bias)]

# %% shapes_list: Lists the shapes of all tensors and sums the products.
def linear_params(in_features, out_features, bias=True):
    shapes = [(out_features, in_features)]
    if bias is not False:
        shapes.append((out_features,))
    return sum(math.prod(shape) for shape in shapes)

# %% returns_a_tensor: Sums the sizes in a tensor and returns the 0-d integer tensor.
def linear_params(in_features, out_features, bias=True):
    sizes = [in_features * out_features]
    if bias:
        sizes.append(out_features)
    return torch.tensor(sizes).sum()
