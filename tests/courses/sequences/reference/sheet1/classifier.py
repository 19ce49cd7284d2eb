"""Classify sequences"""

import numpy
from torch import nn

from autograder.author import (
    accuracy,
    case,
    check,
    four_initialisations,
    misconception,
    mistakes,
    network,
    parts_differ,
    reference,
    train,
    unbounded_scores,
)

from .judging import of_shape
from .probes import outputs


@reference(points=8, training_seconds=30)
class SequenceClassifier(nn.Module):
    """What turns a token number into features, and what knows that one token came before another?

    Embed the tokens, let a recurrent layer read them, and make logits of its last state.

    In the documentation: nn.Embedding, and nn.GRU with batch_first=True, which returns all states and the last one.
    """

    def __init__(self, vocabulary_size, width, num_classes):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary_size, width)
        self.recurrent = nn.GRU(width, width, batch_first=True)
        self.head = nn.Linear(width, num_classes)

    def forward(self, tokens):
        _, last = self.recurrent(self.embedding(tokens))
        return self.head(last[-1])


@check(SequenceClassifier, points=2, ask=outputs, compare=of_shape)
def shapes(draw):
    """Tokens (B, L) become finite logits (B, num_classes), for any L"""
    yield case(9, 8, 4).given(inputs=[draw.integers(0, 8, 3, 5), draw.integers(0, 8, 1, 7), draw.integers(0, 8, 2, 1)])
    yield case(20, 16, 2).given(inputs=[draw.integers(0, 19, 4, 12)])


@check(
    SequenceClassifier,
    points=1,
    ask=outputs,
    compare=parts_differ(why="the same tokens in another order give the same logits"),
    needs=shapes,
)
def order_matters(draw):
    """The same tokens in another order give other logits"""
    tokens = draw.permutation(9)[None].repeat(2, axis=0)
    yield case(9, 8, 3).given(inputs=[tokens, numpy.ascontiguousarray(tokens[:, ::-1])])


@check(SequenceClassifier, points=1, ask=four_initialisations, compare=unbounded_scores, needs=shapes)
def logits(draw):
    """The outputs are logits, not probabilities"""
    yield case(9, 16, 3).on(draw.integers(0, 8, 16, 6))


habits = network(
    SequenceClassifier,
    lambda draw: case(9, 8, 3).on(draw.integers(0, 8, 4, 6)),
    counts_with=shapes,
    repeatable=0.5,
    rows_alone=0.5,
    learns=0.5,
    round_trip=0.5,
)


@check(
    SequenceClassifier,
    points=2,
    ask=train(epochs=12, batch_size=32, max_lr=0.02),
    measure=accuracy(least=0.9, sentence="{value:.0%} of unseen sequences are right, {threshold:.0%} are asked"),
)
def learns_which_comes_first(draw):
    """A short training learns which of two tokens comes first"""
    for _ in range(3):
        tokens, labels = races(draw, 1024)
        test_tokens, test_labels = races(draw, 300)
        data = case(12, 32, 2).given(inputs=tokens, targets=labels, test_inputs=test_tokens)
        yield data.expecting(labels=test_labels, classes=2)


def races(draw, count, length=8):
    """Sequences (count, length) that hold the tokens 1 and 2 once each; the label is 1 if 2 comes first."""
    tokens = draw.integers(3, 11, count, length)
    labels = draw.integers(0, 1, count)
    for row, label in zip(tokens, labels, strict=True):
        first, second = sorted(draw.permutation(length)[:2])
        row[first], row[second] = (2, 1) if label else (1, 2)
    return tokens, labels


wrong = mistakes(
    SequenceClassifier,
    """
    batch_second: The batch is the first axis; without batch_first=True the layer reads along the batch.
        batch_first=True -> batch_first=False
    logits_for_each_token: There is one row of logits for a whole sequence, so use the last state only.
        _, last = self.recurrent(self.embedding(tokens)) -> last, _ = self.recurrent(self.embedding(tokens))
        last[-1] -> last
    probabilities: The loss takes logits; it applies the softmax itself.
        self.head(last[-1]) -> self.head(last[-1]).softmax(dim=-1)
    """,
)


@misconception(SequenceClassifier)
class BagOfTokens(nn.Module):
    """The mean of the embeddings forgets the order of the tokens."""

    def __init__(self, vocabulary_size, width, num_classes):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary_size, width)
        self.head = nn.Linear(width, num_classes)

    def forward(self, tokens):
        return self.head(self.embedding(tokens).mean(dim=1))


@misconception(SequenceClassifier)
class FrozenEmbedding(SequenceClassifier.right):
    """Do not cut the embedding out of the graph; it has to learn as well."""

    def forward(self, tokens):
        _, last = self.recurrent(self.embedding(tokens).detach())
        return self.head(last[-1])
