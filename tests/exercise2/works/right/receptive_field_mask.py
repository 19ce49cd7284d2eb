# %% backwards: Goes back layer by layer with a range of rows and one of columns.
def receptive_field_mask(layers, size, position):
    (r0, c0) = (r1, c1) = position
    for k, s, p in reversed(layers):
        r0, c0 = r0 * s - p, c0 * s - p
        r1, c1 = r1 * s - p + k - 1, c1 * s - p + k - 1
    mask = torch.zeros(size, size, dtype=torch.bool)
    mask[max(r0, 0) : max(r1 + 1, 0), max(c0, 0) : max(c1 + 1, 0)] = True
    return mask

# %% gradients: Gradients of convolutions of ones.
def receptive_field_mask(layers, size, position):
    x = torch.ones(1, 1, size, size, dtype=torch.float64, requires_grad=True)
    y = x
    for k, s, p in layers:
        y = F.conv2d(y, torch.ones(1, 1, k, k, dtype=torch.float64), stride=s, padding=p)
    y[0, 0, position[0], position[1]].backward()
    return x.grad[0, 0] > 0

# %% sets: Sets of rows and columns, clipped at every layer.
def receptive_field_mask(layers, size, position):
    sizes = [size]
    for k, s, p in layers:
        sizes.append((sizes[-1] + 2 * p - k) // s + 1)

    def back(index):
        indices = {index}
        for n, (k, s, p) in zip(sizes[-2::-1], layers[::-1]):
            indices = {i * s - p + t for i in indices for t in range(k)}
            indices = {i for i in indices if 0 <= i < n}
        return torch.tensor([i in indices for i in range(size)])

    return back(position[0])[:, None] & back(position[1])[None, :]

# %% outer_numpy: numpy's outer product; a torch tensor at the end.
def receptive_field_mask(layers, size, position):
    axes = []
    for index in position:
        start, stop = index, index + 1
        for k, s, p in layers[::-1]:
            start, stop = start * s - p, (stop - 1) * s - p + k
        n = np.arange(size)
        axes.append((n >= start) & (n < stop))
    return torch.from_numpy(np.logical_and.outer(*axes))

# %% recursive: Recursion from the last layer.
def receptive_field_mask(layers, size, position):
    def span(a, b, n):
        if n == 0:
            return a, b
        k, s, p = layers[n - 1]
        return span(a * s - p, b * s - p + k - 1, n - 1)

    (a, b), (c, d) = (span(i, i, len(layers)) for i in position)
    line = torch.arange(size)
    return ((line >= a) & (line <= b)).unsqueeze(1) * ((line >= c) & (line <= d))
