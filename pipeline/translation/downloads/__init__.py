"""Files fetched over HTTP: resumed where they broke off, never used before they are whole."""
