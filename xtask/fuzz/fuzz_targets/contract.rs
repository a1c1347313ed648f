//! Reading any text as a contract does not panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use xtask::contract::Contract;

fuzz_target!(|text: &str| {
    let _ = Contract::read("acme", text);
});
