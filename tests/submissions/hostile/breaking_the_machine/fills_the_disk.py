"""Writes two hundred megabytes into its private folder.

earns: linear_params 0
verdicts: stopped
says: wrote more than 64 MB or 1024 files
seconds: 5
"""


def linear_params(in_features, out_features, bias=True):
    for number in range(10):
        with open(f"large-{number}", "wb") as file:
            for _ in range(5):
                file.write(b"x" * (4 << 20))
    return 1
