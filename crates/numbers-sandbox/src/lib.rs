#![doc = include_str!("../README.md")]

pub mod credentials;
mod endpoint;
mod fault;
mod listen;
mod number;
mod record;
mod sandbox;
mod script;
mod server;
mod shared_state;
mod vendor_spec;

pub use fault::{Fault, Injection};
pub use number::NumberState;
pub use record::RecordedRequest;
pub use sandbox::{Builder, Sandbox};
pub use server::Server;
