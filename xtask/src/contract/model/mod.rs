//! The subset of OpenAPI 3.1 that a contract may use. Any other key is refused with its line and column, because
//! the generator would ignore it.

mod document;
mod operation;
mod response;
mod source;

pub use document::{Components, Deviation, Differs, Document, Info, Scheme, Server, Variable};
pub use operation::{IdFormat, Operation, Parameter};
pub use response::{
    Body, Example, Items, MediaType, Outcome, Property, Reference, Response, Role, Schema, Type,
};
pub use source::{Note, Source};
