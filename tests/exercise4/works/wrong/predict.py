# %% always_train_afterwards: Leaves the model in training mode whatever it was in.
def predict(model, images):
    model.eval()
    with torch.no_grad():
        answers = model(images).argmax(dim=1)
    model.train()
    return answers

# %% stays_in_eval: Never restores the mode.
@torch.no_grad()
def predict(model, images):
    model.eval()
    return model(images).argmax(dim=1)

# %% no_eval: In the mode in which the model comes.
def predict(model, images):
    with torch.no_grad():
        return model(images).argmax(dim=1)

# %% gradients_computed: No torch.no_grad.
def predict(model, images):
    was = model.training
    model.eval()
    answers = model(images).argmax(dim=1)
    model.train(was)
    return answers

# %% magnitude: The place of the largest magnitude.
def predict(model, images):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    with torch.no_grad():
        answers = model(images).abs().argmax(dim=1)
    for m, mode in modes:
        m.training = mode
    return answers

# %% clears_the_gradients: Clears the gradients of the model on the way.
def predict(model, images):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    model.zero_grad()
    try:
        with torch.inference_mode():
            answers = model(images).argmax(dim=1)
    finally:
        for m, mode in modes:
            m.training = mode
    return answers.clone()

# %% gradients_off_for_good: Switches gradients off and never on again.
def predict(model, images):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    torch.set_grad_enabled(False)
    try:
        if True:
            answers = model(images).argmax(dim=1)
    finally:
        for m, mode in modes:
            m.training = mode
    return answers.clone()

# %% int32: The classes as int32.
def predict(model, images):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    try:
        with torch.inference_mode():
            answers = model(images).argmax(dim=1)
    finally:
        for m, mode in modes:
            m.training = mode
    return answers.int()
