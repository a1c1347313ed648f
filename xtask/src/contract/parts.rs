//! Accessors for the small parts of a contract.

use super::call::{IdFormat, Operation, Parameter};
use super::document::Note;
use super::responses::{Body, Property, Type, Types};

/// A piece of the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// StringType that stands there as it is.
    Literal(&'a str),
    /// A parameter's name.
    Parameter(&'a str),
}

impl Body {
    /// The referenced schemas, the success first.
    pub fn references(&self) -> impl Iterator<Item = &str> {
        let several = self.any_of.iter().map(|one| one.to.value.as_str());
        self.to.iter().map(|one| one.value.as_str()).chain(several)
    }
}

impl Property {
    /// The possible types; empty for an object.
    pub fn types(&self) -> &[Type] {
        match &self.kind {
            None => &[],
            Some(Types::One(one)) => std::slice::from_ref(one),
            Some(Types::Many(many)) => many,
        }
    }
}

impl Operation {
    /// What a caller should know before the call.
    pub fn warning(&self) -> String {
        whole(&self.description, self.note.as_ref())
    }
}

impl Parameter {
    /// What is known about it.
    pub fn known(&self) -> String {
        whole(&self.description, self.note.as_ref())
    }
}

fn whole(text: &str, note: Option<&Note>) -> String {
    let note = note.map(|note| note.text.as_str());
    [text].into_iter().chain(note).collect::<Vec<_>>().join(" ")
}

impl IdFormat {
    /// Checks an id.
    ///
    /// # Errors
    ///
    /// What is expected instead.
    pub fn check(&self, id: &str) -> Result<(), String> {
        match self {
            Self::Uuid(uuid) if id.strip_prefix(&uuid.prefix).map(str::len) != Some(36) => {
                Err(format!("expected {} and a hyphenated UUID", uuid.prefix))
            }
            Self::Without(left) if id.starts_with(&left.prefix) => {
                Err(format!("expected it without the leading {}", left.prefix))
            }
            _ => Ok(()),
        }
    }
}

/// Splits a path at its braces.
pub(super) fn pieces(path: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        pieces.push(Piece::Literal(before));
        pieces.push(Piece::Parameter(name));
        rest = behind;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest));
    }
    pieces
}
