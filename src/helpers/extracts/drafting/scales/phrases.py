"""Labels in order by how strongly they say one thing: not at all X, somewhat X, very X; or X against its opposite."""

import re
from dataclasses import dataclass

from helpers.extracts.drafting.scales.ranked import Ranked

# How much of it a word says. Between 'hardly' and 'quite' tools differ, but rarely offer two that are close.
_STRENGTH = {
    "not at all": 0.0, "not even slightly": 0.0, "not": 0.3, "hardly": 0.6, "barely": 0.6, "not really": 0.6,
    "not very": 1.0, "not particularly": 1.0, "not so": 1.0, "not that": 1.0, "not too": 1.0, "not especially": 1.0,
    "not very much": 1.0, "slightly": 2.0, "a little": 2.0, "a little bit": 2.0, "a bit": 2.0, "marginally": 2.0,
    "somewhat": 3.0, "tend to": 3.0, "partly": 3.0, "partially": 3.0, "to some extent": 3.0, "rather": 3.1,
    "moderately": 3.2, "fairly": 3.4, "reasonably": 3.4, "pretty": 3.4, "quite": 4.0, "mostly": 4.2, "largely": 4.2,
    "generally": 4.2, "": 4.5, "very": 6.0, "strongly": 6.0, "highly": 6.0, "much": 6.0, "very much": 6.0, "a lot": 6.0,
    "greatly": 6.0, "really": 6.0, "significantly": 6.0, "considerably": 5.5, "substantially": 5.5,
    "very strongly": 6.5,
    "extremely": 7.0, "completely": 7.0, "totally": 7.0, "fully": 7.0, "entirely": 7.0, "absolutely": 7.0,
    "definitely": 7.0, "certainly": 7.0, "exceptionally": 7.0, "exactly": 7.0,
}
_MODIFIERS = sorted((word for word in _STRENGTH if word), key=len, reverse=True)
_START = re.compile(rf"({'|'.join(_MODIFIERS)}) (.+)")
_END = re.compile(rf"(.+) ({'|'.join(_MODIFIERS)})")
_SPLIT_NOT = re.compile(r"not (.+?) at all\b ?(.*)")  # not rude at all
_SPEAKER = re.compile(r"(i am|i'm|i feel|i|it is|it has|they are|we are|have|has|got|become|felt|feel) ")

# What is asked, and its opposite. A word beside them ("satisfied with care") has to be the same in all labels.
_POLES = {
    "agreement": (["agree"], ["disagree"]),
    "satisfaction": (["satisfied"], ["dissatisfied", "unsatisfied"]),
    "favourability": (["favorable", "favourable", "favorably", "favourably"],
                      ["unfavorable", "unfavourable", "unfavorably", "unfavourably"]),
    "likelihood": (["likely"], ["unlikely"]),
    "ease": (["easy", "easily"], ["difficult", "hard"]),
    "safety": (["safe"], ["unsafe"]),
    "importance": (["important"], ["unimportant"]),
    "happiness": (["happy"], ["unhappy"]),
    "helpfulness": (["helpful"], ["unhelpful"]),
    "comfort": (["comfortable"], ["uncomfortable"]),
    "confidence": (["confident"], ["unconfident"]),
    "usefulness": (["useful"], ["useless"]),
    "positivity": (["positive", "positively"], ["negative", "negatively"]),
    "effectiveness": (["effective"], ["ineffective"]),
    "appropriateness": (["appropriate"], ["inappropriate"]),
    "fairness": (["fair", "fairly treated"], ["unfair"]),
    "clarity": (["clear"], ["unclear"]),
    "how_well": (["well"], ["badly", "poorly"]),
    "support": (["support"], ["oppose"]),
    "approval": (["approve"], ["disapprove"]),
    "trust": (["trust"], ["distrust"]),
    "truth": (["true"], ["false", "untrue"]),
    "comparison": (["better"], ["worse"]),
    "more_or_less": (["more"], ["less"]),
    "goodness": (["good"], ["poor", "bad"]),
    "height": (["high"], ["low"]),
    "acceptability": (["acceptable"], ["unacceptable"]),
    "familiarity": (["familiar"], ["unfamiliar"]),
    "liking": (["like"], ["dislike"]),
    "increase": (["increased"], ["decreased", "reduced"]),
    "improvement": (["improved"], ["deteriorated", "worsened", "declined"]),
}
_AXIS = {word: (axis, sign) for axis, (high, low) in _POLES.items() for words, sign in ((high, 1), (low, -1))
         for word in words}
_OPPOSITE = {word: other[0] for high, low in _POLES.values() for words, other in ((high, low), (low, high))
             for word in words}
_MIDDLE = re.compile(r"neither\b.*|neutral\b.*|undecided|in between|no difference|about the same|the same|as expected|"
                     r"neither|mixed|average|no feelings? either way|no change|stayed the same|unchanged")


@dataclass(frozen=True)
class _Phrase:
    strength: float
    axis: str
    sign: int  # of the pole; 0 where the word has no known opposite, or it is the middle
    rest: str


def phrases(words: dict[str, str], question: str = "") -> Ranked | None:
    """The labels by strength, where all speak of one thing; `words`: label → its words."""
    middle = [label for label, said in words.items() if _MIDDLE.fullmatch(said)]
    read = {label: _phrase(said) for label, said in words.items() if label not in middle}
    axes = {(phrase.axis, phrase.rest) for phrase in read.values()}
    if len(axes) != 1 or len(read) < 2:
        return None
    axis, _ = axes.pop()
    signs = {phrase.sign for phrase in read.values()}
    if -1 in signs:
        return _bipolar(axis, read, middle, words, question)
    if middle and signs != {1}:
        return None
    strengths = {label: phrase.strength for label, phrase in read.items()}
    if len(set(strengths.values())) < 2 or set(strengths.values()) == {4.5}:
        return None
    if middle:
        return _bipolar(axis, read, middle, words, question)
    return Ranked(f"how {axis}", strengths)


def _bipolar(axis: str, read: dict[str, _Phrase], middle: list[str], words: dict[str, str],
             question: str) -> Ranked | None:
    """Both poles and the middle; a scale with 'not at all' beside an opposite has no order that can be told."""
    if any(phrase.strength < 2 for phrase in read.values()):
        return None
    turn = -1 if axis == "ease" and re.search(r"\b(difficult|hard)", question) and "eas" not in question else 1
    places = {label: turn * phrase.sign * phrase.strength for label, phrase in read.items()}
    others = {-places[label]: _opposite(words[label]) for label in read}
    positive = [place for place in {*places.values(), *others} if place > 0]
    return Ranked("difficulty" if turn < 0 else axis, {**places, **dict.fromkeys(middle, 0.0)}, min(positive), others,
                  symmetric=True)


def strength(words: str) -> tuple[float | None, str]:
    """How much the words say, and of what: 3 and "rude" for "somewhat rude", None and the words where nothing tells."""
    for text in (words, f"{words} ."):
        how_much, of = _taken_apart(text)
        if of != text:
            return how_much, of.strip(" .")
    return None, words


def _opposite(words: str) -> str:
    return " ".join(_OPPOSITE.get(word, word) for word in words.split()).capitalize()


def _phrase(words: str) -> _Phrase:
    """A modifier at either end, and what it modifies."""
    how_much, of = _taken_apart(_SPEAKER.sub("", words, count=1))
    first, _, rest = of.partition(" ")
    axis, sign = _AXIS.get(first, (of, 0))
    return _Phrase(how_much, axis, sign, rest if sign else "")


def _taken_apart(words: str) -> tuple[float, str]:
    if found := _SPLIT_NOT.fullmatch(words):
        return 0.0, f"{found[1]} {found[2]}".strip()
    if found := _START.fullmatch(words):
        return _STRENGTH[found[1]], found[2]
    if found := _END.fullmatch(words):
        return _STRENGTH[found[2]], found[1]
    return _STRENGTH[""], words
