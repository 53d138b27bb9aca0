"""In which language a posting is written, and each of its sections."""
