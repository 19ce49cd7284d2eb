"""A student is found by what an instructor writes, and two students are never mixed up."""

from __future__ import annotations

import pytest

from autograder.classroom.gradebook import Student
from autograder.classroom.people import UnknownStudentError, find_key

STUDENTS = {
    "Ada_4711": Student("Ada_4711", name="Ada", number="100", mail="ada@uni.example", participant="4711"),
    "Bob_4712": Student("Bob_4712", name="Bob", number="4713", participant="4712"),
    "Eve_4713": Student("Eve_4713", name="Eve", participant="4713"),
    "Zoe": Student("Zoe"),
}


@pytest.mark.parametrize("text", ["Ada_4711", "100", "4711", "ADA@uni.example"])
def test_key_numbers_and_mail_name_a_student(text: str) -> None:
    assert find_key(text, STUDENTS) == "Ada_4711"


def test_number_of_one_that_is_the_participant_number_of_another_is_refused() -> None:
    with pytest.raises(UnknownStudentError, match=r"several students are called '4713'.*: Bob_4712, Eve_4713"):
        find_key("4713", STUDENTS)


@pytest.mark.parametrize("text", ["", "Ada", "4799"])
def test_other_texts_name_nobody(text: str) -> None:
    with pytest.raises(UnknownStudentError, match="there is no student"):
        find_key(text, STUDENTS)


def test_message_does_not_list_a_whole_class() -> None:
    many = {f"s{number:03}": Student(f"s{number:03}") for number in range(300)}
    with pytest.raises(UnknownStudentError, match=r"by key, number or mail, such as s000$"):
        find_key("nobody", many)
    with pytest.raises(UnknownStudentError, match=r"did you mean s017\?$"):
        find_key("s017x", many)


def test_name_counts_where_it_is_asked_for() -> None:
    assert find_key("ada", STUDENTS, by_name=True) == "Ada_4711"
