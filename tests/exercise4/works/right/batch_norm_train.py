# %% loop_over_channels: A loop over channels that fills an empty result.
def batch_norm_train(x, weight, bias, eps=1e-5):
    out = torch.empty_like(x)
    for c in range(x.shape[1]):
        channel = x[:, c]
        m = channel.mean()
        v = ((channel - m) ** 2).mean()
        out[:, c] = weight[c] * (channel - m) / torch.sqrt(v + eps) + bias[c]
    return out

# %% permuted_rows: Channels last, statistics by column, and back again.
def batch_norm_train(x, weight, bias, eps=1e-5):
    n, c, h, w = x.shape
    rows = x.permute(0, 2, 3, 1).reshape(-1, c)
    var, mean = torch.var_mean(rows, dim=0, correction=0)
    rows = (rows - mean) * (var + eps).rsqrt() * weight + bias
    return rows.view(n, h, w, c).permute(0, 3, 1, 2)
