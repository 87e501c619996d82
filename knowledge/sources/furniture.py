# ruff: noqa: E501 - an entry of a table is a line
"""What the furniture of a news page says: the labels of share bars, teasers, stamps and comment forms.

Every entry is matched against a whole line, folded by `fold`, so that one spelling stands for all
(पढ़ें, पढें, PADHEN); entries are regular expressions written with lower-case classes only.
"""

import unicodedata

import regex

FOLDED_AWAY = {0x093C: None, 0x200C: None, 0x200D: None, 0x0901: 0x0902}  # nukta, joiners, chandrabindu
EDGE = regex.compile(r"^[^\p{L}\p{M}\p{N}#@©]+|[^\p{L}\p{M}\p{N}]+$")


def fold(line: str) -> str:
    """The line without what varies in labels: case, nukta, chandrabindu, joiners, decoration at its ends."""
    return str(EDGE.sub("", unicodedata.normalize("NFD", line).translate(FOLDED_AWAY).casefold()))


def _any_of(entries: str) -> regex.Pattern[str]:
    """One pattern for all lines of a table."""
    rows = (
        unicodedata.normalize("NFD", row.strip()).translate(FOLDED_AWAY)
        for row in entries.strip().splitlines()
    )
    return regex.compile("|".join(f"(?:{row})" for row in rows))


_SITES = (
    "facebook|twitter|whats ?app|telegram|instagram|youtube|linkedin|pinterest|reddit|koo|google news|google\\+"
    "|फेसबुक|ट्विटर|व्हाट्स ?[एऐ]प|वॉट्स[एऐ]प|टेलीग्राम|इंस्टाग्राम|यूट्यूब|गूगल न्यूज"
)
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?|जनवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|सितम्बर|अक्टूबर|अक्तूबर"
    "|नवंबर|नवम्बर|दिसंबर|दिसम्बर"
)
_DAYS = (
    "mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
    "|सोमवार|मंगलवार|बुधवार|गुरुवार|शुक्रवार|शनिवार|रविवार|सोम|मंगल|बुध|गुरु|शुक्र|शनि|रवि"
)
_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?|\d{1,2} ?[ap]\.?m\b"
_DATE_PART = rf"(?:{_MONTHS}|{_DAYS}|{_CLOCK}|[ap]\.?m\.?|ist|gmt|utc|hrs|at|को|बजे|\d{{1,4}}(?:st|nd|rd|th)?|[\s,.:/|()•-])"

NOISE = _any_of(rf"""
    (?:home|होम|मुखपृष्ठ|menu|मेन्यू|search|खोजें|log ?in|sign (?:in|up)|register|skip to (?:main )?content)
    (?:live tv|लाइव टीवी|e-?paper|ई-?पेपर|(?:my )?account|contact(?: us)?|संपर्क करें|about us|हमारे बारे में)
    share|(?:please )?share (?:this|it|on|via|now|with)\b.{{0,60}}|\d+ ?(?:shares?|views?|likes?|comments?|व्यूज|शेयर)
    (?:(?:इस |यह |इसे |ये |को |खबर |समाचार |लेख |पोस्ट |न्यूज |दोस्तों के साथ )*)(?:शेयर|साझा)(?: करें| कीजिए)
    (?:शेयर|साझा|फॉलो|लाइक|सब्सक्राइब)(?: करें)?:?(?:[\s|,/•]*(?:{_SITES}))+
    (?:{_SITES})(?: [^\s]+){{0,3}} (?:(?:शेयर|साझा|फॉलो|ज्वाइन|जॉइन|लाइक) (?:करें|कीजिए)|जुडें)|subscribe to .{{1,40}}
    (?:tweet|print|e-?mail|copy (?:link|url)|save|bookmark|listen|like(?: this)?|loading|follow(?: us)?|subscribe(?: now)?)
    (?:follow|join|like|subscribe)\b.{{0,40}}\b(?:{_SITES}|us|newsletter|channel|page|social media)\b.{{0,60}}
    (?:हमें |हमको )?(?:फॉलो|लाइक|सब्सक्राइब|ज्वाइन|जॉइन)(?: करें| कीजिए)
    (?>{_SITES}|e-?mail|wp|print|share|tweet|copy|link|affiliates|और|and|x|[\s|,/•&+-])++
    advertisements?\s*[-–:|].{{0,40}}|(?:advertisements?|advt|sponsored(?: content)?|promoted(?: content)?|विज्ञापन|प्रायोजित|ads? by .{{0,30}})
    (?:(?:read|know|see|show|load|view) (?:more|all|full (?:story|news|article))(?: news| stories)?|more|continue reading)
    (?:और|आगे|अधिक|पूरी खबर|पूरा लेख|पूरी खबर यहां|विस्तार से|सभी)(?: पढें| देखें| पढिए| जानें| जानकारी)
    (?:click here|यहां क्लिक करें|next|prev(?:ious)?|back to top|top|अगला|पिछला|ऊपर जाएं)
    .{{0,80}}(?:\b(?:published|updated|posted|modified|date)\b|प्रकाशित|अपडेट)(?=.*(?:{_MONTHS}|\d[/.-]\d))(?=.*(?:{_CLOCK})).{{1,110}}
    (?:(?:first |last )?(?:published|updated|posted|modified|created)|publish(?:ed)? date|update)(?: on| at)?[\s:|-]*(?=.*\d)(?>{_DATE_PART})++(?:by(?: [^\s]+){{1,3}})?
    posted by(?: [^\s]+){{0,8}} on (?>{_DATE_PART})++
    (?:प्रकाशित|अपडेट|अपडेटेड|अंतिम अपडेट|पोस्टेड|पब्लिश|प्रकाशन तिथि)(?: तिथि| समय)?\s?[:|–-]\s?(?=.*\d).{{1,60}}
    (?=.*(?:{_CLOCK}))(?=.*(?:{_MONTHS}|\d[/.-]\d))(?>{_DATE_PART})++
    \d+ ?(?:min(?:ute)?s?|मिनट) (?:read|में पढें|पढने का समय)|(?:reading|read) time.{{0,20}}
    (?:copyright|©|c\) ?(?:19|20)\d\d|कॉपीराइट|सर्वाधिकार सुरक्षित).{{0,150}}|.{{0,120}}all rights reserved.{{0,60}}
    .{{0,80}}सर्वाधिकार (?:सुरक्षित|©).{{0,40}}|(?:powered|designed|developed|maintained) by.{{0,60}}
    (?:tags?|tagged|टैग्?स?|topics|विषय|categor(?:y|ies)|filed under|posted in|श्रेणी|keywords?)(?: with)?\s?[:–-].{{0,250}}
    (?:#[^\s#]+[\s,]*)+
    (?:साभार|सौजन्य(?: से)?|स्रोत|सोर्स|इनपुट|credits?|courtesy|sources?|inputs?|with inputs from)\s?[:–—-]\s?[^\s\d]+(?: [^\s\d]+){{0,3}}
    एजेंसी|एजेंसियां|भाषा|हिस|हि\.?स|वार्ता|आईएएनएस|पीटीआई|एएनआई|यूएनआई|(?:एजेंसी )?इनपुट(?: एजेंसी)?(?: के साथ)?|pti|ani|ians|uni
    (?:फोटो|तस्वीर|चित्र|photo|image|pic(?:ture)?|file photo|caption)s?(?: ?(?:साभार|सौजन्य|क्रेडिट|स्रोत|सोर्स|credits?|courtesy|source|by))?\s?[:–—/-]\s?[^\s]+(?: [^\s]+){{0,2}}
    (?:फोटो|तस्वीर|चित्र|photo|image|pic(?:ture)?)s? ?(?:साभार|सौजन्य|क्रेडिट|स्रोत|सोर्स|credits?|courtesy|source)\b.{{0,60}}
    getty images|file photo|फाइल फोटो|representat(?:ive|ional) (?:image|photo)|सांकेतिक (?:तस्वीर|फोटो|चित्र)|प्रतीकात्मक (?:तस्वीर|फोटो|चित्र)
    (?:by|written by|edited by|reported by|posted by|author|reporter)\b ?:? ?(?!(?:the|an?|his|her|this|that)\b)[^\s\d]+(?: [^\s\d]+){{0,3}}
    admin|डिजिटल टीम|टीम डिजिटल|view all posts.{{0,40}}|name|website|enter your e-?mail.{{0,40}}|download (?:the |our )?app|listen to (?:this )?(?:article|story)|(?:इस )?खबर को सुनें|डिस्क्लेमर|संपर्क
    (?:लेखक|लेखिका|संपादन|संपादक|रिपोर्ट|रिपोर्टर|संवाददाता|द्वारा|प्रस्तुति|edited by) ?[:–-] ?[^\s]+(?: [^\s]+){{0,4}}
    about (?:the )?(?:author|writer|reporter|admin|editor|team|staff|(?:[^\s]+ )?desk)
    (?:[^\s]+ ){{0,3}}(?:desk|bureau|डेस्क|ब्यूरो|न्यूज नेटवर्क)(?: ?[,|-] ?[^\s]+(?: [^\s]+){{0,2}})?
    (?:we|this (?:web)?site) uses? cookies.{{0,250}}|.{{0,40}}accept (?:all )?cookies.{{0,40}}|(?:i )?accept|got it
    (?:हम|यह (?:वेब)?साइट|हमारी (?:वेब)?साइट|वेबसाइट)\b.{{0,60}}कुकी.{{0,60}}(?:उपयोग|इस्तेमाल|प्रयोग).{{0,120}}
    (?:privacy policy|cookie policy|terms (?:of (?:use|service)|(?:&|and) conditions)|disclaimer|गोपनीयता नीति|नियम (?:और|एवं) शर्तें)
    (?:sign up|subscribe|सब्सक्राइब).{{0,60}}(?:newsletter|न्यूजलेटर).{{0,60}}
    (?=.*(?:{_SITES}))(?=.*(?:हम|यहां|ग्रुप|चैनल|पेज|अपडेट|ताजा))(?=.*(?:फॉलो|लाइक|सब्सक्राइब|ज्वाइन|जॉइन|क्लिक) कर|.*जुडें|.*जुडे रहें|.*जुडने के लिए).*
    (?=.*(?:ताजा|हर|latest|breaking|हिंदी|हिन्दी|hindi|लेटेस्ट) (?:खबर|समाचार|news|अपडेट))(?=.*(?:जाएं|जुडें|जुडे रहें|बने रहें|पढते रहें|(?:क्लिक|फॉलो|लाइक|सब्सक्राइब|डाउनलोड|install) कर|डाउनलोड)).*
    (?=.*(?:आगे|अगली|अगले|दूसरी|तीसरी|चौथी))(?=.*(?:स्लाइड|slide))(?=.*(?:देखें|देखिए|पढें|पढिए)).{{0,120}}
    [^\p{{Devanagari}}]*<(?:script|iframe|div|img|blockquote|ins)\b[^\p{{Devanagari}}]*
    (?:[^\p{{Devanagari}}]* ?[a-z-]+=[^\p{{Devanagari}}=]*){{2,}}
""")
"""Lines that are furniture wherever they stand."""

_READ_ALSO = (
    "(?:also|must) (?:read|see|watch)|read also|don'?t miss"
    "|(?:(?:यह|ये|इसे|इन्हें|इसको|जरूर|खबर|खबरें|लेख) )+(?:भी )?(?:जरूर )?(?:पढें|पढे|पढिए|देखें|देखिए|जानें)|भी पढें|जरूर पढें"
)
_TEASER_LABEL = (
    f"{_READ_ALSO}|check also|related(?: (?:posts?|news|stor(?:y|ies)|articles?|topics?|links?|content))?"
    "|(?:previous|next|पिछला|अगला|पिछली|अगली) (?:post|article|news|story|लेख|समाचार|पोस्ट|खबर)"
    "|(?:संबंधित|सम्बंधित|मिलती[- ]जुलती) (?:खबरें|खबर|समाचार|लेख|पोस्ट)"
)
READ_ALSO = _any_of(_READ_ALSO)
"""Labels that stand amid a story as often as below it."""
TEASER = regex.compile(
    rf"(?:{_any_of(_TEASER_LABEL + '|read(?: this)?(?: too)?|watch|पढें').pattern})\s?(?::-|[:|»>–—-])\s?.+"
)
"""A label and one unrelated headline on the same line: यह भी पढ़ें: दिल्ली में आज से मेट्रो की नई लाइन."""

RELATED = _any_of(rf"""
    {_TEASER_LABEL}
    you (?:may|might)(?: also)? (?:like|be interested in)|more (?:news|stories|articles|posts)|more (?:from|in|on) .{{1,40}}|recommended(?: for you)?
    trending(?: now| news| topics)?|most (?:read|popular|viewed|shared)|popular(?: posts| news| stories)?|(?:latest|top|recent|breaking) (?:news|posts|stories|articles)
    editor'?s? (?:picks?|choice)|around the web|from the web|web stories|spotlight|you missed|in case you missed it
    (?:अन्य|और|ताजा|बडी|मुख्य|लोकप्रिय|टॉप|नवीनतम|प्रमुख|ताजातरीन|आज की(?: बडी)?|ट्रेंडिंग|लेटेस्ट)(?: बडी)? (?:खबरें|समाचार|न्यूज|लेख)(?: पढें| देखें)?
    ट्रेंडिंग(?: टॉपिक्स)?|वेब स्टोरीज|सबसे (?:ज्यादा|अधिक) (?:पढी गई|पढी गयी|पढे गए|देखी गई)(?: खबरें)?|(?:एडिटर|संपादक)(?: की|'?स)? (?:पसंद|पिक|च्वाइस)
    (?:आपको|आप) .{{0,25}}पसंद (?:आ|कर) .{{0,15}}|about (?:the )?author|लेखक के बारे में|लेखक परिचय|tags?|topics|टैग्?स?
""")
"""Heads of lists of other stories, or of a box about the author; what they head follows on the next lines."""

COMMENTS = _any_of(r"""
    (?:leave|post|write|add|submit) (?:a|your) (?:reply|comment|response).{0,60}|cancel reply|post comment|comments?(?: ?\(\d+)?|\d+ comments?
    (?:your )?e-?mail address will not be published.{0,120}|required fields are marked.{0,40}|save my name.{0,150}
    (?:you must be |please )?log(?:ged)? in to (?:post|leave|comment|reply).{0,60}|be the first to comment.{0,60}|join the (?:discussion|conversation).{0,40}
    (?:अपनी |एक |आपकी )?(?:टिप्पणी|कमेंट|प्रतिक्रिया|राय|उत्तर|जवाब) (?:करें|लिखें|दें|छोडें|जोडें|बताएं|साझा करें).{0,40}|टिप्पणियां(?: ?\(\d+)?|कमेंट्स(?: ?\(\d+)?
    आपका ई-?मेल (?:पता )?(?:प्रकाशित|सार्वजनिक) नहीं.{0,120}
""")
"""Lines of a comment form: a page's text is over when they come."""

SECTIONS = _any_of(r"""
    national|international|india|world|states?|politics|business|economy|sports?|cricket|entertainment|bollywood|lifestyle|health|education|technology|tech|science|opinion|editorial|crime|jobs?|career|auto|astro|religion|photos?|videos?|gallery|news|hindi(?: news)?|latest|breaking(?: news)?|others?|featured|headlines?|defence|defense
    राष्ट्रीय|अंतरराष्ट्रीय|अंतर्राष्ट्रीय|देश|विदेश|दुनिया|देश-विदेश|देश दुनिया|राज्य|राजनीति|व्यापार|कारोबार|बिजनेस|अर्थव्यवस्था|खेल|क्रिकेट|मनोरंजन|बॉलीवुड|लाइफस्टाइल|जीवनशैली|स्वास्थ्य|हेल्थ|शिक्षा|टेक्नोलॉजी|तकनीक|विज्ञान|विचार|संपादकीय|अपराध|क्राइम|नौकरी|करियर|ऑटो|ज्योतिष|धर्म|धर्म-कर्म|फोटो|वीडियो|गैलरी|समाचार|न्यूज|खबरें|हिंदी(?: समाचार| न्यूज)?|ब्रेकिंग(?: न्यूज)?|अन्य|रक्षा|शहर|वायरल|फीचर्ड|बडी खबर
""")
"""Names of a newspaper's sections, as they stand above a story."""

DATE = _any_of(rf"(?=.*\d{{4}})(?=.*(?:{_MONTHS}|\d[/.-]\d))(?>{_DATE_PART})++")
"""A day and nothing else: above a story it is the page's, amid it an event's."""

HOMES = frozenset(
    {"home", "होम", "मुखपृष्ठ", "मुख्य पृष्ठ", "you are here", "हिंदी समाचार", "हिन्दी समाचार", "hindi news", "news"}
)
PROMOTION = regex.compile(
    r"[एऐ]प\b|क्लिक|फेसबुक|ट्विटर|फॉलो|डाउनलोड|पन्ने|जुड|यहां|app\b|click|facebook|twitter|follow|download"
)
"""Words of a closing remark that asks to install, follow or click; three kinds of them give it away."""
