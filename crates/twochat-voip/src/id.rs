use crate::wire;

numbers_http::number_id!(
    /// The id of a virtual number, as 2Chat's list of virtual numbers has it.
    VirtualNumberUuid,
    wire::VENDOR,
    wire::VIRTUAL_NUMBER_UUID
);
