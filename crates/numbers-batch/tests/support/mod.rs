//! What several tests of this crate share. Each uses a part of it.
#![allow(dead_code)]

pub(crate) mod postgres;
pub(crate) mod proxy;
