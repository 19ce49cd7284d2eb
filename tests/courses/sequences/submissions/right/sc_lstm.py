import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn, Tensor


class SequenceClassifier(nn.Module):
    def __init__(self, vocabulary_size, width, num_classes):
        super().__init__()
        self.e = nn.Embedding(vocabulary_size, width)
        self.l = nn.LSTM(width, width, batch_first=True); self.o = nn.Linear(width, num_classes)
    def forward(self, tokens):
        out, _ = self.l(self.e(tokens))
        return self.o(out[:, -1])
