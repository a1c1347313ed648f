//! The calls of this workspace, each from the text of an id to the vendor's answer.

use super::{ACCOUNT_SID, EXOPHONE_SID, KEY, SLUG, UUID};
use anyhow::{Result, ensure};
use exotel_numbers::{AccountSid, ExophoneSid};
use numbers_core::{NumberId, Outcome, RateLimit, Releaser, Retry, RetryPolicy};
use std::hint::black_box;
use synthflow_numbers::PhoneNumberSlug;
use twochat_voip::VirtualNumberUuid;

pub(super) fn twochat(url: &str) -> Result<twochat_voip::Client> {
    let builder = twochat_voip::Client::builder().api_key(KEY);
    Ok(builder.base_url(url).build()?)
}

pub(super) fn synthflow(url: &str) -> Result<synthflow_numbers::Client> {
    let builder = synthflow_numbers::Client::builder().api_key(KEY);
    Ok(builder.base_url(super::by_hand::synthflow(url)).build()?)
}

pub(super) fn exotel(url: &str) -> Result<exotel_numbers::Client> {
    let builder = exotel_numbers::Client::builder()
        .api_key(KEY)
        .api_token(KEY)
        .account_sid(AccountSid::new(ACCOUNT_SID)?);
    Ok(builder.base_url(url).build()?)
}

pub(super) fn retry(url: &str) -> Result<Retry<synthflow_numbers::Client>> {
    Ok(Retry::new(synthflow(url)?, RetryPolicy::default()))
}

/// With a limit that no call here ever waits for.
pub(super) fn rate_limit(url: &str) -> Result<RateLimit<synthflow_numbers::Client>> {
    Ok(RateLimit::per_minute(synthflow(url)?, u32::MAX))
}

pub(super) async fn call_twochat(client: &twochat_voip::Client) -> Result<()> {
    let uuid = VirtualNumberUuid::new(black_box(UUID))?;
    let answer = client.delete_virtual_number(&uuid).await?;
    ensure!(answer.outcome() == Outcome::Released);
    Ok(())
}

pub(super) async fn call_synthflow(client: &synthflow_numbers::Client) -> Result<()> {
    let slug = PhoneNumberSlug::new(black_box(SLUG))?;
    let answer = client.delete_phone_number(&slug).await?;
    ensure!(answer.outcome() == Outcome::Released);
    Ok(())
}

pub(super) async fn call_exotel(client: &exotel_numbers::Client) -> Result<()> {
    let sid = ExophoneSid::new(black_box(EXOPHONE_SID))?;
    let answer = client.release_number(&sid).await?;
    ensure!(answer.outcome() == Outcome::Accepted);
    Ok(())
}

pub(super) async fn release(client: &(impl Releaser + ?Sized)) -> Result<()> {
    let release = client.release(&NumberId::new(black_box(SLUG))).await?;
    ensure!(release.outcome() == Outcome::Released);
    Ok(())
}
