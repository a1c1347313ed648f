//! Gives one number back. Reads TWOCHAT_API_KEY.
//!
//! `cargo run -p twochat-voip --example release-twochat -- ID`

#![allow(clippy::print_stdout)] // it is a program

use std::error::Error;
use twochat_voip::{Client, VirtualNumberUuid};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let id = std::env::args().nth(1).ok_or("usage: release ID")?;
    let client = Client::from_env()?;
    match client
        .delete_virtual_number(&VirtualNumberUuid::new(id)?)
        .await
    {
        Ok(response) => println!("{}", response.outcome()),
        Err(error) if error.may_have_released() => {
            println!(
                "unknown: {error}\nLook it up: {}.",
                twochat_voip::ENDPOINT.lookup()
            );
        }
        Err(error) => println!("not released by this call: {error}"),
    }
    Ok(())
}
