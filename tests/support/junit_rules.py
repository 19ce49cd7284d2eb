"""What two schemas of JUnit's XML allow, written as rules: that of Apache Ant, and that of Jenkins' xUnit plugin.

Sources, read and not copied: JUnit.xsd of windyroad/JUnit-Schema (Apache License 2.0), and junit-10.xsd of
jenkinsci/xunit-plugin (MIT).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

INT, DECIMAL = re.compile(r"[+-]?\d+"), re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
NOT_EMPTY, ANY = re.compile(r".+", re.S), re.compile(r".*", re.S)
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
SUREFIRE = re.compile(r"((\d{0,3},)*\d{3}|\d{0,3})*(\.\d*)?")
REASON = re.compile("(skipped |error |failure )?")  # at most one of them
COUNTS = {"tests": INT, "failures": INT, "errors": INT}


@dataclass(frozen=True)
class Rule:
    """The attributes that an element must have and may have, with their forms, and its children in order."""

    required: dict[str, re.Pattern[str]]
    optional: dict[str, re.Pattern[str]]
    children: re.Pattern[str]


ANT = {
    "testsuites": Rule({}, {}, re.compile("(testsuite )*")),
    "testsuite": Rule(
        {"name": NOT_EMPTY, "package": ANY, "id": INT, "timestamp": MOMENT, "hostname": NOT_EMPTY, "time": DECIMAL}
        | COUNTS,
        {"skipped": INT},
        re.compile("properties (testcase )*system-out system-err "),
    ),
    "properties": Rule({}, {}, re.compile("(property )*")),
    "property": Rule({"name": NOT_EMPTY, "value": ANY}, {}, re.compile("")),
    "testcase": Rule({"name": ANY, "classname": ANY, "time": DECIMAL}, {}, REASON),
    "skipped": Rule({}, {"type": ANY, "message": ANY}, re.compile("")),
    "error": Rule({"type": ANY}, {"message": ANY}, re.compile("")),
    "failure": Rule({"type": ANY}, {"message": ANY}, re.compile("")),
    "system-out": Rule({}, {}, re.compile("")),
    "system-err": Rule({}, {}, re.compile("")),
}
OF_SUITE = ("group", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url")
JENKINS = {
    **ANT,
    "testsuites": Rule({}, {"name": ANY, "time": SUREFIRE, **COUNTS}, re.compile("(testsuite )*")),
    "testsuite": Rule(
        {"name": ANY, "tests": ANY, "failures": ANY, "errors": ANY},
        {"time": SUREFIRE, **dict.fromkeys(OF_SUITE, ANY)},
        re.compile("((testsuite|properties|testcase|system-out|system-err) )*"),
    ),
    "testcase": Rule(
        {"name": ANY},
        {"time": ANY, "classname": ANY, "group": ANY},
        re.compile("((skipped|error|failure|rerunFailure|rerunError|flakyFailure|flakyError|system-out|system-err) )*"),
    ),
}


def faults(element: Element, rules: dict[str, Rule]) -> Iterator[str]:
    """One line for everything in the element and below it that the rules do not allow."""
    rule = rules.get(element.tag)
    if rule is None:
        yield f"there is no <{element.tag}>"
        return
    allowed = rule.required | rule.optional
    for name in rule.required.keys() - element.attrib.keys():
        yield f"<{element.tag}> lacks {name}"
    for name, value in element.attrib.items():
        if name not in allowed:
            yield f"<{element.tag}> may not have {name}"
        elif not allowed[name].fullmatch(value):
            yield f"<{element.tag}> has {name}={value!r}"
    children = "".join(f"{child.tag} " for child in element)
    if not rule.children.fullmatch(children):
        yield f"<{element.tag}> has the children {children}"
    for child in element:
        yield from faults(child, rules)
