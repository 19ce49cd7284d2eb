"""Classify sequences

A network of your own design reads token numbers.
"""

from torch import nn


class SequenceClassifier(nn.Module):
    """From token numbers (B, L), int64, to logits (B, num_classes), for any length L.

    Build it from whatever torch offers. The order of the tokens must matter.
    """

    def __init__(self, vocabulary_size, width, num_classes):
        super().__init__()
        ### BEGIN SOLUTION
        self.embedding = nn.Embedding(vocabulary_size, width)
        self.recurrent = nn.GRU(width, width, batch_first=True)
        self.head = nn.Linear(width, num_classes)
        ### END SOLUTION

    def forward(self, tokens):
        ### BEGIN SOLUTION
        _, last = self.recurrent(self.embedding(tokens))
        return self.head(last[-1])
        ### END SOLUTION
