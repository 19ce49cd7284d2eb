# %% try_finally: inference_mode and a finally that restores the mode of every module.
def predict(model, images):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    try:
        with torch.inference_mode():
            answers = model(images).argmax(dim=1)
    finally:
        for m, mode in modes:
            m.training = mode
    return answers.clone()

# %% deepcopied_model: Asks a copy of the model in eval mode.
@torch.no_grad()
def predict(model, images):
    twin = copy.deepcopy(model).eval()
    values, places = twin(images).max(1)
    return places

# %% train_was: Restores the mode by train(was), the common form.
def predict(model, images):
    was = model.training
    model.eval()
    with torch.no_grad():
        answers = model(images).argmax(dim=1)
    model.train(was)
    return answers
