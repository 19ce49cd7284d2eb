def pair(v):
    return (v, v) if isinstance(v, int) else tuple(v)
