# %% while_loop: Halves until 1.
def max_pools(size):
    n = 0
    while size > 1:
        size //= 2
        n += 1
    return n

# %% bit_length: The bit length minus one.
def max_pools(size):
    return int(size).bit_length() - 1

# %% recursive: Recursion.
def max_pools(size):
    return 0 if size == 1 else 1 + max_pools(size // 2)

# %% log: The floor of the exact base-2 logarithm.
def max_pools(size):
    return math.floor(math.log2(size))
