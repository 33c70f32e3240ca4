"""The proposal of codes for posts, measured on invented posts coded by hand.

Every post says whether it names an official (+) or not (-). They were written by whoever wrote the dictionary, so they
promise less than posts from elsewhere would.
"""

from __future__ import annotations

import pytest

from scoring.instruments.precode import forms, plain, propose

POSTS = """
+ استقبل معالي الوزير وفد الشركة في مكتبه صباح اليوم
+ بحضور سعادة وكيل الوزارة المساعد انطلقت أعمال الملتقى
+ سموّ الشيخ راشد يدشن المرحلة الأولى من المشروع
+ قال معاليه إن الخدمة ستتاح للجميع قبل نهاية العام
+ المدير العام للهيئة: أنجزنا المشروع قبل موعده
+ ترأس وكيل وزارة العمل اجتماع اللجنة المشتركة
+ وأشاد محافظ الساحل بجهود المتطوعين
+ الرئيس التنفيذي للمؤسسة يكرّم الموظفين المتميزين
+ التقى رئيس مجلس الإدارة ممثلي القطاع الخاص
+ بتوجيهات صاحب السمو حاكم الإمارة تبدأ أعمال التوسعة
+ شارك سعادة السفير في حفل الافتتاح
+ افتتحت وزيرة البيئة المعرض السنوي
+ مدير إدارة المرور يجيب عن أسئلتكم مساء الأحد
+ كلمة الأمين العام للمجلس في اليوم العالمي للمياه
+ زار نائب المدير العام المراكز الصيفية
+ وجّه رئيس البلدية بسرعة إصلاح الطريق
+ سعادة المهندسة ليلى تتفقد سير العمل
+ أصدر وزير التربية قراراً بتنظيم الاختبارات
+ فخامة الرئيس يستقبل سفراء الدول
+ قام قائد شرطة المنطقة بجولة ميدانية
+ تحت رعاية ولي العهد ينطلق المؤتمر غداً
+ وللوزير كلمة في ختام الجلسة
- تعلن وزارة الصحة عن بدء التسجيل في الحملة
- إسعاد المتعاملين وسعادة المجتمع هدفنا
- اعتمد مجلس الوزراء الميزانية العامة
- مستشفى الشيخ زايد يستقبل المراجعين من الثامنة صباحاً
- تبدأ الدراسة في جامعة الملك سعود يوم الأحد
- حافظ على البيئة وكن محافظاً على نظافة الحديقة
- رئيسي وفرعي: تعرّف على أنواع التراخيص
- يمكنك تجديد الرخصة عبر الموقع في ثلاث خطوات
- شارع الأمير مغلق للصيانة حتى الخميس
- أنهت الفرق صيانة 120 كيلومتراً من الطرق
- فخامة التصميم وروعة المكان في المتحف الجديد
- تحديث التطبيق: أصبح بإمكانك حجز موعدك بنفسك
- معالي الأمور تُنال بالصبر
- مواعيد العمل في شهر رمضان من التاسعة حتى الثانية
- شكراً لكل متطوع ومتطوعة أسهم في حملة التشجير
- مدرسة الوزير الابتدائية تفتح باب التسجيل
- نسبة رضا المتعاملين بلغت 94% هذا الربع
- للاستفسار عن طلبك أرسل رقم المعاملة في رسالة خاصة
- جائزة الشيخ محمد للكتاب تعلن قائمتها القصيرة
- أسعار الوقود لشهر ديسمبر
+ His Excellency received the delegation at the ministry
+ HE Dr. Salma opened the new laboratory this morning
+ Minister of Transport launches the night bus
+ The Mayor thanked volunteers after the storm
+ Our Director General answers your questions tonight at seven
+ Secretary of State Brown signed the agreement today
+ CEO Jane Roe presents the annual results
+ Governor Stone visited the flooded villages
+ The Prime Minister addressed the assembly
+ Undersecretary Haddad met with the fishermen's union
+ HRH the Crown Prince inaugurated the port
+ Police Chief Marta Green on the new patrols
+ Councillor Amin cut the ribbon at the playground
+ President Lee congratulated the national team
+ Executive Director Omar Said welcomed the trainees
+ The deputy minister listened to parents for two hours
+ Commissioner Ruiz explains the new fares
+ Ambassador Holm toured the exhibition
- Ministry of Health opens registration for the flu vaccine
- He went to the office and renewed his licence in ten minutes
- Sheikh Zayed Road is closed between exits 4 and 6
- King Street library reopens on Monday
- You can pay your water bill online
- We answered 92% of messages within two days
- President's Day: all offices are closed
- Board of Directors elections: how to vote
- Ministerial decree on waste sorting takes effect today
- Prince George's County residents: sirens will be tested
- Secretarial training for job seekers starts next week
- The Council of Ministers approved the budget
- Report a pothole with one tap
- Our directory of services has moved
- Tune in for the mayoral debate results online
- Queen Elizabeth Hospital: visiting hours
- Governorate offices are open until two
- Thank you to everyone who planted a tree
""".strip().split("\n")


def test_precision_and_recall_on_posts_coded_by_hand() -> None:
    coded = [(line[0] == "+", bool(propose(line[2:]).names_official), line[2:]) for line in POSTS]
    right = sum(truth and found for truth, found, _ in coded)
    precision = right / sum(found for _, found, _ in coded)
    recall = right / sum(truth for truth, _, _ in coded)
    wrong = [text for truth, found, text in coded if truth != found]
    assert precision >= 0.9 and recall >= 0.8, wrong


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("وبحضور سعادة المهندس خالد", ["سعادة المهندس"]),
        ("استقبل سُمُوّ الشيخ محمد", ["سُمُوّ الشيخ"]),
        ("Meeting with Minister of Health and وزير الصحة", ["وزير", "Minister"]),
        ("#Minister @Minister https://x.example/minister", []),
        ("#وزير_الصحة يزور المستشفى", ["وزير"]),
        ("من وإلى المدينة، والوالي غائب", []),
        ("التقى والي الجهة السكان", ["والي الجهة"]),
        ("وصفوا الرئيس التنفيذي لشركة النقل", []),
        ("The Mayor's Office is closed", []),
    ],
)
def test_shows_the_words_it_went_by(text: str, words: list[str]) -> None:
    found = propose(text).names_official
    assert [match.words for match in found] == words
    assert all(text[match.start : match.end].strip() == match.words for match in found)


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("أنجزنا ٣٬٤٠٠ طلب بنسبة ٩٥٪", True), ("Over 10,000 people in 3 days", True), ("thousands of homes", True),
        ("مليون شتلة", True), ("Open 8:00 to 14:30 on 12 May 2026", False), ("اتصل على 920000000", False),
        ("رؤية 2030", False), ("#62MillionGirls https://t.co/1234", False), ("5 مارس", False), ("يوم الأحد", False),
    ],
)  # fmt: skip
def test_states_a_figure(text: str, stated: bool) -> None:
    assert bool(propose(text).states_figure) is stated


def test_arabic_spellings_and_clitics_meet() -> None:
    assert plain("الأمانة") == plain("الامانه") and plain("سُموّ") == "سمو"
    assert "وزير" in forms(plain("وللوزير")) and "وزير" in forms(plain("والوزير")) and "مدير" in forms(plain("بالمدير"))


@pytest.mark.parametrize("text", ["", " ", "\u200f", "١٢٣", "🎉" * 1000, "و" * 10_000, "Minister " * 2000])
def test_any_text_is_survived(text: str) -> None:
    propose(text)
