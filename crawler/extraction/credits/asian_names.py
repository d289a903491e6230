"""Chinese, Japanese and Korean names: written without spaces and capitals, the family name first."""

from __future__ import annotations

import re

from crawler.extraction.credits.places import is_place
from crawler.extraction.credits.words import kanji_words, names_nobody, surnames, words

_HAN = re.compile(r"^[\u3005\u3400-\u9fff]{2,4}$")
_HAN_PART = re.compile(r"^[\u3005\u3400-\u9fff]{1,4}$")
_JAPANESE = re.compile(
    r"^[\u3005\u3400-\u9fff]{1,4}[ \u3000]?[\u3005\u3400-\u9fff\u3041-\u3096]{1,4}(?<![のはがをでにとも])(?<!から)$"
)
_KANA_NAME = re.compile(r"^[\u30a1-\u30fa\u30fc]{1,12}(?:[・＝][\u30a1-\u30fa\u30fc]{1,12}){1,3}$")
_HANGUL = re.compile(r"^[\uac00-\ud7a3]{2,4}$")
_CJK_JOB = re.compile(
    r"\s*(?:선임|인턴|객원|전문|수석|특파|논설)?(?:기자|특파원|위원|앵커|리포터|PD)$|\s*(?:記者|记者|特派員|特派员|通讯员|通訊員|編集委員|論説委員|支局長|カメラマン)$"
)
_JOB_WORD = re.compile(
    r"^[\u3040-\u30ff\u3400-\u9fff]{1,10}(?:支局長|総局長|編集長|編集委員|論説委員|解説委員|特派員|特派记者|記者|记者|评论员|評論員|通讯员|通訊員|实习生|主笔|主筆|主編)$"
)
_CJK_JOB_FRONT = re.compile(
    r"^(?:本报|本報|本社|本台)?(?:实习|实习生|特约)?(?:特派)?(?:(?:记者|記者)[：:\s]*|(?:통신원|编辑|編輯|通讯员|文|撰文|作者)[：:\s]+)"
)
_KANJI_END = re.compile(
    r"[県府市区區郡駅省庁廳局課部館園店院校隊队党黨版面欄栏号號集論论戦战祭社会會報报告紙纸誌志記记事点點率用化度式品費费税法案件権权性的等級级者員员站网網闻聞讯訊片图圖频頻类類页頁章节節次年月日時时分円歳岁物業业機机車车賽赛獎奖廠厂所处處团團町]$"
)
"""What a section, a place, an office or a thing ends with in Chinese and Japanese, and no given name."""
_JAPANESE_WORDS = re.compile(
    r"を|する|した|です|ます|読む|見る|られ|って|れる|こと|まで|[\u3400-\u9fff][のとはがにで][\u3400-\u9fff]"
)


def asian_name(text: str, *, sure: bool) -> str | None:
    """Return the name, "" for a line in these scripts that is none, None for other scripts."""
    if text.isascii() or not re.search(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]", text):
        return None
    printed = text
    text = _CJK_JOB.sub("", _CJK_JOB_FRONT.sub("", text)).strip(" 發发")
    if not sure and text == printed and not _like_a_name(text):
        return ""
    if any(word in text for word in words("organisation") if not word.isascii() and len(word) >= 2):
        return ""
    if len(text) >= 3 and text[-1] in "网網社报報台局庁":
        return ""
    if any(shape.match(text) for shape in (_HAN, _JAPANESE, _KANA_NAME, _HANGUL)):
        return text
    return ""


def _like_a_name(text: str) -> bool:
    """Return whether *text*, alone, looks like a name: a family name first, no word of a page in it, no place.

    >>> [_like_a_name(text) for text in ("선우진아", "포토뉴스", "渡辺洋介", "写真特集", "鹿児島県")]
    [True, False, True, False, False]
    """
    if names_nobody(text) or is_place(text):
        return False
    if _HANGUL.match(text):
        return _like_a_korean_name(text)
    if _is_kanji_words(text):
        return False
    return not (_KANJI_END.search(text) or _JAPANESE_WORDS.search(text))


def is_asian_job(word: str) -> bool:
    """Return whether *word* is a job, with a place or an outlet before it: "パリ支局長", "日报记者"."""
    return bool(_JOB_WORD.match(word))


def _like_a_korean_name(text: str) -> bool:
    """Return whether *text* is a family name and a given name of syllables that such names have."""
    known, given = surnames("korean"), surnames("korean_given")
    size = 2 if text[:2] in known and len(text) > 2 else 1
    return (text[:size] in known) and len(text) - size <= 2 and all(char in given for char in text[size:])


def _is_kanji_words(text: str) -> bool:
    """Return whether *text* is a common word of Chinese or Japanese, two of them, or a longer line that ends with one."""
    common = kanji_words()
    return (
        text in common
        or (len(text) == 4 and text[:2] in common and text[2:] in common)
        or (len(text) > 4 and text[-2:] in common)
    )


def split_han(tokens: list[str]) -> list[str] | None:
    """Return the names of a run of words in Chinese characters; None for other runs.

    >>> split_han(["阿部", "知実"]), split_han(["王辛莉", "张蔚然"]), split_han(["記者", "阿部", "知実"])
    (['阿部 知実'], ['王辛莉', '张蔚然'], ['阿部 知実'])
    """
    if len(tokens) < 2 or not all(_HAN_PART.match(token) for token in tokens):
        return None
    if len(tokens) == 3 and _CJK_JOB.fullmatch(tokens[0]) and _one_japanese_name(tokens[1:]):
        return [" ".join(tokens[1:])]
    if _one_japanese_name(tokens) or any(len(token) < 2 for token in tokens):
        return [" ".join(tokens)]
    return tokens


def _one_japanese_name(tokens: list[str]) -> bool:
    """Return whether two short words are one name, family name and given name: "阿部 知実", but "李娜 王伟"."""
    if len(tokens) != 2 or len(tokens[0]) > 3 or len(tokens[1]) > 3:
        return False
    chinese = surnames("chinese")
    return tokens[0] in surnames("japanese") or tokens[1][0] not in chinese or tokens[0][0] not in chinese
