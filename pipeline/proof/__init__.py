"""A published folder is proved from its files alone, by code that shares nothing with the code that wrote them."""
