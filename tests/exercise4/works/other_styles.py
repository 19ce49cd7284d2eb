"""Right work in other styles than the solution's: loops, numpy, functional calls, pyplot without axes."""

import copy

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim


class ConvBNReLU(nn.Sequential):
    def __init__(self, in_channels, out_channels, kernel_size=3, stride=1):
        p = (kernel_size - kernel_size % 2) // 2
        super().__init__(
            nn.Conv2d(in_channels, out_channels, kernel_size, stride, p, bias=False),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(inplace=True),
        )


class ConvPoolBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.block = nn.Sequential(
            nn.Conv2d(in_channels, out_channels, 3, 1, 1, bias=False),
            nn.BatchNorm2d(out_channels),
            nn.MaxPool2d(2),  # max pooling and ReLU may change places
            nn.ReLU(),
        )

    def forward(self, x):
        return self.block(x)


def small_cnn():
    net = nn.Sequential()
    net.add_module("conv", nn.Conv2d(1, 16, 3, padding="same"))
    net.add_module("relu", nn.ReLU())
    net.add_module("pool", nn.MaxPool2d(2, 2))
    net.add_module("flat", nn.Flatten())
    net.add_module("fc", nn.LazyLinear(10))
    net(torch.zeros(1, 1, 28, 28))
    return net


class GapCNN(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.fc = nn.Linear(128, num_classes)
        self.a, self.b, self.c = (nn.Conv2d(i, o, 3, padding=1) for i, o in [(3, 32), (32, 64), (64, 128)])
        self.gap = nn.AdaptiveAvgPool2d(1)

    def forward(self, images):
        y = F.relu(F.max_pool2d(self.a(images), 2))
        y = F.relu(F.max_pool2d(self.b(y), 2))
        y = self.gap(F.relu(self.c(y)))
        return self.fc(torch.flatten(y, start_dim=1))


class DropoutCNN(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.c1, self.c2, self.c3 = nn.Conv2d(3, 32, 3, 1, 1), nn.Conv2d(32, 64, 3, 1, 1), nn.Conv2d(64, 128, 3, 1, 1)
        self.n1, self.n2, self.n3 = nn.BatchNorm2d(32), nn.BatchNorm2d(64), nn.BatchNorm2d(128)
        self.l1, self.l2 = nn.Linear(2048, 256), nn.Linear(256, num_classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.n1(self.c1(x))), 2)
        x = F.max_pool2d(F.relu(self.n2(self.c2(x))), 2)
        x = F.max_pool2d(F.relu(self.n3(self.c3(x))), 2)
        x = self.l1(x.view(x.size(0), -1))
        return self.l2(F.relu(F.dropout(x, 0.3, training=self.training)))


class StagedCNN(nn.Module):
    def __init__(self, in_channels, widths, num_classes):
        super().__init__()
        self.layers = nn.ModuleList()
        before = in_channels
        for i, width in enumerate(widths):
            self.layers.append(ConvBNReLU(before, width, stride=1 if i == 0 else 2))
            before = width
        self.out = nn.Linear(before, num_classes)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return self.out(F.adaptive_avg_pool2d(x, (1, 1)).squeeze(-1).squeeze(-1))


def skip_gradient_norm(depth, residual):
    x = torch.linspace(-1, 1, 5)
    x.requires_grad = True
    out = x
    for _ in range(depth):
        f = (out * 0.5).tanh()
        out = out + f if residual else f
    out.sum().backward()
    return float(torch.sqrt((x.grad**2).sum()))


def batch_norm_train(x, weight, bias, eps=1e-5):
    out = torch.empty_like(x)
    for c in range(x.shape[1]):
        part = x[:, c]
        m = part.mean()
        v = ((part - m) ** 2).mean()
        out[:, c] = (part - m) / (v + eps) ** 0.5 * weight[c] + bias[c]
    return out


def batch_norm_eval(x, running_mean, running_var, weight, bias, eps=1e-5):
    view = lambda t: t.view(1, -1, 1, 1)
    return view(weight) * (x - view(running_mean)) * torch.rsqrt(view(running_var) + eps) + view(bias)


def update_running(running_mean, running_var, x, momentum=0.1):
    flat = x.transpose(0, 1).flatten(1).numpy()
    mean = torch.from_numpy(flat.mean(axis=1))
    var = torch.from_numpy(flat.var(axis=1, ddof=1))
    return [torch.lerp(running_mean, mean, momentum), running_var + momentum * (var - running_var)]


def bias_cancels(conv, norm, x):
    if conv.bias is None:
        return True
    with torch.no_grad():
        y = F.conv2d(x, conv.weight, conv.bias, conv.stride, conv.padding, conv.dilation, conv.groups)
        z = F.conv2d(x, conv.weight, None, conv.stride, conv.padding, conv.dilation, conv.groups)
        return torch.allclose(copy.deepcopy(norm)(y), copy.deepcopy(norm)(z), rtol=0, atol=1e-4)


@torch.no_grad()
def predict(model, images):
    before = model.training
    try:
        return torch.max(model.eval()(images), dim=1)[1]
    finally:
        model.train(before)


def pick_device():
    if torch.cuda.is_available():
        return torch.device("cuda:0")
    return torch.device("cpu")


def move_batch(batch, device):
    moved = []
    for t in batch:
        moved.append(t.to(device=device, non_blocking=True))
    return moved


def to_numpy(tensor):
    if tensor.is_cuda:
        tensor = tensor.cpu()
    return np.array(tensor.detach())


def normalize_images(images, mean, std):
    out = images.clone()
    for c in range(images.size(1)):
        out[:, c] = (images[:, c] - mean[c]) / std[c]
    return out


def prepare_cifar(images, labels):
    x = np.transpose(images.astype(np.float32) / 255.0, (0, 3, 1, 2))
    return torch.tensor(x), torch.LongTensor(labels)


def confusion_matrix(labels, predictions, num_classes):
    return torch.bincount(labels * num_classes + predictions, minlength=num_classes**2).reshape(num_classes, num_classes)


def overfit_one_batch(model, images, labels, steps):
    opt = optim.Adam(model.parameters(), lr=1e-2)
    criterion = nn.CrossEntropyLoss()
    model.train()
    history = []
    for step in range(steps):
        opt.zero_grad(set_to_none=False)
        loss = criterion(model(images), labels)
        loss.backward()
        opt.step()
        history += [float(loss.detach())]
    return history


def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    criterion = nn.MSELoss(reduction="sum")
    opt = optim.Adam(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        model.train()
        epoch_losses, sizes = [], []
        for batch in loader:
            x = batch[0]
            noisy = torch.clip(x + torch.normal(0.0, 1.0, size=x.shape) * noise_factor, 0.0, 1.0)
            loss = criterion(model(noisy), x) / x.numel()
            opt.zero_grad()
            loss.backward()
            opt.step()
            epoch_losses.append(loss.item())
            sizes.append(x.size(0))
        losses.append(float(np.average(epoch_losses, weights=sizes)))
    return losses


def fit(model, train_loader, test_loader, epochs, optimizer, criterion, scheduler=None):
    history = {"train_loss": [], "test_loss": [], "test_accuracy": [], "lr": []}

    def test():
        model.eval()
        loss, right, n = 0.0, 0.0, 0
        with torch.inference_mode():
            for x, y in test_loader:
                out = model(x)
                loss += float(criterion(out, y)) * x.size(0)
                right += float((out.max(1).indices == y).sum())
                n += x.size(0)
        return loss / n, right / n

    for epoch in range(epochs):
        model.train()
        running, n = 0.0, 0
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            running += loss.item() * x.size(0)
            n += x.size(0)
        if scheduler:
            scheduler.step()
        history["train_loss"].append(running / n)
        loss, accuracy = test()
        history["test_loss"].append(loss)
        history["test_accuracy"].append(accuracy)
        history["lr"].append(optimizer.param_groups[0]["lr"])
    return history


def kernel_size_table(kernel_sizes, input_size):
    rows = []
    for k in kernel_sizes:
        net = nn.Sequential(nn.Conv2d(1, 16, k), nn.Conv2d(16, 16, k))
        size = net(torch.zeros(1, 1, input_size, input_size)).shape[-1]
        count = sum(p.numel() for p in net.parameters())
        rows.append(dict(output_size=size, receptive_field=2 * k - 1, parameters=count, kernel_size=k))
    return rows


def dilated_receptive_field(dilations):
    net = nn.Sequential(*[nn.Conv2d(1, 1, 3, dilation=d) for d in dilations])
    return 1 + 2 * sum(dilations), sum(p.numel() for p in net.parameters())


def pool_or_stride(channels):
    return [nn.MaxPool2d(kernel_size=2, stride=2), nn.Sequential(nn.Conv2d(channels, channels, (3, 3), (2, 2), (1, 1)))]


def plot_feature_maps(features, max_channels=8):
    n = min(features.shape[0], max_channels)
    shown = features[:n].detach().numpy()
    plt.figure(figsize=(8, 4))
    for i in range(n):
        ax = plt.subplot(4, 4, i + 1)
        image = plt.imshow(shown[i], cmap="viridis", vmin=shown.min(), vmax=shown.max())
        plt.title(f"Channel {i}")
        plt.axis("off")
    plt.colorbar(image, ax=ax)
    plt.tight_layout()
    plt.show()


def plot_denoising(clean, noisy, denoised):
    n = clean.shape[0]
    fig = plt.figure()
    for column in range(n):
        for row, (title, images) in enumerate([("Clean", clean), ("Noisy", noisy), ("Denoised", denoised)]):
            ax = fig.add_subplot(3, n, row * n + column + 1)
            ax.imshow(images[column].squeeze(0).detach().numpy(), cmap="gray", clim=(0, 1))
            ax.set_xticks([])
            ax.set_yticks([])
            if column == 0:
                ax.set_ylabel(title)
    return fig


def plot_filters(weight):
    w = weight.data[:, 0].numpy()
    m = np.abs(w).max()
    rows = int(np.ceil(len(w) / 4))
    fig, axes = plt.subplots(rows, 4)
    for ax in axes.flat:
        ax.axis("off")
    for i, ax in enumerate(axes.flat[: len(w)]):
        ax.imshow(w[i], norm=plt.Normalize(-m, m))
        ax.set_title("Filter " + str(i) + f", {w[i].max():.1f}", loc="left")
    return axes


def plot_curves(history):
    e = list(range(1, 1 + len(history["test_loss"])))
    plt.figure()
    plt.subplot(2, 1, 1)
    plt.plot(e, history["test_loss"], "o-")
    plt.plot(e, history["train_loss"], "r--")
    plt.legend(["Test loss", "Train loss"])
    plt.xlabel("Epoch")
    plt.ylabel("Loss")
    plt.subplot(2, 1, 2)
    plt.plot(e, history["test_accuracy"], label="accuracy")
    plt.xlabel("Epochs")
    plt.ylabel("Test accuracy")


answers = dict(
    joins="B", deeper="c", projection="a", norm_place="b", norm_bias="a", norm_modes="C ", features="c", channels="b",
    labels="a", device="c", last_layer="b", skips="a",
)
