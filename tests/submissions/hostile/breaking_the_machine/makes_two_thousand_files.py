"""Makes thousands of empty files, folders and links in its private folder.

earns: linear_params 0
verdicts: stopped
says: wrote more than 64 MB or 1024 files
seconds: 5
"""
import os
import time


def linear_params(in_features, out_features, bias=True):
    for number in range(1000):
        os.mkdir(f"folder-{bias}-{number}")
        os.symlink("nowhere", f"link-{bias}-{number}")
    time.sleep(0.5)
    return 1
