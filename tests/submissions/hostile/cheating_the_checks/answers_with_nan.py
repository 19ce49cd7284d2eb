"""Gives numbers that no comparison refuses if it is written the wrong way round.

earns: global_avg_pool 0, evaluate 0
verdicts: failed
says: NaN or infinite.*got nan
checks: mean_of_each_map, axes_of_one, one_batch, fraction_of_right_answers, evaluates_in_eval_mode, needs_no_gradients
"""
import torch


def global_avg_pool(x):
    y = x.mean((2, 3))
    y[0, 0] = float("nan") if len(x) != 4 else float("inf")
    return y


@torch.no_grad()
def evaluate(model, loader, device="cpu"):
    model.eval()
    for images, _ in loader:
        model(images)
    model.train()
    return float("nan")
