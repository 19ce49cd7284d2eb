"""Makes files that claim a terabyte and hold nothing.

earns: linear_params 0
verdicts: stopped
says: wrote more than 64 MB or 1024 files
"""


def linear_params(in_features, out_features, bias=True):
    with open("large", "wb") as file:
        file.truncate(1 << 40)
    with open("large", "rb") as file:
        return file.seek(0, 2)
