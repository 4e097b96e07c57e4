"""Every kind of quantity that news writes, with its value and unit, and what looks like a quantity and is none.

Brackets mark the spans: a number with what it counts, hedges outside. After the phrase stand value and unit of each span. A
unit is an English singular, an ISO 4217 code or ``percent``; None where the counted noun is not in the lexicon.
"""

import functools

import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_precision

from qantar.reading import quantities as layer
from qantar.reading.words import words_of

LOCALES = sorted(name for name in locale_identifiers() if name.split("_")[0] == "ar")
ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
THIRD = pytest.approx(1 / 3, abs=5e-4)
TWO_THIRDS = pytest.approx(2 / 3, abs=5e-4)

QUANTITIES = {
    "in digits": [
        ("قُتل [164 شخصاً] في الاحتجاجات", 164, "person"),
        ("قُتل [٣٥٠ مدنيا] في القصف", 350, "civilian"),
        ("قُتل [۳۵۰ مدنيا] في القصف", 350, "civilian"),
        ("أُحصيت [1,250 إصابة] جديدة", 1250, "injury"),
        ("أُحصيت [1.250 إصابة] جديدة", 1250, "injury"),
        ("أُحصيت [١٬٠٨٩ إصابة] جديدة", 1089, "injury"),
        ("نزح [1,234,567 شخصا] من الإقليم", 1234567, "person"),
        ("نزح [1.234.567 شخصا] من الإقليم", 1234567, "person"),
        ("نزح [١،٢٣٤،٥٦٧ شخصا] من الإقليم", 1234567, "person"),
        ("حصل على [100 000 صوت] في الجولة الأولى", 100000, "vote"),
        ("حصل على [12\u00a0500 صوت] في الجولة الأولى", 12500, "vote"),
        ("سُجل [12.5 ملم] من الأمطار", 12.5, "millimetre"),
        ("سُجل [12,5 ملم] من الأمطار", 12.5, "millimetre"),
        ("سُجل [١٢٫٥ ملم] من الأمطار", 12.5, "millimetre"),
        ("سُجل [0.125 ملم] من الأمطار", 0.125, "millimetre"),
        ("ضم الوفد [الـ12 عضوا]", 12, "member"),
    ],
    "digits and words": [
        ("أوقفت الشرطة [5 آلاف و135 شخصاً]", 5135, "person"),
        ("أوقفت الشرطة [12 ألف شخص]", 12000, "person"),
        ("أوقفت الشرطة [12 ألفا و300 شخص]", 12300, "person"),
        ("يسكن المدينة [3 ملايين و200 ألف نسمة]", 3200000, "inhabitant"),
        ("يسكن المدينة [2.8 مليون نسمة]", 2800000, "inhabitant"),
        ("يسكن المدينة [2,8 مليون نسمة]", 2800000, "inhabitant"),
        ("يسكن المدينة [٢٫٤ مليون نسمة]", 2400000, "inhabitant"),
        ("بلغ الدين [1.5 تريليون دولار]", 1500000000000, "USD"),
        ("بلغ الدين [2.125 مليار دولار]", 2125000000, "USD"),
    ],
    "in words": [
        ("قُتل [ثلاثة جنود] في كمين", 3, "soldier"),
        ("قُتل [عشرة أشخاص] في كمين", 10, "person"),
        ("قُتل [أحد عشر جنديا] في كمين", 11, "soldier"),
        ("قُتل [اثنا عشر جنديا] في كمين", 12, "soldier"),
        ("دامت الجلسة [إحدى عشرة ساعة]", 11, "hour"),
        ("دامت الجلسة [خمس عشرة دقيقة]", 15, "minute"),
        ("قُتل [تسعة عشر شخصا] في الحادث", 19, "person"),
        ("قُتل [واحد وعشرون شخصا] في الحادث", 21, "person"),
        ("دُمرت [تسع وتسعون قرية] في الزلزال", 99, "village"),
        ("دُمرت [مئة قرية] في الزلزال", 100, "village"),
        ("دُمرت [مائة وخمس قرى] في الزلزال", 105, "village"),
        ("نُصبت [مئتا خيمة] للنازحين", 200, "tent"),
        ("نُصبت [ثلاثمئة خيمة] للنازحين", 300, "tent"),
        ("نُصبت [أربعمائة وخمسون خيمة] للنازحين", 450, "tent"),
        ("نُصبت [ثماني مئة خيمة] للنازحين", 800, "tent"),
        ("نُصبت [ألف ومئتا خيمة] للنازحين", 1200, "tent"),
        ("وصل [ألفا جندي] إلى الحدود", 2000, "soldier"),
        ("أرسلت البلاد [ألفي جندي] إلى الحدود", 2000, "soldier"),
        ("أرسلت البلاد [ثلاثة آلاف وخمسمئة جندي]", 3500, "soldier"),
        ("أرسلت البلاد [خمسة عشر ألف جندي]", 15000, "soldier"),
        ("أرسلت البلاد [اثني عشر ألفا وأربعمئة جندي]", 12400, "soldier"),
        ("هُجر [مئتا ألف مدني] من بيوتهم", 200000, "civilian"),
        ("هُجر [نصف مليون مدني] من بيوتهم", 500000, "civilian"),
        ("هُجر [ربع مليون مدني] من بيوتهم", 250000, "civilian"),
        ("هُجر [مليون ونصف مليون مدني] من بيوتهم", 1500000, "civilian"),
        ("يسكنها [ثلاثة ملايين ونصف المليون نسمة]", 3500000, "inhabitant"),
        ("يسكنها [عشرون مليوناً] من البشر", 20000000, None),
        ("خصصت [مليارين ونصف المليار جنيه]", 2500000000, "EGP"),
        ("بلغت الأضرار [ثمانية وعشرين مليارا]", 28000000000, None),
        ("خسر [دزينة من السيارات]", 12, "car"),
    ],
    "percent": [
        ("ارتفعت الأسعار [10%] في شهر", 10, "percent"),
        ("ارتفعت الأسعار [10 %] في شهر", 10, "percent"),
        ("ارتفعت الأسعار [10٪] في شهر", 10, "percent"),
        ("ارتفعت الأسعار [١٠٪] في شهر", 10, "percent"),
        ("ارتفعت الأسعار [%10] في شهر", 10, "percent"),
        ("ارتفعت الأسعار [2.5%] في شهر", 2.5, "percent"),
        ("ارتفعت الأسعار [٢٫٥٪] في شهر", 2.5, "percent"),
        ("ارتفعت الأسعار [10 في المئة]", 10, "percent"),
        ("ارتفعت الأسعار [10 في المائة]", 10, "percent"),
        ("ارتفعت الأسعار [10 بالمئة]", 10, "percent"),
        ("ارتفعت الأسعار [10 بالمائة]", 10, "percent"),
        ("ارتفعت الأسعار [عشرة في المئة]", 10, "percent"),
        ("ارتفعت الأسعار [خمسة وعشرين بالمئة]", 25, "percent"),
        ("ارتفعت الأسعار [مئة في المئة]", 100, "percent"),
        ("ارتفعت الأسعار [مئتين بالمئة]", 200, "percent"),
        ("ارتفعت الأسعار [خمسة ونصف في المئة]", 5.5, "percent"),
        ("ارتفعت الأسعار [ثلاثة فاصلة خمسة في المئة]", 3.5, "percent"),
        ("ارتفعت الأسعار [نصف في المئة]", 0.5, "percent"),
        ("انكمش الاقتصاد [-0.5%] في عام", -0.5, "percent"),
        ("رُفعت الفائدة [25 نقطة أساس]", 25, "basis point"),
        ("رُفعت الفائدة [0.75 نقطة مئوية]", 0.75, "percentage point"),
    ],
    "money": [
        ("بلغت الخسائر [212 مليون دولار]", 212000000, "USD"),
        ("بلغت الخسائر [خمسين دولاراً]", 50, "USD"),
        ("بلغت الخسائر [10 دولارات أمريكية]", 10, "USD"),
        ("بلغت الخسائر [مليون دولار أميركي]", 1000000, "USD"),
        ("بلغت الخسائر [مليوني دولار]", 2000000, "USD"),
        ("بلغت الخسائر [مليار دولار كندي]", 1000000000, "CAD"),
        ("بلغت الخسائر [600 مليون يورو]", 600000000, "EUR"),
        ("بلغت الخسائر [ألف جنيه إسترليني]", 1000, "GBP"),
        ("بلغت الخسائر [90 مليار روبل]", 90000000000, "RUB"),
        ("بلغت الخسائر [100 مليار تنغي]", 100000000000, "KZT"),
        ("بلغت الخسائر [500 ليرة تركية]", 500, "TRY"),
        ("بلغت الخسائر [مليون ريال إيراني]", 1000000, "IRR"),
        ("بلغت الخسائر [ألف يوان صيني]", 1000, "CNY"),
        ("بلغت الخسائر [ألف ين ياباني]", 1000, "JPY"),
        ("بلغت الخسائر [ألف فرنك سويسري]", 1000, "CHF"),
        ("بلغت الخسائر [ألف روبية هندية]", 1000, "INR"),
        ("بلغت الخسائر [ألف روبية باكستانية]", 1000, "PKR"),
        ("بلغت الخسائر [21.85 هريفنيا]", 21.85, "UAH"),
        ("بلغت الخسائر [$10 مليار]", 10000000000, "USD"),
        ("بلغت الخسائر [$500]", 500, "USD"),
        ("بلغت الخسائر [500$]", 500, "USD"),
        ("بلغت الخسائر [500 $]", 500, "USD"),
        ("بلغت الخسائر [€5.5 مليون]", 5500000, "EUR"),
        ("بلغت الخسائر [500 USD]", 500, "USD"),
        ("بلغت الخسائر [USD 500]", 500, "USD"),
        ("بلغت الخسائر [20 ج.م]", 20, "EGP"),
        ("بلغت الخسائر [20 د.إ]", 20, "AED"),
        ("بلغت الخسائر [20 ر.س]", 20, "SAR"),
        ("بلغت الخسائر [20 دولاراً و43 سنتاً]", 20.43, "USD"),
        ("بلغت الخسائر [45 سنتا]", 45, "cent"),
        ("بلغت الخسائر [50 قرشا]", 50, "piastre"),
        ("بلغت الخسائر [دولارين]", 2, "USD"),
    ],
    "length, area, weight, volume": [
        ("تقع القرية على بعد [300 كيلومتر] شرقا", 300, "kilometre"),
        ("تقع القرية على بعد [300 كلم] شرقا", 300, "kilometre"),
        ("تقع القرية على بعد [300 كم] شرقا", 300, "kilometre"),
        ("تقع القرية على بعد [سبعة أميال] شرقا", 7, "mile"),
        ("تقع القرية على بعد [12 ميلا بحريا] شرقا", 12, "nautical mile"),
        ("ارتفع الماء [مترين] فوق الطريق", 2, "metre"),
        ("ارتفع الماء [50 سنتيمترا] فوق الطريق", 50, "centimetre"),
        ("ارتفع الماء [متراً ونصف المتر] فوق الطريق", 1.5, "metre"),
        ("التهمت النيران [500 هكتار] من الغابات", 500, "hectare"),
        ("التهمت النيران [3 آلاف دونم] من الغابات", 3000, "dunam"),
        ("التهمت النيران [فدانين] من القمح", 2, "feddan"),
        ("التهمت النيران [20 كيلومترا مربعا]", 20, "square kilometre"),
        ("التهمت النيران [ألفي متر مربع]", 2000, "square metre"),
        ("استوردت البلاد [120 ألف طن] من القمح", 120000, "tonne"),
        ("استوردت البلاد [خمسة أطنان] من القمح", 5, "tonne"),
        ("ضُبط [3 كيلوغرامات] من الحشيش", 3, "kilogram"),
        ("ضُبط [750 غراما] من الحشيش", 750, "gram"),
        ("تنتج [2 مليون برميل] يوميا", 2000000, "barrel"),
        ("تنتج [مليوني برميل] يوميا", 2000000, "barrel"),
        ("تنتج [17 مليار متر مكعب] من الغاز", 17000000000, "cubic metre"),
        ("تسرب [4.500 لتر] من الوقود", 4500, "litre"),
    ],
    "temperature, speed, power, data": [
        ("بلغت الحرارة [40 درجة مئوية]", 40, "degree Celsius"),
        ("بلغت الحرارة [14 درجة مئوية تحت الصفر]", -14, "degree Celsius"),
        ("بلغت الحرارة [خمس درجات تحت الصفر]", -5, "degree"),
        ("بلغت الحرارة [-5 درجات] ليلا", -5, "degree"),
        ("بلغت الحرارة [ناقص عشر درجات] ليلا", -10, "degree"),
        ("بلغت الحرارة [100 درجة فهرنهايت]", 100, "degree Fahrenheit"),
        ("ضرب زلزال بقوة [7.8 درجات] الساحل", 7.8, "degree"),
        ("هبت الرياح بسرعة [120 كيلومترا في الساعة]", 120, "kilometre per hour"),
        ("هبت الرياح بسرعة [90 كلم/ساعة]", 90, "kilometre per hour"),
        ("تنتج المحطة [500 ميغاوات] من الكهرباء", 500, "megawatt"),
        ("سُربت [100 غيغابايت] من الوثائق", 100, "gigabyte"),
    ],
    "lengths of time": [
        ("استمر الحصار [40 يوما]", 40, "day"),
        ("استمر الحصار [ثلاثة أيام]", 3, "day"),
        ("استمر الحصار [ثلاثة أيام ونصف]", 3.5, "day"),
        ("استمر الحصار [أربعة أشهر ونصف الشهر]", 4.5, "month"),
        ("استمر الحصار [سنة وأربعة أشهر]", 16, "month"),
        ("استمر الحصار [سنتين وشهرين]", 26, "month"),
        ("استمر الحصار [عاما ونصف العام]", 1.5, "year"),
        ("استمر الحصار [عامين ونصف]", 2.5, "year"),
        ("استمر الحصار [عاما] كاملا", 1, "year"),
        ("استمر الحصار [يوما واحدا]", 1, "day"),
        ("استمر الحصار [أسبوعين]", 2, "week"),
        ("استمر الحصار [أسبوعين وثلاثة أيام]", 17, "day"),
        ("استمر الحصار [ثلاثة عقود]", 3, "decade"),
        ("استمر الحصار [سبعة قرون]", 7, "century"),
        ("استمر اللقاء [ساعة وعشر دقائق]", 70, "minute"),
        ("استمر اللقاء [ساعتين وربع الساعة]", 2.25, "hour"),
        ("استمر اللقاء [ست ساعات ونصف الساعة]", 6.5, "hour"),
        ("استمر اللقاء [نصف ساعة]", 0.5, "hour"),
        ("استمر اللقاء [90 دقيقة]", 90, "minute"),
        ("استمر اللقاء [1.5 ساعة]", 1.5, "hour"),
        ("توفي الكاتب ([81 عاماً]) في باريس", 81, "year"),
        ("يبلغ المتهم من العمر [ثلاثا وثلاثين سنة]", 33, "year"),
    ],
    "lengths of time inside dates": [
        ("وصلت السفينة قبل [ثلاثة أيام]", 3, "day"),
        ("وصلت السفينة قبل [يومين]", 2, "day"),
        ("يضرب العمال منذ [عشر سنوات]", 10, "year"),
        ("استقال الوزير بعد [ستة أشهر] من تعيينه", 6, "month"),
        ("قُتل [40 شخصا] خلال [الأشهر الثلاثة] الماضية", 40, "person", 3, "month"),
        ("قُتل [40 شخصا] خلال [الأسبوعين] الماضيين", 40, "person", 2, "week"),
        ("قُتل [40 شخصا] خلال [الساعات الـ24] الماضية", 40, "person", 24, "hour"),
    ],
    "fractions": [
        ("نزح [ثلثا السكان] إلى الجنوب", TWO_THIRDS, "inhabitant"),
        ("نزح [نصف السكان] إلى الجنوب", 0.5, "inhabitant"),
        ("نزح [ربع السكان] إلى الجنوب", 0.25, "inhabitant"),
        ("نزح [ثلث الأسر] إلى الجنوب", THIRD, "family"),
        ("نزح [خُمس السكان] إلى الجنوب", 0.2, "inhabitant"),
        ("نزح [ثلاثة أرباع السكان] إلى الجنوب", 0.75, "inhabitant"),
        ("نزح [أربعة أخماس السكان] إلى الجنوب", 0.8, "inhabitant"),
        ("أيد [ثلثي النواب] المشروع", TWO_THIRDS, "lawmaker"),
        ("فقدت العملة [ثلاثة أخماس قيمتها]", 0.6, "value"),
    ],
    "duals": [
        ("قُتل [جنديان] في كمين", 2, "soldier"),
        ("أصيبت [امرأتان] بشظايا", 2, "woman"),
        ("أحرق المحتجون [سيارتين] للشرطة", 2, "car"),
        ("أرسلت البلاد [طائرتين] محملتين بالأدوية", 2, "aircraft"),
        ("قُتل [متظاهران اثنان] في الساحة", 2, "protester"),
        ("أُوقف [مطلوبان اثنان] عند المعبر", 2, "wanted person"),
        ("أقال الرئيس [وزيرَي] الدفاع والمالية", 2, "minister"),
        ("عين الرئيس [نائبين] جديدين", 2, "lawmaker"),
        ("لقي [شخصان] حتفهما وفُقد [طفلان]", 2, "person", 2, "child"),
        ("اختُطف [اثنان من الصحفيين] في المدينة", 2, "journalist"),
    ],
    "one": [
        ("قُتل [شخص واحد] في المواجهات", 1, "person"),
        ("أصيبت [امرأة واحدة] في المواجهات", 1, "woman"),
    ],
    "the number after its noun": [
        ("توزعت [الحقائب الأربع والعشرون] على الأحزاب", 24, "portfolio"),
        ("أُفرج عن [الجنود الستة] عند المعبر", 6, "soldier"),
        ("وقعت [الدول الخمس] على الاتفاق", 5, "country"),
        ("عاد [المهاجرون الـ35] إلى بلادهم", 35, "migrant"),
    ],
    "people whose noun is left out": [
        ("أدى الهجوم إلى مقتل [12] وإصابة [30] بجروح", 12, "dead", 30, "injured"),
        ("قُتل [ستة] وأصيب [عشرة] في الانفجار", 6, "dead", 10, "injured"),
        ("قُتل [شخص واحد] وأصيب [20 آخرون]", 1, "person", 20, "injured"),
        ("أوقفت الشرطة [300 آخرين] عند الحدود", 300, "detained"),
        ("اعتقال [45] في العاصمة", 45, "detained"),
        ("فُقد [سبعة] بعد غرق القارب", 7, "missing"),
        ("بلغت حصيلة القتلى [141]", 141, "dead"),
        ("حُرر [ثلاثة مختطفين] وقُتل [اثنان]", 3, "kidnapped", 2, "dead"),
    ],
    "out of a whole": [
        ("قُتل [ستة من عناصر الأمن] في الهجوم", 6, "member"),
        ("قُتل [ثلاثة من الجنود] في الهجوم", 3, "soldier"),
        ("توفي [اثنان من الجرحى] في المستشفى", 2, "injured"),
        ("استقال [أربعة من الوزراء] احتجاجا", 4, "minister"),
        ("أقيل [اثنان آخران] من كبار المسؤولين", 2, "official"),
    ],
    "people and things of every sort": [
        ("قُتل [11 مدنياً] بينهم [خمسة أطفال] و[امرأتان]", 11, "civilian", 5, "child", 2, "woman"),
        ("أُغلقت [سبعة مطارات] و[صالتان]", 7, "airport", 2, "hall"),
        ("فاز الحزب بـ[48 مقعدا] في البرلمان", 48, "seat"),
        ("سقطت [60 قذيفة] على الحي", 60, "shell"),
        ("دُمر [40 منزلاً] و[مدرستان]", 40, "house", 2, "school"),
        ("أُجليت [85 أسرة] من القرية", 85, "family"),
        ("شارك [ألف طالب] في المسيرة", 1000, "student"),
        ("صدر حكم بإعدام [تسعة متهمين]", 9, "defendant"),
        ("عُقدت [ثلاث جلسات] مغلقة", 3, "session"),
        ("وُفرت [50 ألف وظيفة] في عام", 50000, "job"),
        ("نفذ الطيران [15 غارة] ليلا", 15, "airstrike"),
        ("سُجلت [72 حالة وفاة] بالوباء", 72, "death"),
        ("ضُبطت [5 قفطانات] عند الحدود", 5, None),
    ],
}

APPROXIMATE = [
    ("قُتل نحو [20 شخصا]", 20, "person"),
    ("قُتل حوالي [20 شخصا]", 20, "person"),
    ("قُتل قرابة [20 شخصا]", 20, "person"),
    ("قُتل زهاء [20 شخصا]", 20, "person"),
    ("قُتل ما يقارب [20 شخصا]", 20, "person"),
    ("قُتل ما يقرب من [20 شخصا]", 20, "person"),
    ("قُتل ما يناهز [20 شخصا]", 20, "person"),
    ("قُتل أكثر من [20 شخصا]", 20, "person"),
    ("قُتل أزيد من [20 شخصا]", 20, "person"),
    ("قُتل ما يزيد على [20 شخصا]", 20, "person"),
    ("قُتل ما يزيد عن [20 شخصا]", 20, "person"),
    ("قُتل ما لا يقل عن [20 شخصا]", 20, "person"),
    ("قُتل أقل من [20 شخصا]", 20, "person"),
    ("قُتل [20 شخصا] على الأقل", 20, "person"),
    ("قُتل [20 شخصا] تقريبا", 20, "person"),
    ("قُتل [20 شخصا] على الأكثر", 20, "person"),
    ("قُتل [20 شخصا] كحد أدنى", 20, "person"),
    ("بلغت الخسائر بنحو [20 مليون دولار]", 20000000, "USD"),
    ("تجاوزت الخسائر [20 مليون دولار]", 20000000, "USD"),
    ("ناهزت الخسائر [20 مليون دولار]", 20000000, "USD"),
    ("فاقت الخسائر [20 مليون دولار]", 20000000, "USD"),
    ("تجاوزت نسبة المشاركة [60 في المئة]", 60, "percent"),
    ("لا تقل العقوبة عن [عشر سنوات]", 10, "year"),
    ("لا تزيد مدة البقاء عن [أسبوع]", 1, "week"),
    ("أقام في المخيم أكثر من [عام]", 1, "year"),
    ("أقام في المخيم أقل من [شهرين]", 2, "month"),
    ("زادت الأسعار بأكثر من [الثلث]", THIRD, None),
    ("زادت الأسعار بما لا يقل عن [10%]", 10, "percent"),
    ("نزح أكثر من [نصف السكان]", 0.5, "inhabitant"),
    ("استقبل المخيم أكثر من [مليوني لاجئ]", 2000000, "refugee"),
]

RANGES = [
    ("خسر التجار بين [10 و15 مليار دينار عراقي]", 10_000_000_000, 15_000_000_000, "IQD"),
    ("خسر التجار من [10 إلى 15 مليون دولار]", 10_000_000, 15_000_000, "USD"),
    ("خسر التجار من [مليون إلى مليوني دولار]", 1_000_000, 2_000_000, "USD"),
    ("يباع البرميل بين [70 دولارا و75 دولارا]", 70, 75, "USD"),
    ("يتراوح السعر بين [225 و230 دولارا]", 225, 230, "USD"),
    ("قُتل ما بين [15 و20 مدنيا]", 15, 20, "civilian"),
    ("قُتل [15-20 مدنيا]", 15, 20, "civilian"),
    ("قُتل [١٥-٢٠ مدنيا]", 15, 20, "civilian"),
    ("قُتل من [15 إلى 20 مدنيا]", 15, 20, "civilian"),
    ("قُتل [ثلاثة أو أربعة مدنيين]", 3, 4, "civilian"),
    ("حُكم عليهم بالسجن بين [ثلاث وثماني سنوات]", 3, 8, "year"),
    ("حُكم عليهم بالسجن من [خمس إلى عشر سنوات]", 5, 10, "year"),
    ("تستمر العملية من [يومين إلى ثلاثة أيام]", 2, 3, "day"),
    ("تتراوح أعمارهم بين [18 و25 عاماً]", 18, 25, "year"),
    ("تظاهر ما بين [40 و50 ألف شخص]", 40000, 50000, "person"),
    ("تظاهر بين [عشرين ألفا وثلاثين ألف شخص]", 20000, 30000, "person"),
    ("ينمو الاقتصاد بين [2.5 و3 في المئة]", 2.5, 3, "percent"),
    ("ينمو الاقتصاد بين [5% و7%]", 5, 7, "percent"),
    ("ينمو الاقتصاد [5-7%] سنويا", 5, 7, "percent"),
    ("تبلغ الحرارة من [10 إلى 15 درجة مئوية]", 10, 15, "degree Celsius"),
]

TWO_AND_NO_RANGE = [
    ("ارتفع السعر من [10 دولارات] إلى [20 دولارا]", 10, "USD", 20, "USD"),
    ("انخفض العدد من [50 جنديا] إلى [30 جنديا]", 50, "soldier", 30, "soldier"),
    ("قُتل [خمسة جنود] و[ستة مدنيين]", 5, "soldier", 6, "civilian"),
    ("زادت النسبة من [5%] إلى [7%]", 5, "percent", 7, "percent"),
    ("نشرت [200 جندي] و[12 دبابة]", 200, "soldier", 12, "tank"),
]

VAGUE = [
    ("سقط [عشرات القتلى] في القصف", 10, "dead"),
    ("سقط [مئات الجرحى] في القصف", 100, "injured"),
    ("تظاهر [آلاف الطلاب] في العاصمة", 1000, "student"),
    ("تظاهر [الآلاف] في العاصمة", 1000, "person"),
    ("تظاهر [المئات] في العاصمة", 100, "person"),
    ("تظاهر [عشرات الآلاف] في العاصمة", 10000, "person"),
    ("تظاهر [عشرات آلاف الطلاب] في العاصمة", 10000, "student"),
    ("تظاهر [عشرات الآلاف من الطلاب] في العاصمة", 10000, "student"),
    ("تظاهر [مئات من الطلاب] في العاصمة", 100, "student"),
    ("نزح [مئات الآلاف من المدنيين]", 100000, "civilian"),
    ("نزح [ملايين المدنيين]", 1000000, "civilian"),
    ("نزح [عشرات الملايين]", 10000000, "displaced"),
    ("اعتُقل [الآلاف] منذ بدء الأحداث", 1000, "detained"),
    ("أصيب [العشرات] بالرصاص", 10, "injured"),
    ("استثمرت [مليارات الدولارات] في النفط", 1000000000, "USD"),
    ("استثمرت [ملايين اليوروهات] في النفط", 1000000, "EUR"),
    ("استثمرت [مئات الملايين من الدولارات] في النفط", 100000000, "USD"),
    ("بقي في القرية [بضعة أيام]", 3, "day"),
    ("بقي في القرية [بضع سنوات]", 3, "year"),
    ("نفقت [مئات رؤوس] الماشية", 100, "head"),
]

NO_QUANTITIES = {
    "ordinals": [
        "فاز للمرة الثالثة باللقب",
        "احتفلت البلاد بالذكرى الخمسين للاستقلال",
        "افتتحت الدورة الـ75 للجمعية العامة",
        "دخل الإضراب يومه العاشر",
        "في القرن الحادي والعشرين",
        "توفيت في العقد الثامن من عمرها",
        "وهو في الثلاثين من عمره",
        "حل ثالثا في السباق",
        "المركز الأول في البطولة",
    ],
    "of the clock": [
        "بدأت الجلسة الساعة 10 صباحا",
        "بدأت الجلسة الساعة العاشرة صباحا",
        "بدأت الجلسة في الساعة 20:30",
        "بدأت الجلسة عند 10:15 بتوقيت بيروت",
    ],
    "numbers that identify": [
        "أقلعت الرحلة 815 من المطار",
        "أقلعت الرحلة رقم 815 من المطار",
        "استند إلى القرار 2254",
        "استند إلى المادة 51 من الميثاق",
        "استند إلى المادتين 51 و52 من الميثاق",
        "صدر القانون رقم 10",
        "الاتصال على الهاتف 0123456789",
        "حلقت مقاتلة إف-16 فوق المدينة",
        "تسلمت البلاد صواريخ إس-400 الروسية",
        "تحطمت طائرة بوينغ 737 قرب المطار",
        "انتشر وباء كوفيد-19 في السجون",
        "أعلنت القناة 12 النتائج",
        "ارتفع سعر بنزين 95 مجددا",
        "أطلق هاتف آيفون 13 في الأسواق",
        "عنوان الخادم 192.168.1.2",
        "قال في الصفحة 112 من الكتاب",
        "أُغلق الطريق الوطنية رقم 12",
    ],
    "in names": [
        "اجتمع قادة مجموعة العشرين في روما",
        "اجتمع قادة مجموعة السبع في لندن",
        "قرأ رواية ألف ليلة وليلة",
        "تجمعوا لإحياء ثورة 25 يناير",
    ],
    "one as a pronoun": [
        "قال أحد المسؤولين إن الوضع هادئ",
        "سقطت إحدى القرى بيد المتمردين",
        "وهو واحد من أهم الملفات",
        "لم يحضر أحد",
    ],
    "bare plurals": [
        "قُتل مدنيون في القصف",
        "انتهت سنوات من الحرب",
        "بعد أيام من القتال",
        "وقع رجال أعمال عقودا",
    ],
    "duals that point back": [
        "اتفق الطرفان على الهدنة",
        "تدهورت العلاقات بين البلدين",
        "أكد الوزيران دعمهما",
        "سقط قتلى من الجانبين",
        "رفع كلتا يديه",
        "التقى الرئيسان في موسكو",
    ],
    "numbers of dates": [
        "وقع الحادث في 6 يناير",
        "وقع الحادث عام 2019",
        "وقع الحادث في 9/1/2022",
        "وقع الحادث منذ 2011",
        "وقع الحادث في الأول من مايو",
    ],
}


def values(rows) -> list:
    return [field for row in rows for field in (row.value, row.unit)]


@pytest.mark.parametrize(("phrase", "expected"), [(phrase, rest) for kind in QUANTITIES.values() for phrase, *rest in kind])
def test_a_quantity_is_found_with_its_value(phrase, expected, read):
    country = "EG" if "جنيه" in phrase else None
    found = read(phrase, country=country)
    assert (found.marked(found.quantities), values(found.quantities)) == (phrase, expected)
    assert not any(row.approx or row.vague or row.value_max is not None for row in found.quantities)


@pytest.mark.parametrize(("phrase", "value", "unit"), APPROXIMATE)
def test_a_hedge_stands_outside_and_sets_approx(phrase, value, unit, read):
    found = read(phrase)
    assert (found.marked(found.quantities), values(found.quantities)) == (phrase, [value, unit])
    assert [row.approx for row in found.quantities] == [True]


@pytest.mark.parametrize(("phrase", "low", "high", "unit"), RANGES)
def test_a_range_is_one_quantity(phrase, low, high, unit, read):
    found = read(phrase)
    got = [(row.value, row.value_max, row.unit) for row in found.quantities]
    assert (found.marked(found.quantities), got) == (phrase, [(low, high, unit)])


@pytest.mark.parametrize(("phrase", "expected"), [(phrase, rest) for phrase, *rest in TWO_AND_NO_RANGE])
def test_a_change_or_a_list_is_no_range(phrase, expected, read):
    found = read(phrase)
    assert (found.marked(found.quantities), values(found.quantities)) == (phrase, expected)
    assert [row.value_max for row in found.quantities] == [None, None]


@pytest.mark.parametrize(("phrase", "least", "unit"), VAGUE)
def test_a_vague_number_has_no_value_but_the_least_it_can_mean(phrase, least, unit, read):
    found = read(phrase)
    got = [(row.value, row.value_min, row.unit, row.vague) for row in found.quantities]
    assert (found.marked(found.quantities), got) == (phrase, [(None, least, unit, True)])


@pytest.mark.parametrize("phrase", [phrase for kind in NO_QUANTITIES.values() for phrase in kind])
def test_what_is_no_quantity_is_not_found(phrase, read):
    assert [(row.text, row.value, row.unit) for row in read(phrase).quantities] == []


def test_a_quantity_names_who_said_it(read):
    found = read("قُتل ثلاثة جنود. وقالت وزارة الدفاع إن خمسة مدنيين أصيبوا. ونزح ألف شخص بحسب الأمم المتحدة.")
    assert [row.attributed_to for row in found.quantities] == [None, "وزارة الدفاع", "الأمم المتحدة"]


# ---------------------------------------------------------------------------- the money of the Arab states

# Territory, currency, then the money with its adjective: singular, plural after 5, dual, accusative after 20.
ARAB_MONEY = [
    ("AE", "AED", "درهم إماراتي", "دراهم إماراتية", "درهمان إماراتيان", "درهماً إماراتياً"),
    ("BH", "BHD", "دينار بحريني", "دنانير بحرينية", "ديناران بحرينيان", "ديناراً بحرينياً"),
    ("DJ", "DJF", "فرنك جيبوتي", "فرنكات جيبوتية", "فرنكان جيبوتيان", "فرنكاً جيبوتياً"),
    ("DZ", "DZD", "دينار جزائري", "دنانير جزائرية", "ديناران جزائريان", "ديناراً جزائرياً"),
    ("EG", "EGP", "جنيه مصري", "جنيهات مصرية", "جنيهان مصريان", "جنيهاً مصرياً"),
    ("IQ", "IQD", "دينار عراقي", "دنانير عراقية", "ديناران عراقيان", "ديناراً عراقياً"),
    ("JO", "JOD", "دينار أردني", "دنانير أردنية", "ديناران أردنيان", "ديناراً أردنياً"),
    ("KM", "KMF", "فرنك قمري", "فرنكات قمرية", "فرنكان قمريان", "فرنكاً قمرياً"),
    ("KW", "KWD", "دينار كويتي", "دنانير كويتية", "ديناران كويتيان", "ديناراً كويتياً"),
    ("LB", "LBP", "ليرة لبنانية", "ليرات لبنانية", "ليرتان لبنانيتان", "ليرةً لبنانيةً"),
    ("LY", "LYD", "دينار ليبي", "دنانير ليبية", "ديناران ليبيان", "ديناراً ليبياً"),
    ("MA", "MAD", "درهم مغربي", "دراهم مغربية", "درهمان مغربيان", "درهماً مغربياً"),
    ("MR", "MRU", "أوقية موريتانية", "أوقيات موريتانية", "أوقيتان موريتانيتان", "أوقيةً موريتانيةً"),
    ("OM", "OMR", "ريال عماني", "ريالات عمانية", "ريالان عمانيان", "ريالاً عمانياً"),
    ("PS", "ILS", "شيكل إسرائيلي", "شواكل إسرائيلية", "شيكلان إسرائيليان", "شيكلاً إسرائيلياً"),
    ("QA", "QAR", "ريال قطري", "ريالات قطرية", "ريالان قطريان", "ريالاً قطرياً"),
    ("SA", "SAR", "ريال سعودي", "ريالات سعودية", "ريالان سعوديان", "ريالاً سعودياً"),
    ("SD", "SDG", "جنيه سوداني", "جنيهات سودانية", "جنيهان سودانيان", "جنيهاً سودانياً"),
    ("SO", "SOS", "شلن صومالي", "شلنات صومالية", "شلنان صوماليان", "شلناً صومالياً"),
    ("SY", "SYP", "ليرة سورية", "ليرات سورية", "ليرتان سوريتان", "ليرةً سوريةً"),
    ("TN", "TND", "دينار تونسي", "دنانير تونسية", "ديناران تونسيان", "ديناراً تونسياً"),
    ("YE", "YER", "ريال يمني", "ريالات يمنية", "ريالان يمنيان", "ريالاً يمنياً"),
]


@pytest.mark.parametrize("row", ARAB_MONEY, ids=lambda row: row[0])
def test_the_money_of_every_arab_state(row, read):
    territory, currency, singular, plural, dual, accusative = row
    written = [(1000, f"ألف {singular}"), (3_000_000, f"3 ملايين {singular}"), (5, f"خمس {plural}"), (5, f"5 {plural}"), (2, dual), (20, f"20 {accusative}")]
    for value, money in written:
        phrase = f"غُرم التاجر [{money}] أمس"
        found = read(phrase)
        assert (found.marked(found.quantities), values(found.quantities)) == (phrase, [value, currency])


@pytest.mark.parametrize("row", ARAB_MONEY, ids=lambda row: row[0])
def test_money_without_its_adjective_is_that_of_the_reports_country(row, read):
    territory, currency, singular, *_ = row
    found = read(f"غُرم التاجر [500 {singular.split()[0]}] أمس", country=territory)
    assert values(found.quantities) == [500, currency]


# ------------------------------------------------------------------------------------------ CLDR and back


@functools.cache  # most locales write the same
def read_one(text: str, country: str | None = None) -> list:
    """[value, unit] of the quantities of a text that holds nothing else."""
    return values(layer.find(words_of(text), [], country))


def in_all_digits(locale: str, write) -> list[str]:
    """What a function of Babel writes in a locale, with its own signs and those of Arabic-Indic digits, in both digits."""
    own, arab = write(numbering_system="latn", locale=locale), write(numbering_system="arab", locale=locale)
    return [own, arab, arab.translate(ARABIC_INDIC)]


NUMBERS = [0, 1, 7, 12, 99, 100, 999, 1234, 98765, 1234567, 9876543210, 0.5, 3.25, 99.9, 1234.5, 1234567.75, -1, -12, -0.5, -1234.5]


@pytest.mark.parametrize("locale", LOCALES)
def test_numbers_of_cldr_read_back(locale):
    for number in NUMBERS:
        for text in in_all_digits(locale, functools.partial(format_decimal, number)):
            assert read_one(text)[:1] == [number], text


@pytest.mark.parametrize("locale", LOCALES)
def test_percentages_of_cldr_read_back(locale):
    for number in (0.01, 0.05, 0.12, 0.5, 1, 2.5, 12.34, -0.07):
        for text in in_all_digits(locale, functools.partial(format_percent, number)):
            assert read_one(text) == [round(number * 100), "percent"], text
    for number in (0.005, 0.1234, 0.999):
        for text in in_all_digits(locale, functools.partial(format_percent, number, "#,##0.##%")):
            assert read_one(text) == [pytest.approx(number * 100), "percent"], text


AMOUNTS = [1, 2, 3, 11, 15, 100, 103, 250, 1000, 1234.5, 0.75, 99.99, 2500000, 12345678.25]
CURRENCIES = [row[1] for row in ARAB_MONEY] + ["USD", "EUR", "GBP", "RUB", "KZT", "TRY", "IRR", "CNY", "JPY", "INR", "CHF", "CAD", "UAH", "PKR", "SEK"]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("form", ["name", "standard"])
def test_money_of_cldr_reads_back(locale, form):
    """Spelt out and with its sign.

    Left out is what nobody can read: 1.000 of a currency with three decimals is one or a thousand; signs of small local
    use, Latin letters that are no code (Fdj, CF, S).
    """
    territory = locale.partition("_")[2] or None
    for currency in CURRENCIES:
        symbol = Locale.parse(locale).currency_symbols.get(currency, currency)
        if form == "standard" and symbol in ("Fdj", "CF", "S"):
            continue
        for amount in AMOUNTS:
            amount = round(amount, get_currency_precision(currency))
            if get_currency_precision(currency) == 3 and amount < 1000:
                continue
            for text in in_all_digits(locale, functools.partial(format_currency, amount, currency, format_type=form)):
                assert read_one(text, territory) == [amount, currency], text
