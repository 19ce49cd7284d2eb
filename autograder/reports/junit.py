"""The gradebook as JUnit XML, for CI."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from autograder.classroom import Entry, Gradebook
from autograder.model import CheckResult, Grade, Verdict
from autograder.text import clean, one_line, points

# A failure is an answer that will not do, an error is code that gave none, as in JUnit.
ELEMENTS: dict[Verdict, str] = {
    "failed": "failure",
    "raised": "error",
    "stopped": "error",
    "skipped": "skipped",
}
NOT_IN_XML = re.compile("[\ufffe\uffff]")


def junit(gradebook: Gradebook) -> dict[str, str]:
    """`junit.xml`: a suite for each student, a case for each check; one case for who has no grade."""
    suites = Element("testsuites", name=_line(gradebook.assignment))
    for entry in gradebook.entries:
        suites.append(_suite(entry))
    for name in ("tests", "failures", "errors", "skipped"):
        suites.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    indent(suites)
    text: str = tostring(suites, encoding="unicode")
    return {"junit.xml": f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'}


def _suite(entry: Entry) -> Element:
    suite = Element("testsuite", name=_line(entry.student.key))
    properties = SubElement(suite, "properties")
    for name, value in _properties(entry):
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


def _properties(entry: Entry) -> list[tuple[str, str]]:
    told = [("name", entry.student.name), ("state", entry.state)]
    if entry.earned is not None:
        told.append(("earned", points(entry.earned)))
    if entry.grade:
        told.extend([("points", points(entry.grade.points)), ("digest", entry.grade.digest)])
    for override in entry.overrides:
        told.append(("override", f"{override.exercise or 'whole'}: {points(override.points)} ({override.reason})"))
    return told


def _cases(suite: Element, key: str, grade: Grade) -> None:
    """The student is part of `classname`, because CI servers know a test by its class and name alone."""
    for section in grade.sections:
        for exercise in section.exercises:
            for check in exercise.checks:
                place = _line(f"{key}.{exercise.name}")
                case = SubElement(suite, "testcase", classname=place, name=_line(check.name))
                if check.verdict != "passed":
                    _outcome(case, ELEMENTS[check.verdict], check.verdict, _told(check))


def _told(check: CheckResult) -> str:
    return "\n".join([check.title, *filter(None, [check.feedback, f"hint: {check.hint}" if check.hint else ""])])


def _outcome(case: Element, kind: str, verdict: str, text: str) -> None:
    outcome = SubElement(case, kind, type=verdict, message=_line(text.split("\n", 1)[0]))
    outcome.text = _legal(text)


def _line(text: str) -> str:
    return one_line(_legal(text))


def _legal(text: str) -> str:
    """The text without the characters that XML 1.0 has no place for."""
    return NOT_IN_XML.sub("", clean(text))
