"""Words and numbers"""

from autograder.author import call, case, cases, check, misconception, mistakes, reference

from .judging import numbering

POEM = ["The wind and the sea", "the Sea  and\nthe land", "a land without wind"]
WORDS = ["wind", "sea", "land", "rain", "Sun", "fog", "ice", "dew"]


@reference(points=4)
def build_vocabulary(texts):
    """What must two different words never share, and what must each word have?

    Walk through all words of all texts, and give each new word the next number.

    In the documentation: str.split without arguments, str.lower and dict.setdefault.
    """
    if isinstance(texts, str):
        raise ValueError("expected a list of texts")
    vocabulary = {"<unknown>": 0}
    for text in texts:
        for word in text.lower().split():
            vocabulary.setdefault(word, len(vocabulary))
    return vocabulary


def some_text(draw, count):
    return " ".join(WORDS[number] for number in draw.integers(0, len(WORDS) - 1, count))


@check(build_vocabulary, points=2, compare=numbering(first="<unknown>"))
def each_word_has_a_number(draw):
    """Each word has a number of its own, from 1 on; "<unknown>" has 0"""
    yield case(["wind sea", "land wind"])
    yield case([some_text(draw, 6).lower(), some_text(draw, 6).lower()])


@check(build_vocabulary, points=1, compare=numbering(first="<unknown>"))
def words_of_untidy_texts(draw):
    """Capitals, blanks, line breaks and empty texts make no other words"""
    yield case(POEM)
    yield case([" Wind  wind ", "", "\tWIND\nsea"])
    yield case([])


@check(build_vocabulary, points=1, compare=numbering(first="<unknown>"), needs=each_word_has_a_number)
def one_text_is_refused(draw):
    """A single text in place of a list raises ValueError"""
    yield case("wind and sea")


@misconception(build_vocabulary)
def numbered_again(texts):
    """Give a word a number only when you see it for the first time; a later one leaves gaps."""
    if isinstance(texts, str):
        raise ValueError("expected a list of texts")
    words = " ".join(texts).lower().split()
    return {"<unknown>": 0} | {word: number for number, word in enumerate(words, 1)}


wrong = mistakes(
    build_vocabulary,
    """
    words_from_zero: The number 0 belongs to "<unknown>", so the words begin at 1.
        len(vocabulary) -> len(vocabulary) - 1
    capitals_differ: "The" and "the" are one word; make all letters small first.
        text.lower().split() -> text.split()
    empty_words: split(" ") makes an empty word between two blanks, and does not split at a line break.
        text.lower().split() -> text.lower().split(" ")
    letters_for_words: A text is a sequence of letters; split it into words first.
        text.lower().split() -> text.lower()
    letters_of_one_text: The elements of a text are its letters, so a text in place of a list must raise ValueError.
        isinstance(texts, str) -> False
    unknown_left_out: The vocabulary also has "<unknown>", with the number 0.
        {"<unknown>": 0} -> {}
    """,
)


@reference(points=5)
def encode(text, vocabulary):
    """What is the number of a word that nobody has seen before?

    Split the text in the same way as for the vocabulary, and look each word up.

    In the documentation: dict.get with a second argument.
    """
    if "<unknown>" not in vocabulary:
        raise ValueError("the vocabulary has no number for unknown words")
    return [vocabulary.get(word, vocabulary["<unknown>"]) for word in text.lower().split()]


@check(encode, points=2)
def known_words(draw):
    """Each word becomes its number, in the order of the text"""
    words = {"<unknown>": 0, "wind": 1, "sea": 2, "land": 3}
    yield from cases(encode, (("sea wind sea", words), [2, 1, 2]), (("Land  SEA\n", words), [3, 2]), (("", words), []))
    order = draw.permutation(9)
    numbers = dict(zip(["<unknown>", *map(str.lower, WORDS)], order.tolist(), strict=True))
    yield case(some_text(draw, 7), numbers)


@check(encode, points=1)
def unknown_words(draw):
    """An unknown word gets the number of "<unknown>", which need not be 0"""
    yield case("storm and sea", {"<unknown>": 0, "sea": 1})
    yield case("sea and storm", {"sea": 0, "storm": 1, "<unknown>": draw.integer(5, 9)})


@check(encode, points=1)
def vocabulary_without_unknown(draw):
    """A vocabulary without "<unknown>" raises ValueError in any case"""
    yield case("sea sea", {"sea": 0})
    yield case("storm", {"sea": 0})


@check(encode, points=1, ask=call(watch=["vocabulary"], report=["after"]), counts_with=unknown_words)
def vocabulary_stays(draw):
    """The vocabulary stays as it was"""
    yield case("storm and sea", {"<unknown>": 0, "sea": 1})


wrong_codes = mistakes(
    encode,
    """
    unknown_left_out_of_text: An unknown word stays in the sequence, as the number of "<unknown>".
        text.lower().split() -> [word for word in text.lower().split() if word in vocabulary]
    always_zero: Look up the number of "<unknown>"; it need not be 0.
        vocabulary["<unknown>"] -> 0
    capitals_are_unknown: The words of the vocabulary are in lower case, so make the letters of the text small.
        text.lower().split() -> text.split()
    each_word_once: A word that comes twice stands twice in the sequence.
        text.lower().split() -> dict.fromkeys(text.lower().split())
    vocabulary_grows: Look words up with get; setdefault puts them into the vocabulary.
        vocabulary.get -> vocabulary.setdefault
    no_error: Without "<unknown>" in the vocabulary, raise ValueError before you look at the words.
        "<unknown>" not in vocabulary -> False
    """,
)
