"""The codebook's own words as colleagues read and type them: `dont_know` is shown as don't know, either is read."""

_SPELLED = {"dont_know": "don't know", "multi_select": "multi-select"}  # others: a space for the underscore


def shown(word: str) -> str:
    """The word as people write it."""
    return _SPELLED.get(word, word.replace("_", " "))


def letters(text: str) -> str:
    """The text without what typing changes: capitals, spaces, dashes, apostrophes."""
    return "".join(character for character in text.casefold() if character.isalnum())
