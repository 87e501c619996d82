"""Everything that Khabar's knowledge raises on purpose.

KhabarError                 every message names the file, URL or setting, the fault and the remedy
├── SourceError             a whole source can't be read (one bad file is skipped and reported instead)
│   └── FetchError          an address gave nothing that can be used
│       ├── Gone            nothing is there (any more): 404, 410
│       ├── Forbidden       the publisher doesn't want it fetched: 401, 403, 451, robots.txt
│       ├── NotAllowed      Khabar doesn't go there: not http(s), or a private address
│       ├── Busy            the publisher asked to be left alone for a while: 429, 503
│       ├── Unreachable     no answer, a broken one, or an error of the server
│       ├── TooLarge        there is more of it than the settings allow
│       └── TooManyRedirects    it leads on and on, or in a circle
├── StoreError              the article store can't be opened or written
├── GenerationError
│   ├── CorruptGeneration   its files are missing, cut short or altered
│   │   └── OutdatedGeneration  they are whole, but of another version of Khabar
│   ├── RefusedGeneration   it was built, but a check before publishing failed
│   └── NoGeneration        nothing has been published yet
├── ReloadInProgress        another reload holds the lock
├── DictionaryError         an English dictionary can't be read
└── EvaluationError         a BEIR folder is incomplete or malformed
"""


class KhabarError(Exception):
    """Base of all errors whose message is written for the operator."""


class SourceError(KhabarError):
    """A whole source can't be read."""


class FetchError(SourceError):
    """An address gave nothing that can be used."""


class Gone(FetchError):
    """Nothing is there, or nothing any more: 404 and 410."""


class Forbidden(FetchError):
    """The publisher doesn't want it fetched: 401, 403, 451, or its robots.txt."""


class NotAllowed(FetchError):
    """Khabar doesn't go there: not http or https, or a private address that no setting allows."""


class Busy(FetchError):
    """The host asked to be left alone for `retry_after_s` more seconds; until then nothing is sent to it."""

    def __init__(self, message: str, retry_after_s: float) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class Unreachable(FetchError):
    """No answer, a broken one, or an error of the server; later it may work."""


class TooLarge(FetchError):
    """There is more of it than the settings allow."""


class TooManyRedirects(FetchError):
    """It leads on and on, or in a circle."""


class StoreError(KhabarError):
    """The article store can't be opened or written."""


class GenerationError(KhabarError):
    """Something is wrong with a generation of the index."""


class CorruptGeneration(GenerationError):
    """A generation's files are missing, cut short or altered."""


class OutdatedGeneration(CorruptGeneration):
    """Another version of Khabar wrote the generation, in a format of its own: it must be built anew."""


class RefusedGeneration(GenerationError):
    """A generation was built, but a check before publishing failed."""


class NoGeneration(GenerationError):
    """Nothing has been published yet."""


class ReloadInProgress(KhabarError):
    """Another reload holds the lock."""


class DictionaryError(KhabarError):
    """An English dictionary can't be read."""


class EvaluationError(KhabarError):
    """A BEIR folder is incomplete or malformed."""
