"""Files: written whole or not at all, and never over what somebody has just saved."""
