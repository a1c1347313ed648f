//! Any text as a contract: it is read or refused, no panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use xtask::contract::Contract;

fuzz_target!(|text: &str| {
    let _ = Contract::read("acme", text);
});
