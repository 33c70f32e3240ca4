"""The wording of what is wrong with an installation. Codes are stable: never reuse one."""

from scoring.problems import Message

PACKAGE = Message(
    "E801-package",
    ("the package must be installed as {needed}", "يجب أن تكون الحزمة مثبّتة بالصيغة {needed}"),
    ("install hiwar again: pip brings what it needs", "أعد تثبيت hiwar، فيُحضر pip ما يلزمه"),
)
SHIPPED = Message(
    "E802-generator",
    ("what comes with the generator must be here", "يجب أن يوجد هنا ما يأتي مع المولّد"),
    ("install hiwar again, or restore the file from git", "أعد تثبيت hiwar أو استرجع الملف من git"),
)
DATA = Message(
    "E803-data",
    ("the data must be free of errors before anything is built", "يجب أن تخلو البيانات من الأخطاء قبل أي بناء"),
    ("run `hiwar check`: it tells each error with its place", "شغّل `hiwar check` فيذكر كل خطأ وموضعه"),
)
NOT_WRITABLE = Message(
    "E804-not-writable",
    (
        "this folder must be writable, for the site is made in it",
        "يجب أن تسمح صلاحيات هذا المجلد بالكتابة، ففيه يُبنى الموقع",
    ),
    (
        "change its owner or rights, or build elsewhere with `--to`",
        "غيّر مالكه أو صلاحياته، أو ابنِ في موضع آخر بالخيار `--to`",
    ),
)
SPACE = Message(
    "W805-space",
    ("at least {needed} MB should be free: a new site is made beside the one that stands",
     "يُستحسن أن تبقى {needed} ميغابايت فارغة، فالموقع الجديد يُبنى إلى جانب القائم"),
    ("free some space, or build elsewhere with `--to`", "أفرغ مساحة، أو ابنِ في موضع آخر بالخيار `--to`"),
)  # fmt: skip
NO_SITE = Message(
    "E806-no-site",
    ("this folder must hold a site or nothing", "يجب ألا يحوي هذا المجلد إلا موقعًا أو أن يكون فارغًا"),
    ("build elsewhere with `--to`: what is replaced is gone", "ابنِ في موضع آخر بالخيار `--to`، لأن ما يُستبدل يزول"),
)
LEFT = Message(
    "W807-left-behind",
    ("nothing should be left of a build that was killed, or one is at work now",
     "يُستحسن ألا يبقى شيء من بناء توقف فجأة، أو لعل بناءً يجري الآن"),
    ("nothing is lost: the next build clears it away", "لم يُفقد شيء، والبناء التالي يزيله"),
)  # fmt: skip
NO_GIT = Message(
    "W808-no-git",
    ("the folder should be kept in git: feeds, editions and `hiwar diff` rest on its commits",
     "يُستحسن حفظ المجلد في git، فعلى إيداعاته تقوم الخلاصات والإصدارات والأمر `hiwar diff`"),
    ("run `git init` in it, and commit", "شغّل فيه `git init` ثم أودِع الملفات"),
)  # fmt: skip
NO_PROGRAM = Message(
    "W809-no-program",
    ("`{name}` should be installed for the tests of pages", "يُستحسن تثبيت `{name}` لاختبارات الصفحات"),
)
NOT_UTF8 = Message(
    "W810-not-utf8",
    ("the terminal should show UTF-8, or Arabic is not readable", "يُستحسن أن تعرض الطرفية UTF-8 وإلا لم تُقرأ العربية"),
    ("set `PYTHONUTF8=1`", "اضبط `PYTHONUTF8=1`"),
)
