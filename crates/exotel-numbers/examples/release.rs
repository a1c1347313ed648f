//! Releases one number at Exotel, configured by the environment.
//!
//! `cargo run -p exotel-numbers --example release-exotel -- ID`

#![allow(clippy::print_stdout)] // it is a program

use exotel_numbers::{Client, Disposition, ENDPOINT, NumberId, Releaser};
use std::error::Error;

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
