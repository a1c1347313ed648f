#![doc = include_str!("../README.md")]

pub mod credentials;
mod desk;
mod endpoint;
mod listen;
mod number;
mod reading;
mod record;
mod sandbox;
mod server;

pub use number::NumberState;
pub use record::Recorded;
pub use sandbox::{Builder, Sandbox};
pub use server::Server;
