"""Units in the formats in which other translation tools give and take them."""
