"""Single capitals that are names: the language R, shift A, driving licence B; words of one letter are none."""

from pipeline.model.patterns import lazy_pattern

# Latin letters with their accents, digits and the underscore.
_W = r"A-Za-z0-9_\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff"
# Behind these even the letters that are words somewhere (English a, Spanish y, Portuguese o) are names. "I" never is.
_LABELLED = (
    "shift grade class plan block level category group team line zone tier series vitamin hepatitis licence license"
    " section unit hall gate terminal band phase turno grado clase bloque edificio nivel categoría grupo línea tipo"
    " zona vitamina permiso carné sección puerta fase grau classe bloco edifício nível categoria equipa equipe linha"
    " turma secção seção condução habilitação équipe bâtiment niveau catégorie groupe ligne type vitamine permis porte"
    " bloc livello gruppo linea blocco patente sezione schicht klasse gebäude stufe kategorie gruppe linie typ halle"
    " tor führerschein ploeg gebouw categorie groep lijn rijbewijs zmiana grupa kategoria klasa hala"
)
_BEHIND_LABEL = "|".join(rf"(?<=[{word[0].upper()}{word[0]}]{word[1:]} )" for word in sorted({*_LABELLED.split()}))
# Not an initial (J. Smith, z. B.), not a part of R&D, D'accord, M/F, X,Y, "C" or T-shirt, not a unit (5 L) and not a
# currency (R 500).
_BEFORE = rf"(?<![{_W}.,:&'’\"“„«/$€£°#@+-])(?<!\d[ \u00a0\u202f])(?<!& )(?<![{_W}][.] )"
_AFTER = rf"(?![{_W}:&'’\"”“»/$€£°#+*-]|[ \u00a0\u202f]?\d| &|,\S|\.\W*\w)"
_BEHIND_WORD = r"(?<=[a-z\u00df-\u00f6\u00f8-\u00ff] )"
LETTER_NAME = lazy_pattern(
    # Consonants; of these Slavic languages write prepositions, in capitals where a sentence begins.
    rf"{_BEFORE}(?:[BCDFGHJLMNPQRTX]|(?<=[a-z\u00df-\u00f6\u00f8-\u00ff] )[KSVWZ](?! [A-Z\u00c0-\u017f])){_AFTER}"
    # Vowels: where nothing comes that they could be the article or conjunction of, or another such name.
    rf"|{_BEHIND_WORD}[AEOUY](?=[.,;:)!?\]]+(?:\s|\Z)|\Z| [^\W\d_]{{1,4}} [A-Z](?![{_W}'’&.-]))"
    rf"|(?:{_BEHIND_LABEL})[AEOUY](?![{_W}'’&/-]| [A-Z\u00c0-\u00de])"
    # Objective-C; the levels of languages and classes of licences: B1, C1/C2.
    rf"|(?<![{_W}-])[A-Z][a-z]+-[A-Z](?![{_W}-])|(?<![{_W}.-])[A-C][12](?![{_W}-])"
)
