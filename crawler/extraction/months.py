"""Names of months and of time zones that mean one offset only."""

from __future__ import annotations

_NAMES = {
    1: "january jan januar jänner jaenner jän janvier janv enero ene janeiro gennaio gen januari styczeń stycznia sty tammikuu tammikuuta ocak января январь янв січня január leden ledna siječanj ianuarie ιανουαρίου yanvar januára januarja sausio janvāris ינואר ינו يناير جانفي",
    2: "february feb februar feber février fevrier févr fév febrero fevereiro fev febbraio februari luty lutego lut helmikuu helmikuuta şubat февраля февраль фев лютого február febr únor února veljača februarie φεβρουαρίου fevral פברואר פבר فبراير شباط فيفري",
    3: "march mar märz maerz mär mars marzo março marco maart mrt marzec marca maaliskuu maaliskuuta mart марта март мар березня március márc březen března ožujak martie μαρτίου מרץ מרס مارس آذار",
    4: "april apr avril avr abril abr aprile aprilie kwiecień kwietnia kwi huhtikuu huhtikuuta nisan апреля апрель апр квітня április ápr duben dubna travanj απριλίου apríla aprel אפריל אפר أبريل ابريل إبريل نيسان أفريل",
    5: "may mai mayo maio maggio mag mei maj maja toukokuu toukokuuta mayıs мая май травня május máj květen května svibanj μαΐου mája מאי مايو أيار ماي",
    6: "june jun juni juin junio junho giugno giu czerwiec czerwca cze kesäkuu kesäkuuta haziran июня июнь июн червня június jún červen června lipanj iunie ιουνίου júna יוני يونيو حزيران جوان",
    7: "july jul juli juillet juil julio julho luglio lug lipiec lipca lip heinäkuu heinäkuuta temmuz июля июль июл липня július júl červenec července srpanj iulie ιουλίου júla יולי يوليو تموز جويلية يوليوز",
    8: "august aug août aout agosto ago augustus sierpień sierpnia sie elokuu elokuuta ağustos августа август авг серпня augusztus srpen srpna kolovoz αυγούστου avgust augusti אוגוסט אוג أغسطس اغسطس أوت غشت",
    9: "september sept sep septembre septiembre setembro set settembre wrzesień września wrz syyskuu syyskuuta eylül сентября сентябрь сен вересня szeptember szept září rujan septembrie σεπτεμβρίου sentyabr ספטמבר ספט سبتمبر أيلول شتنبر",
    10: "october oct oktober okt octobre octubre outubro out ottobre ott październik października paź lokakuu lokakuuta ekim октября октябрь окт жовтня október říjen října listopad octombrie οκτωβρίου oktyabr אוקטובר אוק أكتوبر اكتوبر",
    11: "november nov novembre noviembre novembro listopada lis marraskuu marraskuuta kasım ноября ноябрь ноя листопада studeni noiembrie νοεμβρίου noyabr נובמבר נוב نوفمبر نونبر",
    12: "december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre desember des grudzień grudnia gru joulukuu joulukuuta aralık декабря декабрь дек грудня prosinec prosince prosinac decembrie δεκεμβρίου dekabr דצמבר דצמ ديسمبر دجنبر",
}  # fmt: skip
MONTHS: dict[str, int] = {name: number for number, names in _NAMES.items() for name in names.split()}
"""Lower-case name or abbreviation → number, in some thirty languages."""

LEVANTINE = {
    "كانون الثاني": "يناير",
    "تشرين الأول": "أكتوبر",
    "تشرين الثاني": "نوفمبر",
    "كانون الأول": "ديسمبر",
}
"""Names of months that are two words → the Arabic name of one word."""

ZONES: dict[str, float] = {
    "Z": 0, "UTC": 0, "GMT": 0, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "EST": -5, "EDT": -4,
    "CDT": -5, "MDT": -6, "PST": -8, "PDT": -7, "JST": 9, "KST": 9, "HKT": 8, "SGT": 8, "AEST": 10, "AEDT": 11,
    "NZST": 12, "NZDT": 13, "SAST": 2, "WAT": 1, "PKT": 5, "WIB": 7,
}  # fmt: skip
"""Zone name → hours east of Greenwich. IST, BST and CST mean several and are left out."""

_OF = "בה"
"""Hebrew writes "in" and "the" as the first letter of the month's name."""


def month_of(word: str) -> int | None:
    """Return the number of the month that *word* names, or None.

    >>> month_of("November"), month_of("בנובמבר"), month_of("monday")
    (11, 11, None)
    """
    name = word.lower()
    return MONTHS.get(name) or (MONTHS.get(name[1:]) if name[:1] in _OF else None)
