"""The time zone of countries that keep one civil time, by the ending of their host names.

A page that prints a time without an offset means its readers' clock. Where a country has one civil time, the ending of
the host's name tells it; countries with several (us, ca, br, ru, au, mx, es, pt, id …) are left out, as are endings that are
sold to all the world (tv, io, me, co, ai, fm …). Zone names are those of the IANA time zone database.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import tzinfo

_ZONES = """
ae Asia/Dubai|af Asia/Kabul|al Europe/Tirane|am Asia/Yerevan|ao Africa/Luanda|ar America/Argentina/Buenos_Aires|at Europe/Vienna|az Asia/Baku
ba Europe/Sarajevo|bd Asia/Dhaka|be Europe/Brussels|bf Africa/Ouagadougou|bg Europe/Sofia|bh Asia/Bahrain|bj Africa/Porto-Novo
bn Asia/Brunei|bo America/La_Paz|bw Africa/Gaborone|by Europe/Minsk|bt Asia/Thimphu|bb America/Barbados
ch Europe/Zurich|ci Africa/Abidjan|cm Africa/Douala|cn Asia/Shanghai|cr America/Costa_Rica|cu America/Havana|cy Asia/Nicosia|cz Europe/Prague
de Europe/Berlin|dk Europe/Copenhagen|do America/Santo_Domingo|dz Africa/Algiers|ee Europe/Tallinn|eg Africa/Cairo
et Africa/Addis_Ababa|fi Europe/Helsinki|fr Europe/Paris|ga Africa/Libreville|ge Asia/Tbilisi|gh Africa/Accra|gr Europe/Athens
gt America/Guatemala|hk Asia/Hong_Kong|hn America/Tegucigalpa|hr Europe/Zagreb|ht America/Port-au-Prince|hu Europe/Budapest
ie Europe/Dublin|il Asia/Jerusalem|in Asia/Kolkata|iq Asia/Baghdad|ir Asia/Tehran|is Atlantic/Reykjavik|it Europe/Rome
jm America/Jamaica|jo Asia/Amman|jp Asia/Tokyo|ke Africa/Nairobi|kg Asia/Bishkek|kh Asia/Phnom_Penh|kr Asia/Seoul|kw Asia/Kuwait
lb Asia/Beirut|li Europe/Vaduz|lk Asia/Colombo|lt Europe/Vilnius|lu Europe/Luxembourg|lv Europe/Riga|ma Africa/Casablanca
md Europe/Chisinau|mg Indian/Antananarivo|mk Europe/Skopje|mm Asia/Yangon|mo Asia/Macau|mt Europe/Malta|mu Indian/Mauritius
mv Indian/Maldives|mw Africa/Blantyre|my Asia/Kuala_Lumpur|mz Africa/Maputo|na Africa/Windhoek|ne Africa/Niamey|ng Africa/Lagos
ni America/Managua|nl Europe/Amsterdam|no Europe/Oslo|np Asia/Kathmandu|om Asia/Muscat|pa America/Panama|pe America/Lima
ph Asia/Manila|pk Asia/Karachi|pl Europe/Warsaw|py America/Asuncion|qa Asia/Qatar|ro Europe/Bucharest|rs Europe/Belgrade
rw Africa/Kigali|sa Asia/Riyadh|sd Africa/Khartoum|se Europe/Stockholm|sg Asia/Singapore|si Europe/Ljubljana|sk Europe/Bratislava
sn Africa/Dakar|sv America/El_Salvador|sy Asia/Damascus|th Asia/Bangkok|tn Africa/Tunis|tr Europe/Istanbul|tt America/Port_of_Spain
tw Asia/Taipei|tz Africa/Dar_es_Salaam|ua Europe/Kyiv|ug Africa/Kampala|uk Europe/London|uy America/Montevideo|uz Asia/Tashkent
ve America/Caracas|vn Asia/Ho_Chi_Minh|ye Asia/Aden|za Africa/Johannesburg|zm Africa/Lusaka|zw Africa/Harare
"""
ZONES = dict(entry.split() for line in _ZONES.split("\n") for entry in line.split("|") if entry)
"""Ending of host names → name of the zone."""


def zone_of_country(url: str) -> tzinfo | None:
    """Return the civil time of the country whose ending the host of *url* has; None where there is not just one.

    >>> zone_of_country("https://zeitung.example.at/1"), zone_of_country("https://paper.example.com/1")
    (zoneinfo.ZoneInfo(key='Europe/Vienna'), None)
    """
    ending = (urlsplit(url).hostname or "").rpartition(".")[2]
    return _zone(ending)


@lru_cache(maxsize=256)
def _zone(ending: str) -> tzinfo | None:
    name = ZONES.get(ending)
    return ZoneInfo(name) if name else None
