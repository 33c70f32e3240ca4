"""The wording of findings about replies, stages, codebook and coders. Codes are stable: never reuse one."""

from scoring.problems import Message

BEFORE_THE_REPLY = Message(
    "E390-before-the-reply",
    (
        "nothing about a reply can come before it was received ({received})",
        "لا يسبق شيء في الرد يوم وصوله ({received})",
    ),
    ("check both dates", "تحقق من التاريخين"),
)
OUTCOME_OF_NOTHING = Message(
    "E391-outcome-of-nothing",
    ("an outcome needs a dispute that it settles", "تحتاج النتيجة إلى اعتراض تفصل فيه"),
    (
        "list the disputed items in `disputes`, or leave `outcome` out",
        "اذكر الأدلة المعترَض عليها في `disputes` أو احذف `outcome`",
    ),
)
STAGE_ORDER = Message(
    "E392-stage-order",
    (
        "stages must follow each other: gathering, second_reader, sent, answered, published; "
        "the one before is `{before}` ({since})",
        "يجب أن تتوالى المراحل: gathering ثم second_reader ثم sent ثم answered ثم published؛ "
        "والسابقة هنا `{before}` ({since})",
    ),
    ("put the stages in order, oldest first", "رتّب المراحل من الأقدم إلى الأحدث"),
)
ANSWERED_WITHOUT_REPLY = Message(
    "E393-answered-without-reply",
    ("the stage `answered` needs the agency's reply", "تحتاج المرحلة `answered` إلى رد الجهة"),
    (
        "add the reply to replies.yml; silence goes from `sent` to `published`",
        "أضف الرد إلى replies.yml؛ ومن لم يرد ينتقل من `sent` إلى `published`",
    ),
)
KEY_TWICE = Message(
    "E394-key-twice",
    (
        "a key must stand for one answer of a question; it stands for `{other}` too",
        "يجب أن يدل المفتاح على جواب واحد في السؤال؛ وهو يدل أيضًا على `{other}`",
    ),
    ("choose another key", "اختر مفتاحًا آخر"),
)
ALPHA_ALONE = Message(
    "E395-alpha-alone",
    ("agreement (`alpha`) needs two coders, each named once", "يحتاج الاتفاق (`alpha`) إلى مرمّزَين يُذكر كل منهما مرة"),
    ("list them in `coders`, or leave `alpha` out", "اذكرهما في `coders` أو احذف `alpha`"),
)
CAPTURE_INCOMPLETE = Message(
    "E396-capture-incomplete",
    (
        "a checksum needs `method` and, but for coding sheets, `captured_at`; these need the checksum",
        "تحتاج البصمة إلى `method`، وإلى `captured_at` في غير أوراق الترميز؛ وكلاهما يحتاج إلى البصمة",
    ),
    ("run `hiwar capture`, which writes all of them", "شغّل `hiwar capture` فهو يكتبها جميعًا"),
)
CAPTURE_DIFFERS = Message(
    "E397-capture-differs",
    (
        "the capture {file} must have the checksum that was recorded",
        "يجب أن تطابق النسخة {file} البصمة المسجلة",
    ),
    (
        "find the capture that was recorded, or capture the source anew",
        "ابحث عن النسخة التي سُجّلت، أو التقط المصدر من جديد",
    ),
)
CAPTURED_BEFORE = Message(
    "E398-captured-before",
    (
        "a page can't be captured before it was published ({published})",
        "لا تُلتقط صفحة قبل نشرها ({published})",
    ),
    ("check both dates", "تحقق من التاريخين"),
)
