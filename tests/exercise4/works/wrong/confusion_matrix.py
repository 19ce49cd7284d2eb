# %% transposed: Rows are the predictions.
def confusion_matrix(labels, predictions, num_classes):
    return torch.bincount(predictions * num_classes + labels, minlength=num_classes**2).view(num_classes, num_classes)

# %% counted_once: Indexing adds one for doubles only once.
def confusion_matrix(labels, predictions, num_classes):
    table = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    table[labels, predictions] += 1
    return table

# %% float: Counts as float32.
def confusion_matrix(labels, predictions, num_classes):
    table = torch.zeros(num_classes, num_classes)
    for t, p in zip(labels, predictions):
        table[t, p] += 1
    return table

# %% shares: Rows as shares.
def confusion_matrix(labels, predictions, num_classes):
    table = torch.zeros(num_classes, num_classes)
    for t, p in zip(labels, predictions):
        table[t, p] += 1
    return table / table.sum(1, keepdim=True).clamp(min=1)

# %% classes_from_the_data: As many classes as the data has.
def confusion_matrix(labels, predictions, num_classes):
    n = int(max(labels.max(), predictions.max())) + 1
    table = torch.zeros(n, n, dtype=torch.int64)
    for t, p in zip(labels, predictions):
        table[t, p] += 1
    return table

# %% errors_only: The diagonal stays empty.
def confusion_matrix(labels, predictions, num_classes):
    table = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    for t, p in zip(labels, predictions):
        if t != p:
            table[t, p] += 1
    return table
