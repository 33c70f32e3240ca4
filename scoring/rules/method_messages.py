"""The wording of the findings about the methodology. Codes are stable: never reuse one."""

from scoring.problems import Message

# --- methodology ------------------------------------------------------------------------------------------

WEIGHTS = Message(
    "E360-weights",
    ("weights of siblings must sum to 1", "يجب أن يكون مجموع أوزان الإخوة 1"),
    ("change the weights here until they do", "عدّل الأوزان هنا حتى يصح المجموع"),
)
NO_CHILDREN = Message(
    "E361-no-children",
    ("a branch must have indicators or branches", "يجب أن تكون للفرع مؤشرات أو فروع"),
    ("add an indicator, or delete the branch", "أضف مؤشرًا أو احذف الفرع"),
)
LEVELS = Message(
    "E362-levels",
    ("levels must count 0, 1, 2 … without a gap", "يجب أن تتسلسل الدرجات 0، 1، 2 … بلا فجوة"),
    ("number the levels in order", "رقّم الدرجات بالترتيب"),
)
NO_LEVELS = Message(
    "E363-no-levels",
    ("a graded indicator must have `levels` or `elements`", "يجب أن تكون للمؤشر المتدرج `levels` أو `elements`"),
    ("say what each level means", "بيّن معنى كل درجة"),
)
GOALPOSTS_EQUAL = Message(
    "E364-goalposts",
    ("`worst` and `best` must differ", "يجب أن يختلف `worst` عن `best`"),
)
GOALPOSTS_LOG = Message(
    "E365-goalposts-log",
    ("goalposts on a log scale must be greater than 0", "يجب أن يكون حدّا المقياس اللوغاريتمي أكبر من 0"),
    ("use a linear scale, or ends above 0", "استعمل مقياسًا خطيًا أو حدّين أكبر من 0"),
)
GOALPOSTS_LEVELS = Message(
    "E366-goalposts-levels",
    (
        "the goalposts of a graded indicator must be among its levels (0 to {top})",
        "يجب أن يكون حدّا المؤشر المتدرج من درجاته (0 إلى {top})",
    ),
)
CHOICE_LEVEL = Message(
    "E367-choice-level",
    (
        "a choice's level must be a level of `{indicator}` (0 to {top})",
        "يجب أن تكون درجة الخيار من درجات `{indicator}` (0 إلى {top})",
    ),
)
CHOICES = Message(
    "E368-choices",
    ("a code must have choices exactly if its type is `choice`", "يجب أن تكون للرمز خيارات إذا كان نوعه `choice` فقط"),
)
AT_LEAST = Message(
    "E369-at-least",
    (
        "`at_least` must be a level of `{indicator}` (0 to {top})",
        "يجب أن يكون `at_least` من درجات `{indicator}` (0 إلى {top})",
    ),
)
STRENGTHS = Message(
    "E370-strengths",
    ("the grades A, B, C and D must each be defined once", "يجب تعريف كل من الدرجات A وB وC وD مرة واحدة"),
)
FED_UNIT = Message(
    "E371-fed-unit",
    (
        "a number must feed an indicator of its own unit; `{indicator}` is in `{unit}`",
        "يجب أن يغذي العدد مؤشرًا بوحدته؛ ووحدة `{indicator}` هي `{unit}`",
    ),
    ("change the code's unit, or feed another indicator", "غيّر وحدة الرمز أو اجعله يغذي مؤشرًا آخر"),
)
