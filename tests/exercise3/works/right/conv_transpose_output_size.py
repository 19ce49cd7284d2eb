# %% plain_formula: The formula of the docstring in one return.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    return (input_size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1

# %% lambda_bound: A lambda bound to the name.
conv_transpose_output_size = lambda input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1: stride * (input_size - 1) + dilation * (kernel_size - 1) + 1 - 2 * padding + output_padding

# %% meta_conv_transpose1d: Asks torch on the meta device for the length; output_padding is added by hand.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    x = torch.empty(1, 1, input_size, device="meta")
    w = torch.empty(1, 1, kernel_size, device="meta")
    full = F.conv_transpose1d(x, w, stride=stride, dilation=dilation).size(-1)
    return full - padding - padding + output_padding

# %% lays_down_kernels: Lays down the kernels on a number line and takes the largest position reached.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    touched = {i * stride + j * dilation for i in range(input_size) for j in range(kernel_size)}
    length = max(touched) + 1
    return length - 2 * padding + output_padding

# %% named_steps: Named intermediate results, type annotated.
def conv_transpose_output_size(
    input_size: int, kernel_size: int, stride: int = 1, padding: int = 0, output_padding: int = 0, dilation: int = 1
) -> int:
    first_to_last: int = stride * (input_size - 1)
    kernel_span: int = dilation * (kernel_size - 1) + 1
    uncut: int = first_to_last + kernel_span
    cut: int = uncut - 2 * padding
    return cut + output_padding

# %% numpy_dot: A dot product of coefficients and values in numpy.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    coefficients = np.array([1, -2, 1, 1, 1])
    values = np.array([(input_size - 1) * stride, padding, dilation * (kernel_size - 1), output_padding, 1])
    return int(coefficients @ values)

# %% kwargs_dictionary: Takes *args and **kwargs and merges them into a dictionary of defaults.
def conv_transpose_output_size(*args, **kwargs):
    names = ["input_size", "kernel_size", "stride", "padding", "output_padding", "dilation"]
    o = dict(stride=1, padding=0, output_padding=0, dilation=1)
    o.update(zip(names, args))
    o.update(kwargs)
    return (o["input_size"] - 1) * o["stride"] - 2 * o["padding"] + o["dilation"] * (o["kernel_size"] - 1) + o["output_padding"] + 1

# %% inverse_of_conv: Searches the smallest input that the forward convolution maps to input_size.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    def forward(n):
        return (n - dilation * (kernel_size - 1) - 1) // stride + 1
    n = dilation * (kernel_size - 1) + 1
    while forward(n) < input_size:
        n += 1
    return n - 2 * padding + output_padding

# %% static_namespace: A class used as a namespace of static methods.
class Geometry:
    @staticmethod
    def span(count, step):
        return (count - 1) * step

    @staticmethod
    def transpose(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
        return Geometry.span(input_size, stride) + Geometry.span(kernel_size, dilation) + 1 - 2 * padding + output_padding

conv_transpose_output_size = Geometry.transpose

# %% accumulate_in_loop: Adds one stride per further input value in a loop.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
	groesse = dilation * (kernel_size - 1) + 1
	for _ in range(1, input_size):
		groesse += stride
	groesse -= padding
	groesse -= padding
	groesse += output_padding
	return groesse
