# %% closure_hooks_named_modules: A closure per name, handles removed in finally, modes of all modules restored.
def extract_feature_maps(model, image, layers):
    maps = {}

    def make_hook(name):
        def hook(module, inputs, output):
            maps[name] = output.detach().clone()
        return hook

    modules = dict(model.named_modules())
    modes = {m: m.training for m in model.modules()}
    handles = [modules[name].register_forward_hook(make_hook(name)) for name in layers]
    try:
        model.eval()
        with torch.no_grad():
            model(image.unsqueeze(0).clone())
    finally:
        for handle in handles:
            handle.remove()
        for module, mode in modes.items():
            module.training = mode
    return {name: maps[name] for name in layers}

# %% partial_hook: functools.partial binds the name to one hook function.
from functools import partial

def _keep(name, store, module, args, output):
    store[name] = output.detach().clone()

def extract_feature_maps(model, image, layers):
    store = dict.fromkeys(layers)
    training = [(m, m.training) for m in model.modules()]
    handles = []
    try:
        for name in layers:
            handles.append(model.get_submodule(name).register_forward_hook(partial(_keep, name, store)))
        model.eval()
        with torch.no_grad():
            model(image[None].clone())
    finally:
        for h in handles:
            h.remove()
        for m, flag in training:
            m.training = flag
    return store

# %% exit_stack: contextlib.ExitStack undoes hooks and modes.
from contextlib import ExitStack

def extract_feature_maps(model: nn.Module, image: torch.Tensor, layers: list[str]) -> dict[str, torch.Tensor]:
    result: dict[str, torch.Tensor] = {}
    with ExitStack() as stack:
        for module in model.modules():
            stack.callback(setattr, module, "training", module.training)
        for name in layers:
            def save(_module, _inputs, output, name=name):
                result[name] = output.detach().clone()
            stack.callback(model.get_submodule(name).register_forward_hook(save).remove)
        stack.enter_context(torch.no_grad())
        model.eval()
        model(image.detach().clone().unsqueeze(0))
    return result

# %% on_a_deep_copy: Works on a deep copy, so that the model itself is not touched.
import copy

def extract_feature_maps(model, image, layers):
    twin = copy.deepcopy(model).eval()
    named = dict(twin.named_modules())
    found = {}
    for name in layers:
        named[name].register_forward_hook(lambda m, i, o, name=name: found.update({name: o.detach().clone()}))
    with torch.no_grad():
        twin(image.clone()[None])
    return {name: found[name] for name in layers}

# %% recorder_class: A Recorder class as a context manager.
class Recorder:
    def __init__(self, model, names):
        self.model, self.names = model, names
        self.maps = {}
        self.handles = []

    def __enter__(self):
        self.modes = [m.training for m in self.model.modules()]
        try:
            for name in self.names:
                layer = self.model.get_submodule(name)
                self.handles.append(layer.register_forward_hook(self._hook(name)))
        except AttributeError:
            self.__exit__()
            raise
        self.model.eval()
        return self

    def _hook(self, name):
        def record(layer, arguments, output):
            self.maps[name] = output.clone().detach()
        return record

    def __exit__(self, *error):
        for handle in self.handles:
            handle.remove()
        for m, mode in zip(self.model.modules(), self.modes):
            m.training = mode


@torch.no_grad()
def extract_feature_maps(model, image, layers):
    with Recorder(model, layers) as recorder:
        model(image.clone().unsqueeze(dim=0))
    return {name: recorder.maps[name] for name in layers}

# %% dictionary_from_module_to_names: One hook for all layers, which looks up the names of its module.
def extract_feature_maps(model, image, layers):
    names = {}
    for name in layers:
        names.setdefault(model.get_submodule(name), []).append(name)
    maps = {}

    def hook(module, _, output):
        for name in names[module]:
            maps[name] = output.detach().clone()

    before = {module: module.training for module in model.modules()}
    handles = [module.register_forward_hook(hook) for module in names]
    model.eval()
    try:
        with torch.no_grad():
            model(image.clone().reshape(1, *image.shape))
    finally:
        for module in before:
            module.training = before[module]
        while handles:
            handles.pop().remove()
    return {name: maps[name] for name in layers}

# %% global_module_hook: torch's global forward hook instead of hooks on the layers.
from torch.nn.modules.module import register_module_forward_hook

def extract_feature_maps(model, image, layers):
    wanted = {}
    for name in layers:
        wanted.setdefault(id(model.get_submodule(name)), []).append(name)
    maps = dict.fromkeys(layers)
    modes = [m.training for m in model.modules()]

    def see(module, args, output):
        for name in wanted.get(id(module), ()):
            maps[name] = output.detach().clone()

    handle = register_module_forward_hook(see)
    try:
        model.eval()
        with torch.no_grad():
            model(torch.stack([image]))
    finally:
        handle.remove()
        for m, mode in zip(model.modules(), modes):
            m.training = mode
    return maps

# %% copies_by_numpy: Copies the outputs through numpy.
def extract_feature_maps(model, image, layers):
    arrays = {}
    all_modules = dict(model.named_modules())
    old = {name: module.training for name, module in all_modules.items()}
    handles = []
    for name in layers:
        def hook(module, inp, out, key=name):
            arrays[key] = np.array(out.detach().cpu().numpy(), copy=True)
        if name not in all_modules:
            for handle in handles:
                handle.remove()
            raise KeyError(name)
        handles.append(all_modules[name].register_forward_hook(hook))
    model.eval()
    with torch.no_grad():
        model(image.clone().unsqueeze(0))
    for handle in handles:
        handle.remove()
    for name, module in all_modules.items():
        module.training = old[name]
    return {name: torch.from_numpy(arrays[name]) for name in layers}

# %% lists_of_outputs: Appends to a list per layer and takes the last entry.
from collections import defaultdict

def extract_feature_maps(model, image, layers):
    outputs = defaultdict(list)
    modes = {m: m.training for m in model.modules()}
    handles = []
    try:
        for layer_name in layers:
            layer = model.get_submodule(layer_name)
            handles += [layer.register_forward_hook(lambda module, args, out, n=layer_name: outputs[n].append(out.detach().clone()))]
        model.train(False)
        with torch.no_grad():
            batch = image.detach().clone().unsqueeze(0)
            model(batch)
    finally:
        [handle.remove() for handle in handles]
        for m in modes:
            m.training = modes[m]
    return {n: outputs[n][-1] for n in layers}

# %% contextmanager_hooks: Generators with contextmanager for hooks and for the mode.
from contextlib import contextmanager

@contextmanager
def _in_eval_mode(model):
    training = [m for m in model.modules() if m.training]
    model.eval()
    try:
        yield
    finally:
        for m in training:
            m.training = True

@contextmanager
def _hooked(model, layers):
    maps, handles = {}, []
    try:
        for name in layers:
            handles.append(model.get_submodule(name).register_forward_hook(
                lambda module, args, output, name=name: maps.__setitem__(name, output.detach().clone())))
        yield maps
    finally:
        for handle in handles:
            handle.remove()

def extract_feature_maps(model, image, layers):
    with _in_eval_mode(model), _hooked(model, layers) as maps, torch.no_grad():
        model(image.clone()[None, ...])
    return dict(maps)

# %% hook_class_with_call: Objects with __call__ are the hooks.
class Hook:
    def __init__(self):
        self.value = None

    def __call__(self, module, inputs, output):
        self.value = output.detach().clone()

def extract_feature_maps(model, image, layers):
    hooks = {name: Hook() for name in layers}
    modules = dict(model.named_modules(remove_duplicate=False))
    missing = [name for name in layers if name not in modules]
    if missing:
        raise KeyError(f"no such layers: {missing}")
    states = [(m, m.training) for m in model.modules()]
    handles = [modules[name].register_forward_hook(hook) for name, hook in hooks.items()]
    try:
        with torch.no_grad():
            model.eval()(image.clone().unsqueeze(0))
    finally:
        for handle in handles:
            handle.remove()
        for m, t in states:
            m.training = t
    return {name: hook.value for name, hook in hooks.items()}

# %% one_layer_after_the_other: One forward pass for each layer, in a nested function.
def extract_feature_maps(model, image, layers):
    def one(name):
        seen = []
        handle = model.get_submodule(name).register_forward_hook(lambda m, i, o: seen.append(torch.clone(o)))
        try:
            with torch.no_grad():
                model(image.clone().unsqueeze(0))
        finally:
            handle.remove()
        return seen[-1].detach()

    modes = [m.training for m in model.modules()]
    model.eval()
    try:
        return {name: one(name) for name in layers}
    finally:
        for m, mode in zip(model.modules(), modes):
            m.training = mode

# %% tensor_copy_into_empty: Copies the output into an empty tensor by copy_, two-space indentation.
def extract_feature_maps(model, image, layers):
  karten = {}
  module = dict(model.named_modules())
  vorher = [(m, m.training) for m in module.values()]
  griffe = []

  def haken_für(name):
    def haken(_modul, _ein, aus):
      kopie = torch.empty_like(aus, requires_grad=False)
      kopie.copy_(aus.detach())
      karten[name] = kopie
    return haken

  try:
    for name in layers:
      griffe.append(module[name].register_forward_hook(haken_für(name)))
    model.eval()
    with torch.no_grad():
      bild = torch.empty(1, *image.shape, dtype=image.dtype)
      bild[0] = image
      model(bild)
  finally:
    for griff in griffe:
      griff.remove()
    for m, an in vorher:
      m.training = an
  return {name: karten[name] for name in layers}

# %% was_training_flag: The common form that restores the mode by model.train(was_training).
def extract_feature_maps(model, image, layers):
    feature_maps = {}
    handles = []
    was_training = model.training
    for name, module in model.named_modules():
        if name in layers:
            def hook(module, input, output, name=name):
                feature_maps[name] = output.detach().clone()
            handles.append(module.register_forward_hook(hook))
    model.eval()
    with torch.no_grad():
        _ = model(image.clone().unsqueeze(0))
    for handle in handles:
        handle.remove()
    model.train(was_training)
    return feature_maps

# %% set_grad_enabled_verbose: Verbose style with torch.set_grad_enabled and an inner dictionary of handles, tab indentation.
def extract_feature_maps(model, image, layers):
	# 1. remember everything
	old_modes = {}
	for module in model.modules():
		old_modes[module] = module.training
	old_grad = torch.is_grad_enabled()
	# 2. hooks
	maps = {}
	handles = {}
	try:
		for name in layers:
			module = model.get_submodule(name)
			def remember(module, inputs, output, name=name):
				maps[name] = output.clone()
			handles[name] = module.register_forward_hook(remember)
		# 3. forward
		model.eval()
		torch.set_grad_enabled(False)
		x = image.clone()
		x = x.unsqueeze(0)
		y = model(x)
	finally:
		# 4. clean up
		torch.set_grad_enabled(old_grad)
		for name in handles:
			handles[name].remove()
		for module in old_modes:
			module.training = old_modes[module]
	result = {}
	for name in layers:
		result[name] = maps[name].detach()
	return result
