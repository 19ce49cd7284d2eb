# %% named_layers: An OrderedDict of names.
def small_cnn():
    from collections import OrderedDict
    return nn.Sequential(OrderedDict(
        conv=nn.Conv2d(1, 16, (3, 3), padding=(1, 1)), act=nn.ReLU(), pool=nn.MaxPool2d(2),
        flat=nn.Flatten(), out=nn.Linear(16 * 14 * 14, 10)))

# %% appended: Built with append, in two nested parts.
def small_cnn():
    features = nn.Sequential()
    features.append(nn.Conv2d(1, 16, 3, padding="same"))
    features.append(nn.ReLU(inplace=True))
    features.append(nn.MaxPool2d(kernel_size=2, stride=2))
    head = nn.Sequential(nn.Flatten(start_dim=1), nn.Linear(3136, 10))
    return nn.Sequential(features, head)
