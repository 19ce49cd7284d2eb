"""Every name is there, and nothing is done: functions return None, networks hand nothing on."""

from torch import nn


class Nothing(nn.Module):
    def __init__(self, *args, **kwargs):
        super().__init__()

    def forward(self, *args):
        pass


class SimpleCNN(Nothing):
    pass


class ConvBlock(Nothing):
    pass


class Encoder(Nothing):
    pass


class Decoder(Nothing):
    pass


class UNet(Nothing):
    pass


class BatchNorm2d(Nothing):
    pass


class SimpleCNNBatchNorm(Nothing):
    pass


class DeepCNN(Nothing):
    pass


def nothing(*args, **kwargs):
    pass


conv_output_size = conv2d_output_shape = conv_transpose_output_size = nothing
conv2d_params = linear_params = count_parameters = nothing
receptive_field = receptive_field_table = flatten_features = nothing
conv2d_manual = max_pool2d_manual = global_avg_pool = sobel_edges = nothing
train_one_epoch = evaluate = add_noise = compare_batchnorm = nothing


class ResidualBlock(Nothing):
    pass


class LeNet5(Nothing):
    pass


to_image_tensor = to_channels_first = make_loader = nothing
extract_feature_maps = normalize_filters = nothing
