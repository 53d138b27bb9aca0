"""A glossary in the formats that it comes in; one module a format."""
