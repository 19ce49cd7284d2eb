# %% real_layers: Builds the layers and counts their parameters; the size by a formula.
def kernel_size_table(kernel_sizes, input_size):
    rows = []
    for k in kernel_sizes:
        net = nn.Sequential(nn.Conv2d(1, 16, k), nn.Conv2d(16, 16, k))
        rows.append({
            "kernel_size": k,
            "parameters": sum(p.numel() for p in net.parameters()),
            "receptive_field": 1 + 2 * (k - 1),
            "output_size": input_size - 2 * (k - 1),
        })
    return rows

# %% comprehension: A formula for each entry in a comprehension of dict calls.
def kernel_size_table(kernel_sizes, input_size):
    return [
        dict(output_size=input_size - 2 * k + 2, receptive_field=2 * k - 1, parameters=16 * k**2 + 256 * k * k + 32, kernel_size=k)
        for k in kernel_sizes
    ]
