"""Tables of facts about AWS and build tools, each entry with its source."""
