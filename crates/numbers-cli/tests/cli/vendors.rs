//! `numbers vendors`.

use crate::support::{numbers, run};

#[test]
fn the_vendors_are_listed_with_their_facts() {
    let ran = run(&mut numbers(&["vendors"]));
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    for part in [
        "twochat\n  call         DELETE /open/voip/virtual-numbers/{virtual_number_uuid}\n",
        "HTTP 202: accepted",
        "  id example   DID64a54de2-8ebe-4c01-838f-a2235815dab4\n  rate limit   10 requests per minute\n",
        "  rate limit   not documented\n",
        "consequence  The number is deleted from the workspace",
        "  look up      Exotel's list of ExoPhones",
        "  settings     incomplete\n    TWOCHAT_API_KEY   missing  (secret; The API key.)\n",
        "    EXOTEL_REGION       missing  (one of: singapore, mumbai)\n",
        "    SYNTHFLOW_BASE_URL  not set  (Replaces the server,",
    ] {
        assert!(ran.stdout.contains(part), "{part}\n{}", ran.stdout);
    }
}

#[test]
fn one_vendor_shows_where_its_settings_come_from() {
    let ran = run(numbers(&["vendors", "synthflow"])
        .env("SYNTHFLOW_API_KEY", "canary")
        .env("SYNTHFLOW_BASE_URL", "http://127.0.0.1:9"));
    let (_, settings) = ran.stdout.split_once("  settings     ").unwrap();
    assert_eq!(
        settings,
        "complete\n    \
         SYNTHFLOW_API_KEY   set by SYNTHFLOW_API_KEY  (secret; The API key.)\n    \
         SYNTHFLOW_REGION    not set  (one of: global, us, eu)\n    \
         SYNTHFLOW_BASE_URL  set by SYNTHFLOW_BASE_URL  (Replaces the server, including its fixed prefix. The region is then not needed.)\n"
    );
    assert!(!ran.stdout.contains("exotel"), "{ran:?}");
    assert!(!ran.stdout.contains("canary"), "{ran:?}");
}

#[test]
fn a_value_that_is_none_of_the_allowed_is_unusable() {
    let ran = run(numbers(&["vendors", "synthflow"]).env("SYNTHFLOW_REGION", "mars"));
    let expected = "SYNTHFLOW_REGION    unusable: SYNTHFLOW_REGION: is not one of the values  (one of: global, us, eu)";
    assert!(ran.stdout.contains(expected), "{ran:?}");
}

#[test]
fn json_is_one_object_a_vendor() {
    let mut command = numbers(&["vendors", "--format", "json"]);
    let ran = run(command.env("TWOCHAT_API_KEY", "canary"));
    let lines = ran.lines();
    let of = |name: &str| lines.iter().find(|line| line["vendor"] == name).unwrap();
    for (name, ready, limit) in [
        ("exotel", false, Some(50)),
        ("synthflow", false, None),
        ("twochat", true, Some(10)),
    ] {
        assert_eq!(of(name)["ready"], ready, "{ran:?}");
        assert_eq!(of(name)["requests_per_minute"].as_u64(), limit, "{ran:?}");
    }
    let twochat = of("twochat");
    assert_eq!(twochat["success"]["200"], "released");
    assert_eq!(twochat["settings"][0]["state"], "set");
    assert_eq!(twochat["settings"][0]["origin"], "TWOCHAT_API_KEY");
    assert_eq!(twochat["settings"][1]["flag"], "--base-url");
    assert!(!ran.stdout.contains("canary"), "{ran:?}");
}
