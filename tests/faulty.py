"""The real screener, with two words that make it fail as a broken one would."""

import time

from screening import Context, Screener, Screening

HANG = "screenerhangs"
RAISE = "screenerraises"


class Faulty:
    def __init__(self) -> None:
        self._screener = Screener.load()

    def screen(self, text: str, context: Context | None = None) -> Screening:
        if HANG in text:
            time.sleep(3600)
        if RAISE in text:
            raise ValueError(text)
        return self._screener.screen(text, context)
