use crate::wire;

numbers_http::number_id!(
    /// The sid of an ExoPhone, as Exotel's list of ExoPhones has it.
    ExophoneSid,
    wire::VENDOR,
    wire::EXOPHONE_SID
);
