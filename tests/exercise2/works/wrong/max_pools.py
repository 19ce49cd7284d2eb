# %% log_ceil: Rounds the logarithm up.
def max_pools(size):
    return math.ceil(math.log2(size))

# %% only_even: Stops at the first odd side.
def max_pools(size):
    n = 0
    while size % 2 == 0:
        size //= 2
        n += 1
    return n

# %% until_zero: Counts the pooling that leaves nothing.
def max_pools(size):
    n = 0
    while size > 0:
        size //= 2
        n += 1
    return n

# %% at_least_one: Pools at least once, also for size 1.
def max_pools(size):
    n = 0
    while True:
        size //= 2
        n += 1
        if size <= 1:
            return n

# %% rounds_up: Rounds odd sides up.
def max_pools(size):
    n = 0
    while size > 1:
        size = (size + 1) // 2
        n += 1
    return n

# %% natural_log: Rounds the quotient of logarithms to the nearest.
def max_pools(size):
    return round(math.log(size) / math.log(2))

# %% stops_at_two: Stops at 2.
def max_pools(size):
    n = 0
    while size > 2:
        size //= 2
        n += 1
    return n

# %% float_log: The logarithm itself, a number with a fraction.
def max_pools(size):
    return math.log2(size)
