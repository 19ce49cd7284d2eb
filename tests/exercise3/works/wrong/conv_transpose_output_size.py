# %% ignores_output_padding: output_padding is never added.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    return (input_size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + 1

# %% output_padding_at_both_ends: Adds output_padding twice, as if it stood at both ends.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    full = (input_size - 1) * stride + dilation * (kernel_size - 1) + 1
    return full - 2 * padding + 2 * output_padding

# %% padding_cut_once: Cuts the padding off at one end only.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    return (input_size - 1) * stride - padding + dilation * (kernel_size - 1) + output_padding + 1

# %% padding_added: Adds the padding as a forward convolution does, instead of cutting it off.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    size = (input_size - 1) * stride
    size += 2 * padding
    size += dilation * (kernel_size - 1) + 1
    size += output_padding
    return size

# %% ignores_dilation: The kernel's span is kernel_size whatever the dilation is.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    return (input_size - 1) * stride + kernel_size - 2 * padding + output_padding

# %% dilation_times_kernel: Takes dilation * kernel_size for the span of the kernel.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    span = dilation * kernel_size
    return (input_size - 1) * stride - 2 * padding + span + output_padding

# %% dilation_counts_the_gaps: Puts dilation (instead of dilation - 1) holes between the kernel's values when it is above 1.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    holes = 0 if dilation == 1 else dilation
    span = kernel_size + (kernel_size - 1) * holes
    return (input_size - 1) * stride - 2 * padding + span + output_padding

# %% stride_times_input: Multiplies input_size instead of input_size - 1 by the stride and subtracts 1, which agrees only for stride 1.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    return input_size * stride - 1 - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1

# %% kernel_equal_stride_shortcut: Believes that kernel equal to stride always gives input * stride and forgets padding and output_padding there.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    if kernel_size == stride:
        return input_size * stride
    return (input_size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1

# %% overlap_never_negative: Counts input * stride plus an overlap that is cut at 0, so a stride larger than the kernel leaves a gap at the end.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    span = dilation * (kernel_size - 1) + 1
    overlap = max(span - stride, 0)
    return input_size * stride + overlap - 2 * padding + output_padding

# %% output_padding_times_stride: Multiplies output_padding by the stride.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    return (input_size - 1 + output_padding) * stride - 2 * padding + dilation * (kernel_size - 1) + 1

# %% output_padding_swapped_with_padding: The positional order of padding and output_padding is swapped.
def conv_transpose_output_size(input_size, kernel_size, stride=1, output_padding=0, padding=0, dilation=1):
    return (input_size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1

# %% dilation_before_output_padding: The positional order of output_padding and dilation is swapped.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1, output_padding=0):
    steps = (input_size - 1) * stride
    kernel = dilation * (kernel_size - 1) + 1
    return steps + kernel - 2 * padding + output_padding

# %% returns_float: Computes with floats through 2.0 and returns a float.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    return (input_size - 1) * stride - 2.0 * padding + dilation * (kernel_size - 1) + output_padding + 1

# %% refuses_output_padding_of_the_stride: Raises when output_padding is not below the stride, although the formula holds there, too, for instance with a dilation.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    if output_padding >= stride:
        raise ValueError("output_padding must be smaller than stride")
    return (input_size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1

# %% default_stride_two: The stride defaults to 2 as in the U-Net.
def conv_transpose_output_size(input_size, kernel_size, stride=2, padding=0, output_padding=0, dilation=1):
    return (input_size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1

# %% one_value_counts_as_two: An input of size 1 is treated as if it had a step, because the number of steps is kept at least 1.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    steps = max(1, input_size - 1)
    return steps * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1

# %% smallest_inverse_of_the_forward_formula: Searches the smallest size that the forward convolution maps back, and adds output_padding only when the stride is above 1.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    # the smallest n with conv_output_size(n) == input_size
    n = 1
    while (n + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1 < input_size:
        n += 1
    return n + (output_padding if stride > 1 else 0)

# %% builds_a_layer: Asks a real nn.ConvTranspose1d and so moves the global random generator.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    layer = nn.ConvTranspose1d(1, 1, kernel_size, stride, padding, output_padding, dilation=dilation)
    return layer(torch.zeros(1, 1, input_size)).shape[-1]

# %% two_padding_once_and_no_output_padding: Cuts the padding once, and ignores output_padding.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    return stride * (input_size - 1) + dilation * (kernel_size - 1) + 1 - padding

# %% two_dilation_in_the_stride_and_missing_cut: Multiplies the steps by the dilation, and cuts no padding where output_padding is given.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    out = (input_size - 1) * stride * dilation + dilation * (kernel_size - 1) + 1
    if output_padding:
        out += output_padding
    else:
        out -= 2 * padding
    return out

# %% two_stride_times_input_and_dilated_kernel: Multiplies the whole input by the stride, and ignores the dilation.
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    return input_size * stride - 2 * padding + kernel_size - 1 + output_padding
