"""Every sentence of a review, English then Arabic. A value in {braces} comes escaped; with `n`, the plural form counts.

In Arabic, numbers are never joined by arrows or dashes: text that runs from right to left would turn them round.
"""

from __future__ import annotations

from functools import cache

from scoring.render.language import Language

Side = str | dict[str, str]

WORDS: dict[str, tuple[Side, Side]] = {
    "title": ("What this change does", "ما الذي يغيّره هذا الاقتراح"),
    "fictional": ("The data are fictional.", "البيانات متخيَّلة."),
    "base": ("Before: {state}", "قبل: {state}"),
    "head": ("After: {state}", "بعد: {state}"),
    "state": ("{asked}", "{asked}"),
    "state_dated": ("{asked}, as of {day}, methodology {version}", "{asked}، في {day}، بالمنهجية {version}"),
    "nothing": (
        "No score, rank, evidence or method differs, and nothing calls for a reviewer’s eye.",
        "لا تختلف درجة ولا مرتبة ولا دليل ولا منهجية، ولا شيء يستدعي نظر المراجع.",
    ),
    "left_out": (
        {"one": "One more line is left out here. `hiwar diff` shows everything.",
         "other": "{n} more lines are left out here. `hiwar diff` shows everything."},
        {"one": "حُذف من هنا سطر واحد، ويعرض الأمر `hiwar diff` كل شيء.",
         "two": "حُذف من هنا سطران، ويعرض الأمر `hiwar diff` كل شيء.",
         "few": "حُذفت من هنا {n} أسطر، ويعرض الأمر `hiwar diff` كل شيء.",
         "many": "حُذف من هنا {n} سطراً، ويعرض الأمر `hiwar diff` كل شيء.",
         "other": "حُذف من هنا {n} سطر، ويعرض الأمر `hiwar diff` كل شيء."},
    ),
    "more": (
        {"one": "… and one more", "other": "… and {n} more"},
        {"one": "… وواحد غير ما ذُكر", "two": "… واثنان غير ما ذُكر", "few": "… و{n} غير ما ذُكر",
         "many": "… و{n} غير ما ذُكر", "other": "… و{n} غير ما ذُكر"},
    ),
    "comma": (", ", "، "),
    "part": ("; ", "؛ "),
    # --- errors
    "errors": ("Errors", "الأخطاء"),
    "errors_intro": (
        {"one": "The changed data have one error. Until it is mended, nothing can be scored or compared.",
         "other": "The changed data have {n} errors. Until these are mended, nothing can be scored or compared."},
        {"one": "في البيانات بعد التغيير خطأ واحد، ولا يمكن احتسابها ولا مقارنتها حتى يُصحَّح.",
         "two": "في البيانات بعد التغيير خطآن، ولا يمكن احتسابها ولا مقارنتها حتى يُصحَّحا.",
         "few": "في البيانات بعد التغيير {n} أخطاء، ولا يمكن احتسابها ولا مقارنتها حتى تُصحَّح.",
         "many": "في البيانات بعد التغيير {n} خطأً، ولا يمكن احتسابها ولا مقارنتها حتى تُصحَّح.",
         "other": "في البيانات بعد التغيير {n} خطأ، ولا يمكن احتسابها ولا مقارنتها حتى تُصحَّح."},
    ),
    "error": (
        "{path}, line {line}, column {column} ({code}): {must}",
        "{path}، السطر {line}، العمود {column} ({code}): {must}",
    ),
    "found": ("found: {text}", "الموجود: {text}"),
    "mend": ("mend: {text}", "التصحيح: {text}"),
    # --- what to look at
    "look": ("For the reviewer to look at", "ما ينبغي للمراجع أن ينظر فيه"),
    "look_none": ("Nothing was found that calls for a closer look.", "لم يوجد ما يستدعي نظراً أدق."),
    "edition-altered": (
        "A frozen edition differs: {what}. What was published stays as it was; mistakes go into the ledger.",
        "اختلف إصدار مجمَّد: {what}. ما نُشر يبقى كما كان، وما أخطأ فيه يُكتب في سجل التصويبات.",
    ),
    "ledger-altered": (
        "The ledger of corrections lost or changed the entry {what}. Entries are only ever added.",
        "حُذف من سجل التصويبات القيد {what} أو غُيّر. القيود تُضاف ولا تُمسّ.",
    ),
    "conflict-of-interest": (
        "{agency}: {item} was made by {what}, who bears the agency’s own name. Is that declared? Who is tied to an "
        "agency does not review its evidence.",
        "{agency}: صاحب {item} هو {what}، واسمه اسم الجهة نفسها. فهل أفصح عن ذلك؟ من له صلة بجهة لا يراجع أدلتها.",
    ),
    "author-at-agency": (
        "{agency}: a commit of this change comes from an address at {what}, the agency’s own domain. Is that declared?",
        "{agency}: جاء جزء من هذا التغيير من عنوان بريد في {what}، وهو نطاق الجهة نفسها. فهل أفصح صاحبه عن ذلك؟",
    ),
    "own-dispute": (
        "{agency}: {what} settled a dispute about {item}, and made that item too.",
        "{agency}: فصل {what} في اعتراض على {item}، وهو صاحب هذا الدليل أيضاً.",
    ),
    "agency-removed": (
        "{agency} is removed with all that was known of it. A body that is no more is marked `historical` instead.",
        "{agency}: حُذفت الجهة مع كل ما عُرف عنها. الجهة التي لم تعد قائمة توسم بـ `historical` ولا تُحذف.",
    ),
    "item-removed": (
        "{agency}: the evidence {item} is removed, and no correction of this change says why.",
        "{agency}: حُذف الدليل {item}، ولا تصويب في هذا التغيير يبيّن السبب.",
    ),
    "item-corrected": (
        "{agency}: the evidence {item} is removed; the correction {what} is about the same agency.",
        "{agency}: حُذف الدليل {item}، ويتعلق التصويب {what} بالجهة نفسها.",
    ),
    "record-removed": (
        "{agency}: the record {what} is removed. Replies, enquiries and stages are kept as they were.",
        "{agency}: حُذف السجل {what}. الردود والاستفسارات والمراحل تُحفظ كما كانت.",
    ),
    "score-lost": (
        "{agency} has no score in {node} any more; it was {old}.",
        "{agency}: لم تعد للجهة درجة في «{node}» بعد أن كانت {old}.",
    ),
    "large-move": (
        "{agency}: a large move in {node}, from {old} to {new}.",
        "{agency}: تغيّر كبير في «{node}»، من {old} إلى {new}.",
    ),
    "data-and-rules": (
        "Data about agencies and other files change together. A pull request holds one or the other.",
        "تتغير بيانات الجهات مع ملفات أخرى. طلب الدمج يضم إما البيانات وإما المنهجية والبرامج، ولا يجمع بينهما.",
    ),
    "rules-changed": (
        "{what}: how changes are checked, or who may merge them, changes.",
        "{what}: تتغير طريقة فحص التغييرات أو من يحق له دمجها.",
    ),
    "method-changed": (
        "The method changes, which moves agencies whose evidence is the same. It needs two reviewers and seven days.",
        "تتغير المنهجية، فتتحرك جهات لم تتغير أدلتها. ويلزم لذلك مراجعان وسبعة أيام.",
    ),
    "website-changed": ("{agency}: its website is now {what}.", "{agency}: أصبح موقعها {what}."),
    "account-changed": (
        "{agency}: the account {what} was added, removed or differs.",
        "{agency}: أُضيف الحساب {what} أو حُذف أو تغيّر.",
    ),
    "source-replaced": (
        "{agency}: {item} now rests on another page, at {what}.",
        "{agency}: أصبح {item} يستند إلى صفحة أخرى في {what}.",
    ),
    "stronger": (
        "{agency}: the strength of {item} is raised to {what}.",
        "{agency}: رُفعت قوة {item} إلى {what}.",
    ),
    "rewritten": (
        "{agency}: what {item} found has been given another value.",
        "{agency}: أُعطي ما وُجد في {item} قيمة أخرى.",
    ),
    "self-reported": (
        "{agency}: {item} is what the agency reports about its own performance.",
        "{agency}: {item} مما تعلنه الجهة عن أدائها.",
    ),
    "new-domain": (
        "{agency}: {item} was read at {what}, which no evidence has cited before.",
        "{agency}: قُرئ {item} في {what}، ولم يستشهد به دليل من قبل.",
    ),
    # --- agencies
    "agencies": ("Agencies changed", "الجهات التي تغيّرت"),
    "both": ("{agency}", "{agency}"),
    "added": ("{agency} (added)", "{agency} (أُضيفت)"),
    "removed": ("{agency} (removed)", "{agency} (حُذفت)"),
    "no_move": (
        "No score and no rank of it changes.",
        "لا تتغير لها درجة ولا مرتبة.",
    ),
    "before": ("before", "قبل"),
    "after": ("after", "بعد"),
    "score_of": ("{node}: score", "{node}: الدرجة"),
    "rank_of": ("{node}: rank", "{node}: المرتبة"),
    "none": ("none", "لا شيء"),
    "interval": ("{value} ({low} to {high})", "{value} (من {low} إلى {high})"),
    "change": ("{label}: {before} → {after}", "{label}: من {before} إلى {after}"),
    "causes": (
        "{node}: evidence {evidence}, ageing {ageing}, method {method}",
        "{node}: الأدلة {evidence}، والتقادم {ageing}، والمنهجية {method}",
    ),
    "item_added": ("evidence added: {item}", "أُضيف الدليل {item}"),
    "item_changed": ("evidence changed: {item}", "تغيّر الدليل {item}"),
    "item_removed": ("evidence removed: {item}", "حُذف الدليل {item}"),
    "item_dated": ("evidence that only the later day lets in: {item}", "دليل لا يدخل إلا باليوم الأحدث: {item}"),
    "item_about": ("about {names}", "عن {names}"),
    "item_host": ("read at {host}", "قُرئ في {host}"),
    "item_own": ("self-reported", "من إعلان الجهة عن نفسها"),
    "item_shown": ("shown, not scored", "للاطلاع لا للاحتساب"),
    "item_by": ("by {names}", "بواسطة {names}"),
    "item_founding": ("from the founding collection", "من الجمع الأول"),
    "item_effect": ("{points} points in {node}", "{points} نقطة في «{node}»"),
    "item_decides": ("decides whether there is a score in {node}", "عليه يتوقف وجود درجة في «{node}»"),
    "entry_added": ("{kind} added: {id}", "أُضيف: {kind} {id}"),
    "entry_changed": ("{kind} changed: {id}", "تغيّر: {kind} {id}"),
    "entry_removed": ("{kind} removed: {id}", "حُذف: {kind} {id}"),
    "entry_dated": ("{kind} that only the later day lets in: {id}", "لا يدخل إلا باليوم الأحدث: {kind} {id}"),
    "account": ("account", "الحساب"),
    "enquiry": ("enquiry", "الاستفسار"),
    "reply": ("reply", "الرد"),
    "stage": ("stage", "المرحلة"),
    "profile": ("profile", "حقل التعريف"),
    # --- others
    "others": ("Others that moved", "جهات أخرى تحركت"),
    "others_ranks": (
        {"zero": "No other agency changes its rank.", "one": "One agency that changed nothing gets another rank.",
         "other": "{n} agencies that changed nothing get another rank."},
        {"zero": "لا تتغير مرتبة جهة أخرى.", "one": "تتغير مرتبة جهة واحدة لم يتغير فيها شيء.",
         "two": "تتغير مرتبتا جهتين لم يتغير فيهما شيء.", "few": "تتغير مراتب {n} جهات لم يتغير فيها شيء.",
         "many": "تتغير مراتب {n} جهة لم يتغير فيها شيء.", "other": "تتغير مراتب {n} جهة لم يتغير فيها شيء."},
    ),
    "others_scores": (
        {"zero": "No other agency changes its score.", "one": "One agency that changed nothing gets another score.",
         "other": "{n} agencies that changed nothing get another score."},
        {"zero": "لا تتغير درجة جهة أخرى.", "one": "تتغير درجة جهة واحدة لم يتغير فيها شيء.",
         "two": "تتغير درجتا جهتين لم يتغير فيهما شيء.", "few": "تتغير درجات {n} جهات لم يتغير فيها شيء.",
         "many": "تتغير درجات {n} جهة لم يتغير فيها شيء.", "other": "تتغير درجات {n} جهة لم يتغير فيها شيء."},
    ),
    "furthest": ("The furthest:", "أبعدها:"),
    # --- method and files
    "method": ("The method", "المنهجية"),
    "method_differs": ("Differs: {paths}", "يختلف: {paths}"),
    "files": ("Files", "الملفات"),
    "files_agencies": ("data about agencies: {n}", "بيانات الجهات: {n}"),
    "files_method": ("the method: {n}", "المنهجية: {n}"),
    "files_editions": ("frozen editions: {n}", "الإصدارات المجمَّدة: {n}"),
    "files_rest": ("code, site and prose: {n}", "البرامج والموقع والنصوص: {n}"),
    "files_unknown": (
        "Which files differ cannot be told: git does not hold both states.",
        "لا يمكن معرفة الملفات المختلفة: ليست الحالتان كلتاهما في git.",
    ),
}  # fmt: skip


@cache
def spoken(code: str) -> Language:
    """The language whose words are those of a review."""
    return Language(code, {key: pair[code == "ar"] for key, pair in WORDS.items()})
