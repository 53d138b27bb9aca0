"""Names in running text: they stay in their own language whatever language the sentence is in."""

import re

_CAPITALISED = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĻĽŁŃŅŇŌŐŒŘŚŞŠȘŢŤȚŪŮŰŲŹŻŽ][\w&'’.+#-]*"
# Small words inside names: Santa Casa da Misericórdia, Gasthaus zum Goldenen Hirschen, Rue de la Paix.
_SMALL = (
    r"(?:de|da|do|dos|das|del|della|delle|dei|di|du|des|la|le|les|los|las|of|the|van|den|der|het|von|vom|zum|zur|zu|ob|am"
    r"|an|im|e|y|et|und|i|&)"
)
# The first word of a line or sentence has its capital from there.
_NAME = re.compile(
    rf"(?<=[^\s.!?:;•·–—-])[ \u00a0,/(\"“„«]+{_CAPITALISED}(?: (?:{_SMALL} ){{0,2}}(?:[dl]['’])?{_CAPITALISED})*"
)


def strip_names(text: str) -> str:
    """Take out the words with a capital inside their sentence, and the small words that join them.

    >>> strip_names("We bake for Pastelaria de São João, near Oliveira de Azeméis.")
    'We bake for, near'
    """
    return _NAME.sub("", text)
