"""What an agency, a piece of evidence and a methodology are.

Frozen and strict: unknown keys are refused, nothing is coerced. No file is read here. The JSON Schemas
under `schema/` are generated from these classes, so every field says what it means.
"""

from __future__ import annotations

from scoring.model.agency import Account, Evidence, Period, Profile, Source, State
from scoring.model.base import Country, Name, PartialDate, Record, Sentence, Seq, Slug, Text
from scoring.model.codebook import Codebook, Coded, Option, Variable, When
from scoring.model.dataset import About, Agency, Dataset, PeerGroup, Term, Vocabulary
from scoring.model.edition import PUBLISHED, Correction, Counts, Edition, Manifest, Published, Revised
from scoring.model.enquiry import Enquiry
from scoring.model.exhibit import Bar, Exhibit, OpenData, Panel
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
from scoring.model.reply import STAGES, Outcome, Reply, Stage, Verification

__all__ = [
    "PUBLISHED", "STAGES", "About", "Account", "Agency", "Bar", "Below", "Branch", "Choice", "Code", "Codebook",
    "Coded", "Correction", "Country", "Counts", "Dataset", "Edition", "Element", "Enquiry", "EnquiryMeasures",
    "Evidence", "Exhibit", "Feed", "Goalposts", "Indicator", "Level", "Manifest", "Methodology", "Name",
    "OpenData", "Option", "Outcome", "Panel", "PartialDate", "PeerGroup", "Period", "Profile", "Published",
    "Question", "Record", "Reply", "Revised", "Rules", "Sentence", "Seq", "Slug", "Source", "Stage", "State",
    "Strength", "Term", "Text", "Uncertainty", "Variable", "Verification", "Vocabulary", "When", "Worthwhile",
]  # fmt: skip
