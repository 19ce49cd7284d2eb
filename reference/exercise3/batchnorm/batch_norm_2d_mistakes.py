"""More mistakes of BatchNorm2d: its start, its statistics, its running averages."""

from autograder.author import mistakes

from .batch_norm_2d import BatchNorm2d

start = mistakes(
    BatchNorm2d,
    """
    weight_starts_between_0_and_1: weight starts at ones, so that a new layer only normalises. Random starts are for
        convolutions.
        nn.Parameter(torch.ones(num_features)) -> nn.Parameter(torch.rand(num_features))
    weight_starts_at_random: weight starts at ones, so that a new layer only normalises. Random starts are for
        convolutions.
        nn.Parameter(torch.ones(num_features)) -> nn.Parameter(torch.randn(num_features))
    weight_and_bias_start_at_random: weight starts at ones and bias at zeros, so that a new layer only normalises.
        Random starts are for convolutions.
        nn.Parameter(torch.ones(num_features)) -> nn.Parameter(torch.randn(num_features))
        nn.Parameter(torch.zeros(num_features)) -> nn.Parameter(torch.randn(num_features))
    weight_starts_at_zero: weight starts at ones: with zeros the output of a new layer does not depend on its input.
        nn.Parameter(torch.ones(num_features)) -> nn.Parameter(torch.zeros(num_features))
    bias_starts_at_one: bias starts at zeros, since a new layer only normalises; weight is what starts at ones.
        nn.Parameter(torch.zeros(num_features)) -> nn.Parameter(torch.ones(num_features))
    one_weight_for_all_channels: Each channel has a weight and a bias of its own: both have the shape (num_features,).
        nn.Parameter(torch.ones(num_features)) -> nn.Parameter(torch.ones(1))
        nn.Parameter(torch.zeros(num_features)) -> nn.Parameter(torch.zeros(1))
    keras_eps: The default of eps is 1e-5 here, as in torch; 1e-3 is the default of Keras.
        eps=1e-5 -> eps=1e-3
    eps_of_adam: The default of eps is 1e-5 here, as in torch; 1e-8 is the default of Adam.
        eps=1e-5 -> eps=1e-8
    eps_is_ignored: The constructor is given eps, and 1e-5 is only its default: keep it and use it in forward.
        eps, momentum -> 1e-5, momentum
    momentum_is_ignored: The constructor is given momentum, and 0.1 is only its default: keep it and use it in the
        update.
        eps, momentum -> eps, 0.1
    """,
)

normalisation = mistakes(
    BatchNorm2d,
    """
    channels_mixed_by_reshape: reshape and view only cut the numbers into new rows and move no axis. With several
        images, a row of (C, -1) holds numbers of several channels. Take the statistics over dim=(0, 2, 3).
        x.mean(axes, keepdim=True) -> x.reshape(x.shape[1], -1).mean(1)[:, None, None]
        x.var(axes, unbiased=False, keepdim=True) -> x.reshape(x.shape[1], -1).var(1, unbiased=False)[:, None, None]
        x.mean((0, 2, 3)) -> x.reshape(x.shape[1], -1).mean(1)
        x.var((0, 2, 3)) -> x.reshape(x.shape[1], -1).var(1)
    mean_and_variance_along_the_width: Broadcasting lines up the last axes, so numbers of shape (C,) lie along the
        width. Mean and variance need the shape (1, C, 1, 1).
        x.mean(axes, keepdim=True) -> x.mean(axes)
        x.var(axes, unbiased=False, keepdim=True) -> x.var(axes, unbiased=False)
        self.running_mean[:, None, None], self.running_var[:, None, None] -> self.running_mean, self.running_var
    running_statistics_along_the_width: Broadcasting lines up the last axes, so numbers of shape (C,) lie along the
        width. The running statistics need the shape (1, C, 1, 1) in eval mode.
        self.running_mean[:, None, None], self.running_var[:, None, None] -> self.running_mean, self.running_var
    weight_and_bias_along_the_width: Broadcasting lines up the last axes, so numbers of shape (C,) lie along the width.
        Weight and bias need the shape (1, C, 1, 1) for the product and the sum.
        normal * self.weight[:, None, None] + self.bias[:, None, None] -> normal * self.weight + self.bias
    bias_is_scaled: The order is normalise, multiply by weight, add bias: here the bias is multiplied by the weight,
        too.
        self.bias[:, None, None] -> (self.bias * self.weight)[:, None, None]
    batchnorm_bias_left_out: After the normalisation each channel is multiplied by its weight and its bias is added;
        here the bias is left out.
        normal * self.weight[:, None, None] + self.bias[:, None, None] -> normal * self.weight[:, None, None]
    mean_is_not_subtracted: First the mean of the channel is subtracted, then the difference is divided by the standard
        deviation.
        (x - mean) -> x
    batch_variance_in_eval: In eval mode both running statistics take the batch's place. The mean does so here, and the
        variance is still that of the batch.
        self.running_mean[:, None, None], self.running_var[:, None, None] -> self.running_mean[:, None, None], variance
    batch_mean_in_eval: In eval mode both running statistics take the batch's place. The variance does so here, and the
        mean is still that of the batch.
        self.running_mean[:, None, None], self.running_var[:, None, None] -> mean, self.running_var[:, None, None]
    running_statistics_in_training: In training mode the batch is normalised with its own mean and variance. The running
        statistics are only updated there, and used in eval mode.
        self.update(x) -> self.update(x); mean, variance = (one[:, None, None] for one in self.buffers())
    old_running_statistics_in_training: In training mode the batch is normalised with its own mean and variance. The
        running statistics are only updated there, and used in eval mode.
        self.update(x) -> mean, variance = (one[:, None, None].clone() for one in self.buffers()); self.update(x)
    training_and_eval_exchanged: It is the other way round: self.training is true in training mode, where the batch
        normalises itself and moves the running statistics.
        self.training -> not self.training
    """,
)

running = mistakes(
    BatchNorm2d,
    """
    correction_upside_down: The unbiased variance is the larger one: it is the biased one times n / (n − 1), where n = N
        · H · W.
        x.var((0, 2, 3)) -> x.var((0, 2, 3), unbiased=False) * (1 - x.shape[1] / x.numel())
    correction_counts_images: The factor n / (n − 1) counts the numbers of one channel, n = N · H · W, and not the
        images.
        x.var((0, 2, 3)) -> x.var((0, 2, 3), unbiased=False) * len(x) / (len(x) - 1)
    correction_counts_all_channels: The factor n / (n − 1) counts the numbers of one channel, n = N · H · W, without C.
        x.var((0, 2, 3)) -> x.var((0, 2, 3), unbiased=False) * x.numel() / (x.numel() - 1)
    running_standard_deviation: running_var keeps the variance of the batch; here it is given the standard deviation.
        x.var((0, 2, 3)) -> x.std((0, 2, 3))
    old_value_is_not_scaled: The running statistics are averages: the old value counts 1 − momentum times, and here it
        counts once.
        self.momentum * (x.mean((0, 2, 3)) - self.running_mean) -> self.momentum * x.mean((0, 2, 3))
        self.momentum * (x.var((0, 2, 3)) - self.running_var) -> self.momentum * x.var((0, 2, 3))
    last_batch_replaces_the_average: A running statistic moves towards the batch by momentum; here the last batch takes
        its place entirely.
        eps, momentum -> eps, 1.0
    all_batches_count_alike: momentum decides how far each batch moves the running statistics; here all batches count
        alike.
        super().__init__() -> super().__init__(); self.seen = 0
        self.update(x) -> self.seen += 1; self.momentum = 1 / self.seen; self.update(x)
    only_the_running_mean_moves: Training moves both running statistics; here running_var stays at its initial value.
        self.running_var += self.momentum * (x.var((0, 2, 3)) - self.running_var) ->
    only_the_running_variance_moves: Training moves both running statistics; here running_mean stays at its initial
        value.
        self.running_mean += self.momentum * (x.mean((0, 2, 3)) - self.running_mean) ->
    """,
)
