"""An export opened for drafting: its layout found out, its columns as a reader sees them."""
