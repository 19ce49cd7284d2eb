"""What a course's own probes may use: the decorator, and the functions that the engine's probes share.

Example usage, in `reference/exercise7/probes.py`:

    from autograder.sandbox.inside.toolbox import NEEDED, build, construct, probe, run

    @probe
    def output_twice(target, question, *, inputs=NEEDED):
        \"\"\"The outputs of the network for `inputs`, two times.\"\"\"
        network = construct(target, question).eval()
        return [run(network, *build(inputs)) for _ in range(2)]
"""

from __future__ import annotations

from .build import build, builder, images_from_bytes
from .frames import QuestionFrame
from .operators import Execute, Operators, first_result
from .probe import DRAWN, NEEDED, probe
from .probes.forward import Candidates, forward
from .probes.network import (
    DoublePrecision,
    call_target,
    construct,
    copied,
    reported,
    run,
    seeded_network,
    seeded_variants,
    single_output,
    tensors_in,
)
from .probes.stages import InnerView, inner_view
from .probes.train import batches, device_of, predict, step
from .refusal import Unfit
from .weights import parameters_by_use

__all__ = [
    "DRAWN",
    "NEEDED",
    "Candidates",
    "DoublePrecision",
    "Execute",
    "InnerView",
    "Operators",
    "QuestionFrame",
    "Unfit",
    "batches",
    "build",
    "builder",
    "call_target",
    "construct",
    "copied",
    "device_of",
    "first_result",
    "forward",
    "images_from_bytes",
    "inner_view",
    "parameters_by_use",
    "predict",
    "probe",
    "reported",
    "run",
    "seeded_network",
    "seeded_variants",
    "single_output",
    "step",
    "tensors_in",
]
