//! The proxy that the environment names.

use numbers_core::ConfigProblem;
use std::ffi::OsString;

/// The variables for https in reqwest's order: of a pair the first that is set counts, and if it is empty, the
/// next pair.
const PROXIES: [[&str; 2]; 2] = [["HTTPS_PROXY", "https_proxy"], ["ALL_PROXY", "all_proxy"]];
const EXCEPTIONS: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// Where it is set, reqwest takes the process for a CGI script, whose `HTTP_PROXY` can be a header of the request.
const CGI: &str = "REQUEST_METHOD";

/// Checks the proxy that the environment names for https, and returns its host and port. reqwest ignores a
/// variable that it can't read, and would then send requests without the proxy. One that can't be used is refused
/// even where `NO_PROXY` excludes the host.
///
/// # Errors
///
/// The variable that can't be read or names an unsupported proxy, never its value, which may hold a password.
pub(crate) fn from_environment() -> Result<Option<String>, ConfigProblem> {
    for pair in PROXIES {
        let Some((variable, value)) = read(pair)? else {
            continue;
        };
        read(EXCEPTIONS)?;
        if std::env::var_os(CGI).is_some() {
            let why = "makes the HTTP library ignore the proxy that the environment names; unset one of them";
            return Err(ConfigProblem::invalid_variable(CGI, why));
        }
        return match host_and_port(&value) {
            Ok(host) => Ok(Some(host)),
            Err(why) => Err(ConfigProblem::invalid_variable(variable, why)),
        };
    }
    Ok(None)
}

/// The first of a pair that is set, if it is not empty. reqwest ignores one that is not UTF-8, and the second if
/// the first is empty.
fn read(
    [first, second]: [&'static str; 2],
) -> Result<Option<(&'static str, String)>, ConfigProblem> {
    let is_set = |variable| std::env::var_os(variable).is_some_and(|value| !value.is_empty());
    let variable = match std::env::var_os(first) {
        None => second,
        Some(value) if value.is_empty() && is_set(second) => {
            let why = format!("is empty and hides {second}; unset one of them");
            return Err(ConfigProblem::invalid_variable(first, why));
        }
        Some(_) => first,
    };
    match std::env::var_os(variable).map(OsString::into_string) {
        None => Ok(None),
        Some(Ok(value)) if value.is_empty() => Ok(None),
        Some(Ok(value)) => Ok(Some((variable, value))),
        Some(Err(_)) => Err(ConfigProblem::invalid_variable(variable, "is not UTF-8")),
    }
}

/// The message for a text that is not the URL of a proxy.
pub(crate) const NOT_A_PROXY: &str =
    "is not the URL of a proxy; expected something like http://host:port";

/// Host and port of a proxy's URL, without the credentials in it.
///
/// # Errors
///
/// Why it can't be used, without the URL.
pub(crate) fn host_and_port(url: &str) -> Result<String, &'static str> {
    let uri: http::Uri = url.parse().map_err(|_| NOT_A_PROXY)?;
    match uri.scheme_str() {
        None | Some("http" | "https") => {}
        Some(_) => return Err("names a proxy that is not supported; expected http or https"),
    }
    let authority = uri.authority().ok_or(NOT_A_PROXY)?;
    let (host, port) = (authority.host(), authority.port_u16());
    let without_user = authority.as_str().rsplit('@').next().unwrap_or_default();
    let has_bad_port = without_user.len() > host.len() && port.is_none();
    // An `@` further on ends a user or password that was not percent-encoded.
    let rest = uri.path_and_query().map_or("", |path| path.as_str());
    if host.is_empty() || has_bad_port || rest.contains('@') || url.contains('#') {
        return Err(NOT_A_PROXY);
    }
    Ok(match port {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::host_and_port;

    #[test]
    fn host_and_port_are_without_the_credentials() {
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
            assert_eq!(host_and_port(url).as_deref(), Ok(expected));
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
            "http://user:31337/canary@host:1",
            "http://user:31337#canary@host:1",
            "http://canary:abc",
            "http://canary:",
            "http://canary:99999",
            "http//canary",
        ] {
            let why = host_and_port(url).unwrap_err();
            assert!(!why.contains("canary"), "{why}");
        }
    }
}
