# %% one_bias: Counts the biases of one convolution only.
def kernel_size_table(kernel_sizes, input_size):
    return [{"kernel_size": k, "parameters": k * k * 16 + k * k * 256 + 16, "receptive_field": 2 * k - 1, "output_size": input_size - 2 * k + 2} for k in kernel_sizes]

# %% doubled_field: The receptive field is 2 k, without the overlap.
def kernel_size_table(kernel_sizes, input_size):
    return [{"kernel_size": k, "parameters": k * k * 272 + 32, "receptive_field": 2 * k, "output_size": input_size - 2 * k + 2} for k in kernel_sizes]

# %% one_convolution_output: The output size after the first convolution.
def kernel_size_table(kernel_sizes, input_size):
    return [{"kernel_size": k, "parameters": k * k * 272 + 32, "receptive_field": 2 * k - 1, "output_size": input_size - k + 1} for k in kernel_sizes]

# %% first_kernel_only: Returns within the loop, so that the table has one row.
def kernel_size_table(kernel_sizes, input_size):
    rows = []
    for k in kernel_sizes:
        rows.append({"kernel_size": k, "parameters": k * k * 272 + 32, "receptive_field": 2 * k - 1, "output_size": input_size - 2 * k + 2})
        return rows

# %% sorted_rows: Sorts the kernel sizes and drops doubles.
def kernel_size_table(kernel_sizes, input_size):
    return [{"kernel_size": k, "parameters": k * k * 272 + 32, "receptive_field": 2 * k - 1, "output_size": input_size - 2 * k + 2} for k in sorted(set(kernel_sizes))]
