"""The required wordings of a project: the glossary, and the formats that it comes in."""
