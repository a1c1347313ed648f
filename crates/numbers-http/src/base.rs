//! The base URL of every request.

use reqwest::Url;

/// The longest base URL, in bytes. With a path, it stays far below what HTTP libraries accept.
const MAX_BYTES: usize = 4096;

/// A checked base URL, without secrets.
#[derive(Clone)]
pub(crate) struct BaseUrl {
    url: Url,
    path: String,
}

impl BaseUrl {
    /// Checks a base URL. An `Err` says what is wrong, without the URL, which may hold a secret.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text.trim()).map_err(|error| {
            format!("is not a URL ({error}); expected something like https://host/path")
        })?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err("must not contain credentials; they have settings of their own".to_owned());
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err("must end with the path: no '?' and no '#'".to_owned());
        }
        let base = Self {
            path: url.path().trim_end_matches('/').to_owned(),
            url,
        };
        match base.url.scheme() {
            _ if base.url.as_str().len() > MAX_BYTES => Err("is longer than 4096 bytes".to_owned()),
            // A request becomes an `http::Uri`, which allows fewer characters in a host.
            "https" if base.url.as_str().parse::<http::Uri>().is_err() => {
                Err("has characters that no request can carry".to_owned())
            }
            "https" => Ok(base),
            "http" if base.is_loopback() => Ok(base),
            "http" => Err("must be https; plain http is for loopback only".to_owned()),
            _ => Err("must be https".to_owned()),
        }
    }

    /// Plain http, which is allowed to loopback only.
    pub(crate) fn is_plain(&self) -> bool {
        self.url.scheme() == "http"
    }

    fn is_loopback(&self) -> bool {
        // The brackets of an IPv6 address are part of the host's text.
        let host = self.url.host_str().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost"
            || host
                .parse()
                .is_ok_and(|address: std::net::IpAddr| address.is_loopback())
    }

    /// The prefix of every path, without a slash at its end.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The host, for a span.
    pub(crate) fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// The port, for a span.
    pub(crate) fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or_default()
    }

    /// The host, with its port where that is not the default one.
    pub(crate) fn authority(&self) -> String {
        match self.url.port() {
            Some(port) => format!("{}:{port}", self.host()),
            None => self.host().to_owned(),
        }
    }

    /// The URL of a path that begins with [`path`](Self::path) and is encoded already.
    pub(crate) fn join(&self, path: &str) -> Url {
        let mut url = self.url.clone();
        url.set_path(path);
        url
    }
}

#[cfg(test)]
mod tests {
    use super::{BaseUrl, MAX_BYTES};

    #[test]
    fn https_anywhere_and_http_to_loopback_are_taken() {
        for text in [
            "https://api.example/v2",
            "http://127.0.0.1:8080",
            "http://127.8.9.10/x/",
            "http://[::1]:1/",
            "http://localhost:1",
            "https://localhost",
        ] {
            assert!(BaseUrl::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_could_leak_or_mislead_is_refused_without_being_repeated() {
        for text in [
            "http://api.example/canary",
            "http://localhost.example/canary",
            "http://10.0.0.1/canary",
            "http://[::ffff:127.0.0.1]/canary",
            "https://canary@api.example",
            "https://u:canary@api.example",
            "https://api.example/?canary",
            "https://api.example/#canary",
            "ftp://api.example/canary",
            "https://{canary}.api.example",
            "canary",
            "",
            &format!("https://api.example/{}canary", "x".repeat(MAX_BYTES)),
        ] {
            let error = BaseUrl::parse(text)
                .err()
                .unwrap_or_else(|| panic!("{text} was taken"));
            assert!(!error.contains("canary"), "{error}");
        }
    }

    #[test]
    fn plain_http_is_refused_with_its_exception() {
        let why = BaseUrl::parse("http://api.example").err().unwrap();
        assert!(why.contains("loopback only"), "{why}");
    }

    #[test]
    fn the_longest_base_url_is_accepted() {
        let url = format!("https://a.example/{}", "x".repeat(MAX_BYTES - 18));
        assert_eq!(url.len(), MAX_BYTES);
        assert!(BaseUrl::parse(&url).is_ok());
        assert!(BaseUrl::parse(&format!("{url}x")).is_err());
    }

    #[test]
    fn spans_and_accounts_get_host_and_port() {
        for (url, port, authority) in [
            ("https://a.example", 443, "a.example"),
            ("https://a.example:8443/v2", 8443, "a.example:8443"),
            ("http://127.0.0.1:1", 1, "127.0.0.1:1"),
        ] {
            let base = BaseUrl::parse(url).unwrap();
            assert_eq!((base.port(), base.authority().as_str()), (port, authority));
        }
    }

    #[test]
    fn a_slash_at_the_end_makes_no_difference() {
        for text in [
            "https://api.example/v2",
            "https://api.example/v2/",
            "https://api.example/v2//",
        ] {
            assert_eq!(BaseUrl::parse(text).unwrap().path(), "/v2");
        }
        assert_eq!(BaseUrl::parse("https://api.example").unwrap().path(), "");
    }
}
