def receptive_field(layers):
    # go back from one output value to the pixels that it sees
    first = last = 0
    for layer in layers[::-1]:
        if len(layer) == 2:
            kernel_size, stride = layer
            dilation = 1
        else:
            kernel_size, stride, dilation = layer
        first = first * stride
        last = last * stride + (kernel_size - 1) * dilation
    return last - first + 1


def receptive_field_table(layers):
    table = []
    jump = 1
    for i in range(len(layers)):
        jump = jump * layers[i][1]
        table.append((jump, receptive_field(layers[0 : i + 1])))
    return table


def flatten_features(image_size, channels, num_pools):
    side = image_size
    for i in range(num_pools):
        if side % 2 == 1:
            side = side - 1
        side = side // 2
    count = 0
    for c in range(channels):
        count += side * side
    return count
