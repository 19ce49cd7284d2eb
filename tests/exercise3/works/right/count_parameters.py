# %% generator_sum: The common one-liner over model.parameters().
def count_parameters(model, trainable_only=True):
    return sum(p.numel() for p in model.parameters() if p.requires_grad or not trainable_only)

# %% if_else_two_sums: Two sums, one for each case.
def count_parameters(model, trainable_only=True):
    if trainable_only:
        return sum(p.numel() for p in model.parameters() if p.requires_grad)
    else:
        return sum(p.numel() for p in model.parameters())

# %% recursion_with_seen_ids: Walks through the children recursively and remembers the ids of parameters.
def count_parameters(model, trainable_only=True):
    seen = set()

    def walk(module):
        total = 0
        for parameter in module._parameters.values():
            if parameter is None or id(parameter) in seen:
                continue
            seen.add(id(parameter))
            if parameter.requires_grad or not trainable_only:
                total += parameter.numel()
        for child in module._modules.values():
            if child is not None:
                total += walk(child)
        return total

    return walk(model)

# %% numpy_prod_of_shapes: Sums numpy products of the shapes.
def count_parameters(model: nn.Module, trainable_only: bool = True) -> int:
    params = [p for p in model.parameters()]
    if trainable_only:
        params = list(filter(lambda p: p.requires_grad, params))
    return int(sum(np.prod(tuple(p.shape), dtype=np.int64) for p in params))

# %% state_dict_keep_vars: Takes the parameters out of state_dict(keep_vars=True), each once by its id.
def count_parameters(model, trainable_only=True):
    unique = {id(v): v for v in model.state_dict(keep_vars=True).values() if isinstance(v, nn.Parameter)}
    return sum(v.numel() for v in unique.values() if v.requires_grad or not trainable_only)

# %% modules_without_recursion: Goes over modules() with parameters(recurse=False) and a set.
def count_parameters(model, trainable_only=True):
    every = set()
    for module in model.modules():
        every.update(module.parameters(recurse=False))
    total = 0
    for p in every:
        if trainable_only and not p.requires_grad:
            continue
        total += p.nelement()
    return total

# %% named_parameters_dict: Builds a dictionary from named_parameters and adds up with reduce.
from functools import reduce

def count_parameters(model, trainable_only=True):
    table = {name: p for name, p in model.named_parameters() if p.requires_grad or not trainable_only}
    return reduce(lambda total, name: total + table[name].numel(), table, 0)

# %% generator_helper_yield: A generator helper yields the sizes.
def _sizes(model, only):
    for p in model.parameters():
        if only and not p.requires_grad:
            continue
        yield math.prod(p.shape)

def count_parameters(model, trainable_only=True):
    return sum(_sizes(model, trainable_only))

# %% frozen_subtracted: Counts all, then subtracts the frozen ones.
def count_parameters(model, trainable_only=True):
    total = 0
    frozen = 0
    for parameter in model.parameters():
        n = parameter.numel()
        total = total + n
        if parameter.requires_grad == False:
            frozen = frozen + n
    if trainable_only == True:
        return total - frozen
    return total

# %% counter_object: A collections.Counter keyed by requires_grad.
from collections import Counter

def count_parameters(model, trainable_only=True):
    c = Counter()
    for p in model.parameters():
        c[p.requires_grad] += p.numel()
    return c[True] if trainable_only else c[True] + c[False]

# %% shape_loop_java_style: Java style with camelCase, an index loop and a product by hand.
class ParameterCounter:
    def __init__(self, theModel):
        self.theModel = theModel
        self.count = 0

    def addParameter(self, parameter):
        size = 1
        for i in range(len(parameter.shape)):
            size *= parameter.shape[i]
        self.count += size

    def getCount(self, trainableOnly):
        parameterList = list(self.theModel.parameters())
        for i in range(0, len(parameterList)):
            if (not trainableOnly) or parameterList[i].requires_grad:
                self.addParameter(parameterList[i])
        return self.count


def count_parameters(model, trainable_only=True):
    return ParameterCounter(model).getCount(trainable_only)
