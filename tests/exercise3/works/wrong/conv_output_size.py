# %% ignores_dilation: The argument dilation is never used, neither in the formula nor in the check.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size < 1 or kernel_size < 1 or stride < 1:
        raise ValueError("sizes must be positive")
    if kernel_size > input_size + 2 * padding:
        raise ValueError("kernel does not fit")
    return (input_size - kernel_size + 2 * padding) // stride + 1

# %% padding_added_once: Adds the padding at one end only.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if min(input_size, kernel_size) <= 0:
        raise ValueError("non-positive size")
    padded = input_size + padding
    span = dilation * (kernel_size - 1) + 1
    if span > padded:
        raise ValueError(f"kernel of span {span} does not fit {padded}")
    return (padded - span) // stride + 1

# %% ceil_for_floor: Rounds the number of steps up, so that a last step that does not fit is counted.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size <= 0 or kernel_size <= 0:
        raise ValueError("sizes have to be > 0")
    numerator = input_size + 2 * padding - dilation * (kernel_size - 1) - 1
    if numerator < 0:
        raise ValueError("kernel too large")
    return math.ceil(numerator / stride) + 1

# %% plus_one_inside_the_division: The + 1 is added before dividing by the stride.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size <= 0 or kernel_size <= 0:
        raise ValueError("input_size and kernel_size must be positive")
    effective = dilation * (kernel_size - 1) + 1
    if effective > input_size + 2 * padding:
        raise ValueError("kernel larger than the padded input")
    return (input_size + 2 * padding - effective + 1) // stride

# %% true_division: Divides with / and forgets the floor, so the size is a float.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    for size in (input_size, kernel_size, stride, dilation):
        if size <= 0:
            raise ValueError(f"{size} is not positive")
    free = input_size + 2 * padding - dilation * (kernel_size - 1) - 1
    if free < 0:
        raise ValueError("dilated kernel does not fit")
    return free / stride + 1

# %% returns_numpy_float: np.floor gives a float64, which is returned as it is.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size <= 0 or kernel_size <= 0:
        raise ValueError("must be positive")
    if dilation * (kernel_size - 1) + 1 > input_size + 2 * padding:
        raise ValueError("does not fit")
    out = np.floor((input_size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride) + 1
    return out

# %% no_validation: Only the formula, no ValueError at all.
def conv_output_size(input_size: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    return (input_size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1

# %% checks_undilated_kernel: The fit is checked with kernel_size instead of the dilated kernel.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size <= 0 or kernel_size <= 0:
        raise ValueError("sizes must be positive")
    if kernel_size > input_size + 2 * padding:
        raise ValueError("kernel must fit into the padded input")
    return math.floor((input_size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride) + 1

# %% checks_unpadded_input: Compares the dilated kernel with the input without its padding and so refuses kernels that fit.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size <= 0 or kernel_size <= 0:
        raise ValueError("sizes must be positive")
    k_eff = dilation * (kernel_size - 1) + 1
    if k_eff > input_size:
        raise ValueError("kernel does not fit into the input")
    return (input_size + 2 * padding - k_eff) // stride + 1

# %% refuses_exact_fit: Uses >= in the check and so refuses a kernel that is exactly as long as the padded input.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size < 1 or kernel_size < 1 or stride < 1 or dilation < 1:
        raise ValueError("every size has to be at least 1")
    total = input_size + 2 * padding
    span = dilation * (kernel_size - 1) + 1
    if span >= total:
        raise ValueError("the kernel does not fit")
    return (total - span) // stride + 1

# %% int_truncates_towards_zero: int() cuts a small negative quotient to 0, so with a stride a kernel that is slightly too long passes the check of the result.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size <= 0 or kernel_size <= 0:
        raise ValueError("sizes must be positive")
    out = int((input_size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride) + 1
    if out <= 0:
        raise ValueError("output would be empty")
    return out

# %% only_checks_the_result: Only a result below 1 is refused, an empty input passes when its padding makes room for the kernel.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    out = (input_size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1
    if out < 1:
        raise ValueError(f"output size {out} is not positive")
    return out

# %% accepts_kernel_of_size_zero: The input is checked for being positive, the kernel is not.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size <= 0:
        raise ValueError("input_size must be positive")
    span = dilation * (kernel_size - 1) + 1
    if span > input_size + 2 * padding:
        raise ValueError("kernel does not fit")
    return (input_size + 2 * padding - span) // stride + 1

# %% zero_is_accepted: Refuses only negative sizes, although 0 is not positive.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size < 0 or kernel_size < 0:
        raise ValueError("negative size")
    room = input_size + 2 * padding - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("no room for the kernel")
    steps, _ = divmod(room, stride)
    return steps + 1

# %% asserts_instead_of_raising: Uses assert, so the caller gets an AssertionError and no ValueError.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    assert input_size > 0 and kernel_size > 0, "sizes must be positive"
    span = dilation * (kernel_size - 1) + 1
    assert span <= input_size + 2 * padding, "kernel does not fit"
    return (input_size + 2 * padding - span) // stride + 1

# %% clamps_to_zero: Returns 0 where the kernel does not fit instead of raising.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size <= 0 or kernel_size <= 0:
        raise ValueError("sizes must be positive")
    return max(0, (input_size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1)

# %% span_is_dilation_times_kernel: Takes dilation * kernel_size for the span of the dilated kernel.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size <= 0 or kernel_size <= 0:
        raise ValueError("sizes must be positive")
    dilated_kernel = dilation * kernel_size
    if dilated_kernel > input_size + 2 * padding:
        raise ValueError("dilated kernel too big")
    return (input_size + 2 * padding - dilated_kernel) // stride + 1

# %% dilation_counts_the_gaps: With dilation above 1 takes it for the number of holes between two kernel values.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size <= 0 or kernel_size <= 0:
        raise ValueError("sizes must be positive")
    k = kernel_size
    if dilation > 1:
        # put `dilation` zeros between the entries of the kernel
        k = kernel_size + (kernel_size - 1) * dilation
    if k > input_size + 2 * padding:
        raise ValueError("kernel does not fit")
    return (input_size + 2 * padding - k) // stride + 1

# %% same_padding_shortcut: Believes that padding = kernel_size // 2 always keeps the size (divided by the stride), also for even kernels and dilation.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size <= 0 or kernel_size <= 0:
        raise ValueError("sizes must be positive")
    span = dilation * (kernel_size - 1) + 1
    if span > input_size + 2 * padding:
        raise ValueError("kernel does not fit")
    if padding > 0 and padding == kernel_size // 2:
        return math.ceil(input_size / stride)  # "same" convolution
    return (input_size + 2 * padding - span) // stride + 1

# %% rounds_to_nearest: Rounds the quotient to the nearest whole number instead of down.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size <= 0 or kernel_size <= 0:
        raise ValueError("sizes must be positive")
    a = input_size + 2 * padding - dilation * (kernel_size - 1) - 1
    if a < 0:
        raise ValueError("kernel does not fit")
    return round(a / stride) + 1

# %% padding_before_stride: The positional order of stride and padding is swapped.
def conv_output_size(input_size, kernel_size, padding=0, stride=1, dilation=1):
    if input_size <= 0 or kernel_size <= 0:
        raise ValueError("sizes must be positive")
    k = dilation * (kernel_size - 1) + 1
    if k > input_size + 2 * padding:
        raise ValueError("kernel does not fit")
    return (input_size - k + 2 * padding) // stride + 1

# %% loop_stops_before_the_last_position: Counts the start positions in a range that leaves out a kernel ending exactly at the border.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size <= 0 or kernel_size <= 0:
        raise ValueError("sizes must be positive")
    total = input_size + 2 * padding
    reach = dilation * (kernel_size - 1) + 1
    if reach > total:
        raise ValueError("kernel does not fit")
    count = 0
    for start in range(0, max(total - reach, 1), stride):
        count += 1
    return count

# %% refuses_large_stride: Raises when the stride is larger than the kernel, which is legal.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size <= 0 or kernel_size <= 0 or stride <= 0:
        raise ValueError("sizes must be positive")
    if stride > kernel_size:
        raise ValueError("stride larger than the kernel skips pixels")
    n = input_size + 2 * padding - dilation * (kernel_size - 1) - 1
    if n < 0:
        raise ValueError("kernel does not fit")
    return n // stride + 1

# %% refuses_a_step_that_does_not_come_out: Raises ValueError where the stride does not divide the remaining length, instead of rounding down.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size <= 0 or kernel_size <= 0:
        raise ValueError("sizes must be positive")
    remaining = input_size + 2 * padding - (dilation * (kernel_size - 1) + 1)
    if remaining < 0:
        raise ValueError("kernel does not fit")
    if stride > 2 and remaining % stride:
        raise ValueError("stride does not fit")
    return remaining // stride + 1

# %% two_ceil_and_zero_input: Rounds up like ceil_mode, and accepts an input of size 0.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size <= 0 or input_size < 0:
        raise ValueError("bad size")
    rest = input_size + 2 * padding - dilation * (kernel_size - 1) - 1
    if rest < 0:
        raise ValueError("kernel does not fit")
    return -(-rest // stride) + 1

# %% two_padding_once_and_undilated_check: Adds the padding once, and checks the fit without the dilation.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size <= 0 or kernel_size <= 0:
        raise ValueError("sizes must be positive")
    if input_size + padding < kernel_size:
        raise ValueError("kernel does not fit")
    return (input_size + padding - dilation * (kernel_size - 1) - 1) // stride + 1

# %% two_dilated_stride_and_no_check_of_fit: Multiplies the stride by the dilation, and does not check the fit.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size <= 0 or kernel_size <= 0:
        raise ValueError("sizes must be positive")
    step = stride * dilation
    return (input_size + 2 * padding - dilation * (kernel_size - 1) - 1) // step + 1

# %% two_float_and_no_positive_check: Returns a float, and does not look whether the sizes are positive.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    effective_kernel = dilation * (kernel_size - 1) + 1
    if input_size + 2 * padding < effective_kernel:
        raise ValueError("kernel does not fit")
    return np.floor((input_size + 2 * padding - effective_kernel) / stride + 1)

# %% only_zero_is_not_positive: Only the size 0 raises, negative sizes do not.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    free = input_size + 2 * padding - dilation * (kernel_size - 1) - 1
    if input_size == 0 or kernel_size == 0 or free < 0:
        raise ValueError("impossible")
    return free // stride + 1
