"""Which codes of languages and countries there are, and which script a language is usually written in.

Sources: the IANA Language Subtag Registry of 2024-05-16 (BCP 47) for languages, their usual scripts and the reserved
codes of countries; ISO 3166-1 for countries. Whether a code has the right form is told as the record is bound.
"""

from __future__ import annotations

from functools import lru_cache
from pkgutil import get_data

_TWO_LETTERS = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz
    ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik
    in io is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg
    mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro
    ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty
    ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()
)
_COUNTRIES = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW
    BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI
    FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN
    IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME
    MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF
    PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV
    SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE
    YT ZA ZM ZW
    """.split()
)
_RESERVED = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "TA", "UN"])
"""Kept by ISO 3166-1 at somebody's wish and taken by BCP 47 too: no countries, yet what a party may belong to."""
_MEANT = {"UK": "GB", "EL": "GR"}

_SCRIPTS: dict[tuple[str, ...], str] = {
    ("LATIN",): "af ay ca cs cy da de en eo es et eu fi fo fr fy ga gl gn gv hr ht hu id is it kl la lb ln lt lv mg mt "
    "nb nl nn no ny om pl pt qu rm rn ro rw sg sk sl sm so sq ss st sv sw tl tn to tr ts ve vi xh zu",
    ("CYRILLIC",): "ab be bg mk ru uk",
    ("GREEK",): "el",
    ("GEORGIAN",): "ka",
    ("ARMENIAN",): "hy",
    ("ARABIC",): "ar fa ps ur",
    ("HEBREW",): "he iw yi",
    ("ETHIOPIC",): "am ti",
    ("DEVANAGARI",): "hi kok mai mr ne",
    ("BENGALI",): "as bn",
    ("GUJARATI",): "gu",
    ("KANNADA",): "kn",
    ("MALAYALAM",): "ml",
    ("ORIYA",): "or",
    ("SINHALA",): "si",
    ("TAMIL",): "ta",
    ("TELUGU",): "te",
    ("THAANA",): "dv",
    ("TIBETAN",): "dz",
    ("KHMER",): "km",
    ("LAO",): "lo",
    ("MYANMAR",): "my",
    ("THAI",): "th",
    ("HANGUL", "CJK"): "ko",
    ("HIRAGANA", "KATAKANA", "CJK"): "ja",
}
"""The languages that the registry ties to one script, without those also written in another (bs, kk, mo, ms, pa)."""
_SCRIPT_OF = {language: scripts for scripts, languages in _SCRIPTS.items() for language in languages.split()}
_SCRIPT_SUBTAG = 4
"""Letters of a tag's part that names a script, as in `sr-Latn`."""


@lru_cache(maxsize=1024)
def language_known(tag: str) -> bool:
    """True when a tag begins with a registered language, or one for private use (`qaa` to `qtz`)."""
    primary = _primary(tag)
    return primary in _TWO_LETTERS or _private(primary) or primary in _registered()[0]


def language_meant(tag: str) -> str | None:
    """Returns the tag with the two letters that BCP 47 has in place of the three given: `es` for `spa`."""
    primary = _primary(tag)
    short = _registered()[1].get(primary)
    return None if short is None else short + tag[len(primary) :]


def country_known(code: str) -> bool:
    """True when ISO 3166-1 assigns the code, reserves it for what is no country (`EU`), or leaves it to users."""
    return code in _COUNTRIES or code in _RESERVED or code in ("AA", "ZZ") or "QM" <= code <= "QZ" or code[0] == "X"


def country_meant(code: str) -> str | None:
    """Returns the code that is often mistaken for this one: `GB` for `UK`."""
    return _MEANT.get(code)


@lru_cache(maxsize=1024)
def usual_script(tag: str | None) -> tuple[str, ...]:
    """Returns the words that Unicode's names of the language's letters begin with: `LATIN` for `es`.

    Empty where a language has several scripts, where the tag names one, and where it is not known.
    """
    if tag is None or any(len(part) == _SCRIPT_SUBTAG and part.isalpha() for part in tag.split("-")[1:]):
        return ()
    return _SCRIPT_OF.get(_primary(tag), ())


def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _private(primary: str) -> bool:
    return len(primary) == len("qaa") and "qaa" <= primary <= "qtz"


@lru_cache
def _registered() -> tuple[frozenset[str], dict[str, str]]:
    """The three-letter codes, and the two letters that stand for others; read where a rare language is named."""
    text = (get_data(__package__, "languages.txt") or b"").decode("ascii")
    words = " ".join(line for line in text.splitlines() if not line.startswith("#")).split()
    pairs = (word.split("=") for word in words if "=" in word)
    return frozenset(word for word in words if "=" not in word), {pair[0]: pair[1] for pair in pairs}
