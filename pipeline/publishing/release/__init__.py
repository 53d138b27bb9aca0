"""Every file of the output as one release, switched in one step."""
