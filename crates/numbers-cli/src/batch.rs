//! `numbers plan`, `apply`, `status` and `report`: thousands of numbers, from a plan, with a journal.

mod apply;
mod ending;
mod journal;
mod observer;
mod outcome;
mod plan;
mod queue;
mod report;
mod row;
mod status;
mod ticker;

pub(crate) use apply::run as apply;
pub(crate) use plan::run as plan;
pub(crate) use report::run as report;
pub(crate) use status::run as status;
