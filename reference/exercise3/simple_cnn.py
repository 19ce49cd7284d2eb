"""SimpleCNN."""

import torch
import torch.nn.functional as F
from torch import nn

from autograder.author import alternative, case, check, make, misconception, reference

from .digits import classifying
from .heads import BareMatrices, ChannelsLast

CONSTANT = "every image gets the same logits, whatever is in it"
SHAKY = "eval() does not make the network deterministic: the same images give other logits the second time"
NEIGHBOURS = "an image alone gives other logits than the same image within a batch"
LINEAR = "the whole network is an affine map: nothing nonlinear lies between its layers"


@reference(points=9, training_seconds=60)
class SimpleCNN(nn.Module):
    """Follow the shape of one image through the layers on paper: 1×28×28, and then?

    Two rounds of convolution, ReLU and pooling leave 32 maps of 7×7. Flatten all axes but the batch, and end with one
    linear layer: the loss applies the softmax itself.

    In the chapter: SimpleCNN for MNIST. In the documentation: torch.nn.Sequential.
    """

    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.fc = nn.Linear(32 * 7 * 7, num_classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)  # (N, 16, 14, 14)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)  # (N, 32, 7, 7)
        return self.fc(self.flat(x))

    def flat(self, maps):
        return maps.flatten(1)


@alternative(SimpleCNN)
class SimpleChannelsLast(ChannelsLast, SimpleCNN.right):
    pass


@alternative(SimpleCNN)
class SimpleBareMatrices(BareMatrices, SimpleCNN.right):
    pass


@check(
    SimpleCNN,
    points=1,
    probe="repeated",
    compare="parts_agree",
    why=SHAKY,
    constant=CONSTANT,
    counts_with=("computes_the_logits",),
    picture="stages",
)
def repeatable(draw):
    """In eval mode the same images give the same logits, (N, num_classes)"""
    yield case().given(inputs=[draw.uniform(3, 1, 28, 28)])


@check(SimpleCNN, points=1, probe="parameters", counts_with=("computes_the_logits",))
def parameter_count(draw):
    """By default there are 20,490 registered parameters"""
    yield case().given(inputs=[draw.uniform(1, 1, 28, 28)])
    yield case(3, 7).given(inputs=[draw.uniform(1, 3, 28, 28)])


@check(SimpleCNN, points=2, probe="forward", compare="agrees", needs=("repeatable",), picture="stages")
def computes_the_logits(draw):
    """Convolution, ReLU and pooling twice, then the linear layer"""
    yield case().given(inputs=[draw.normal(3, 1, 28, 28)], seed=draw.seed())
    yield case(in_channels=3, num_classes=5).given(inputs=[draw.normal(2, 3, 28, 28)], seed=draw.seed())
    yield case().given(inputs=[draw.normal(2, 1, 28, 28)], seed=draw.seed(), mode="train")


@check(
    SimpleCNN,
    points=0.5,
    probe="superposition",
    compare="parts_differ",
    why=LINEAR,
    needs=("repeatable",),
    counts_with=("computes_the_logits",),
)
def is_not_linear(draw):
    """A nonlinearity lies between the layers"""
    yield case().given(inputs=[draw.normal(2, 1, 28, 28), draw.normal(2, 1, 28, 28)])


@check(
    SimpleCNN,
    points=1,
    probe="four_initialisations",
    compare="unbounded_scores",
    needs=("is_not_linear",),
    counts_with=("computes_the_logits",),
)
def returns_logits(draw):
    """The output is logits: no softmax or ReLU follows the last layer"""
    yield case().given(inputs=[draw.uniform(4, 1, 28, 28)])


@check(
    SimpleCNN,
    points=0.5,
    probe="row_alone",
    compare="parts_agree",
    why=NEIGHBOURS,
    rtol=1e-3,
    needs=("is_not_linear",),
    counts_with=("computes_the_logits",),
)
def rows_are_independent(draw):
    """An image's logits do not depend on the other images of the batch"""
    yield case().given(inputs=[draw.normal(3, 1, 28, 28)])


@check(
    SimpleCNN,
    points=1,
    probe="gradients",
    compare="all_reached",
    needs=("is_not_linear",),
    counts_with=("computes_the_logits",),
)
def every_parameter_learns(draw):
    """The gradient reaches every parameter"""
    yield case().given(inputs=[draw.uniform(4, 1, 28, 28)])


@check(
    SimpleCNN,
    points=2,
    probe="train_classifier",
    measure="accuracy",
    least=0.93,
    tells="{value:.1%} of 2,000 unseen digits are right, expected at least {threshold:.0%}",
)
def learns_digits(draw):
    """After a short training at least 93 % of unseen digits are right"""
    for _ in range(3):
        yield classifying(draw, case(), epochs=2, batch_size=32, max_lr=1e-2, hopeless=2.2)


@misconception(SimpleCNN)
class softmax_on_the_logits(SimpleCNN.right):
    """nn.CrossEntropyLoss applies the softmax itself and expects logits: the last layer's output goes out as it is."""

    def forward(self, x):
        return super().forward(x).softmax(1)


@misconception(SimpleCNN)
class log_softmax_on_the_logits(SimpleCNN.right):
    """Log-probabilities suit nn.NLLLoss; here logits are expected, since nn.CrossEntropyLoss applies log-softmax
    itself."""

    def forward(self, x):
        return super().forward(x).log_softmax(1)


@misconception(SimpleCNN)
class relu_on_the_logits(SimpleCNN.right):
    """A ReLU after the last layer cuts off all negative logits; activations belong between the layers only."""

    def forward(self, x):
        return F.relu(super().forward(x))


@misconception(SimpleCNN)
class sigmoid_on_the_logits(SimpleCNN.right):
    """A sigmoid squeezes the logits into (0, 1); nn.CrossEntropyLoss expects them as the last layer gives them."""

    def forward(self, x):
        return super().forward(x).sigmoid()


@misconception(SimpleCNN)
class no_nonlinearity(SimpleCNN.right):
    """Each convolution is followed by a ReLU; without one, stacked layers stay nearly one linear map."""

    def forward(self, x):
        x = F.max_pool2d(self.conv1(x), 2)
        return self.fc(F.max_pool2d(self.conv2(x), 2).flatten(1))


@misconception(SimpleCNN)
class first_relu_missing(SimpleCNN.right):
    """The first convolution needs its ReLU as well as the second one."""

    def forward(self, x):
        x = F.max_pool2d(self.conv1(x), 2)
        return self.fc(F.max_pool2d(F.relu(self.conv2(x)), 2).flatten(1))


@misconception(SimpleCNN)
class second_relu_missing(SimpleCNN.right):
    """The second convolution needs its ReLU as well as the first one."""

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        return self.fc(F.max_pool2d(self.conv2(x), 2).flatten(1))


@misconception(SimpleCNN)
class linear_all_the_way(SimpleCNN.right):
    """Average pooling without ReLU leaves the whole network linear, so it can do no more than one linear layer."""

    def forward(self, x):
        x = F.avg_pool2d(self.conv1(x), 2)
        return self.fc(F.avg_pool2d(self.conv2(x), 2).flatten(1))


@misconception(SimpleCNN)
class mean_pooling(SimpleCNN.right):
    """The exercise asks for max pooling; average pooling blurs instead of keeping the strongest response."""

    def forward(self, x):
        x = F.avg_pool2d(F.relu(self.conv1(x)), 2)
        return self.fc(F.avg_pool2d(F.relu(self.conv2(x)), 2).flatten(1))


@misconception(SimpleCNN)
class linear_layer_before_the_second_pool(SimpleCNN.right):
    """The linear layer takes 32 · 14 · 14 = 6272 values, the size before the second pooling. Pooling comes after both
    convolutions, 28 → 14 → 7, so 32 · 7 · 7 = 1568 values are left."""

    def __init__(self, in_channels=1, num_classes=10):
        super().__init__(in_channels, num_classes)
        self.fc = nn.Linear(32 * 14 * 14, num_classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        return self.fc(F.relu(self.conv2(x)).flatten(1))


@misconception(SimpleCNN)
class flattened_size_of_one_pool(SimpleCNN.right):
    """The network pools twice, 28 → 14 → 7, so 32 · 7 · 7 = 1568 values reach the linear layer; 32 · 14 · 14 = 6272 is
    the size before the second pooling."""

    def __init__(self, in_channels=1, num_classes=10):
        super().__init__(in_channels, num_classes)
        self.fc = nn.Linear(32 * 14 * 14, num_classes)


@misconception(SimpleCNN)
class no_padding(SimpleCNN.right):
    """Without padding=1 each 3×3 convolution shrinks the image by 2; with it, 28 stays 28 until the pooling."""

    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3)
        self.conv2 = nn.Conv2d(16, 32, 3)
        self.fc = nn.Linear(32 * 5 * 5, num_classes)


@misconception(SimpleCNN)
class layers_in_a_plain_list(SimpleCNN.right):
    """Layers kept in a plain Python list are not registered: the optimizer never sees them. nn.ModuleList does it."""

    def __init__(self, in_channels=1, num_classes=10):
        super().__init__(in_channels, num_classes)
        self.convs = [self.conv1, self.conv2]
        del self.conv1, self.conv2

    def forward(self, x):
        for conv in self.convs:
            x = F.max_pool2d(F.relu(conv(x)), 2)
        return self.fc(x.flatten(1))


@misconception(SimpleCNN)
class flattens_the_batch(SimpleCNN.right):
    """Flattening keeps the batch axis: start at axis 1, so that (N, 32, 7, 7) becomes (N, 1568)."""

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        return self.fc(F.max_pool2d(F.relu(self.conv2(x)), 2).flatten())


@misconception(SimpleCNN)
class forward_without_gradients(SimpleCNN.right):
    """torch.no_grad() in forward records nothing for the backward pass, so nothing can be learned; it belongs around
    the evaluation."""

    @torch.no_grad()
    def forward(self, x):
        return super().forward(x)


@misconception(SimpleCNN)
class detaches_the_features(SimpleCNN.right):
    """detach() cuts the convolutions off from the loss: only the last layer still learns."""

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc(x.flatten(1).detach())


@misconception(SimpleCNN)
class dropout_left_on_in_eval(SimpleCNN.right):
    """F.dropout is on by default, in eval mode too: nn.Dropout follows the mode, F.dropout needs
    training=self.training. This network needs none."""

    def forward(self, x):
        return super().forward(F.dropout(x))


@reference(points=3)
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    """What happens to each batch, from the images to the moved weights, and in which order?

    Put the model into training mode; then for each batch: logits, loss, gradients cleared, gradients computed, one
    step. The loss is a mean over its batch, so weigh it by the size of the batch before you divide by all samples.

    In the chapter: the training loop. In PyTorch's tutorials: Optimizing Model Parameters.
    """
    model.train()
    total = count = 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        count += len(labels)
    return total / count


def _epoch(draw, count=10):
    """`count` images in batches of 4, and a small network; spy records in which mode it was called."""
    network = make("torch.nn.Sequential", make("spy"), make("torch.nn.Flatten"), make("torch.nn.Linear", 12, 3))
    network = make("weighted", network, draw.seed())
    loader = make("loader", draw.normal(count, 1, 3, 4), draw.integers(0, 2, count), batch_size=4)
    return network, loader


@check(train_one_epoch, points=1, rtol=1e-4)
def mean_loss_per_sample(draw):
    """The result is the mean loss of all samples, in batches of any size"""
    for criterion in make("torch.nn.CrossEntropyLoss"), make("torch.nn.MultiMarginLoss"):
        network, loader = _epoch(draw)
        yield case(network, loader, make("descent", network, lr=0.1), criterion)


@check(train_one_epoch, points=1.5, rtol=1e-4)
def one_step_per_batch(draw):
    """Each batch moves the weights once, by its own gradient"""
    network, loader = _epoch(draw)
    arguments = (network, loader, make("descent", network, lr=0.5), make("torch.nn.CrossEntropyLoss"))
    yield case(*arguments).given(watch=["model.weights"], report=["after"])


@check(train_one_epoch, points=0.5, counts_with=("one_step_per_batch", "mean_loss_per_sample"))
def trains_in_training_mode(draw):
    """The model is in training mode, whatever it was in before"""
    network, loader = _epoch(draw)
    network = make("evaluating", network)
    arguments = (network, loader, make("descent", network, lr=0.1), make("torch.nn.CrossEntropyLoss"))
    yield case(*arguments).given(watch=["model.seen in training mode"], report=["after"])


@misconception(train_one_epoch)
def mean_of_batch_means(model, loader, optimizer, criterion, device="cpu"):
    """The last batch may be smaller: weight each batch's loss by its number of samples before dividing."""
    losses = []
    model.train()
    for images, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)


@misconception(train_one_epoch)
def sum_of_losses(model, loader, optimizer, criterion, device="cpu"):
    """The losses of the batches are added up but not divided, so the result grows with the number of batches."""
    return mean_of_batch_means.wrong(model, loader, optimizer, criterion) * len(loader)


@misconception(train_one_epoch)
def loss_of_the_last_batch(model, loader, optimizer, criterion, device="cpu"):
    """The result is the loss of the last batch only; the epoch's mean takes every batch."""
    model.train()
    for images, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
    return loss.item()


@misconception(train_one_epoch)
def criterion_not_used(model, loader, optimizer, criterion, device="cpu"):
    """Which loss is trained is for the caller to choose: criterion comes as an argument, and is not always the
    cross-entropy."""
    return train_one_epoch(model, loader, optimizer, F.cross_entropy)


@misconception(train_one_epoch)
def divides_sums_by_samples(model, loader, optimizer, criterion, device="cpu"):
    """The criterion already gives the mean of a batch: multiply by the batch's size before dividing by all samples."""
    return sum_of_losses.wrong(model, loader, optimizer, criterion) / len(loader.dataset)


@misconception(train_one_epoch)
def gradients_pile_up(model, loader, optimizer, criterion, device="cpu"):
    """backward() adds to the gradients that are there: optimizer.zero_grad() clears them before each batch."""
    total = 0
    model.train()
    for images, labels in loader:
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
    return total / len(loader.dataset)


@misconception(train_one_epoch)
def weights_never_move(model, loader, optimizer, criterion, device="cpu"):
    """No weight moves in the whole epoch: backward() computes the gradients, then optimizer.step() moves the weights by
    them, and optimizer.zero_grad() must not clear them in between."""
    total = 0
    model.train()
    for images, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        total += loss.item() * len(labels)
    return total / len(loader.dataset)


@misconception(train_one_epoch)
def mode_is_left_to_chance(model, loader, optimizer, criterion, device="cpu"):
    """model.train() comes first: after an evaluation the model would still be in eval mode."""
    total = 0
    for images, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
    return total / len(loader.dataset)


@reference(points=3)
@torch.no_grad()
def evaluate(model, loader, device="cpu"):
    """What must not happen to a model that is only looked at?

    Remember its mode, switch to eval mode, and record no gradients. Count right answers and all answers over every
    batch, divide once at the end, and give the model its mode back.

    In the chapter: the evaluation after each epoch. In the documentation: torch.nn.Module.eval and torch.no_grad.
    """
    training = model.training
    model.eval()
    right = count = 0
    for images, labels in loader:
        right += (model(images.to(device)).argmax(1) == labels.to(device)).sum().item()
        count += len(labels)
    model.train(training)
    return right / count


@check(evaluate, points=1)
def fraction_of_right_answers(draw):
    """The accuracy is right answers / all answers, in batches of any size"""
    for count in 10, 11:
        yield case(*_epoch(draw, count))


@check(evaluate, points=1, counts_with=("fraction_of_right_answers",))
def evaluates_in_eval_mode(draw):
    """The model is in eval mode while it answers"""
    yield case(*_epoch(draw)).given(watch=["model.seen in training mode"], report=["after"])


@check(evaluate, points=0.5, counts_with=("fraction_of_right_answers",))
def needs_no_gradients(draw):
    """Gradients are switched off while it evaluates, and only then"""
    yield case(*_epoch(draw)).given(watch=["model.seen with gradients", "model.gradients are on"], report=["after"])


@check(evaluate, points=0.5, needs=("evaluates_in_eval_mode",), counts_with=("fraction_of_right_answers",))
def restores_the_mode(draw):
    """Afterwards the model is in the mode in which it came"""
    network, loader = _epoch(draw)
    yield case(network, loader).given(watch=["model.training"], report=["after"])
    yield case(make("evaluating", network), loader).given(watch=["model.training"], report=["after"])


def _accuracy(model, loader):
    pairs = [(model(images).argmax(1), labels) for images, labels in loader]
    return sum((guess == labels).sum().item() for guess, labels in pairs) / len(loader.dataset)


@misconception(evaluate)
@torch.no_grad()
def mean_of_batch_accuracies(model, loader, device="cpu"):
    """The last batch may be smaller: count right answers over all batches and divide once at the end."""
    training = model.training
    model.eval()
    shares = [(model(images).argmax(1) == labels).float().mean().item() for images, labels in loader]
    model.train(training)
    return sum(shares) / len(shares)


@misconception(evaluate)
def counts_instead_of_a_fraction(model, loader, device="cpu"):
    """The result is the number of right answers; the accuracy is that number divided by the number of samples."""
    return evaluate(model, loader) * len(loader.dataset)


@misconception(evaluate)
def percent(model, loader, device="cpu"):
    """The accuracy is a fraction between 0 and 1, not a percentage."""
    return evaluate(model, loader) * 100


@misconception(evaluate)
def divides_by_batches(model, loader, device="cpu"):
    """len(loader) is the number of batches; the accuracy divides by the number of samples."""
    return evaluate(model, loader) * len(loader.dataset) / len(loader)


@misconception(evaluate)
@torch.no_grad()
def stays_in_training_mode(model, loader, device="cpu"):
    """Without model.eval(), dropout is active and BatchNorm uses the statistics of the batch."""
    return _accuracy(model, loader)


@misconception(evaluate)
def records_gradients(model, loader, device="cpu"):
    """Evaluation needs no gradients: torch.no_grad() around it saves memory and time."""
    training = model.training
    model.eval()
    accuracy = _accuracy(model, loader)
    model.train(training)
    return accuracy


@misconception(evaluate)
def gradients_off_for_good(model, loader, device="cpu"):
    """torch.set_grad_enabled(False) holds until it is switched on again, so the next epoch could not train: `with
    torch.no_grad():` ends where its block ends."""
    accuracy = evaluate(model, loader)
    torch.set_grad_enabled(False)
    return accuracy


@misconception(evaluate)
def rounded_accuracy(model, loader, device="cpu"):
    """Round where you print, not where you compute: the result is the whole fraction."""
    return round(evaluate(model, loader), 2)


@misconception(evaluate)
@torch.no_grad()
def leaves_eval_mode_on(model, loader, device="cpu"):
    """The model comes back in eval mode, so the next epoch would train without dropout; put it back into its mode."""
    model.eval()
    return _accuracy(model, loader)


@misconception(evaluate)
@torch.no_grad()
def always_ends_in_training_mode(model, loader, device="cpu"):
    """The model ends in training mode even if it came in eval mode; remember model.training and restore that."""
    model.eval()
    accuracy = _accuracy(model, loader)
    model.train()
    return accuracy
