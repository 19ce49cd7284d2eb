# %% modes_of_all_modules: Remembers and restores the mode of every module.
def evaluate(model, loader, device="cpu"):
    modes = {m: m.training for m in model.modules()}
    model.eval()
    right = total = 0
    with torch.no_grad():
        for images, labels in loader:
            predictions = model(images.to(device)).argmax(dim=1)
            right += (predictions == labels.to(device)).sum().item()
            total += labels.size(0)
    for m, mode in modes.items():
        m.training = mode
    return right / total

# %% was_training_flag: Remembers model.training and calls train(was_training), the common form.
def evaluate(model, loader, device="cpu"):
    was_training = model.training
    model.eval()
    correct, count = 0, 0
    with torch.no_grad():
        for x, y in loader:
            x, y = x.to(device), y.to(device)
            correct += (model(x).argmax(1) == y).sum().item()
            count += len(y)
    model.train(was_training)
    return correct / count

# %% decorator_no_grad: torch.no_grad as a decorator, restored in finally.
@torch.no_grad()
def evaluate(model, loader, device="cpu"):
    training = [(module, module.training) for module in model.modules()]
    try:
        model.eval()
        hits = []
        for images, labels in loader:
            logits = model(images.to(device))
            hits.extend((logits.max(1).indices == labels.to(device)).tolist())
        return sum(hits) / len(hits)
    finally:
        for module, flag in training:
            module.training = flag

# %% context_manager_for_mode: A contextmanager puts the modules into eval mode and back.
from contextlib import contextmanager

@contextmanager
def eval_mode(model):
    before = [m for m in model.modules() if m.training]
    model.eval()
    try:
        yield model
    finally:
        for m in before:
            m.training = True

def evaluate(model, loader, device="cpu"):
    right = n = 0
    with eval_mode(model), torch.no_grad():
        for images, labels in loader:
            guess = torch.argmax(model(images.to(device)), dim=-1)
            right += int(torch.eq(guess, labels.to(device)).sum())
            n += guess.numel()
    return right / n

# %% inference_mode: torch.inference_mode and counts in a tensor.
def evaluate(model, loader, device="cpu") -> float:
    mode = model.training
    flags = {name: m.training for name, m in model.named_modules()}
    model.eval()
    with torch.inference_mode():
        counts = torch.zeros(2, dtype=torch.int64)
        for X, y in loader:
            pred = model(X.to(device)).argmax(1).cpu()
            counts += torch.tensor([(pred == y.cpu()).sum(), len(y)])
    for name, m in model.named_modules():
        m.training = flags.get(name, mode)
    right, total = counts.tolist()
    return right / total

# %% concatenated_predictions: Concatenates all predictions and labels first.
def evaluate(model, loader, device="cpu"):
    was = model.training
    states = [m.training for m in model.modules()]
    model.eval()
    predictions, truths = [], []
    with torch.no_grad():
        for images, labels in loader:
            predictions.append(model(images.to(device)).argmax(1).cpu())
            truths.append(labels.cpu())
    for m, s in zip(model.modules(), states):
        m.training = s
    assert model.training == was
    return (torch.cat(predictions) == torch.cat(truths)).float().mean().item()

# %% numpy_comparison: Compares in numpy.
def evaluate(model, loader, device="cpu"):
    modes = dict((id(m), m.training) for m in model.modules())
    model.train(False)
    richtig = 0
    alle = 0
    with torch.no_grad():
        for bilder, klassen in loader:
            antworten = model(bilder.to(device)).cpu().numpy().argmax(axis=1)
            richtig += int(np.count_nonzero(antworten == klassen.cpu().numpy()))
            alle += len(antworten)
    for m in model.modules():
        m.training = modes[id(m)]
    return float(richtig / alle)

# %% set_grad_enabled: Switches gradients off and on again by torch.set_grad_enabled.
def evaluate(model, loader, device="cpu"):
    old_grad = torch.is_grad_enabled()
    old_mode = [(m, m.training) for m in model.modules()]
    torch.set_grad_enabled(False)
    model.eval()
    try:
        n_right, n_all = 0, 0
        for batch in loader:
            x = batch[0].to(device)
            y = batch[1].to(device)
            _, predicted = torch.max(model(x), 1)
            n_right += (predicted == y).sum().item()
            n_all += y.size(0)
    finally:
        torch.set_grad_enabled(old_grad)
        for m, t in old_mode:
            m.training = t
    return n_right / n_all

# %% topk_one_liner: topk and a sum over a list of pairs.
def evaluate(model, loader, device="cpu"):
    keep = {m: m.training for m in model.modules()}
    model.eval()
    with torch.no_grad():
        pairs = [((model(x.to(device)).topk(1, dim=1).indices.squeeze(1) == y.to(device)).sum().item(), len(y)) for x, y in loader]
    for m in keep: m.training = keep[m]
    return sum(p[0] for p in pairs) / sum(p[1] for p in pairs)

# %% if_training_train_again: If the model was training it is put into training mode again, else it stays in eval mode.
def evaluate(model, loader, device = "cpu"):
    # remember the mode
    model_was_training = model.training
    model.eval()
    number_correct = 0
    number_total = 0
    with torch.no_grad():
        for images, labels in loader:
            images = images.to(device)
            labels = labels.to(device)
            logits = model(images)
            answers = logits.argmax(dim = 1)
            correct = (answers == labels)
            number_correct = number_correct + correct.sum().item()
            number_total = number_total + len(labels)
            # print(number_correct, number_total)
    if model_was_training == True:
        model.train()
    accuracy = number_correct / number_total
    return accuracy

# %% wrapped_by_decorator: A functools.wraps decorator keeps the modes of all modules.
import functools

def keeps_modes(function):
    @functools.wraps(function)
    def wrapper(model, *args, **kwargs):
        modes = [(m, m.training) for m in model.modules()]
        try:
            return function(model.eval(), *args, **kwargs)
        finally:
            for m, mode in modes:
                m.training = mode
    return wrapper

@keeps_modes
@torch.no_grad()
def evaluate(model, loader, device="cpu"):
    right, total = 0, 0
    for x, y in loader:
        right += (model(x.to(device)).argmax(-1) == y.to(device)).sum().item()
        total += y.numel()
    return right / total

# %% tensor_as_result: Counts in a tensor, and the result is a 0-d tensor without a graph.
def evaluate(model, loader, device="cpu"):
    was_training = model.training
    model.eval()
    correct, total = 0, 0
    with torch.no_grad():
        for x, y in loader:
            x, y = x.to(device), y.to(device)
            correct += (model(x).argmax(1) == y).sum()
            total += y.size(0)
    model.train(was_training)
    return correct / total
