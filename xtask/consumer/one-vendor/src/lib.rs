//! A service with one vendor.

use exotel_numbers::secrecy::SecretString;
use exotel_numbers::{
    Client, ClientBuilder, ClientConfig, ConfigError, Disposition, Error, ExophoneSid, Region,
    ReleaseNumberResponse, Response, TransportOptions,
};
use serde::Deserialize;
use std::future::Future;
use std::time::Duration;

/// The service's config file, with Exotel's settings as a part of it.
#[derive(Debug, Deserialize)]
pub struct Config {
    pub exotel: ClientConfig,
}

/// A client from the config file.
pub fn from_config(config: Config) -> Result<Client, ConfigError> {
    ClientBuilder::from_config(config.exotel)
        .with_transport(transport())
        .build()
}

/// A client from the environment, through the service's proxy and with an account of its own.
pub fn from_env() -> Result<Client, ConfigError> {
    ClientBuilder::from_env()
        .with_account_sid("acme1")
        .with_transport(transport())
        .build()
}

/// A client from a secret store.
pub fn by_hand(key: SecretString, token: SecretString) -> Result<Client, ConfigError> {
    Client::builder()
        .with_api_key(key)
        .with_api_token(token)
        .with_account_sid("acme1")
        .with_region(Region::Mumbai)
        .with_transport(transport())
        .build()
}

fn transport() -> TransportOptions {
    TransportOptions::new()
        .with_timeout(Duration::from_secs(10))
        .with_user_agent("acme-telephony/1.4")
        .with_proxy("http://proxy.example:3128")
        .with_reqwest(|builder| builder.tcp_keepalive(None))
}

/// What the rest of the service needs of Exotel, so that its tests need no server.
pub trait Exotel {
    fn release(
        &self,
        sid: &ExophoneSid,
    ) -> impl Future<Output = Result<Response<ReleaseNumberResponse>, Error>> + Send;
}

impl Exotel for Client {
    async fn release(&self, sid: &ExophoneSid) -> Result<Response<ReleaseNumberResponse>, Error> {
        self.release_number(sid).await
    }
}

/// The service's own word for a success, with what it logs.
pub async fn release(exotel: &impl Exotel, sid: &ExophoneSid) -> Result<String, Error> {
    let response = exotel.release(sid).await?;
    let id = response.request_id().unwrap_or("-");
    let message = response.body().message.as_deref().unwrap_or_default();
    Ok(format!(
        "{} {} {id} {message}",
        response.outcome(),
        response.status()
    ))
}

/// What became of a number: one of five words for the journal.
pub async fn disposition(exotel: &impl Exotel, sid: &ExophoneSid) -> Disposition {
    Disposition::from_result(&exotel.release(sid).await)
}

#[cfg(test)]
mod tests {
    use super::*;
    use exotel_numbers::{ConfigErrorKind, ENDPOINT, ErrorKind, Outcome, Releaser, VENDOR};

    /// Accepts the number of the documentation and no other.
    struct Mock;

    impl Exotel for Mock {
        async fn release(
            &self,
            sid: &ExophoneSid,
        ) -> Result<Response<ReleaseNumberResponse>, Error> {
            if sid.as_str() != ENDPOINT.id_example() {
                return Err(Error::from_status(VENDOR, 404));
            }
            let mut body = ReleaseNumberResponse::default();
            body.message = Some("Accepted".to_owned());
            Ok(Response::new(202, Outcome::Accepted, body).with_request_id("r-1"))
        }
    }

    #[tokio::test(flavor = "current_thread")]
    async fn a_mock_stands_in_for_the_client() -> Result<(), Error> {
        let known = ExophoneSid::new(ENDPOINT.id_example())?;
        assert_eq!(release(&Mock, &known).await?, "accepted 202 r-1 Accepted");
        let other = ExophoneSid::new("1234")?;
        let error = release(&Mock, &other).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
        let response = Mock.release(&known).await?;
        assert_eq!(response.disposition(), Disposition::Accepted);
        assert_eq!(disposition(&Mock, &known).await, Disposition::Accepted);
        assert_eq!(disposition(&Mock, &other).await, Disposition::Failed);
        Ok(())
    }

    #[test]
    fn a_client_comes_from_a_config_file() {
        let json = r#"{"exotel": {"api_key": "k-1", "api_token": "t-1", "account_sid": "acme1", "region": "singapore"}}"#;
        let config: Config = serde_json::from_str(json).unwrap();
        assert!(!format!("{config:?}").contains("k-1"));
        let client = from_config(config).unwrap();
        assert_eq!(client.account().host(), "api.exotel.com");
        assert_eq!(client.account().name(), Some("acme1"));
    }

    #[test]
    fn all_that_is_missing_is_named_at_once() {
        let config = serde_json::from_str(r#"{"exotel": {"api_key": "k-1"}}"#).unwrap();
        let error = from_config(config).unwrap_err();
        assert_eq!(error.kind(), ConfigErrorKind::Missing);
        let fields: Vec<_> = error
            .problems()
            .iter()
            .map(|problem| problem.field())
            .collect();
        assert_eq!(
            fields,
            [Some("api_token"), Some("account_sid"), Some("region")]
        );
    }

    #[test]
    fn a_call_can_be_spawned() {
        fn is_send<T: Send>(_: &T) {}
        let client = by_hand("k-1".into(), "t-1".into()).unwrap();
        let sid = ExophoneSid::new("1234").unwrap();
        is_send(&client.release_number(&sid));
        is_send(&release(&client, &sid));
    }
}
