//! Gives one number back. Reads EXOTEL_API_KEY, EXOTEL_API_TOKEN, EXOTEL_ACCOUNT_SID and EXOTEL_REGION.
//!
//! `cargo run -p exotel-numbers --example release-exotel -- ID`

#![allow(clippy::print_stdout)] // it is a program

use exotel_numbers::{Client, ExophoneSid};
use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let id = std::env::args().nth(1).ok_or("usage: release ID")?;
    let client = Client::from_env()?;
    match client.release_number(&ExophoneSid::new(id)?).await {
        Ok(response) => println!("{}", response.outcome()),
        Err(error) if error.may_have_released() => {
            println!(
                "unknown: {error}\nLook it up: {}.",
                exotel_numbers::ENDPOINT.lookup()
            );
        }
        Err(error) => println!("not released by this call: {error}"),
    }
    Ok(())
}
