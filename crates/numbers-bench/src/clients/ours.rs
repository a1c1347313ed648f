//! Our clients. A call starts with the text of an id and ends with the vendor's response.

use super::target::Target;
use super::{ACCOUNT_SID, EXOPHONE_SID, KEY, SLUG, UUID};
use anyhow::{Result, ensure};
use exotel_numbers::{ExophoneSid, TransportOptions};
use numbers_core::{NumberId, Outcome, RateLimit, Releaser, Retry, RetryPolicy};
use std::hint::black_box;
use synthflow_numbers::PhoneNumberSlug;
use twochat_voip::VirtualNumberUuid;

pub(super) fn twochat(target: &Target) -> Result<twochat_voip::Client> {
    let builder = twochat_voip::Client::builder().with_api_key(KEY);
    Ok(builder
        .with_base_url(&target.url)
        .with_transport(TransportOptions::new().with_reqwest(target.ours()))
        .build()?)
}

pub(super) fn synthflow(target: &Target) -> Result<synthflow_numbers::Client> {
    let builder = synthflow_numbers::Client::builder().with_api_key(KEY);
    Ok(builder
        .with_base_url(target.synthflow())
        .with_transport(TransportOptions::new().with_reqwest(target.ours()))
        .build()?)
}

pub(super) fn exotel(target: &Target) -> Result<exotel_numbers::Client> {
    let builder = exotel_numbers::Client::builder()
        .with_api_key(KEY)
        .with_api_token(KEY)
        .with_account_sid(ACCOUNT_SID);
    Ok(builder
        .with_base_url(&target.url)
        .with_transport(TransportOptions::new().with_reqwest(target.ours()))
        .build()?)
}

pub(super) fn retry(target: &Target) -> Result<Retry<synthflow_numbers::Client>> {
    Ok(Retry::new(synthflow(target)?, RetryPolicy::default()))
}

/// With a limit that no call here ever waits for.
pub(super) fn rate_limit(target: &Target) -> Result<RateLimit<synthflow_numbers::Client>> {
    Ok(RateLimit::per_minute(synthflow(target)?, u32::MAX))
}

pub(super) async fn call_twochat(client: &twochat_voip::Client) -> Result<()> {
    let uuid = VirtualNumberUuid::new(black_box(UUID))?;
    let response = client.delete_virtual_number(&uuid).await?;
    ensure!(response.outcome() == Outcome::Released);
    Ok(())
}

pub(super) async fn call_synthflow(client: &synthflow_numbers::Client) -> Result<()> {
    let slug = PhoneNumberSlug::new(black_box(SLUG))?;
    let response = client.delete_phone_number(&slug).await?;
    ensure!(response.outcome() == Outcome::Released);
    Ok(())
}

pub(super) async fn call_exotel(client: &exotel_numbers::Client) -> Result<()> {
    let sid = ExophoneSid::new(black_box(EXOPHONE_SID))?;
    let response = client.release_number(&sid).await?;
    ensure!(response.outcome() == Outcome::Accepted);
    Ok(())
}

pub(super) async fn release(client: &(impl Releaser + ?Sized)) -> Result<()> {
    let release = client.release(&NumberId::new(black_box(SLUG))).await?;
    ensure!(release.outcome() == Outcome::Released);
    Ok(())
}
