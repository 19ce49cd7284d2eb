r"""Reads what every program may read, and what none should.

earns: global_avg_pool 0
verdicts: raised
says: loot: \[\]
tiers: full, landlock
"""


def global_avg_pool(x):
    loot = []
    for path in "/etc/passwd", "/etc/shadow", "/etc/group", "/etc/gshadow", "/etc/ssh/ssh_host_rsa_key", "/etc/hosts":
        try:
            with open(path) as file:
                loot.append(file.read(200))
        except OSError:
            pass
    raise ValueError(f"loot: {loot}")
