//! Any body at every vendor: no panic, and what a parser says of it does not contradict itself. The vendors whose
//! responses are read by hand have targets of their own, which state their rules.

#![no_main]

use libfuzzer_sys::fuzz_target;
use numbers_fuzz::{check, object};

fuzz_target!(|body: &[u8]| {
    let Some((body, _)) = object(body) else { return };
    // generated: vendors
    check::<exotel_numbers::ReleaseNumber>(&body);
    check::<synthflow_numbers::DeletePhoneNumber>(&body);
    check::<twochat_voip::DeleteVirtualNumber>(&body);
    // /generated
});
