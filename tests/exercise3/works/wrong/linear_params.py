# %% bias_forgotten: Counts the weights only.
def linear_params(in_features, out_features, bias=True):
    return in_features * out_features

# %% bias_always: Adds the bias also with bias=False.
def linear_params(in_features, out_features, bias=True):
    return (in_features + 1) * out_features

# %% bias_per_input: Counts one bias per input instead of per output.
def linear_params(in_features, out_features, bias=True):
    n = in_features * out_features
    if bias:
        n += in_features
    return n

# %% single_bias: Adds one bias for the whole layer.
def linear_params(in_features, out_features, bias=True):
    return in_features * out_features + int(bias)

# %% bias_default_off: The bias is off by default.
def linear_params(in_features, out_features, bias=False):
    return in_features * out_features + (out_features if bias else 0)

# %% bias_for_inputs_and_outputs: Counts a bias on the inputs and on the outputs.
def linear_params(in_features, out_features, bias=True):
    weights = in_features * out_features
    biases = in_features + out_features if bias else 0
    return weights + biases

# %% bias_inverted: Adds the bias exactly when bias is False.
def linear_params(in_features, out_features, bias=True):
    weight = in_features * out_features
    return weight if bias else weight + out_features

# %% builds_the_layer: Builds a real nn.Linear and so draws from the global random generator.
def linear_params(in_features, out_features, bias=True):
    layer = nn.Linear(in_features, out_features, bias)
    return sum(p.numel() for p in layer.parameters())

# %% single_output_without_bias: A layer with one output loses its bias.
def linear_params(in_features, out_features, bias=True):
    total = in_features * out_features
    if bias and out_features > 1:
        total = total + out_features
    return total

# %% single_precision: Multiplies in float32, which loses the last digits of large layers.
def linear_params(in_features, out_features, bias=True):
    n = torch.tensor(float(in_features)) * out_features
    if bias:
        n = n + out_features
    return int(n.item())

# %% two_bias_per_input_always: Counts the bias per input, and also with bias=False.
def linear_params(in_features, out_features, bias=True):
    return in_features * out_features + in_features

# %% two_default_off_and_single_bias: The bias is off by default, and counts once for the layer when it is on.
def linear_params(in_features, out_features, bias=False):
    return in_features * out_features + (1 if bias else 0)
