"""The tests and benches; a package, since argos-translate-lt installs a `tests` of its own that would hide this one."""
