"""The only code that runs beside the student's: wire format, loader, builders, probes, worker, zygote.

What it reports about the student's code can be forged by that code, since they share a process. So it reports
values, never verdicts: a forged value is right only where the student could have computed it.
"""
