# %% plain_floor_division: The formula with // after two checks, in textbook style.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size <= 0 or kernel_size <= 0:
        raise ValueError("sizes must be positive")
    effective = dilation * (kernel_size - 1) + 1
    if effective > input_size + 2 * padding:
        raise ValueError("kernel does not fit")
    return (input_size + 2 * padding - effective) // stride + 1

# %% callable_object: An instance with __call__ is bound to the name.
class _Size:
    def __call__(self, input_size, kernel_size, stride=1, padding=0, dilation=1):
        self._check(input_size, kernel_size, stride, padding, dilation)
        free = input_size + 2 * padding - dilation * (kernel_size - 1) - 1
        if free < 0:
            raise ValueError(f"kernel {kernel_size} with dilation {dilation} is too large for {input_size}")
        return free // stride + 1

    @staticmethod
    def _check(*values):
        names = ("input_size", "kernel_size", "stride", "padding", "dilation")
        for name, value in zip(names, values):
            if value < (0 if name == "padding" else 1):
                raise ValueError(f"{name} = {value}")

conv_output_size = _Size()

# %% counts_window_positions: Counts the start positions with a range instead of using the formula.
def conv_output_size(input_size: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    if min(input_size, kernel_size) < 1:
        raise ValueError("input_size and kernel_size have to be at least 1")
    last_start = input_size + 2 * padding - dilation * (kernel_size - 1)
    starts = range(0, last_start, stride)
    if len(starts) == 0:
        raise ValueError("The dilated kernel does not fit into the padded input")
    return len(starts)

# %% lambda_with_raising_helper: A lambda bound to the name; a helper raises because a lambda cannot.
def _nein(grund):
    raise ValueError(grund)

conv_output_size = lambda input_size, kernel_size, stride=1, padding=0, dilation=1: (
    _nein("size not positive") if input_size < 1 or kernel_size < 1
    else _nein("kernel too large") if dilation * (kernel_size - 1) + 1 > input_size + 2 * padding
    else (input_size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1
)

# %% math_floor_of_a_quotient: Uses math.floor of a true division, and checks the result at the end.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size <= 0:
        raise ValueError("input_size must be > 0, got %d" % input_size)
    if kernel_size <= 0:
        raise ValueError("kernel_size must be > 0, got %d" % kernel_size)
    numerator = input_size + 2 * padding - dilation * (kernel_size - 1) - 1
    size = math.floor(numerator / stride) + 1
    if size <= 0:
        raise ValueError("output would be empty")
    return size

# %% beginner_many_temporaries: Verbose beginner style with many temporaries and prints that are commented out.
def conv_output_size(input_size, kernel_size, stride = 1, padding = 0, dilation = 1):
    # step 1: check the numbers
    if not (input_size > 0):
        raise ValueError("input size is not positive")
    if not (kernel_size > 0):
        raise ValueError("kernel size is not positive")
    # step 2: padding on both sides
    padding_left = padding
    padding_right = padding
    padded_size = padding_left + input_size + padding_right
    # print("padded", padded_size)
    # step 3: dilated kernel
    number_of_gaps = kernel_size - 1
    dilated_kernel = number_of_gaps * dilation
    dilated_kernel = dilated_kernel + 1
    # print("kernel", dilated_kernel)
    if dilated_kernel > padded_size:
        raise ValueError("kernel does not fit")
    # step 4: number of steps
    rest = padded_size - dilated_kernel
    steps = int(rest // stride)
    result = steps + 1
    # print("result", result)
    return result

# %% recursion_step_by_step: Recursion moves the kernel on by one stride until it no longer fits.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size < 1 or kernel_size < 1 or stride < 1 or dilation < 1:
        raise ValueError("not positive")

    def positions(room):
        return 0 if room < 0 else 1 + positions(room - stride)

    anzahl = positions(input_size + 2 * padding - dilation * (kernel_size - 1) - 1)
    if not anzahl:
        raise ValueError("kernel larger than input")
    return anzahl

# %% walrus_and_divmod: Walrus operator, divmod and a chained conditional.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if any(size <= 0 for size in (input_size, kernel_size, stride, dilation)):
        raise ValueError("all sizes must be positive")
    if (room := input_size + 2 * padding - (span := dilation * (kernel_size - 1) + 1)) < 0:
        raise ValueError(f"{span=} does not fit, {room=}")
    steps, _left_over = divmod(room, stride)
    return steps + 1

# %% dataclass_namespace: A frozen dataclass holds the geometry and has properties.
from dataclasses import dataclass

@dataclass(frozen=True)
class _Axis:
    size: int
    kernel: int
    stride: int
    padding: int
    dilation: int

    def __post_init__(self):
        if self.size <= 0 or self.kernel <= 0:
            raise ValueError("size is not positive")
        if self.span > self.padded:
            raise ValueError("dilated kernel does not fit")

    @property
    def padded(self):
        return self.size + 2 * self.padding

    @property
    def span(self):
        return self.dilation * (self.kernel - 1) + 1

    @property
    def out(self):
        return (self.padded - self.span) // self.stride + 1


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    return _Axis(input_size, kernel_size, stride, padding, dilation).out

# %% ceil_form: Uses the equivalent form ceil((padded - span + 1) / stride) by negative floor division.
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
  if input_size < 1 or kernel_size < 1:
    raise ValueError('size')
  places = input_size + 2*padding - dilation*(kernel_size - 1)
  if places < 1:
    raise ValueError('fit')
  return -(-places // stride)

# %% german_identifiers_one_liner: German identifiers in a decorated function that is validated by functools.wraps.
import functools

def prüfe_größen(funktion):
    @functools.wraps(funktion)
    def hülle(input_size, kernel_size, stride=1, padding=0, dilation=1):
        größe, kern = input_size, kernel_size
        if größe <= 0 or kern <= 0:
            raise ValueError("Größe nicht positiv")
        if dilation * (kern - 1) >= größe + 2 * padding:
            raise ValueError("Kern passt nicht")
        return funktion(input_size, kernel_size, stride, padding, dilation)
    return hülle

@prüfe_größen
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    return (input_size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1
