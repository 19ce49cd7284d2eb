"""How often do sound and broken networks pass the training checks? `python benchmarks/training_table.py --help`.

Each run is one attempt with a fresh seed: the same cases, probe and measure as in a grade, asked in this process on one
thread. Runs are appended to a file of JSON lines, so that a table may be made in pieces; `--table` prints what is
there as Markdown, with the 95 % upper bound (exact binomial, one-sided) of the rate at which one attempt
errs (a sound network fails, a broken one passes), and of the whole check, which passes with any of its attempts.
"""

import itertools
import json
import sys
import time
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parent))
RUNS = Path(__file__).with_name("training_runs.jsonl")
FLOOR = 0.85  # what any sound classifier must reach; the check of SimpleCNN asks for more
OTHER_CLASSIFIERS = (
    "global average pooling",
    "BatchNorm + dropout",
    "narrow (4 and 8 channels)",
    "tanh",
    "strided instead of pooled",
)


def recipes():
    """Recipe name -> (section, exercise, check, sound designs, broken designs)."""
    from designs import BROKEN_CLASSIFIERS, BROKEN_UNETS, CLASSIFIERS, FAULTS, INITIALISATIONS, UNETS

    own = {"the reference": None}
    begun = {f"begins {name}": Changed(change) for name, change in INITIALISATIONS.items()}
    faulty = {name: Changed(change) for name, change in FAULTS.items()}
    classifiers, unets = CLASSIFIERS | begun, UNETS | begun
    return {
        "SimpleCNN learns digits": (
            *("simple_cnn", "SimpleCNN", "learns_digits"),
            *(classifiers, BROKEN_CLASSIFIERS | faulty),
        ),
        "UNet denoises": ("unet", "UNet", "denoises_digits", unets, BROKEN_UNETS | faulty),
        "BatchNorm speeds up training": (
            *("batchnorm", "DeepCNN", "batchnorm_learns_faster"),
            own | {name: begun[name] for name in begun if "biases" in name},  # the probe sets the weights itself
            {name: faulty[name] for name in faulty if "begin" not in name},
        ),
        "compare_batchnorm shows it": ("batchnorm", "compare_batchnorm", "batchnorm_wins", own, {}),
    }


class Changed:
    """The reference with a change to each network that it makes."""

    def __init__(self, change):
        self.change = change

    def of(self, reference):
        return lambda *args, **kwargs: self.change(reference(*args, **kwargs))


def run_once(recipe, design, seed):
    """One attempt, and the deterministic checks of the exercise for a broken design."""
    from autograder.author import Draw
    from autograder.author.questions import ask, question_of
    from autograder.author.reading import read_reference
    from autograder.course import find_course
    from autograder.exam.build import without_items
    from autograder.judge import OwnRules, Rules

    section_name, exercise, check_name, sound, broken = recipes()[recipe]
    read = read_reference(find_course(Path.cwd(), "exercise3"), "exercise3")
    rules, probes = Rules(OwnRules(read.own.rules)), read.own.probes
    section = next(section for section in read.sections if section.name == section_name)
    namespace = section.namespace
    build = {**sound, **broken}[design]
    if isinstance(build, Changed):
        build = build.of(namespace[exercise])
    mine = {**namespace, exercise: build} if build is not None else namespace
    checks = [check for check in section.checks if check.exercise.name == exercise]
    check = next(check for check in checks if check.name == check_name)
    draw = Draw(seed, "benchmark", recipe)
    case = next(check.cases(draw))
    start = time.process_time()
    answer = ask(mine, question_of(check, case, draw), probes)
    seconds = time.process_time() - start
    value = getattr(answer, "message", "")
    if hasattr(answer, "value"):
        value = rules.measure(check.measure.measure.name, answer.value, case.for_measure)
    caught = []
    if design in broken:
        for other in checks:
            draw = Draw(seed, section_name, exercise, other.name)
            for one in [] if other.measure else other.cases(draw):
                question = question_of(other, one, draw)
                right, given = ask(namespace, question, probes), ask(mine, question, probes)
                if not rules.accepts(without_items(other), [right], given):
                    caught.append(other.name)
    return {
        "recipe": recipe,
        "design": design,
        "sound": design in sound,
        "seed": seed,
        "value": value,
        "threshold": without_items(check).parameters,
        "seconds": round(seconds, 3),
        "caught": sorted(set(caught)),
    }


def upper_bound(failures, runs):
    """The 95 % upper bound of a rate by Clopper and Pearson, found by bisection."""
    from math import comb

    low, high = failures / runs, 1.0
    for _ in range(60):
        rate = (low + high) / 2
        below = sum(comb(runs, k) * rate**k * (1 - rate) ** (runs - k) for k in range(failures + 1))
        low, high = (rate, high) if below > 0.05 else (low, rate)
    return high


def passes(run, threshold, is_least):
    if not isinstance(run["value"], float):
        return False
    return run["value"] >= threshold if is_least else run["value"] <= threshold


def thresholds():
    """Recipe name -> what its check asks for today, as {"least": number} or {"most": number}."""
    from autograder.author.reading import read_reference
    from autograder.course import find_course
    from autograder.exam.build import without_items

    sections = read_reference(find_course(Path.cwd(), "exercise3"), "exercise3").sections
    checks = {check.name: check for section in sections for check in section.checks}
    return {name: without_items(checks[check]).parameters for name, (_, _, check, *_) in recipes().items()}


def table(runs):
    """One line per design; what errs is a sound network that fails or a broken one that passes."""
    attempts = {"UNet denoises": 6}
    print(
        "| recipe | design | threshold | runs | passed | an attempt errs ≤ | the check errs ≤ "
        "| value mean (min … max) | s | caught |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    limits = thresholds()
    for (recipe, design), some in itertools.groupby(runs, key=lambda run: (run["recipe"], run["design"])):
        group, tries = list(some), attempts.get(recipe, 3)
        limit = limits[recipe]
        threshold = limit.get("least", limit.get("most"))
        if recipe == "SimpleCNN learns digits" and design in OTHER_CLASSIFIERS:
            threshold = FLOOR
        passed = sum(passes(run, threshold, "least" in limit) for run in group)
        values = [run["value"] for run in group if isinstance(run["value"], float)]
        spread = f"{sum(values) / len(values):.4f} ({min(values):.4f} … {max(values):.4f})" if values else "none"
        seconds = sum(run["seconds"] for run in group) / len(group)
        if group[0]["sound"]:
            bound = upper_bound(len(group) - passed, len(group))
            whole, caught = f"{bound**tries:.1e}", ""
        else:
            bound = upper_bound(passed, len(group))
            whole, caught = f"{1 - (1 - bound) ** tries:.3f}", f"{sum(bool(run['caught']) for run in group)}"
        print(
            f"| {recipe} | {design} | {threshold} | {len(group)} | {passed} | {bound:.3f} | {whole} | {spread} "
            f"| {seconds:.1f} | {caught} |"
        )


@click.command()
@click.option("--sound", default=100, help="Runs for each sound design.")
@click.option("--broken", default=20, help="Runs for each broken design.")
@click.option("--recipe", default="", help="Only recipes whose name contains this.")
@click.option("--first", default=0, help="The first seed.")
@click.option("--table", "only_table", is_flag=True, help="Print the table of the runs so far.")
def main(sound, broken, recipe, first, only_table):
    if not only_table:
        import torch

        torch.set_num_threads(1)
        known = {(run["recipe"], run["design"], run["seed"]) for run in read_runs()}
        for seed in range(first, first + max(sound, broken)):
            for name, (*_, good, bad) in recipes().items():
                runs = dict.fromkeys(good, sound) | dict.fromkeys(bad, broken)
                for design, count in runs.items() if recipe in name else []:
                    if seed < first + count and (name, design, seed) not in known:
                        with RUNS.open("a") as file:
                            file.write(json.dumps(run_once(name, design, seed)) + "\n")
    order = [(name, design) for name, (*_, good, bad) in recipes().items() for design in [*good, *bad]]
    table(sorted(read_runs(), key=lambda run: (order.index((run["recipe"], run["design"])), run["seed"])))


def read_runs():
    return [json.loads(line) for line in RUNS.read_text().splitlines()] if RUNS.exists() else []


if __name__ == "__main__":
    main()
