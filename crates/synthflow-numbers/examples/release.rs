//! Gives one number back. Reads SYNTHFLOW_API_KEY and SYNTHFLOW_REGION.
//!
//! `cargo run -p synthflow-numbers --example release-synthflow -- ID`

#![allow(clippy::print_stdout)] // it is a program

use std::error::Error;
use synthflow_numbers::{Client, PhoneNumberSlug};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let id = std::env::args().nth(1).ok_or("usage: release ID")?;
    let client = Client::from_env()?;
    match client.delete_phone_number(&PhoneNumberSlug::new(id)?).await {
        Ok(response) => println!("{}", response.outcome()),
        Err(error) if error.may_have_released() => {
            println!(
                "unknown: {error}\nLook it up: {}.",
                synthflow_numbers::ENDPOINT.lookup()
            );
        }
        Err(error) => println!("not released by this call: {error}"),
    }
    Ok(())
}
