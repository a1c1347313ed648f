//! Which numbers will be released, as a document that can be reviewed and is applied exactly.
