"""What a run leaves: the record, the failure page, the nights so far; and releases verified and compared."""
