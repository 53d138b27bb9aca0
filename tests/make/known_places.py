"""What GeoNames, CLDR and ISO 3166 do not say of names of places: aliases, areas of several countries, codes.

Our own lists, of names met in location fields of postings; read by `names_of_places`.
"""

# Groups, placeholders, and parts of countries that ISO 3166 only reserves a code for.
NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"})
ALIASES = {
    "uk": "GB", "el": "GR", "usa": "US", "us": "US", "uae": "AE", "england": "GB", "scotland": "GB", "wales": "GB",
    "northern ireland": "GB", "great britain": "GB", "britain": "GB", "inglaterra": "GB", "angleterre": "GB",
    "grossbritannien": "GB", "gran bretaña": "GB", "grã bretanha": "GB", "the netherlands": "NL", "holland": "NL",
    "holanda": "NL", "czech republic": "CZ", "taiwan (roc)": "TW", "taiwan roc": "TW", "south korea": "KR",
    "korea": "KR", "republic of korea": "KR", "north korea": "KP", "russia": "RU", "russian federation": "RU",
    "united states of america": "US", "the united states": "US", "america": "US", "etats unis d'amérique": "US",
    "eua": "US", "ee uu": "US", "eeuu": "US", "estados unidos da américa": "US", "estados unidos de américa": "US",
    "republic of ireland": "IE", "viet nam": "VN", "cape verde": "CV", "hong kong": "HK", "hongkong": "HK",
    "hong kong sar": "HK", "macau": "MO", "macao": "MO", "ivory coast": "CI", "cote d'ivoire": "CI",
    "macedonia": "MK", "turkey": "TR", "türkiye": "TR", "swaziland": "SZ", "burma": "MM", "brasil": "BR",
    "deutschland": "DE", "people's republic of china": "CN", "pr china": "CN", "prc": "CN", "mainland china": "CN",
    "ksa": "SA", "kingdom of saudi arabia": "SA", "united kingdom uk": "GB", "iran": "IR", "syria": "SY",
    "moldova": "MD", "laos": "LA", "bolivia": "BO", "venezuela": "VE", "tanzania": "TZ", "kosovo": "XK",
    "palestine": "PS", "vatican": "VA", "brunei": "BN", "dr congo": "CD", "drc": "CD", "the gambia": "GM",
    "the bahamas": "BS", "the philippines": "PH", "republic of singapore": "SG", "slovak republic": "SK",
}  # fmt: skip
# An area's code, CLDR's territories of that meaning, and further names.
AREAS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "EU": (("EU",), ("EU", "UE", "E.U.", "EU countries", "EU only", "Union européenne", "Europäische Union",
                     "Unión Europea", "União Europeia")),
    "EEA": ((), ("EEA", "EU/EEA", "EEA countries", "European Economic Area", "EU/EWR", "Europäischer Wirtschaftsraum",
                 "EEE", "UE/EEE", "Espace économique européen", "Espacio Económico Europeo",
                 "Espaço Económico Europeu", "Espaço Econômico Europeu")),
    "EUROPE": (("150",), ("Europe", "Europa", "pan Europe", "continental Europe")),
    "EMEA": ((), ("EMEA", "Europe, Middle East and Africa", "Europe Middle East Africa")),
    "MENA": ((), ("MENA", "Middle East", "Middle East and North Africa", "Naher Osten", "Moyen-Orient",
                  "Oriente Medio", "Oriente Médio")),
    "LATAM": (("419",), ("LATAM", "LatAm", "Latin America", "Latin America and the Caribbean", "América Latina",
                         "Latinoamérica", "Amérique latine", "Lateinamerika")),
    "NORTH_AMERICA": (("003", "021"), ("North America", "Northern America", "NAMER", "NA region")),
    "SOUTH_AMERICA": (("005",), ("South America",)),
    "CENTRAL_AMERICA": (("013",), ("Central America",)),
    "AMERICAS": (("019",), ("Americas", "AMER", "the Americas")),
    "APAC": ((), ("APAC", "Asia Pacific", "Asia-Pacific", "APJ", "Asien-Pazifik", "Asie-Pacifique")),
    "ASIA": (("142",), ("Asia",)),
    "SOUTHEAST_ASIA": (("035",), ("SEA", "South East Asia", "ASEAN")),
    "AFRICA": (("002",), ("Africa",)),
    "OCEANIA": (("009",), ("Oceania",)),
    "DACH": ((), ("DACH", "D-A-CH", "DACH region", "DACH-Region", "DACH Raum")),
    "BENELUX": ((), ("Benelux", "Bénélux", "Benelux countries")),
    "ANZ": ((), ("ANZ", "Australia and New Zealand")),
    "NORDICS": ((), ("Nordics", "Nordic countries", "Nordic region", "Norden")),
    "SCANDINAVIA": ((), ("Scandinavia", "Skandinavien", "Scandinavie", "Escandinavia")),
    "BALTICS": ((), ("Baltics", "Baltic states", "Baltic countries", "Baltikum")),
    "CEE": ((), ("CEE", "Central and Eastern Europe", "Eastern Europe", "Central Europe", "Osteuropa")),
    "IBERIA": ((), ("Iberia", "Iberian Peninsula")),
    "CIS": ((), ("CIS", "Commonwealth of Independent States")),
    "GCC": ((), ("GCC", "Gulf countries", "GCC countries")),
}  # fmt: skip
CITY_ALIASES = {
    ("New York City", "US"): ("NYC", "New York", "NY", "New York, New York", "Manhattan"),
    ("Los Angeles", "US"): ("LA", "L.A."),
    ("San Francisco", "US"): ("SF", "San Francisco Bay Area", "Bay Area", "SF Bay Area"),
    ("Washington", "US"): ("Washington DC", "Washington D.C.", "DC", "Washington, DC"),
    ("Buenos Aires", "AR"): ("Capital Federal", "CABA", "Ciudad Autónoma de Buenos Aires"),
    ("Mexico City", "MX"): ("CDMX", "DF", "Ciudad de México", "México DF"),
    ("Frankfurt am Main", "DE"): ("Frankfurt", "Frankfurt a. M.", "Frankfurt a.M.", "Frankfurt/Main"),
    ("Bengaluru", "IN"): ("Bangalore",),
    ("Gurugram", "IN"): ("Gurgaon",),
    ("Mumbai", "IN"): ("Bombay",),
    ("Kraków", "PL"): ("Krakow", "Cracow"),
    ("Ho Chi Minh City", "VN"): ("HCMC", "Saigon"),
    ("Zürich", "CH"): ("Zurich", "Zürich Area"),
    ("Geneva", "CH"): ("Genf", "Genève"),
    ("São Paulo", "BR"): ("Sao Paulo",),
    ("Brussels", "BE"): ("Bruxelles", "Brussel", "Brüssel"),
    ("Hong Kong", "HK"): ("HK",),
}  # fmt: skip
# Regions by names of further languages, which neither CLDR's English names nor ISO 3166-2 have.
REGION_ALIASES = {
    ("DE", "BY"): ("Bavière", "Baviera"), ("DE", "NW"): ("NRW", "North Rhine-Westphalia"),
    ("DE", "SN"): ("Saxe", "Sajonia"),
    ("ES", "CT"): ("Cataluña", "Katalonien", "Catalogne", "Catalunha"), ("ES", "AN"): ("Andalousie", "Andalusien"),
    ("ES", "PV"): ("País Vasco", "Euskadi", "Pays basque", "Baskenland"), ("ES", "MD"): ("Comunidad de Madrid",),
    ("ES", "VC"): ("Comunidad Valenciana", "Comunitat Valenciana"), ("ES", "IB"): ("Baleares", "Islas Baleares"),
    ("ES", "CN"): ("Canarias", "Islas Canarias"), ("FR", "PAC"): ("PACA", "Provence", "Côte d'Azur"),
    ("FR", "BRE"): ("Bretaña", "Brittany"), ("FR", "IDF"): ("région parisienne", "Paris region"),
    ("FR", "ARA"): ("Rhône-Alpes", "Auvergne"), ("FR", "OCC"): ("Midi-Pyrénées", "Languedoc-Roussillon"),
    ("FR", "NAQ"): ("Aquitaine", "Limousin"), ("FR", "HDF"): ("Nord-Pas-de-Calais", "Picardie"),
    ("FR", "GES"): ("Alsace", "Lorraine"), ("FR", "NOR"): ("Normandy", "Basse-Normandie", "Haute-Normandie"),
    ("IT", "25"): ("Lombardia", "Lombardei", "Lombardie"), ("IT", "52"): ("Toscana", "Toskana", "Toscane"),
    ("IT", "62"): ("Lazio", "Latium"), ("NL", "NH"): ("Noord-Holland",), ("NL", "ZH"): ("Zuid-Holland",),
    ("CH", "ZH"): ("Zürich",), ("BE", "BRU"): ("Bruxelles-Capitale", "Brussels Region", "Brussel Hoofdstad"),
    ("GB", "ENG"): (), ("CA", "QC"): ("Quebec", "Québec"), ("CA", "BC"): ("Colombie-Britannique",),
    ("BR", "SP"): ("Estado de São Paulo",), ("AR", "B"): ("Provincia de Buenos Aires", "GBA"),
}  # fmt: skip
# GeoNames names the regions of these countries by numbers of its own.
REGIONS_OF_GEONAMES = {
    "CA": {"01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON", "09": "PE", "10": "QC",
           "11": "SK", "12": "YT", "13": "NT", "14": "NU"},
    "BR": {"01": "AC", "02": "AL", "03": "AP", "04": "AM", "05": "BA", "06": "CE", "07": "DF", "08": "ES", "11": "MS",
           "13": "MA", "14": "MT", "15": "MG", "16": "PA", "17": "PB", "18": "PR", "20": "PI", "21": "RJ", "22": "RN",
           "23": "RS", "24": "RO", "25": "RR", "26": "SC", "27": "SP", "28": "SE", "29": "GO", "30": "PE", "31": "TO"},
    "AU": {"01": "ACT", "02": "NSW", "03": "NT", "04": "QLD", "05": "SA", "06": "TAS", "07": "VIC", "08": "WA"},
}  # fmt: skip
