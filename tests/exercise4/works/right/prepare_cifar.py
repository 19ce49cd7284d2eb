# %% permute: from_numpy, permute, float, / 255.
def prepare_cifar(images, labels):
    x = torch.from_numpy(images).permute(0, 3, 1, 2).float() / 255
    return x, torch.tensor(labels, dtype=torch.int64)

# %% numpy_first: All in numpy, then torch.
def prepare_cifar(images, labels):
    array = np.transpose(images, (0, 3, 1, 2)).astype(np.float32) / np.float32(255.0)
    y = np.asarray(labels, dtype=np.int64)
    return torch.from_numpy(np.ascontiguousarray(array)), torch.from_numpy(y)
