# %% ylabel_hidden: The names as ylabels, which axis("off") hides.
def plot_denoising(clean, noisy, denoised):
    n = len(clean)
    fig, axes = plt.subplots(3, n, squeeze=False)
    for row, (name, images) in enumerate([("clean", clean), ("noisy", noisy), ("denoised", denoised)]):
        for column in range(n):
            axes[row, column].imshow(images[column, 0].detach().numpy(), vmin=0, vmax=1)
            axes[row, column].axis("off")
        axes[row, 0].set_ylabel(name)
    return fig

# %% no_scale: Without vmin and vmax.
def plot_denoising(clean, noisy, denoised):
    n = len(clean)
    fig, axes = plt.subplots(3, n, squeeze=False)
    for row, (name, images) in enumerate([("clean", clean), ("noisy", noisy), ("denoised", denoised)]):
        for column in range(n):
            axes[row, column].imshow(images[column, 0].detach().numpy())
            axes[row, column].axis("off")
        axes[row, 0].set_title(name)
    return fig

# %% transposed: Three columns, and a row for each image.
def plot_denoising(clean, noisy, denoised):
    n = len(clean)
    fig, axes = plt.subplots(n, 3, squeeze=False)
    for k, (name, images) in enumerate([("clean", clean), ("noisy", noisy), ("denoised", denoised)]):
        for i in range(n):
            axes[i, k].imshow(images[i, 0].detach().numpy(), vmin=0, vmax=1)
        axes[0, k].set_title(name)
    return fig

# %% noisy_and_denoised_swapped: The second and the third row show each other's images.
def plot_denoising(clean, noisy, denoised):
    n = len(clean)
    fig, axes = plt.subplots(3, n, squeeze=False)
    for row, (name, images) in enumerate([("clean", clean), ("noisy", denoised), ("denoised", noisy)]):
        for column in range(n):
            axes[row, column].imshow(images[column, 0].detach().numpy(), vmin=0, vmax=1)
        axes[row, 0].set_title(name)
    return fig

# %% one_image_fails: Without squeeze=False, so that one image fails.
def plot_denoising(clean, noisy, denoised):
    n = len(clean)
    fig, axes = plt.subplots(3, n)
    for row, (name, images) in enumerate([("clean", clean), ("noisy", noisy), ("denoised", denoised)]):
        for column in range(n):
            axes[row, column].imshow(images[column, 0].detach().numpy(), vmin=0, vmax=1)
        axes[row, 0].set_title(name)
    return fig

# %% third_title_missing: The title of the last row is missing.
def plot_denoising(clean, noisy, denoised):
    n = len(clean)
    fig, axes = plt.subplots(3, n, squeeze=False)
    for row, images in enumerate([clean, noisy, denoised]):
        for column in range(n):
            axes[row, column].imshow(images[column, 0].detach().numpy(), vmin=0, vmax=1)
    axes[0, 0].set_title("clean")
    axes[1, 0].set_title("noisy")
    return fig

# %% clamps_in_place: Clamps the noisy images in place before they are shown.
def plot_denoising(clean, noisy, denoised):
    n = len(clean)
    fig, axes = plt.subplots(3, n, squeeze=False)
    for row, (name, images) in enumerate([("clean", clean), ("noisy", noisy), ("denoised", denoised)]):
        images = images.detach().clamp_(0, 1)
        for column in range(n):
            axes[row, column].imshow(images[column, 0].numpy(), vmin=0, vmax=1)
        axes[row, 0].set_title(name)
    return fig

# %% at_most_eight: Shows eight images at most.
def plot_denoising(clean, noisy, denoised):
    n = min(len(clean), 8)
    fig, axes = plt.subplots(3, n, squeeze=False)
    for row, (name, images) in enumerate([("clean", clean), ("noisy", noisy), ("denoised", denoised)]):
        for column in range(n):
            axes[row, column].imshow(images[column, 0].detach().numpy(), vmin=0, vmax=1)
        axes[row, 0].set_title(name)
    return fig

# %% at_most_ten: Shows ten images at most.
def plot_denoising(clean, noisy, denoised):
    n = min(len(clean), 10)
    fig, axes = plt.subplots(3, n, squeeze=False)
    for row, (name, images) in enumerate([("clean", clean), ("noisy", noisy), ("denoised", denoised)]):
        for column in range(n):
            axes[row, column].imshow(images[column, 0].detach().numpy(), vmin=0, vmax=1)
        axes[row, 0].set_title(name)
    return fig

# %% clean_with_gradients_fails: clean and noisy may not require gradients.
def plot_denoising(clean, noisy, denoised):
    from matplotlib.figure import Figure
    f = Figure()
    n = len(clean)
    ax = f.subplots(3, n, squeeze=False)
    for r, (name, x) in enumerate((("clean", clean), ("noisy", noisy), ("denoised", denoised.detach()))):
        for i in range(n):
            ax[r][i].imshow(x[i, 0].numpy(), vmin=0, vmax=1, cmap="gray")
        ax[r][0].set_title(name)
    return f
