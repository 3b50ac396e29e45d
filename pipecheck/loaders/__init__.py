"""From text with a name to the typed model: detection by content, and one decoder with a name table per
format.

The decoder is the only place that decides whether a property is known, absent or unknown; whatever a format
cannot say, or says with a reference that leaves the input, ends here as Unknown with its reason.
"""
