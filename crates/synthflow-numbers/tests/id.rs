//! Which ids are Synthflow's, and how one is made of a phone number.

use numbers_testkit::assert_bad_id;
use synthflow_numbers::PhoneNumberSlug;

#[test]
fn an_id_with_its_plus_is_refused() {
    for id in ["+33782990580", "++33782990580", "+"] {
        let error = PhoneNumberSlug::new(id).unwrap_err();
        assert_bad_id(id, "without the leading +", &error);
    }
}

#[test]
fn an_id_that_is_no_phone_number_is_taken() {
    for id in ["101", "ext-101", "sip:101@host", "33 78", "1+2"] {
        assert_eq!(PhoneNumberSlug::new(id).unwrap().as_str(), id);
    }
}

#[test]
fn what_is_not_e164_is_refused_as_such() {
    assert!(PhoneNumberSlug::from_e164("+123456789012345").is_ok());
    for number in [
        "",
        "+",
        "33782990580",
        "0033782990580",
        "++33782990580",
        "+033782990580",
        "+33 7 82 99 05 80",
        "+33-782990580",
        "+3378299058x",
        "+٣٣٧٨٢٩٩٠٥٨٠",
        "+1234567890123456",
        "+33782990580\n",
        " +33782990580",
    ] {
        let error = PhoneNumberSlug::from_e164(number).unwrap_err();
        assert_bad_id(number, "E.164", &error);
    }
}
