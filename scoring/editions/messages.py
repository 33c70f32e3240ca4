"""The wording of what `hiwar verify` finds. Codes are stable: never reuse one."""

from scoring.problems import Message

BYTE = Message("E601-byte", ("byte {offset} must be {byte}", "يجب أن يكون البايت {offset} هو {byte}"))
CHECKSUM = Message("E602-checksum", ("the SHA-256 must be {must}", "يجب أن تكون بصمة SHA-256 هي {must}"))
SUMS = Message(
    "E603-sums",
    (
        "the checksums must be as `hiwar freeze` wrote and sealed them",
        "يجب أن تكون البصمات كما كتبها الأمر `hiwar freeze` وختمها",
    ),
)
MISSING = Message("E604-missing", ("this file must be here", "يجب أن يوجد هذا الملف هنا"))
UNKNOWN = Message("E605-unknown", ("only what git holds must be here", "يجب ألا يوجد هنا إلا ما يحفظه git"))
ARCHIVE = Message("E606-archive", ("the archive must hold what was packed", "يجب أن تحوي الحزمة ما حُزم فيها"))
MEMBER = Message(
    "E607-member",
    (
        "the packed file `{member}` must have the SHA-256 {must}",
        "يجب أن تكون بصمة SHA-256 للملف المحزوم `{member}` هي {must}",
    ),
)
COMMIT = Message(
    "E608-commit",
    (
        "the packed file `{member}` must be as commit {commit} holds it: byte {offset} must be {byte}",
        "يجب أن يكون الملف المحزوم `{member}` كما يحفظه الإيداع {commit}: البايت {offset} هو {byte}",
    ),
)
NUMBER = Message(
    "E609-number",
    (
        "`{column}` of `{node}` for {agency} must be {new}, as it is computed from the packed data",
        "يجب أن تكون قيمة `{column}` في `{node}` للجهة {agency} هي {new} كما تُحسب من البيانات المحزومة",
    ),
)
REFERENCE = Message(
    "E610-reference",
    ("this must be {what} of edition {edition}", "يجب أن تكون القيمة {what} في الإصدار {edition}"),
)
UNREADABLE = Message(
    "E611-data",
    ("today's reader must understand the packed data", "يجب أن يفهم القارئ الحالي البيانات المحزومة"),
)
NEVER = Message(
    "E612-no-such-data",
    (
        "these data must be those of a commit in this history; commit {commit} is not, and no other holds them",
        "يجب أن تكون هذه بيانات إيداع في هذا التاريخ؛ والإيداع {commit} ليس فيه، ولا يحفظها إيداع غيره",
    ),
)
NOT_RECOMPUTED = Message(
    "W620-not-recomputed",
    (
        "nothing is recomputed until the files above are mended",
        "لا يُعاد حساب شيء قبل إصلاح الملفات المذكورة أعلاه",
    ),
)
NO_GIT = Message(
    "W621-no-git",
    (
        "without git only checksums, seals and numbers are checked",
        "بلا git لا يُفحص إلا البصمات والأختام والأرقام",
    ),
)
NOT_COMMITTED = Message(
    "W622-not-committed",
    ("git has no copy yet to compare this with", "لا يحفظ git نسخة يُقارن بها بعد"),
    ("commit it", "أودعه في git"),
)
NO_COMMIT = Message(
    "W623-no-commit",
    (
        "commit {commit} is not in this clone, so its data were not compared",
        "الإيداع {commit} ليس في هذه النسخة من المستودع، فلم تُقارن بياناته",
    ),
    ("fetch the whole history", "اجلب التاريخ كاملًا"),
)
MOVED = Message(
    "W624-commit-moved",
    (
        "commit {commit} is not in this history; the same data, to the byte, are in commit {same}",
        "الإيداع {commit} ليس في هذا التاريخ، والبيانات نفسها حتى آخر بايت في الإيداع {same}",
    ),
    (
        "merge an edition as it was committed, never squashed or rebased",
        "ادمج الإصدار كما أُودع، بلا ضم إيداعات ولا نقلها إلى أساس آخر",
    ),
)
END = ("the end of the file", "نهاية الملف")
