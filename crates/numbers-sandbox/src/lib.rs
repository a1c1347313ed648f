#![doc = include_str!("../README.md")]

mod builder;
pub mod credentials;
mod endpoint;
mod fault;
mod listen;
mod made_up;
mod number;
mod rate_limit;
mod record;
mod sandbox;
mod script;
mod server;
mod shared_state;
mod vendor_spec;

pub use builder::Builder;
pub use fault::{Fault, Injection};
pub use number::{NumberRecord, NumberState};
pub use rate_limit::RateLimit;
pub use record::RecordedRequest;
pub use sandbox::Sandbox;
pub use server::Server;
