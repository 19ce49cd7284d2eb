# %% seeded_once: Seeds only before the first network, so the second has other initial weights and other batches.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    torch.manual_seed(seed)
    result = {}
    for name, bn in (("plain", False), ("batchnorm", True)):
        model = DeepCNN(batch_norm=bn)
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        losses = []
        for _ in range(steps):
            idx = torch.randint(0, len(images), (batch_size,))
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            opt.zero_grad()
            loss.backward()
            opt.step()
            losses.append(loss.item())
        result[name] = losses
    return result

# %% networks_made_before_loop: Makes both networks after one seed and then trains them on the same batches, so their initial weights differ.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    torch.manual_seed(seed)
    models = {"plain": DeepCNN(False), "batchnorm": DeepCNN(True)}
    gen = torch.Generator().manual_seed(seed)
    batches = [torch.randint(len(images), (batch_size,), generator=gen) for _ in range(steps)]
    curves = {}
    for key, model in models.items():
        optimizer = torch.optim.SGD(model.parameters(), lr=lr)
        curve = []
        for idx in batches:
            optimizer.zero_grad()
            loss = nn.CrossEntropyLoss()(model(images[idx]), labels[idx])
            loss.backward()
            optimizer.step()
            curve.append(loss.item())
        curves[key] = curve
    return curves

# %% seed_after_network: Seeds after the network is made, so the initial weights depend on the outside state.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    def run(bn):
        model = DeepCNN(batch_norm=bn)
        torch.manual_seed(seed)
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        out = []
        for _ in range(steps):
            idx = torch.randint(len(images), (batch_size,))
            opt.zero_grad()
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            loss.backward()
            opt.step()
            out.append(loss.item())
        return out
    return {"plain": run(False), "batchnorm": run(True)}

# %% seed_ignored: Ignores the argument seed and always seeds with 0.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    history = {}
    for key in ["plain", "batchnorm"]:
        torch.manual_seed(0)
        net = DeepCNN(key == "batchnorm")
        sgd = torch.optim.SGD(net.parameters(), lr)
        history[key] = []
        for s in range(steps):
            pick = torch.randperm(len(images))[:batch_size]
            sgd.zero_grad()
            loss = F.cross_entropy(net(images[pick]), labels[pick])
            loss.backward()
            sgd.step()
            history[key].append(float(loss))
    return history

# %% seed_plus_one_for_batchnorm: Uses seed for the plain network and seed + 1 for the one with BatchNorm.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    result = {}
    for i, (name, bn) in enumerate([("plain", False), ("batchnorm", True)]):
        torch.manual_seed(seed + i)
        model = DeepCNN(bn)
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        result[name] = []
        for step in range(steps):
            start = (step * batch_size) % len(images)
            x, y = images[start:start + batch_size], labels[start:start + batch_size]
            opt.zero_grad()
            loss = F.cross_entropy(model(x), y)
            loss.backward()
            opt.step()
            result[name].append(loss.item())
    return result

# %% one_stream_of_batches: Draws batches for both networks from one generator that runs on, so they see different batches.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    rng = np.random.default_rng(seed)
    result = {}
    for name in ("plain", "batchnorm"):
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=(name == "batchnorm"))
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        losses = []
        for _ in range(steps):
            idx = torch.from_numpy(rng.integers(0, len(images), batch_size))
            opt.zero_grad()
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            loss.backward()
            opt.step()
            losses.append(loss.item())
        result[name] = losses
    return result

# %% second_network_continues_data: Trains the second network on the batches that follow those of the first.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    pos = 0
    out = {}
    for name, flag in {"plain": False, "batchnorm": True}.items():
        torch.manual_seed(seed)
        model = DeepCNN(flag)
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        out[name] = []
        for _ in range(steps):
            idx = [(pos + k) % len(images) for k in range(batch_size)]
            pos = (pos + batch_size) % len(images)
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            opt.zero_grad()
            loss.backward()
            opt.step()
            out[name].append(loss.item())
    return out

# %% batches_in_reverse_for_second: Gives the second network the same batches in reverse order, because the list of batches is emptied with pop from the other end.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    g = torch.Generator().manual_seed(seed)
    todo = [torch.randint(len(images), (batch_size,), generator=g) for _ in range(steps)]
    done = []
    result = {}
    for name in ("plain", "batchnorm"):
        torch.manual_seed(seed)
        model = DeepCNN(name == "batchnorm")
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        losses = []
        while todo:
            idx = todo.pop()
            done.append(idx)
            opt.zero_grad()
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            loss.backward()
            opt.step()
            losses.append(loss.item())
        todo, done = done, []
        result[name] = losses
    return result

# %% adam_instead_of_sgd: Uses Adam instead of plain SGD.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    def train(bn):
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=bn)
        opt = torch.optim.Adam(model.parameters(), lr=lr)
        losses = []
        for i in range(steps):
            g = torch.Generator().manual_seed(seed + i)
            idx = torch.randint(len(images), (batch_size,), generator=g)
            opt.zero_grad()
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            loss.backward()
            opt.step()
            losses.append(loss.item())
        return losses
    return {"plain": train(False), "batchnorm": train(True)}

# %% sgd_with_momentum: Uses SGD with momentum 0.9 instead of plain SGD.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    def train(bn):
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=bn)
        opt = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
        losses = []
        for i in range(steps):
            idx = torch.arange(i * batch_size, (i + 1) * batch_size) % len(images)
            opt.zero_grad()
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            loss.backward()
            opt.step()
            losses.append(loss.item())
        return losses
    return {"plain": train(False), "batchnorm": train(True)}

# %% sgd_with_weight_decay: Uses SGD with weight decay instead of plain SGD.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    losses = {"plain": [], "batchnorm": []}
    for name in losses:
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=name == "batchnorm")
        opt = torch.optim.SGD(model.parameters(), lr=lr, weight_decay=0.01)
        for i in range(steps):
            idx = torch.arange(i * batch_size, (i + 1) * batch_size) % len(images)
            opt.zero_grad()
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            loss.backward()
            opt.step()
            losses[name].append(loss.item())
    return losses

# %% lr_ignored: Ignores the argument lr and always uses 0.1.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    losses = {"plain": [], "batchnorm": []}
    for name in losses:
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=name == "batchnorm")
        opt = torch.optim.SGD(model.parameters(), lr=0.1)
        for i in range(steps):
            idx = torch.arange(i * batch_size, (i + 1) * batch_size) % len(images)
            opt.zero_grad()
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            loss.backward()
            opt.step()
            losses[name].append(loss.item())
    return losses

# %% smaller_lr_for_plain: Trains the plain network with a tenth of the learning rate.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    losses = {}
    for name, bn, rate in [("plain", False, lr / 10), ("batchnorm", True, lr)]:
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=bn)
        opt = torch.optim.SGD(model.parameters(), lr=rate)  # plain diverges otherwise
        losses[name] = []
        for i in range(steps):
            idx = torch.arange(i * batch_size, (i + 1) * batch_size) % len(images)
            opt.zero_grad()
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            loss.backward()
            opt.step()
            losses[name].append(loss.item())
    return losses

# %% batch_size_ignored: Ignores the argument batch_size and always takes 64 images.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    losses = {"plain": [], "batchnorm": []}
    for name in losses:
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=name == "batchnorm")
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        for _ in range(steps):
            idx = torch.randint(0, images.size(0), (64,))
            opt.zero_grad()
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            loss.backward()
            opt.step()
            losses[name].append(loss.item())
    return losses

# %% full_batch: Trains on all images in every step instead of on batches.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    losses = {"plain": [], "batchnorm": []}
    for name in losses:
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=name == "batchnorm")
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        for _ in range(steps):
            opt.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            opt.step()
            losses[name].append(loss.item())
    return losses

# %% stops_after_one_epoch: Walks the images only once, so the lists are shorter than steps when the images run out.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    dataset = torch.utils.data.TensorDataset(images, labels)
    result = {}
    for name, bn in (("plain", False), ("batchnorm", True)):
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=bn)
        loader = torch.utils.data.DataLoader(dataset, batch_size=batch_size, shuffle=True)
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        losses = []
        for step, (x, y) in enumerate(loader):
            if step == steps:
                break
            opt.zero_grad()
            loss = F.cross_entropy(model(x), y)
            loss.backward()
            opt.step()
            losses.append(loss.item())
        result[name] = losses
    return result

# %% whole_epochs: Checks the number of steps only between epochs, so the lists are longer than steps unless it is a multiple of the batches per epoch.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    data = torch.utils.data.TensorDataset(images, labels)
    result = {}
    for name, bn in (("plain", False), ("batchnorm", True)):
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=bn)
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        loader = torch.utils.data.DataLoader(data, batch_size=batch_size, shuffle=True)
        losses = []
        while len(losses) < steps:
            for x, y in loader:
                opt.zero_grad()
                loss = F.cross_entropy(model(x), y)
                loss.backward()
                opt.step()
                losses.append(loss.item())
        result[name] = losses
    return result

# %% slices_run_off_the_end: Slices images[step * batch_size:] without starting over, so later batches are empty and the loss is nan when the images run out.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    losses = {"plain": [], "batchnorm": []}
    for name in losses:
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=name == "batchnorm")
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        for step in range(steps):
            x = images[step * batch_size:(step + 1) * batch_size]
            y = labels[step * batch_size:(step + 1) * batch_size]
            opt.zero_grad()
            loss = F.cross_entropy(model(x), y)
            loss.backward()
            opt.step()
            losses[name].append(loss.item())
    return losses

# %% loss_after_the_step: Records the loss of each batch after the update instead of before it.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    result = {"plain": [], "batchnorm": []}
    for name in result:
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=name == "batchnorm")
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        for i in range(steps):
            idx = torch.arange(i * batch_size, (i + 1) * batch_size) % len(images)
            opt.zero_grad()
            F.cross_entropy(model(images[idx]), labels[idx]).backward()
            opt.step()
            with torch.no_grad():
                result[name].append(F.cross_entropy(model(images[idx]), labels[idx]).item())
    return result

# %% running_mean_of_losses: Records the mean of all losses so far instead of the loss of each step.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    result = {"plain": [], "batchnorm": []}
    for name in result:
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=name == "batchnorm")
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        total = 0.0
        for i in range(steps):
            idx = torch.arange(i * batch_size, (i + 1) * batch_size) % len(images)
            opt.zero_grad()
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            loss.backward()
            opt.step()
            total += loss.item()
            result[name].append(total / (i + 1))
    return result

# %% summed_loss_recorded: Records loss times batch size instead of the mean loss of the batch.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    result = {"plain": [], "batchnorm": []}
    for name in result:
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=name == "batchnorm")
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        for i in range(steps):
            idx = torch.randint(len(images), (batch_size,))
            opt.zero_grad()
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            loss.backward()
            opt.step()
            result[name].append(loss.item() * len(idx))
    return result

# %% lists_of_tensors: Appends the loss tensors with their graphs instead of floats.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    result = {"plain": [], "batchnorm": []}
    for name in result:
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=name == "batchnorm")
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        for i in range(steps):
            idx = torch.randint(len(images), (batch_size,))
            opt.zero_grad()
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            loss.backward()
            opt.step()
            result[name].append(loss)
    return result

# %% pair_instead_of_dict: Returns a pair of lists instead of a dict.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    def curve(bn):
        torch.manual_seed(seed)
        net = DeepCNN(bn)
        opt = torch.optim.SGD(net.parameters(), lr=lr)
        vals = []
        for i in range(steps):
            idx = torch.randint(len(images), (batch_size,))
            opt.zero_grad()
            l = F.cross_entropy(net(images[idx]), labels[idx])
            l.backward()
            opt.step()
            vals.append(l.item())
        return vals
    plain, batchnorm = curve(False), curve(True)
    return plain, batchnorm

# %% keys_by_flag: Uses the keys False and True instead of "plain" and "batchnorm".
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    result = {}
    for bn in (False, True):
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=bn)
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        result[bn] = []
        for i in range(steps):
            idx = torch.randint(len(images), (batch_size,))
            opt.zero_grad()
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            loss.backward()
            opt.step()
            result[bn].append(loss.item())
    return result

# %% curves_swapped: Returns the curve with BatchNorm under "plain" and the other way round.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    curves = []
    for bn in (True, False):
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=bn)
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        losses = []
        for i in range(steps):
            idx = torch.randint(len(images), (batch_size,))
            opt.zero_grad()
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            loss.backward()
            opt.step()
            losses.append(loss.item())
        curves.append(losses)
    return dict(zip(("plain", "batchnorm"), curves))

# %% both_without_norm: Forgets to pass the flag on, so both curves are of the plain network.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    def train(batch_norm):
        torch.manual_seed(seed)
        model = DeepCNN()
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        losses = []
        for i in range(steps):
            idx = torch.randint(len(images), (batch_size,))
            opt.zero_grad()
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            loss.backward()
            opt.step()
            losses.append(loss.item())
        return losses
    return {"plain": train(batch_norm=False), "batchnorm": train(batch_norm=True)}

# %% trained_in_eval_mode: Trains the networks in eval mode, so BatchNorm uses its initial running statistics.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    result = {"plain": [], "batchnorm": []}
    for name in result:
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=name == "batchnorm").eval()
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        for i in range(steps):
            idx = torch.randint(len(images), (batch_size,))
            opt.zero_grad()
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            loss.backward()
            opt.step()
            result[name].append(loss.item())
    return result

# %% zero_grad_missing: Never zeroes the gradients, so every step moves along the sum of all gradients so far.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    result = {"plain": [], "batchnorm": []}
    for name in result:
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=name == "batchnorm")
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        for i in range(steps):
            idx = torch.randint(len(images), (batch_size,))
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            loss.backward()
            opt.step()
            result[name].append(loss.item())
    return result

# %% labels_not_permuted: Shuffles the images but not the labels, so the pairs do not belong together.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    result = {}
    for name, bn in [("plain", False), ("batchnorm", True)]:
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=bn)
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        shuffled = images[torch.randperm(len(images))]
        losses = []
        for step in range(steps):
            idx = torch.arange(step * batch_size, (step + 1) * batch_size) % len(images)
            opt.zero_grad()
            loss = F.cross_entropy(model(shuffled[idx]), labels[idx])
            loss.backward()
            opt.step()
            losses.append(loss.item())
        result[name] = losses
    return result

# %% images_normalised_in_place: Standardises the caller's images in place before training.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    images -= images.mean()
    images /= images.std()
    result = {"plain": [], "batchnorm": []}
    for name in result:
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=name == "batchnorm")
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        for i in range(steps):
            idx = torch.randint(len(images), (batch_size,))
            opt.zero_grad()
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            loss.backward()
            opt.step()
            result[name].append(loss.item())
    return result

# %% one_step_too_many: Runs the loop once too often, so the lists have steps + 1 entries.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    result = {"plain": [], "batchnorm": []}
    for name in result:
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=name == "batchnorm")
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        for i in range(0, steps + 1):
            idx = torch.randint(len(images), (batch_size,))
            opt.zero_grad()
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            loss.backward()
            opt.step()
            result[name].append(loss.item())
    return result

# %% cosine_schedule: Lowers the learning rate with a cosine schedule during the steps instead of keeping lr.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    result = {"plain": [], "batchnorm": []}
    for name in result:
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm=name == "batchnorm")
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        sched = torch.optim.lr_scheduler.CosineAnnealingLR(opt, T_max=steps)
        for i in range(steps):
            idx = torch.randint(len(images), (batch_size,))
            opt.zero_grad()
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            loss.backward()
            opt.step()
            sched.step()
            result[name].append(loss.item())
    return result

# %% two_seeded_once_and_momentum: Seeds only once for both networks, and uses SGD with momentum.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    torch.manual_seed(seed)
    out = {}
    for bn in (False, True):
        model = DeepCNN(bn)
        model.train()
        criterion = nn.CrossEntropyLoss()
        optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
        losses = []
        for _ in range(steps):
            idx = torch.randperm(images.shape[0])[:batch_size]
            optimizer.zero_grad()
            loss = criterion(model(images[idx]), labels[idx])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        out["batchnorm" if bn else "plain"] = losses
    return out

# %% two_tensors_and_first_step_lost: Records detached tensors, and never takes a gradient step in the first step because it zeroes the gradients after backward there.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    out = {}
    for key in ("plain", "batchnorm"):
        torch.manual_seed(seed)
        net = DeepCNN(key == "batchnorm")
        opt = torch.optim.SGD(net.parameters(), lr=lr)
        curve = []
        for step in range(steps):
            idx = torch.randint(len(images), (batch_size,))
            loss = F.cross_entropy(net(images[idx]), labels[idx])
            if step > 0:
                opt.zero_grad()
            loss.backward()
            if step == 0:
                opt.zero_grad()
            opt.step()
            curve.append(loss.detach().clone())
        out[key] = curve
    return out

# %% two_lr_ignored_and_short: Ignores lr, and leaves out the last step.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    out = {"plain": [], "batchnorm": []}
    for key, curve in out.items():
        torch.manual_seed(seed)
        net = DeepCNN(key == "batchnorm")
        opt = torch.optim.SGD(net.parameters(), lr=1e-1)
        for step in range(1, steps):
            idx = torch.randint(len(images), (batch_size,))
            opt.zero_grad()
            loss = F.cross_entropy(net(images[idx]), labels[idx])
            loss.backward()
            opt.step()
            curve.append(loss.item())
    return out

# %% two_softmax_and_different_batches: Applies softmax before the cross-entropy, and lets the second network see other batches.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    order = torch.Generator().manual_seed(seed)
    out = {}
    for key in ("plain", "batchnorm"):
        torch.manual_seed(seed)
        net = DeepCNN(key == "batchnorm")
        opt = torch.optim.SGD(net.parameters(), lr=lr)
        curve = []
        for step in range(steps):
            idx = torch.randint(len(images), (batch_size,), generator=order)
            opt.zero_grad()
            loss = F.cross_entropy(F.softmax(net(images[idx]), dim=1), labels[idx])
            loss.backward()
            opt.step()
            curve.append(loss.item())
        out[key] = curve
    return out

# %% other_lr_by_default: By default the learning rate is 0.01.
def compare_batchnorm(images, labels, lr=0.01, steps=60, batch_size=64, seed=0):
    curves = {}
    for name, norm in ("plain", False), ("batchnorm", True):
        torch.manual_seed(seed)
        model = DeepCNN(norm)
        optimizer = torch.optim.SGD(model.parameters(), lr=lr)
        g = torch.Generator().manual_seed(seed)
        curves[name] = []
        for _ in range(steps):
            rows = torch.randint(len(images), (batch_size,), generator=g)
            loss = F.cross_entropy(model(images[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            curves[name].append(loss.item())
    return curves

# %% other_batch_size_by_default: By default a batch has 16 images.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=16, seed=0):
    curves = {}
    for name, norm in ("plain", False), ("batchnorm", True):
        torch.manual_seed(seed)
        model = DeepCNN(norm)
        optimizer = torch.optim.SGD(model.parameters(), lr=lr)
        g = torch.Generator().manual_seed(seed)
        curves[name] = []
        for _ in range(steps):
            rows = torch.randint(len(images), (batch_size,), generator=g)
            loss = F.cross_entropy(model(images[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            curves[name].append(loss.item())
    return curves

# %% random_seed_by_default: By default the seed is another one in each call.
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=None):
    curves = {}
    seed = torch.seed() % 1000 if seed is None else seed
    for name, norm in ("plain", False), ("batchnorm", True):
        torch.manual_seed(seed)
        model = DeepCNN(norm)
        optimizer = torch.optim.SGD(model.parameters(), lr=lr)
        g = torch.Generator().manual_seed(seed)
        curves[name] = []
        for _ in range(steps):
            rows = torch.randint(len(images), (batch_size,), generator=g)
            loss = F.cross_entropy(model(images[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            curves[name].append(loss.item())
    return curves
