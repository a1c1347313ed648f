//! Names that programs store and read back, and the error for an unknown one.

use numbers_core::{
    Account, ConfigError, ConfigProblem, Disposition, Error, ErrorKind, NumberId, Outcome, Release,
    Setting, Vendor,
};

const ACME: Vendor = Vendor::new("acme");

#[test]
fn every_name_is_read_back() {
    for outcome in Outcome::ALL {
        assert_eq!(outcome.as_str().parse(), Ok(*outcome));
    }
    for disposition in Disposition::ALL {
        assert_eq!(disposition.to_string().parse(), Ok(*disposition));
    }
    for kind in ErrorKind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(*kind));
    }
    assert_eq!("acme".parse(), Ok(ACME));
}

#[test]
fn an_unknown_name_is_repeated_beside_the_known_ones() {
    let error = "gone\u{1b}[2J".parse::<Outcome>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "unknown outcome: `gone[2J`; expected one of: released, accepted, absent"
    );
    assert_eq!(error.name(), "gone[2J");
    for name in ["", "Acme", "a cme", "acme.", &"x".repeat(65)] {
        let error = name.parse::<Vendor>().unwrap_err();
        assert!(
            error.to_string().starts_with("unknown vendor: `"),
            "{error}"
        );
    }
}

#[test]
fn a_result_has_one_of_five_dispositions() {
    let release = |outcome| Ok(Release::new(ACME, NumberId::new("1"), outcome));
    for (result, disposition) in [
        (release(Outcome::Released), Disposition::Released),
        (release(Outcome::Accepted), Disposition::Accepted),
        (release(Outcome::Absent), Disposition::Absent),
        (Err(Error::from_status(ACME, 404)), Disposition::Failed),
        (Err(Error::from_status(ACME, 503)), Disposition::Unknown),
    ] {
        assert_eq!(Disposition::from_result(&result), disposition);
        let of_either = match result {
            Ok(release) => release.disposition(),
            Err(error) => error.disposition(),
        };
        assert_eq!(of_either, disposition);
    }
}

#[test]
fn a_config_error_names_all_that_is_wrong() {
    const KEY: Setting = Setting::new("api_key", "ACME_API_KEY", "The key.").with_secret(true);
    const REGION: Setting =
        Setting::new("region", "ACME_REGION", "Where.").with_values(&["eu", "us"]);
    let error = ConfigError::check(
        ACME,
        vec![
            ConfigProblem::missing(&KEY),
            ConfigProblem::missing(&REGION),
            ConfigProblem::invalid_field("timeout", "is zero"),
        ],
    )
    .unwrap_err();
    let text = "acme: api_key (ACME_API_KEY) is missing; region (ACME_REGION) is missing; \
                expected one of: eu, us; timeout is zero";
    assert_eq!(error.to_string(), text);
    assert_eq!(format!("{error:?}"), text);
    let shown = error.problems()[1].describe("--region");
    assert_eq!(shown, "--region is missing; expected one of: eu, us");
    assert!(ConfigError::check(ACME, Vec::new()).is_ok());
}

#[cfg(feature = "serde")]
#[test]
fn names_and_accounts_go_through_serde() {
    fn through<T>(value: T, json: &str)
    where
        T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
    {
        assert_eq!(serde_json::to_string(&value).unwrap(), json);
        assert_eq!(serde_json::from_str::<T>(json).unwrap(), value);
    }
    through(Disposition::Unknown, "\"unknown\"");
    through(Outcome::Absent, "\"absent\"");
    through(ErrorKind::ConnectionLost, "\"connection_lost\"");
    through(ACME, "\"acme\"");
    through(
        Account::new("api.example")
            .with_name("acme1")
            .with_fingerprint(7),
        r#"{"host":"api.example","name":"acme1","fingerprint":"00000007"}"#,
    );
    assert!(serde_json::from_str::<Disposition>("\"gone\"").is_err());
    for fingerprint in ["7", r#""7""#, r#""0000000A""#, r#""+0000007""#, r#""key""#] {
        let json = format!(r#"{{"host":"api.example","fingerprint":{fingerprint}}}"#);
        assert!(serde_json::from_str::<Account>(&json).is_err(), "{json}");
    }
}
