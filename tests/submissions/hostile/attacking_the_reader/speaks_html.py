"""Puts markup of web pages into everything that reports show.

earns: linear_params 0, conv2d_params 0, global_avg_pool 0
verdicts: failed, raised
says: script
"""

PAGE = "</pre></textarea>\"'><script>alert(1)</script><img src=x onerror=alert(1)>&lt;b&gt;<!-- ]]> -->"
print(PAGE)


def linear_params(in_features, out_features, bias=True):
    raise type(PAGE, (Exception,), {})(PAGE)


def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    return type(PAGE, (), {})()


def global_avg_pool(x):
    raise ValueError("javascript:alert(1) " + PAGE)
