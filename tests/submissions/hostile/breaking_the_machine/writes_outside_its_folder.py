r"""Writes wherever programs like to write, and where they should not.

earns: linear_params 0
verdicts: raised
says: wrote: \[\]
tiers: full, landlock
"""


def linear_params(in_features, out_features, bias=True):
    wrote = []
    for folder in "/", "/tmp", "/var/tmp", "/dev/shm", "/run", "/mnt", "/etc", "/usr/lib", "/proc", "@COURSE@", "@HOME@":
        try:
            with open(f"{folder}/@TOKEN@", "w") as file:
                file.write("x")
            wrote.append(folder)
        except OSError:
            pass
    raise ValueError(f"wrote: {wrote}")
