# %% conditional: The common conditional expression.
def pick_device():
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")

# %% early_return: An early return, and the GPU by number.
def pick_device():
    if torch.cuda.is_available():
        return torch.device("cuda", 0)
    return torch.device("cpu")
