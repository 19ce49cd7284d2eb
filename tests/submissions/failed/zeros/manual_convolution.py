def global_avg_pool(x):
    return x.mean((2, 3)) * 0
