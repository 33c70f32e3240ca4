"""The wording of every finding of the rules. Codes are stable: never reuse one."""

from scoring.problems import Message

# --- identity and references ------------------------------------------------------------------------------

ID_DIFFERS = Message(
    "E301-id-differs",
    ("an agency's id must be its folder's name", "يجب أن يطابق معرّف الجهة اسم مجلدها"),
    ("write `{folder}`, or rename the folder", "اكتب `{folder}` أو أعد تسمية المجلد"),
)
COUNTRY_DIFFERS = Message(
    "E302-country-differs",
    ("an agency must lie in its country's folder", "يجب أن تكون الجهة في مجلد بلدها"),
    ("move the folder to `agencies/{folder}/`", "انقل المجلد إلى `agencies/{folder}/`"),
)
DUPLICATE_ID = Message(
    "E303-duplicate-id",
    ("an id must be used once; it is used already at {first}", "يجب ألا يتكرر المعرّف؛ استُعمل من قبل في {first}"),
    ("give one of the two a new id", "أعطِ أحدهما معرّفًا جديدًا"),
)
UNKNOWN_REFERENCE = Message(
    "E310-unknown-reference",
    ("this must be the id of {what}", "يجب أن تكون القيمة معرّف {what}"),
)
MISSPELT_REFERENCE = Message(
    "E310-unknown-reference",
    ("this must be the id of {what}", "يجب أن تكون القيمة معرّف {what}"),
    ("did you mean `{near}`?", "هل تقصد `{near}`؟"),
)
CIRCLE = Message(
    "E311-circular-reference",
    ("following `{key}` must not lead back to the agency itself", "يجب ألا يؤدي تتبع `{key}` إلى الجهة نفسها"),
    ("leave the key out for the body at the top", "احذف المفتاح عند الجهة العليا"),
)
NO_PEER_GROUP = Message(
    "W312-no-peer-group",
    (
        "an agency should belong to a peer group; none has this country and level",
        "يُستحسن أن تنتمي الجهة إلى مجموعة نظيرة؛ لا مجموعة لهذا البلد والمستوى",
    ),
    ("add a group for {country}, {level} to peer_groups.yml", "أضف إلى peer_groups.yml مجموعة لـ {country}، {level}"),
)
TWO_PEER_GROUPS = Message(
    "E313-two-peer-groups",
    (
        "a country and level must have one peer group; `{other}` is another",
        "يجب أن تكون للبلد والمستوى مجموعة نظيرة واحدة؛ توجد أيضًا `{other}`",
    ),
    ("keep one of the two", "أبقِ واحدة منهما"),
)
DISPUTE_ELSEWHERE = Message(
    "E314-dispute-elsewhere",
    ("an item must dispute another item of the same agency", "يجب أن يعارض الدليل دليلًا آخر للجهة نفسها"),
    ("name an item of this file", "اذكر دليلًا من هذا الملف"),
)

# --- dates ------------------------------------------------------------------------------------------------

FUTURE = Message(
    "E320-future-date",
    ("a date must not lie in the future (today is {today})", "يجب ألا يكون التاريخ في المستقبل (اليوم {today})"),
    ("write the day it happened", "اكتب اليوم الذي وقع فيه"),
)
TOO_EARLY = Message(
    "E321-date-too-early",
    ("a date must not lie before {first}", "يجب ألا يسبق التاريخ سنة {first}"),
    ("check the year", "تحقق من السنة"),
)
AFTER_READING = Message(
    "E322-after-reading",
    (
        "what was read must not be later than the day it was read ({observed})",
        "يجب ألا يكون المقروء أحدث من يوم قراءته ({observed})",
    ),
    ("check both dates", "تحقق من التاريخين"),
)
ENDS_BEFORE_START = Message(
    "E323-ends-before-start",
    ("an interval must not end before it starts ({start})", "يجب ألا تنتهي المدة قبل بدايتها ({start})"),
    ("swap or correct the two dates", "بدّل التاريخين أو صحّحهما"),
)
BEFORE_THE_QUESTION = Message(
    "E325-before-the-question",
    ("nothing about an enquiry can come before it was asked ({asked})", "لا يسبق شيء في الاستفسار وقت طرحه ({asked})"),
    ("check both moments and their offsets", "تحقق من الوقتين ومن فارق كل منهما"),
)
GAVE_WITHOUT_ANSWER = Message(
    "E326-gave-without-answer",
    ("what an answer gave needs the answer's moment", "ما قدّمه الجواب يحتاج إلى وقت الجواب"),
    ("add `answered`, or leave `gave` out", "أضف `answered` أو احذف `gave`"),
)
NO_SUCH_DAY = Message(
    "E324-no-such-day",
    ("a date must be a day of the calendar", "يجب أن يكون التاريخ يومًا موجودًا في التقويم"),
    ("check day and month", "تحقق من اليوم والشهر"),
)

# --- values -----------------------------------------------------------------------------------------------

WRONG_UNIT = Message(
    "E330-wrong-unit",
    ("a number of this code must be in `{unit}`", "يجب أن يكون العدد لهذا الرمز بوحدة `{unit}`"),
    (
        "convert the number, write `unit: {unit}`, and keep the source's words in `stated`",
        "حوّل العدد واكتب ‎`unit: {unit}`‎ وأبقِ عبارة المصدر في `stated`",
    ),
)
NO_UNIT = Message(
    "E331-no-unit",
    ("a number must say its unit", "يجب ذكر وحدة العدد"),
    (
        "add `unit: …`, for money the three letters of the currency",
        "أضف ‎`unit: …`‎، وللمال رمز العملة المكوّن من ثلاثة أحرف",
    ),
)
WRONG_VALUE = Message(
    "E332-wrong-value",
    ("a scored value of this code must be {kind}", "يجب أن تكون القيمة المحتسبة لهذا الرمز {kind}"),
    ("correct the value, or say in `context` why it is not scored", "صحّح القيمة، أو بيّن في `context` سبب عدم احتسابها"),
)
WRITE_BOOLEAN = Message(
    "E332-wrong-value",
    ("a scored value of this code must be {kind}", "يجب أن تكون القيمة المحتسبة لهذا الرمز {kind}"),
    ("write true or false", "اكتب true أو false"),
)
UNKNOWN_CHOICE = Message(
    "E333-unknown-choice",
    ("this must be one of: {choices}", "يجب أن تكون القيمة واحدة من: {choices}"),
    ("did you mean `{near}`?", "هل تقصد `{near}`؟"),
)
NOT_A_SHARE = Message(
    "E334-not-a-share",
    ("a share must lie between 0 and 1", "يجب أن تقع النسبة بين 0 و1"),
    ("write a percentage divided by 100, such as 0.85", "اكتب النسبة المئوية مقسومة على 100، مثل 0.85"),
)
HALF_A_FRACTION = Message(
    "E335-half-a-fraction",
    ("`numerator` needs its `denominator`", "يحتاج `numerator` إلى `denominator`"),
    ("add the denominator, or put the figure into `counts`", "أضف المقام أو ضع العدد في `counts`"),
)
MORE_THAN_ALL = Message(
    "E336-more-than-all",
    ("a numerator must not exceed its denominator ({denominator})", "يجب ألا يتجاوز البسط مقامه ({denominator})"),
    ("check both figures", "تحقق من العددين"),
)
FRAME_TOO_SMALL = Message(
    "E342-frame-too-small",
    (
        "the whole list (`frame`) must hold at least what was counted of it ({denominator})",
        "يجب ألا تقل القائمة كلها (`frame`) عمّا عُدّ منها ({denominator})",
    ),
    (
        "check both figures, or leave `frame` out if the list's size is unknown",
        "تحقق من العددين، أو احذف `frame` إن جُهل حجم القائمة",
    ),
)
FRACTION_DISAGREES = Message(
    "E337-fraction-disagrees",
    (
        "a share must agree with its counts: {numerator} of {denominator} is {share}",
        "يجب أن توافق النسبة عدديها: {numerator} من {denominator} يساوي {share}",
    ),
    ("check the figures, or leave `value` out", "تحقق من الأعداد أو احذف `value`"),
)
NEGATIVE = Message(
    "E338-negative",
    ("a number in this unit must not be negative", "يجب ألا يكون العدد بهذه الوحدة سالبًا"),
)
NO_VALUE = Message(
    "E339-no-value",
    ("a scored item of this code must have a value", "يجب أن تكون للدليل المحتسب لهذا الرمز قيمة"),
    ("add `value`, or say in `context` why it is not scored", "أضف `value` أو بيّن في `context` سبب عدم احتسابه"),
)
THIN_ABSENCE = Message(
    "E340-thin-absence",
    (
        "a documented absence must rest on {needed} searches on different days, or on the agency's own words",
        "يجب أن يستند الغياب الموثّق إلى {needed} عمليات بحث في أيام مختلفة أو إلى تصريح من الجهة نفسها",
    ),
    (
        "list the days in `searches`; if it was only not seen, leave the item out",
        "اذكر الأيام في `searches`، وإن لم يُرَ فحسب فاحذف الدليل",
    ),
)
ABSENCE_OF_OPTIONAL = Message(
    "E341-absence-of-optional",
    (
        "absence can be documented only for what an agency must publish itself",
        "لا يُوثَّق الغياب إلا لما يجب أن تنشره الجهة بنفسها",
    ),
    ("leave the item out: what is not seen is unknown", "احذف الدليل: فما لم يُرَ مجهول"),
)

# --- addresses and accounts -------------------------------------------------------------------------------

ADDRESS_SCHEME = Message(
    "E350-address-scheme",
    ("an address must start with https:// or http://", "يجب أن يبدأ العنوان بـ https:// أو http://"),
    ("copy it from the browser's address bar", "انسخه من شريط عنوان المتصفح"),
)
ADDRESS_USER = Message(
    "E351-address-user",
    ("an address must not hold a user name or password", "يجب ألا يحوي العنوان اسم مستخدم أو كلمة مرور"),
    ("delete what stands before the @", "احذف ما قبل علامة @"),
)
ADDRESS_HOST = Message(
    "E352-address-host",
    (
        "an address must name a public domain, not a number or a local machine",
        "يجب أن يذكر العنوان نطاقًا عامًا لا رقمًا ولا جهازًا محليًا",
    ),
    ("use the site's domain name", "استعمل اسم نطاق الموقع"),
)
ADDRESS_PORT = Message(
    "E353-address-port",
    ("an address must use the web's own port", "يجب أن يستعمل العنوان منفذ الويب المعتاد"),
    ("delete `:{port}`", "احذف ‎`:{port}`‎"),
)
ADDRESS_SCRIPTS = Message(
    "E354-address-scripts",
    (
        "a domain must not mix scripts; this one is really {punycode}",
        "يجب ألا يخلط النطاق بين الكتابات؛ وحقيقته {punycode}",
    ),
    ("copy the address from the agency's own page", "انسخ العنوان من صفحة الجهة نفسها"),
)
ADDRESS_FORM = Message(
    "E355-address-form",
    (
        "an address must be plain, without spaces, entities, lookalike dots or hidden characters",
        "يجب أن يكون العنوان بسيطًا بلا مسافات أو رموز HTML أو نقاط مشابهة أو محارف خفية",
    ),
    ("copy it from the browser's address bar", "انسخه من شريط عنوان المتصفح"),
)
HANDLE = Message(
    "E356-handle",
    ("a handle on this platform must look like {example}", "يجب أن يكون اسم الحساب في هذه المنصة على صورة {example}"),
    ("write the handle alone, without an address", "اكتب اسم الحساب وحده دون عنوان"),
)
ACCOUNT_ADDRESS = Message(
    "E357-account-address",
    ("an account's address must be on {hosts}", "يجب أن يكون عنوان الحساب على {hosts}"),
    ("correct the platform or the address", "صحّح المنصة أو العنوان"),
)

# --- texts ------------------------------------------------------------------------------------------------

PERSIAN_LETTER = Message(
    "W380-persian-letter",
    (
        "an Arabic name should use Arabic yeh and kaf: the same agency may exist with them",
        "يُستحسن أن يستعمل الاسم العربي الياء والكاف العربيتين، فقد تكون الجهة نفسها موجودة بهما",
    ),
    ("write `{plain}`", "اكتب `{plain}`"),
)
