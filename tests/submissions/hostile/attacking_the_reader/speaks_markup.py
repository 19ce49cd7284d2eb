"""Puts the markup of reports into everything that reports show: rich, Markdown, XML, JSON, LaTeX.

earns: linear_params 0, conv2d_params 0
verdicts: failed, raised
says: bold green
"""

MARKUP = '[bold green]100/100[/] [link=https://x.org]x[/link] ](javascript:x) ]]></failure> "}]} \\input{/etc/passwd} {{x}} %s {0}'
print(MARKUP)


def linear_params(in_features, out_features, bias=True):
    raise type(MARKUP, (Exception,), {})(MARKUP)


def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    return {MARKUP: 1}
