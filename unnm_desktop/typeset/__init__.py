"""The typesetting room: sets text of any direction on PDF pages and knows nothing of networks."""
