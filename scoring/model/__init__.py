"""What an agency, a piece of evidence and a methodology are.

Frozen and strict: unknown keys are refused, nothing is coerced. No file is read here. The JSON Schemas
under `schema/` are generated from these classes, so every field says what it means.
"""

from __future__ import annotations

from scoring.model.agency import Account, Evidence, Period, Profile, Source, State
from scoring.model.base import Country, Name, PartialDate, Record, Sentence, Seq, Slug, Text
from scoring.model.dataset import Agency, Dataset, PeerGroup, Term, Vocabulary
from scoring.model.enquiry import Enquiry
from scoring.model.methodology import (
    Below,
    Branch,
    Choice,
    Code,
    Element,
    EnquiryMeasures,
    Feed,
    Goalposts,
    Indicator,
    Level,
    Methodology,
    Question,
    Rules,
    Strength,
    Uncertainty,
    Worthwhile,
)

__all__ = [
    "Account", "Agency", "Below", "Branch", "Choice", "Code", "Country", "Dataset", "Element", "Enquiry",
    "EnquiryMeasures", "Evidence", "Feed", "Goalposts", "Indicator", "Level", "Methodology", "Name",
    "PartialDate", "PeerGroup", "Period", "Profile", "Question", "Record", "Rules", "Sentence", "Seq", "Slug",
    "Source", "State", "Strength", "Term", "Text", "Uncertainty", "Vocabulary", "Worthwhile",
]  # fmt: skip
