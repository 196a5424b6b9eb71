"""What can go wrong in the store.

StoreError
├── StoreUnavailable   the database does not answer, is locked or full
├── NoSuchDraft        unknown, ended, or past its retention
├── StaleDraft         the draft moved on in the meantime
├── NoSuchReview       unknown
├── AlreadyDecided     another moderator was faster
└── TooManyTerms       the server has as many allowed terms as it can have
"""


class StoreError(Exception):
    """The base of all; its messages hold keys and states, never a member's text."""


class StoreUnavailable(StoreError):
    """The database cannot be used now."""


class NoSuchDraft(StoreError):
    """The draft is unknown, has ended, or is past its retention."""


class StaleDraft(StoreError):
    """The draft is in another state than the step needs."""


class NoSuchReview(StoreError):
    """The review is unknown."""


class AlreadyDecided(StoreError):
    """The review was decided before."""


class TooManyTerms(StoreError):
    """The server has as many allowed terms as it can have; the message is a sentence for the moderator."""
