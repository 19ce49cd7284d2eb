"""The gradebook as JUnit XML for CI servers."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from autograder.classroom import Entry, Gradebook
from autograder.model import CheckResult, Grade, Verdict
from autograder.text import clean, one_line, points

# As in JUnit, a wrong answer is a failure, and code that gave no answer is an error.
ELEMENTS: dict[Verdict, str] = {
    "failed": "failure",
    "raised": "error",
    "stopped": "error",
    "skipped": "skipped",
    "not shown": "skipped",
}
NO_TIME = "1970-01-01T00:00:00"  # the schemas demand one, and results of earlier versions have none
NOT_IN_XML = re.compile("[\ufffe\uffff]")


def junit(gradebook: Gradebook) -> dict[str, str]:
    """`junit.xml`: a suite for each student and a case for each check.

    A student without a grade has one case, and so has an exercise that is not in the files. The file is valid by the
    schema of Apache Ant, which most tools take as that of JUnit, and by that of the xUnit plugin of Jenkins.

    Source: JUnit.xsd of windyroad/JUnit-Schema, and junit-10.xsd of jenkinsci/xunit-plugin.
    """
    suites = Element("testsuites")
    for number, entry in enumerate(gradebook.entries):
        suites.append(_suite(gradebook, entry, number))
    indent(suites)
    text: str = tostring(suites, encoding="unicode")
    return {"junit.xml": f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'}


def _suite(gradebook: Gradebook, entry: Entry, number: int) -> Element:
    names = {"name": _line(entry.student.key), "package": _line(gradebook.assignment), "id": str(number)}
    suite = Element("testsuite", {**names, "hostname": "localhost", "timestamp": entry.graded_at or NO_TIME})
    properties = SubElement(suite, "properties")
    for name, value in _properties(gradebook, entry):
        SubElement(properties, "property", name=name, value=_line(value))
    printed: list[str] = []
    if entry.grade:
        printed = _cases(suite, entry.student.key, entry.grade)
    else:
        case = _case(suite, entry.student.key, "submission", 0.0)
        kind = "skipped" if entry.state == "missing" else "error"
        _outcome(case, kind, entry.state, entry.problem or entry.state)
    suite.set("tests", str(len(suite.findall("testcase"))))
    for kind, plural in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        suite.set(plural, str(len(suite.findall(f"testcase/{kind}"))))
    SubElement(suite, "system-out").text = _legal("\n".join(printed))
    SubElement(suite, "system-err")
    suite.set("time", f"{entry.grade.seconds if entry.grade else 0.0:.3f}")
    return suite


def _properties(gradebook: Gradebook, entry: Entry) -> list[tuple[str, str]]:
    properties = [("name", entry.student.name), ("state", entry.state)]
    if entry.earned is not None:
        properties.append(("earned", points(entry.earned)))
    if entry.grade:
        properties.extend([("points", points(entry.grade.points)), ("digest", entry.grade.digest)])
    if entry.final:
        properties += [("final", points(entry.final.points)), ("out_of", points(gradebook.maximum))]
        properties += [("policy", entry.final.reason)] if entry.final.reason else []
    if gradebook.left_out:
        properties.append(("left_out", gradebook.left_out))
    for override in entry.overrides:
        properties.append(
            ("override", f"{override.exercise or 'whole'}: {points(override.points)} ({override.reason})")
        )
    return properties


def _cases(suite: Element, key: str, grade: Grade) -> list[str]:
    """Add a case for each check, and return what is to be said about those that passed.

    CI servers know a case by `classname` and name, so `classname` holds the student.
    """
    remarks = []
    for section in grade.sections:
        for exercise in section.exercises:
            place = f"{key}.{exercise.name}"
            if exercise.absent:
                _outcome(_case(suite, place, exercise.name, 0.0), "skipped", "missing", "not in the files")
                continue
            for check in exercise.checks:
                case = _case(suite, place, check.name, check.seconds)
                if check.verdict != "passed":
                    _outcome(case, ELEMENTS[check.verdict], check.verdict, _details(check))
                elif check.follows_from:
                    remarks.append(f"{exercise.name}, {check.name}: {check.feedback}")
    return remarks


def _case(suite: Element, place: str, name: str, seconds: float) -> Element:
    return SubElement(suite, "testcase", classname=_line(place), name=_line(name), time=f"{seconds:.3f}")


def _details(check: CheckResult) -> str:
    return "\n".join([check.title, *filter(None, [check.feedback, f"hint: {check.hint}" if check.hint else ""])])


def _outcome(case: Element, kind: str, verdict: str, text: str) -> None:
    outcome = SubElement(case, kind, type=verdict, message=_line(text.split("\n", 1)[0]))
    outcome.text = _legal(text)


def _line(text: str) -> str:
    return one_line(_legal(text))


def _legal(text: str) -> str:
    """Remove the characters that XML 1.0 forbids."""
    return NOT_IN_XML.sub("", clean(text))
