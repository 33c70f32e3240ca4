"""The wording of every finding about bytes, characters and YAML. Codes are stable: never reuse one."""

from scoring.problems import Message

# --- bytes and characters ---------------------------------------------------------------------------------

FILE_TOO_BIG = Message(
    "E101-file-too-big",
    ("a file must hold at most {limit} bytes", "يجب ألا يتجاوز حجم الملف {limit} بايت"),
    ("split it, or leave out what is not data", "قسّم الملف أو احذف ما ليس بيانات"),
)
NOT_UTF8 = Message(
    "E102-not-utf8",
    ("the file must be text in UTF-8", "يجب أن يكون الملف نصًا بترميز UTF-8"),
    ("save it again as UTF-8", "احفظ الملف من جديد بترميز UTF-8"),
)
BYTE_ORDER_MARK = Message(
    "E103-byte-order-mark",
    (
        "the file must start with its first letter, without a byte-order mark",
        "يجب أن يبدأ الملف بأول حرف فيه، دون علامة ترتيب البايتات",
    ),
    ("save it as “UTF-8 without BOM”", "احفظ الملف بصيغة «UTF-8 بلا BOM»"),
)
LINE_TOO_LONG = Message(
    "E104-line-too-long",
    ("a line must hold at most {limit} bytes", "يجب ألا يتجاوز السطر {limit} بايت"),
    ("break the text with `>-` and indented lines", "وزّع النص على أسطر بعد ‎`>-`‎"),
)
CONTROL_CHARACTER = Message(
    "E105-control-character",
    ("text must be free of control characters", "يجب أن يخلو النص من محارف التحكم"),
    ("delete the character", "احذف هذا المحرف"),
)
LINE_BREAK = Message(
    "E106-line-break",
    ("a line must end with a plain line feed", "يجب أن ينتهي السطر بمحرف السطر الجديد المعتاد"),
    ("replace it by a new line or a space", "ضع مكانه سطرًا جديدًا أو مسافة"),
)
TAB = Message(
    "E107-tab",
    ("indentation and text must use spaces, not tabs", "يجب استعمال المسافات لا علامات الجدولة"),
    ("replace the tab by two spaces", "ضع مسافتين مكان علامة الجدولة"),
)
BIDI_CONTROL = Message(
    "E108-bidi-control",
    ("text must not override or embed its direction", "يجب ألا يفرض النص اتجاهًا آخر بمحارف خفية"),
    ("delete the character; ‎LRM and RLM are allowed", "احذف المحرف؛ يُسمح بعلامتي LRM وRLM"),
)
UNBALANCED_ISOLATE = Message(
    "E109-unbalanced-isolate",
    ("a direction isolate must be opened and closed on one line", "يجب أن يُفتح عازل الاتجاه ويُغلق في السطر نفسه"),
    ("close it with U+2069, or delete it", "أغلقه بالمحرف U+2069 أو احذفه"),
)
INVISIBLE_CHARACTER = Message(
    "E110-invisible-character",
    ("text must be free of invisible characters", "يجب أن يخلو النص من المحارف غير المرئية"),
    ("delete the character", "احذف هذا المحرف"),
)
PRIVATE_CHARACTER = Message(
    "E111-private-character",
    ("text must use characters that Unicode defines", "يجب أن يستعمل النص محارف معرّفة في يونيكود"),
    ("write the character that is meant", "اكتب المحرف المقصود"),
)
STACKED_MARKS = Message(
    "E112-stacked-marks",
    ("a letter must carry at most four marks", "يجب ألا يحمل الحرف أكثر من أربع علامات"),
    ("delete the marks that are not needed", "احذف العلامات الزائدة"),
)
PRESENTATION_FORM = Message(
    "W113-presentation-form",
    ("Arabic should use plain letters, not presentation forms", "يُستحسن كتابة العربية بحروفها العادية لا بأشكال العرض"),
    ("write `{plain}`", "اكتب `{plain}`"),
)
TATWEEL = Message(
    "W114-tatweel",
    ("a word should not be stretched with tatweel", "يُستحسن عدم مدّ الكلمة بالتطويل"),
    ("delete the tatweel", "احذف التطويل"),
)
ESCAPE = Message(
    "E115-escape",
    (
        "a quoted text must use only plain escapes of real characters",
        "يجب ألا يستعمل النص المقتبس إلا رموز هروب بسيطة لمحارف حقيقية",
    ),
    ("write the character itself", "اكتب المحرف نفسه"),
)

# --- YAML -------------------------------------------------------------------------------------------------

SYNTAX = Message(
    "E120-syntax",
    ("the file must be well-formed YAML", "يجب أن يكون الملف YAML سليم الصياغة"),
    (
        "check quotes, colons, brackets and indentation just before this place",
        "راجع علامات الاقتباس والنقطتين والأقواس والإزاحة قبل هذا الموضع",
    ),
)
DUPLICATE_KEY = Message(
    "E121-duplicate-key",
    (
        "a key must stand once in its mapping; it stands already on line {line}",
        "يجب ألا يتكرر المفتاح؛ ورد من قبل في السطر {line}",
    ),
    ("keep one of the two", "أبقِ واحدًا منهما"),
)
CONFUSABLE_KEY = Message(
    "E122-confusable-key",
    (
        "keys must differ by more than case or composition; its twin is on line {line}",
        "يجب أن تختلف المفاتيح بأكثر من حالة الأحرف أو تركيبها؛ شبيهه في السطر {line}",
    ),
    ("keep one of the two", "أبقِ واحدًا منهما"),
)
ANCHOR = Message(
    "E123-anchor",
    ("data must not use anchors (&)", "يجب ألا تستعمل البيانات المراسي (&)"),
    (
        "quote the text if the & belongs to it, else delete the anchor",
        "ضع النص بين علامتي اقتباس إن كانت & جزءًا منه، وإلا فاحذفها",
    ),
)
ALIAS = Message(
    "E124-alias",
    ("data must not use aliases (*)", "يجب ألا تستعمل البيانات الإحالات (*)"),
    (
        "write the value out, or quote the text if the * belongs to it",
        "اكتب القيمة كاملة، أو ضع النص بين علامتي اقتباس إن كانت * جزءًا منه",
    ),
)
TAG = Message(
    "E125-tag",
    ("data must not use tags (!)", "يجب ألا تستعمل البيانات الوسوم (!)"),
    (
        "quote the text if the ! belongs to it, else delete the tag",
        "ضع النص بين علامتي اقتباس إن كانت ! جزءًا منه، وإلا فاحذف الوسم",
    ),
)
MERGE_KEY = Message(
    "E126-merge-key",
    ("data must not use merge keys (<<)", "يجب ألا تستعمل البيانات مفاتيح الدمج (<<)"),
    ("write the keys out", "اكتب المفاتيح كاملة"),
)
DIRECTIVE = Message(
    "E127-directive",
    ("data must not use directives (%)", "يجب ألا تستعمل البيانات التوجيهات (%)"),
    ("delete the line", "احذف السطر"),
)
SECOND_DOCUMENT = Message(
    "E128-second-document",
    ("a file must hold one document", "يجب أن يحوي الملف مستندًا واحدًا"),
    (
        "delete the line `---`, or move what follows to a file of its own",
        "احذف السطر ‎`---`‎ أو انقل ما بعده إلى ملف مستقل",
    ),
)
TOO_DEEP = Message(
    "E129-too-deep",
    ("data must nest at most {limit} levels deep", "يجب ألا يتجاوز تداخل البيانات {limit} مستوى"),
)
TOO_MANY_NODES = Message(
    "E130-too-many-nodes",
    ("a file must hold at most {limit} keys and values", "يجب ألا يزيد ما في الملف على {limit} من المفاتيح والقيم"),
)
KEY_NOT_TEXT = Message(
    "E131-key-not-text",
    ("a key must be text", "يجب أن يكون المفتاح نصًا"),
    ("quote it, or use the name of a field", "ضعه بين علامتي اقتباس أو استعمل اسم حقل"),
)
EMPTY_FILE = Message(
    "E132-empty-file",
    ("the file must hold data", "يجب أن يحوي الملف بيانات"),
    ("fill it in, or delete the file", "املأ الملف أو احذفه"),
)
SCALAR_ROOT = Message(
    "E133-scalar-root",
    ("the file must hold keys or a list, not a single value", "يجب أن يحوي الملف مفاتيح أو قائمة لا قيمة مفردة"),
)
NULL = Message(
    "E134-empty-value",
    ("a key must have a value", "يجب أن تكون للمفتاح قيمة"),
    ("leave the key out: absent means unknown", "احذف المفتاح: فالغائب مجهول"),
)
NUMBER_FORM = Message(
    "E135-number-form",
    ("a number must be plain digits, such as 12 or 0.5", "يجب أن يُكتب العدد بأرقام مجردة مثل 12 أو 0.5"),
    ("write it plainly, or quote it if it is text", "اكتبه مجردًا، أو ضعه بين علامتي اقتباس إن كان نصًا"),
)
LONG_NUMBER = Message(
    "E136-long-number",
    ("a number must have at most 15 digits", "يجب ألا يزيد العدد على 15 رقمًا"),
    ("round it, or quote it if it is text", "قرّب العدد، أو ضعه بين علامتي اقتباس إن كان نصًا"),
)
DATE_FORM = Message(
    "E137-date-form",
    ("a date must be a real day written YYYY-MM-DD", "يجب أن يكون التاريخ يومًا حقيقيًا بصيغة YYYY-MM-DD"),
    (
        "write a day such as 2026-11-22, or quote it if it is text",
        "اكتب يومًا مثل 2026-11-22، أو ضعه بين علامتي اقتباس إن كان نصًا",
    ),
)
FOREIGN_DIGITS = Message(
    "E138-foreign-digits",
    ("a number must use the digits 0–9", "يجب أن يُكتب العدد بالأرقام 0–9"),
    ("write `{plain}`, or quote it if it is text", "اكتب `{plain}`، أو ضعه بين علامتي اقتباس إن كان نصًا"),
)
TIME_FORM = Message(
    "E139-time-form",
    ("a time of day must be quoted text", "يجب وضع الوقت بين علامتي اقتباس"),
    ('write "{plain}"', 'اكتب "{plain}"'),
)
TOO_MANY = Message(
    "E199-too-many",
    (
        "a file must have fewer than {limit} mistakes for all to be listed",
        "لا تُسرد الأخطاء كلها إلا إن قلّت في الملف عن {limit}",
    ),
    ("mend these, then check again", "صحّح هذه ثم أعد الفحص"),
)
