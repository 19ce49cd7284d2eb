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
NOT_IN_XML = re.compile("[\ufffe\uffff]")


def junit(gradebook: Gradebook) -> dict[str, str]:
    """`junit.xml`: a suite for each student and a case for each check; a student without a grade has one case."""
    suites = Element("testsuites", name=_line(gradebook.assignment))
    for entry in gradebook.entries:
        suites.append(_suite(gradebook, entry))
    for name in ("tests", "failures", "errors", "skipped"):
        suites.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    indent(suites)
    text: str = tostring(suites, encoding="unicode")
    return {"junit.xml": f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'}


def _suite(gradebook: Gradebook, entry: Entry) -> Element:
    suite = Element("testsuite", name=_line(entry.student.key))
    properties = SubElement(suite, "properties")
    for name, value in _properties(gradebook, entry):
        SubElement(properties, "property", name=name, value=_line(value))
    if entry.grade:
        _cases(suite, entry.student.key, entry.grade)
    else:
        case = SubElement(suite, "testcase", classname=_line(entry.student.key), name="submission")
        kind = "skipped" if entry.state == "missing" else "error"
        _outcome(case, kind, entry.state, entry.problem or entry.state)
    suite.set("tests", str(len(suite.findall("testcase"))))
    for kind, plural in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        suite.set(plural, str(len(suite.findall(f"testcase/{kind}"))))
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


def _cases(suite: Element, key: str, grade: Grade) -> None:
    """Add a case for each check; CI servers know a case by `classname` and name, so `classname` holds the student."""
    for section in grade.sections:
        for exercise in section.exercises:
            for check in exercise.checks:
                place = _line(f"{key}.{exercise.name}")
                case = SubElement(suite, "testcase", classname=place, name=_line(check.name))
                if check.verdict != "passed":
                    _outcome(case, ELEMENTS[check.verdict], check.verdict, _details(check))
                elif check.follows_from:
                    SubElement(case, "system-out").text = _legal(check.feedback)


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
