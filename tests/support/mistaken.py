"""Work with a mistake that no hint explains, and whose place can be found."""

REFUSING = """
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if min(input_size, kernel_size, stride, dilation) < 1 or padding < 0:
        raise ValueError("not a size")
    if stride > kernel_size:
        raise ValueError("the stride is too large")
    last = input_size + 2 * padding - dilation * (kernel_size - 1) - 1
    if last < 0:
        raise ValueError("the kernel does not fit")
    return last // stride + 1
"""
"""Right, but for line 5: a stride may be larger than the kernel."""
