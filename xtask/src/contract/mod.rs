//! A vendor's contract: its syntax (`model`), what can be asked of it, and its rules.

mod cases;
mod facts;
mod fit;
pub mod model;
pub mod names;
mod read;
mod refusal;
mod rules;
mod settings;
mod success;

pub use cases::Case;
pub use facts::Contract;
pub use refusal::{Refusal, Refusals};
pub use settings::{Kind, Setting};
pub use success::{Condition, Test};
