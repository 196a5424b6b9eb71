"""Weights are learned from named evidence and read back as they were learned."""

from pathlib import Path

from screening.lab.train import Options, train_weigher
from screening.weigh import NO, YES, Weigher


def test_evidence_speaks_for_and_against(tmp_path: Path) -> None:
    rows = [(["-1=with", "l=NAME"], YES), (["-1=with", "-1=\n"], YES), (["-1=thanks", "l=NAME"], NO)] * 40
    train_weigher(rows, tmp_path, Options())
    weigher = Weigher(tmp_path)
    assert weigher.chance(["-1=with"]) > 0.8
    assert weigher.chance(["-1=thanks"]) < 0.2
    assert weigher.chance(["-1=\n"]) > 0.5
    assert weigher.chance(["never seen"]) == weigher.chance([]) == 0.5
