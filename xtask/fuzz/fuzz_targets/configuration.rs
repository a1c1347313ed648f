//! Any text as any setting, at the vendor with the most settings: a client or a refusal, no panic, and no refusal
//! shows the secret.

#![no_main]

use exotel_numbers::{ClientBuilder, NumberId, Releaser};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|values: [String; 6]| {
    let [key, token, sid, region, url, number] = values;
    let secret = format!("CANARY{token}");
    let built = ClientBuilder::from_vars(|name| match name {
        "EXOTEL_API_KEY" => Some(key.as_str().into()),
        "EXOTEL_API_TOKEN" => Some(secret.as_str().into()),
        "EXOTEL_ACCOUNT_SID" => Some(sid.as_str().into()),
        "EXOTEL_REGION" => Some(region.as_str().into()),
        "EXOTEL_BASE_URL" => Some(url.as_str().into()),
        _ => None,
    })
    .build();
    match built {
        Err(error) => assert!(!format!("{error} {error:?}").contains("CANARY")),
        Ok(client) => {
            let Ok(preview) = client.preview(&NumberId::new(number.as_str())) else {
                return;
            };
            assert!(!format!("{preview} {preview:?} {client:?}").contains("CANARY"));
            // The id is the whole last segment of the path.
            let segment = preview.url().rsplit('/').next().unwrap_or_default();
            assert!(!segment.is_empty() && !segment.contains(['?', '#', '\\']));
        }
    }
});
