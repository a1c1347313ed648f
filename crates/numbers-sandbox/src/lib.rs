#![doc = include_str!("../README.md")]

pub mod credentials;
mod desk;
mod endpoint;
mod fault;
mod listen;
mod number;
mod reading;
mod record;
mod sandbox;
mod script;
mod server;

pub use fault::{Fault, Injection};
pub use number::NumberState;
pub use record::Recorded;
pub use sandbox::{Builder, Sandbox};
pub use server::Server;
