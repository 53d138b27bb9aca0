"""The packages of models that engines run: offered by an index, downloaded, unpacked, tried, installed and pinned."""
