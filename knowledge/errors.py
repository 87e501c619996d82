"""Everything that Khabar's knowledge raises on purpose.

KhabarError                 every message names the file, URL or setting, the fault and the remedy
├── SourceError             a whole source can't be read (one bad file is skipped and reported instead)
├── StoreError              the article store can't be opened or written
├── GenerationError
│   ├── CorruptGeneration   its files are missing, cut short or altered
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


class StoreError(KhabarError):
    """The article store can't be opened or written."""


class GenerationError(KhabarError):
    """Something is wrong with a generation of the index."""


class CorruptGeneration(GenerationError):
    """A generation's files are missing, cut short or altered."""


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
