"""The wording of what is wrong with a built site. Codes are stable: never reuse one."""

from scoring.problems import Message

MARKUP = Message(
    "E701-markup",
    (
        "each element must be closed where it was opened, and attributes must stand in quotes",
        "يجب أن يُغلق كل عنصر حيث فُتح، وأن توضع قيم السمات بين علامتي اقتباس",
    ),
)
TWICE = Message("E702-id-twice", ("an id must be the only one of its page", "يجب ألا يتكرر المعرّف في الصفحة"))
BROKEN = Message(
    "E703-broken-link",
    ("an address inside the site must lead to a file", "يجب أن يؤدي كل عنوان داخل الموقع إلى ملف"),
)
NO_PLACE = Message(
    "W704-no-such-place",
    (
        "the page that is linked to should have the place that is named after `#`; readers now land at its top",
        "يُستحسن أن يوجد في الصفحة المحال إليها الموضع المذكور بعد `#`؛ والقارئ يصل الآن إلى أعلاها",
    ),
)
FOREIGN = Message(
    "E705-foreign",
    ("a page must load nothing from another origin", "يجب ألا تحمّل الصفحة شيئًا من موقع آخر"),
)
NO_POLICY = Message(
    "E706-no-policy",
    (
        "a page must state its content security policy before anything is loaded",
        "يجب أن تذكر الصفحة سياسة أمن المحتوى قبل تحميل أي شيء",
    ),
)
WEAK = Message(
    "E707-weak-policy",
    (
        "a policy must begin with nothing allowed, and let nothing in by `unsafe-eval` or `unsafe-inline`",
        "يجب أن تبدأ السياسة بمنع كل شيء، وألا تسمح بشيء عبر `unsafe-eval` أو `unsafe-inline`",
    ),
)
REFUSED = Message(
    "E708-refused",
    (
        "what is inline must be let in by its hash; handlers and styles in attributes never are",
        "يجب أن تسمح السياسة بما يُكتب داخل الصفحة ببصمته، ولا يُسمح أبدًا بمعالجات الأحداث أو الأنماط في السمات",
    ),
)
LANGUAGE = Message(
    "E709-language",
    (
        "the page must say that it is in `{code}` and runs {direction}",
        "يجب أن تذكر الصفحة أن لغتها `{code}` وأن اتجاهها {direction}",
    ),
)
NO_TWIN = Message(
    "E710-no-twin",
    ("every page must be there in every language", "يجب أن توجد كل صفحة بكل لغة"),
)
TOO_LARGE = Message(
    "E711-too-large",
    ("this must have at most {most} bytes", "يجب ألا يتجاوز الحجم {most} بايت"),
)
HEAVY = Message(
    "W714-heavy",
    (
        "GitHub Pages takes sites of up to {most} bytes; a larger one must be published elsewhere",
        "تقبل GitHub Pages مواقع لا تزيد على {most} بايت، فيُنشر ما هو أكبر في مكان آخر",
    ),
)
LARGE = Message(
    "W715-large-file",
    (
        "Cloudflare Pages takes files of up to {most} bytes; with a larger one the site must be published elsewhere",
        "تقبل Cloudflare Pages ملفات لا يزيد الواحد منها على {most} بايت، فيُنشر الموقع في مكان آخر",
    ),
)
UNFILLED = Message(
    "E712-unfilled",
    ("nothing must be left to be filled in", "يجب ألا يبقى موضع دون ملء"),
)
NOT_THERE = Message("E713-not-there", ("this file must be here", "يجب أن يوجد هذا الملف هنا"))
