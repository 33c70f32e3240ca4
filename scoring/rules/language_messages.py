"""The wording of every finding about the texts of a language. Codes are stable: never reuse one."""

from scoring.problems import Message

MISSING_TEXTS = Message(
    "W410-missing-texts",
    (
        "a language should have every text; {count} of {of} are missing, and English stands in for them",
        "يُستحسن أن تكتمل نصوص اللغة؛ ينقصها {count} من {of}، وتظهر الإنجليزية مكانها",
    ),
    (
        "translate them after the generator's English texts (`hiwar texts en`)",
        "ترجمها عن النصوص الإنجليزية للمولّد (`hiwar texts en`)",
    ),
)
UNKNOWN_TEXT = Message(
    "E411-unknown-text",
    ("a text must be one that the generator knows", "يجب أن يكون النص مما يعرفه المولّد"),
    ("delete it, or compare with `hiwar texts en`", "احذفه، أو قارنه بناتج `hiwar texts en`"),
)
NO_TEXT = Message(
    "E412-no-text",
    ("this must be a text, or a text for each plural form", "يجب أن تكون القيمة نصًا، أو نصًا لكل صيغة من صيغ العدد"),
    ("put it between quotes", "ضعها بين علامتي اقتباس"),
)
PLACEHOLDERS = Message(
    "E413-placeholders",
    (
        "a text must hold the same places to fill as the English one: {wanted}",
        "يجب أن تكون في النص مواضع الملء نفسها التي في الإنجليزية: {wanted}",
    ),
    ("copy them as they are, braces included", "انسخها كما هي مع أقواسها"),
)
MARKUP = Message(
    "E414-markup",
    ("a text must not hold markup", "يجب أن يخلو النص من وسوم HTML"),
    ("leave the `<` out", "احذف العلامة `<`"),
)
NO_OTHER = Message(
    "E415-plurals",
    ("a text with a number must have the form `other`", "يجب أن يكون للنص الذي فيه عدد الصيغة `other`"),
    ("write it: `other: …`", "اكتبها: ‎`other: …`‎"),
)
PLURALS = Message(
    "W416-plural-forms",
    (
        "a text with a number should have every plural form of its language; `other` stands in for: {forms}",
        "يُستحسن أن يستوفي النص صيغ العدد في لغته؛ تحل `other` محل: {forms}",
    ),
    ("write each form on its own", "اكتب كل صيغة على حدة"),
)
