//! The proxy that the environment names.

use numbers_core::ConfigProblem;

/// The variables for https, in the order in which reqwest reads them. The first that is set counts.
const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// Checks the proxy that the environment names for https, and returns its host and port. reqwest ignores a
/// variable that it can't read, and would then send requests without the proxy.
///
/// # Errors
///
/// The variable that can't be read or names an unsupported proxy, never its value, which may hold a password.
pub(crate) fn from_environment() -> Result<Option<String>, ConfigProblem> {
    for variable in VARIABLES {
        let Some(value) = std::env::var_os(variable).filter(|value| !value.is_empty()) else {
            continue;
        };
        let host = value.to_str().ok_or("is not UTF-8").and_then(host);
        return match host {
            Ok(host) => Ok(Some(host)),
            Err(why) => Err(ConfigProblem::invalid_variable(variable, why)),
        };
    }
    Ok(None)
}

/// The reason for a text that is no proxy.
pub(crate) const EXPECTED: &str =
    "is not the URL of a proxy; expected something like http://host:port";

/// Host and port of a proxy's URL, without the credentials in it.
///
/// # Errors
///
/// Why it can't be used, without the URL.
pub(crate) fn host(url: &str) -> Result<String, &'static str> {
    let uri: http::Uri = url.parse().map_err(|_| EXPECTED)?;
    match uri.scheme_str() {
        None | Some("http" | "https") => {}
        Some(_) => return Err("names a proxy that is not supported; expected http or https"),
    }
    let authority = uri.authority().ok_or(EXPECTED)?;
    if authority.host().is_empty() {
        return Err(EXPECTED);
    }
    Ok(match authority.port() {
        Some(port) => format!("{}:{port}", authority.host()),
        None => authority.host().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn host_and_port_are_told_without_the_credentials() {
        for (url, expected) in [
            ("http://proxy.example:3128", "proxy.example:3128"),
            (
                "https://user:canary@proxy.example:8443/",
                "proxy.example:8443",
            ),
            ("http://canary@[::1]:1", "[::1]:1"),
            ("proxy.example:3128", "proxy.example:3128"),
            ("proxy.example", "proxy.example"),
        ] {
            assert_eq!(host(url).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn what_is_no_supported_proxy_is_refused_unrepeated() {
        for url in [
            "socks5://canary:canary@proxy.example",
            "socks4://canary",
            "ftp://canary",
            "http://",
            "http://canary:canary@",
            "http://cana ry",
            "/canary",
            "http//canary",
        ] {
            let why = host(url).unwrap_err();
            assert!(!why.contains("canary"), "{why}");
        }
    }
}
