"""The only code that runs beside the student's: wire format, loader, builders, probes, worker, zygote.

Student code shares the process and can forge every report of this code. The reports are therefore values, never
verdicts, and a forged value is right only if the student could compute it.
"""
