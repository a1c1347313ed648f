//! Releases one number at 2Chat, configured by the environment.
//!
//! `cargo run -p twochat-voip --example release-twochat -- ID`

#![allow(clippy::print_stdout)] // it is a program

use std::error::Error;
use twochat_voip::{Client, Disposition, ENDPOINT, NumberId, Releaser};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let id = std::env::args().nth(1).ok_or("usage: release ID")?;
    let client = Client::from_env()?;
    let result = client.release(&NumberId::new(id)).await;
    let disposition = Disposition::from_result(&result);
    match result {
        Ok(_) => println!("{disposition}"),
        Err(error) => println!("{disposition}: {error}"),
    }
    if disposition == Disposition::Unknown {
        println!("Check before you try again: {}.", ENDPOINT.lookup());
    }
    Ok(())
}
