use crate::wire;

numbers_http::number_id!(
    /// The UUID of a virtual number, such as `DID64a54de2-8ebe-4c01-838f-a2235815dab4`: `DID` and a
    /// hyphenated UUID directly behind it. 2Chat's list of virtual numbers has it.
    VirtualNumberUuid,
    wire::VENDOR,
    wire::VIRTUAL_NUMBER_UUID
);
