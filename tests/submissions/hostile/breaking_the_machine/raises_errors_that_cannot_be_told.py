r"""Raises errors whose class, text, arguments and traceback raise errors when they are looked at.

earns: linear_params 0
verdicts: stopped
says: linear_params\(784, 10\)
"""


class Broken(type):
    @property
    def __name__(cls):
        raise SystemExit("no name")

    @property
    def __mro__(cls):
        raise KeyboardInterrupt

    def __getattribute__(cls, name):
        if name in ("__name__", "__mro__", "__qualname__", "__module__"):
            raise MemoryError
        return super().__getattribute__(name)


class Unspeakable(BaseException, metaclass=Broken):
    def __str__(self):
        raise GeneratorExit

    __repr__ = __str__

    def __getattribute__(self, name):
        raise RecursionError


def linear_params(in_features, out_features, bias=True):
    raise Unspeakable
