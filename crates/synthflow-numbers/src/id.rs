use crate::wire;
use numbers_core::Error;

numbers_http::number_id!(
    /// The phone number as Synthflow writes it in a path; [`from_e164`](Self::from_e164) makes it of
    /// the international form. A number imported from another carrier may be an extension or another
    /// identifier, so digits are not insisted on.
    PhoneNumberSlug,
    wire::VENDOR,
    wire::PHONE_NUMBER_SLUG
);

impl PhoneNumberSlug {
    /// Takes a phone number in E.164, such as `+33782990580`.
    ///
    /// # Errors
    ///
    /// [`InvalidNumber`](numbers_core::ErrorKind::InvalidNumber) where it is not a `+` and up to 15
    /// digits, the first not zero.
    pub fn from_e164(number: &str) -> Result<Self, Error> {
        let digits = number.strip_prefix('+').filter(|digits| {
            digits.len() <= 15
                && !digits.starts_with('0')
                && digits.bytes().all(|byte| byte.is_ascii_digit())
        });
        match digits {
            Some(digits) if !digits.is_empty() => Self::new(digits),
            _ => Err(Error::invalid_number(
                wire::VENDOR,
                "expected E.164: a + and up to 15 digits, the first not zero",
            )),
        }
    }
}
