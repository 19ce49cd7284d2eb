"""Answers with four layers, each wrong in other checks, as if they were orders of its weights.

earns: BatchNorm2d 4.5
verdicts: passed, failed
says: are right for different assignments of the weights
"""
import sys, torch
from torch import nn
class Base(nn.Module):
    unb = False; outside = False; runb = True
    def __init__(self, num_features, eps=1e-5, momentum=.1):
        n = num_features; super().__init__(); self.weight = nn.Parameter(torch.ones(n)); self.bias = nn.Parameter(torch.zeros(n))
        self.register_buffer("running_mean", torch.zeros(n)); self.register_buffer("running_var", torch.ones(n))
        self.eps, self.m = eps, momentum
    def forward(self, x):
        if self.training:
            m, v = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=self.unb)
            with torch.no_grad():
                self.running_mean += self.m * (m - self.running_mean); self.running_var += self.m * (x.var((0, 2, 3), unbiased=self.runb) - self.running_var)
        else: m, v = self.running_mean, self.running_var
        s = v.sqrt() + self.eps if self.outside else (v + self.eps).sqrt()
        c = lambda t: t[:, None, None]
        return (x - c(m)) / c(s) * c(self.weight) + c(self.bias)
class Unbiased(Base): unb = True
class Outside(Base): outside = True
class Uncorrected(Base): runb = False
class Both(Base): unb, runb = True, False
class BatchNorm2d(Unbiased): pass
for n, mod in list(sys.modules.items()):
    if n.endswith("inside.probes"):
        probe = mod.PROBES["forward"]; asked = probe.answer
        probe.answer = lambda t, q: {"candidates": [asked(V, q)["candidates"][0] for V in (Unbiased, Outside, Uncorrected, Both)], "labels": [["levels"], ["use"], ["wide levels"], ["wide use"]]}
