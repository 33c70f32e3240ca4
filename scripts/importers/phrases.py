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
    "other_matter": Both(
        "Shown, not scored: it is about something other than how the agency uses social media.",
        "للاطلاع لا للاحتساب: يتعلق بأمر غير استخدام الجهة لوسائل التواصل الاجتماعي.",
    ),
    "part_refused": Both(
        "Shown, not scored: the refusal concerns one part of the matter and says nothing of the rest.",
        "للاطلاع لا للاحتساب: الرفض يخص جزءاً من الأمر ولا يقول شيئاً عن سائره.",
    ),
    "other_body": Both(
        "Shown, not scored: the figure is that of another body.",
        "للاطلاع لا للاحتساب: الرقم يخص جهة أخرى.",
    ),
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
    "records_not_kept": Both(
        "Shown, not scored: comments are not kept as records, which a privacy notice may still make good.",
        "للاطلاع لا للاحتساب: لا تُحفظ التعليقات في السجلات، وقد يسدّ إشعار الخصوصية مكان ذلك.",
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
SCOPE = Both("It is about: {scope}.", "يتعلق بما يلي: {scope_ar}.")
CONTENT_FACTS = Both("Statistics are among the posts.", "الإحصاءات من محتوى المنشورات.")
OWN_PERFORMANCE = Both("The agency publishes data on its own channels.", "تنشر الجهة بيانات عن قنواتها نفسها.")

# --- about the source -------------------------------------------------------------------------------------

FIRST_SET = Both(
    "Recoded from the note of an earlier reading; the page was not read again.",
    "أُعيد ترميزها من ملاحظة قراءة سابقة دون إعادة قراءة الصفحة.",
)
PAGE_DATE = Both(
    "Date on the page: {date}.",
    "التاريخ في الصفحة: {date_ar}.",
)

# --- observed open data -----------------------------------------------------------------------------------

BOSTON_CASES = Both(
    "Cases that came by Twitter in 2015: {received}; closed: {closed}; on time: {on_time}; overdue: {overdue}.",
    "الطلبات الواردة عبر تويتر في 2015: {received}، المغلق منها: {closed}، في الموعد: {on_time}، المتأخر: {overdue}.",
)
BOSTON_MEDIAN = Both(
    "Median hours from opening to closing: {median_hours_to_close}.",
    "وسيط الساعات من فتح الطلب إلى إغلاقه: {median_hours_to_close}.",
)
BOSTON_CAVEAT = Both(
    "Closing time measures the job, not the first reply on Twitter. "
    "The counts are lower bounds: five large request types are missing from the copy.",
    "مدة الإغلاق تقيس إنجاز العمل لا الرد الأول على تويتر. الأعداد حدود دنيا: تنقص النسخة خمسة أنواع كبيرة من الطلبات.",
)
BOSTON_SOURCE = Both(
    "City of Boston, 311 Service Requests of 2015, in a copy on GitHub.",
    "مدينة بوسطن، طلبات خدمة 311 لعام 2015، في نسخة على GitHub.",
)
NYC_ACCOUNTS = Both(
    "Accounts listed ({platform}): {accounts}.",
    "الحسابات المدرجة ({platform_ar}): {accounts}.",
)
NYC_FOLLOWERS = Both(
    "Last count of likes, followers, visits or downloads: {latest}; first count: {first}.",
    "آخر عدد للإعجابات أو المتابعين أو الزيارات أو التنزيلات: {latest}، وأول عدد: {first}.",
)
NYC_UNCOUNTED = Both("No count is given.", "لم يُذكر عدد.")
NYC_CAVEAT = Both(
    "Counts only, no posts. One column mixes likes, followers, visits and downloads. Rows of totals are left out, "
    "and so is the sample dated 12 December 2012, whose counts fit December 2011.",
    "أعداد فقط دون منشورات. يجمع عمود واحد الإعجابات والمتابعين والزيارات والتنزيلات. استُبعدت صفوف المجاميع، "
    "وكذلك العينة المؤرخة في 12 ديسمبر 2012 لأن أعدادها توافق ديسمبر 2011.",
)
NYC_SUM = Both(
    "Counts of several accounts are added up; one person may be counted more than once.",
    "جُمعت أعداد عدة حسابات، وقد يُحسب الشخص الواحد أكثر من مرة.",
)
NYC_SOURCE = Both(
    "New York City open data in a copy on GitHub; the terms of the original were not read.",
    "بيانات مفتوحة لمدينة نيويورك في نسخة على GitHub، ولم تُقرأ شروط الأصل.",
)
PLATFORMS = {
    "app": Both("mobile app", "تطبيق الهاتف"),
    "broadcastr": Both("Broadcastr", "Broadcastr"),
    "email": Both("newsletter", "نشرة بريدية"),
    "facebook": Both("Facebook", "فيسبوك"),
    "flickr": Both("Flickr", "فليكر"),
    "foursquare": Both("Foursquare", "فورسكوير"),
    "foursquare-badge-unlock": Both("Foursquare badges", "شارات فورسكوير"),
    "google_plus": Both("Google+", "غوغل بلس"),
    "instagram": Both("Instagram", "إنستغرام"),
    "linkedin": Both("LinkedIn", "لينكدإن"),
    "pinterest": Both("Pinterest", "بينترست"),
    "sms": Both("text messages", "الرسائل النصية القصيرة"),
    "tumblr": Both("Tumblr", "تمبلر"),
    "vimeo": Both("Vimeo", "فيميو"),
    "wordpress": Both("WordPress", "ووردبريس"),
    "x": Both("Twitter", "تويتر"),
    "youtube": Both("YouTube", "يوتيوب"),
}
