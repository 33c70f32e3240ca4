"""The wording of every finding about files and the shape of data. Codes are stable: never reuse one."""

from scoring.problems import Message

# --- shape ------------------------------------------------------------------------------------------------

WRONG_TYPE = Message(
    "E201-wrong-type",
    ("this must be {kind}", "يجب أن تكون القيمة {kind}"),
)
WRITE_BOOLEAN = Message(
    "E201-wrong-type",
    ("this must be {kind}", "يجب أن تكون القيمة {kind}"),
    ("write true or false", "اكتب true أو false"),
)
QUOTE_TEXT = Message(
    "E201-wrong-type",
    ("this must be {kind}", "يجب أن تكون القيمة {kind}"),
    ('quote it: "{value}"', 'ضعها بين علامتي اقتباس: "{value}"'),
)
UNKNOWN_KEY = Message(
    "E202-unknown-key",
    ("a key must be one of: {known}", "يجب أن يكون المفتاح واحدًا من: {known}"),
    ("delete the key", "احذف المفتاح"),
)
MISSPELT_KEY = Message(
    "E202-unknown-key",
    ("a key must be one of: {known}", "يجب أن يكون المفتاح واحدًا من: {known}"),
    ("did you mean `{near}`?", "هل تقصد `{near}`؟"),
)
MISSING_KEY = Message(
    "E203-missing-key",
    ("the key `{key}` must be here", "يجب أن يوجد هنا المفتاح `{key}`"),
    ("add `{key}: …`", "أضف ‎`{key}: …`‎"),
)
NOT_A_CHOICE = Message(
    "E204-not-a-choice",
    ("this must be one of: {choices}", "يجب أن تكون القيمة واحدة من: {choices}"),
)
BAD_FORM = Message(
    "E205-bad-form",
    ("this must have the form {form}", "يجب أن تكون القيمة على صورة {form}"),
)
TOO_SHORT = Message(
    "E206-too-short",
    ("this text must hold at least {least} characters", "يجب ألا يقل النص عن {least} من المحارف"),
    ("write it, or leave the key out", "اكتبه أو احذف المفتاح"),
)
TOO_LONG = Message(
    "E210-too-long",
    ("this text must hold at most {most} characters", "يجب ألا يزيد النص على {most} من المحارف"),
    ("shorten it", "اختصره"),
)
OUT_OF_RANGE = Message(
    "E207-out-of-range",
    ("this must be a number {bound}", "يجب أن تكون القيمة عددًا {bound}"),
)
NO_LANGUAGE = Message(
    "E208-no-language",
    (
        "a text must be given in at least one language: `en` or `ar`",
        "يجب أن يرد النص بلغة واحدة على الأقل: `en` أو `ar`",
    ),
    (
        "write what the source says in its language; make up no translation",
        "اكتب ما يقوله المصدر بلغته، ولا تختلق ترجمة",
    ),
)
PARTIAL_DATE = Message(
    "E209-partial-date",
    (
        "this must be a year (2015), a month (2015-03) or a day (2015-03-17)",
        "يجب أن تكون القيمة سنة (2015) أو شهرًا (2015-03) أو يومًا (2015-03-17)",
    ),
    (
        "write only what the source says; leave the key out where unknown",
        "اكتب ما يذكره المصدر فقط، واحذف المفتاح إن كان مجهولًا",
    ),
)
MODEL_RULE = Message(
    "E299-invalid",
    ("this must satisfy: {rule}", "يجب أن تحقق القيمة: {rule}"),
)

# --- files ------------------------------------------------------------------------------------------------

SYMLINK = Message(
    "E221-symlink",
    ("data must be plain files and folders, not links", "يجب أن تكون البيانات ملفات ومجلدات عادية لا روابط"),
    ("put the file itself here", "ضع الملف نفسه هنا"),
)
UNEXPECTED_FILE = Message(
    "E222-unexpected-file",
    ("only {expected} must be here", "يجب ألا يوجد هنا سوى {expected}"),
    ("rename, move or delete it", "أعد تسميته أو انقله أو احذفه"),
)
NAME_COLLISION = Message(
    "E223-name-collision",
    (
        "names must differ by more than case or composition; `{twin}` is here too",
        "يجب أن تختلف الأسماء بأكثر من حالة الأحرف أو تركيبها؛ يوجد هنا أيضًا `{twin}`",
    ),
    ("keep one of the two", "أبقِ واحدًا منهما"),
)
MISSING_FILE = Message(
    "E224-missing-file",
    ("the file `{name}` must be here", "يجب أن يوجد هنا الملف `{name}`"),
    ("add the file", "أضف الملف"),
)
UNREADABLE = Message(
    "E225-unreadable",
    ("the file must be readable", "يجب أن يكون الملف قابلًا للقراءة"),
)
BAD_FOLDER_NAME = Message(
    "E226-folder-name",
    ("a folder must be named {form}", "يجب أن يكون اسم المجلد {form}"),
    ("rename the folder", "أعد تسمية المجلد"),
)
DUPLICATE_FOLDER = Message(
    "E227-duplicate-folder",
    ("an agency must have one folder; `{twin}` is another", "يجب أن يكون للجهة مجلد واحد؛ يوجد أيضًا `{twin}`"),
    ("join the two, or give one a new id", "ادمج المجلدين أو أعطِ أحدهما معرّفًا جديدًا"),
)
FROZEN = Message(
    "E228-frozen",
    (
        "a file of a frozen edition must be as it was frozen, byte for byte",
        "يجب أن يبقى ملف الإصدار المجمَّد كما جُمِّد بايتًا ببايت",
    ),
    (
        "take the file from git; `hiwar verify` names the byte, and corrections go to corrections.yml",
        "استعد الملف من git؛ الأمر `hiwar verify` يحدد البايت، والتصويبات مكانها corrections.yml",
    ),
)
SEAL = Message(
    "E229-seal",
    (
        "each entry must end with the seal of all that stands above it, and nothing may follow the last",
        "يجب أن ينتهي كل قيد بختم لكل ما فوقه، وألا يلي الختم الأخير شيء",
    ),
    (
        "take the file from git, and let `hiwar correct` add to it",
        "استعد الملف من git، وأضف إليه بالأمر `hiwar correct`",
    ),
)
