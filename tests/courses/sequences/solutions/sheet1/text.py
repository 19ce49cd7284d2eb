"""Words and numbers

A network reads numbers. A vocabulary numbers the words.
"""


def build_vocabulary(texts):
    """Number the words of a list of texts; returns a dict from word to number.

    Words are what stands between blanks, in lower case. "<unknown>" has the number 0. The words have the numbers from 1
    on, each number once, in any order. A single text in place of a list raises ValueError.
    """
    ### BEGIN SOLUTION
    if isinstance(texts, str):
        raise ValueError("expected a list of texts")
    vocabulary = {"<unknown>": 0}
    for text in texts:
        for word in text.lower().split():
            vocabulary.setdefault(word, len(vocabulary))
    return vocabulary
    ### END SOLUTION


def encode(text, vocabulary):
    """The list of the numbers of the words of a text; a word that is not in the vocabulary counts as "<unknown>".

    A vocabulary without "<unknown>" raises ValueError, even if all words are known.
    """
    ### BEGIN SOLUTION
    if "<unknown>" not in vocabulary:
        raise ValueError("the vocabulary has no number for unknown words")
    return [vocabulary.get(word, vocabulary["<unknown>"]) for word in text.lower().split()]
    ### END SOLUTION
