"""Standard sentences of the importer, in both languages. Findings themselves come from the records."""

from __future__ import annotations

from typing import NamedTuple


class Both(NamedTuple):
    """One text in English and, where known, Arabic."""

    en: str
    ar: str | None

    def filled(self, **values: object) -> Both:
        """The sentence with its placeholders filled, numbers in their shortest form."""
        plain = {key: f"{v:g}" if isinstance(v, int | float) else v for key, v in values.items()}
        return Both(self.en.format(**plain), self.ar and self.ar.format(**plain))


def joined(parts: list[Both]) -> dict[str, str] | None:
    """Several sentences as one text; Arabic only where every part has it, so that nothing is half said."""
    if not parts:
        return None
    text = {"en": " ".join(part.en for part in parts)}
    arabic = [part.ar for part in parts if part.ar]
    return text | ({"ar": " ".join(arabic)} if len(arabic) == len(parts) else {})


# --- why an item is shown but not scored ------------------------------------------------------------------

OTHER_CHANNEL = Both(
    "Shown, not scored: it is about {channel}, not social media.",
    "للاطلاع لا للاحتساب: يخص {channel_ar} لا وسائل التواصل الاجتماعي.",
)
CHANNELS = {
    "email": Both("e-mail", "البريد الإلكتروني"),
    "phone": Both("the telephone", "الهاتف"),
    "call_centre": Both("a call centre", "مركز الاتصال"),
    "sms": Both("text messages", "الرسائل النصية القصيرة"),
    "website": Both("a website", "الموقع الإلكتروني"),
    "complaints": Both("a complaints system", "نظام الشكاوى"),
    "app": Both("an app", "تطبيق الهاتف"),
    "chat": Both("online chat", "المحادثة الإلكترونية"),
    "in_person": Both("visits in person", "الزيارات الشخصية"),
}

REASONS = {
    "mixed": Both(
        "Shown, not scored: several channels are counted together and social media is not separated.",
        "للاطلاع لا للاحتساب: جُمعت قنوات عدة معًا ولم تُفصل وسائل التواصل الاجتماعي.",
    ),
    "not_stated": Both(
        "Shown, not scored: the channel is not stated.",
        "للاطلاع لا للاحتساب: القناة غير مذكورة.",
    ),
    "acknowledgement": Both(
        "Shown, not scored: the time is for an acknowledgement, not for an answer.",
        "للاطلاع لا للاحتساب: المدة لإشعار الاستلام لا للرد.",
    ),
    "older_version": Both(
        "Shown, not scored: the record calls this page an older version; the newer one counts.",
        "للاطلاع لا للاحتساب: يصف السجل هذه الصفحة بأنها نسخة أقدم، والمعتمد هو الأحدث.",
    ),
    "outside_policy": Both(
        "Shown, not scored: the audiences are named outside a published policy or strategy.",
        "للاطلاع لا للاحتساب: ذُكرت الفئات خارج سياسة أو استراتيجية منشورة.",
    ),
    "no_numbers": Both(
        "Shown, not scored: results are promised or mentioned, but no figures were seen.",
        "للاطلاع لا للاحتساب: وُعد بالنتائج أو أُشير إليها دون أن تظهر أرقام.",
    ),
    "beyond_part_read": Both(
        "Shown, not scored: the figures lie beyond the part that was read.",
        "للاطلاع لا للاحتساب: تقع الأرقام خارج الجزء المقروء.",
    ),
    "not_own_results": Both(
        "Shown, not scored: the figures were not read on a page of the agency itself.",
        "للاطلاع لا للاحتساب: لم تُقرأ الأرقام في صفحة للجهة نفسها.",
    ),
    "none_reported": Both(
        "Shown, not scored: the page says that figures on social media were not available.",
        "للاطلاع لا للاحتساب: تذكر الصفحة أن أرقام وسائل التواصل الاجتماعي لم تكن متاحة.",
    ),
    "satisfaction_undeclared": Both(
        "Shown, not scored: satisfaction is said to be measured, but no figure was seen.",
        "للاطلاع لا للاحتساب: يُذكر أن الرضا يُقاس دون أن يظهر رقم.",
    ),
    "satisfaction_elsewhere": Both(
        "Shown, not scored: the figure is not about social media.",
        "للاطلاع لا للاحتساب: لا يخص الرقم وسائل التواصل الاجتماعي.",
    ),
    "page_widget": Both(
        "Shown, not scored: visitors rated one web page with a button; it is no survey about social media.",
        "للاطلاع لا للاحتساب: قيّم الزوار صفحة واحدة بزر، وليس ذلك استبيانًا عن وسائل التواصل الاجتماعي.",
    ),
    "star_rating": Both(
        "Shown, not scored: stars given to a public page do not say what share of people was satisfied.",
        "للاطلاع لا للاحتساب: نجوم التقييم لصفحة عامة لا تبيّن نسبة الراضين.",
    ),
    "sentiment": Both(
        "Shown, not scored: an index made from media monitoring is not a survey.",
        "للاطلاع لا للاحتساب: المؤشر مبني على رصد إعلامي وليس استبيانًا.",
    ),
    "no_sound": Both(
        "Shown, not scored: all its videos were silent text, so there was nothing to caption.",
        "للاطلاع لا للاحتساب: كل مقاطعه نصوص صامتة، فلم يكن فيها ما يُرفق بنص مصاحب.",
    ),
    "not_money": Both(
        "Shown, not scored: it is a number of people or campaigns, not an amount of money.",
        "للاطلاع لا للاحتساب: هو عدد أشخاص أو حملات لا مبلغ من المال.",
    ),
    "no_amount": Both(
        "Shown, not scored: no amount is given, and none is refused.",
        "للاطلاع لا للاحتساب: لم يُذكر مبلغ ولم يُرفض ذكره.",
    ),
    "cost_claimed": Both(
        "Shown, not scored: the amount is claimed by others and was not published by the agency.",
        "للاطلاع لا للاحتساب: المبلغ يذكره آخرون ولم تنشره الجهة.",
    ),
    "history_boston": Both(
        "Shown, not scored: history. It shows 2015, not today's standing.",
        "للاطلاع لا للاحتساب: بيانات تاريخية تبيّن عام 2015 لا الوضع اليوم.",
    ),
    "history_nyc": Both(
        "Shown, not scored: history. It shows 2011–2012, not today's standing.",
        "للاطلاع لا للاحتساب: بيانات تاريخية تبيّن عامي 2011 و2012 لا الوضع اليوم.",
    ),
}

# --- conversions and caveats ------------------------------------------------------------------------------

WORKING_STATED = Both(
    "Converted to elapsed hours by the stated calendar: {hours} × 168 ÷ {weekly} hours a week.",
    "حُوِّلت إلى ساعات متصلة وفق التقويم المذكور: {hours} × 168 ÷ ساعات الأسبوع ({weekly}).",
)
WORKING_ASSUMED = Both(
    "Converted to elapsed hours: {hours} working hours × 168 ÷ 40; "
    "the calendar is not stated, so 8 hours a day on 5 days a week are assumed.",
    "حُوِّلت إلى ساعات متصلة: ساعات العمل ({hours}) × 168 ÷ 40؛ "
    "لم يُذكر التقويم فافتُرضت 8 ساعات يوميًا خمسة أيام في الأسبوع.",
)
WORKING_WEEK = Both(
    "Converted to elapsed hours: the clock runs on 5 days of the week, {hours} × 168 ÷ 120.",
    "حُوِّلت إلى ساعات متصلة: تُحسب الساعات في خمسة أيام من الأسبوع، {hours} × 168 ÷ 120.",
)
HOURS_UNSTATED = Both(
    "Whether calendar or working hours are meant is not stated; taken as elapsed hours.",
    "لم يُذكر هل المقصود ساعات متصلة أم ساعات عمل؛ عُدّت ساعات متصلة.",
)
DAYS_UNSTATED = Both(
    "Whether calendar or working days are meant is not stated; taken as calendar days of 24 hours.",
    "لم يُذكر هل المقصود أيام تقويمية أم أيام عمل؛ عُدّت أيامًا تقويمية من 24 ساعة.",
)
HANDLED_WITHIN_DAYS = Both(
    "Answered or handled over the whole period: not the same as answered within 72 hours.",
    "رُدّ عليها أو عولجت خلال المدة كلها، وهذا غير الرد خلال 72 ساعة.",
)
SCOPE = Both("The amount covers: {scope}.", "يشمل المبلغ: {scope_ar}.")
CONTENT_FACTS = Both("Statistics are among the posts.", "الإحصاءات من محتوى المنشورات.")
OWN_PERFORMANCE = Both("The agency publishes data on its own channels.", "تنشر الجهة بيانات عن قنواتها نفسها.")

# --- about the source -------------------------------------------------------------------------------------

FIRST_SET = Both(
    "Recoded from the note of an earlier reading; the page was not read again.",
    "أُعيد ترميزها من ملاحظة قراءة سابقة دون إعادة قراءة الصفحة.",
)
PAGE_DATE = Both(
    "Date on the page: {date}.",
    "التاريخ في الصفحة: {date}.",
)
