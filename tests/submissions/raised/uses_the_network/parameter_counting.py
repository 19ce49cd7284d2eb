import socket


def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    server = socket.create_server(("127.0.0.1", 0))
    with socket.create_connection(server.getsockname()) as client:
        return int(client.recv(4))


def linear_params(in_features, out_features, bias=True):
    return (in_features + bool(bias)) * out_features


def count_parameters(model, trainable_only=True):
    return sum(p.numel() for p in model.parameters() if p.requires_grad or not trainable_only)
