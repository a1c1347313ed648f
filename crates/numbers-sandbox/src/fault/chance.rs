//! Which requests a share of faults applies to.

use crate::Server;

/// A number from 0 to 1 (exclusive), the same whenever all of these are the same.
///
/// It does not depend on the order in which requests arrive, so that a run of many clients repeats. FNV-1a, and a
/// last mix (of SplitMix64) because FNV's high bits are weak on short input.
pub(crate) fn chance(seed: u64, fault: &str, server: Server, number: &str, attempt: u32) -> f64 {
    let parts = [
        &seed.to_le_bytes(),
        fault.as_bytes(),
        server.name().as_bytes(),
        number.as_bytes(),
        &attempt.to_le_bytes(),
    ];
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        // 0xff is no byte of a text: it separates the parts.
        for byte in part.iter().chain(&[0xff]) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    let high = u32::try_from((hash ^ (hash >> 31)) >> 32).unwrap_or_default();
    f64::from(high) / (f64::from(u32::MAX) + 1.0)
}
