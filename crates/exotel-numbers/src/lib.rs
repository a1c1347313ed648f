#![doc = include_str!("../README.md")]

mod answer;
mod client;
mod config;
mod id;
mod wire;

pub use answer::ReleaseNumber;
pub use client::Client;
pub use config::ClientBuilder;
pub use id::{AccountSid, ExophoneSid};
pub use numbers_core::{
    Attempt, Endpoint, Error, ErrorKind, NumberId, Outcome, Preview, Release, Releaser, Vendor,
};
pub use numbers_http::{Pool, Response, reqwest, secrecy};
pub use wire::{ENDPOINT, Region, ReleaseNumberResponse, VENDOR};
