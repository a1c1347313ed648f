//! Which ids are 2Chat's.

use numbers_testkit::assert_bad_id;
use twochat_voip::VirtualNumberUuid;

#[test]
fn only_did_and_a_hyphenated_uuid_directly_behind_it_is_an_id() {
    for (id, word) in [
        ("64a54de2-8ebe-4c01-838f-a2235815dab4", "DID"),
        ("DID", "UUID"),
        ("did64a54de2-8ebe-4c01-838f-a2235815dab4", "DID"),
        ("DID-64a54de2-8ebe-4c01-838f-a2235815dab4", "UUID"),
        ("DID64a54de28ebe4c01838fa2235815dab4", "UUID"),
        ("DID64a54de2-8ebe-4c01-838f-a2235815dab4 ", "white space"),
        (" DID64a54de2-8ebe-4c01-838f-a2235815dab4", "white space"),
        ("DID64a54de2-8ebe-4c01-838f-a2235815dab", "UUID"),
        ("DIDg4a54de2-8ebe-4c01-838f-a2235815dab4", "UUID"),
        ("DID{4a54de2-8ebe-4c01-838f-a2235815dab}", "UUID"),
        ("+33782990580", "DID"),
    ] {
        assert_bad_id(id, word, &VirtualNumberUuid::new(id).unwrap_err());
        assert_bad_id(id, word, &id.parse::<VirtualNumberUuid>().unwrap_err());
    }
}

#[test]
fn an_id_in_capitals_is_taken_as_it_is() {
    let id = "DID64A54DE2-8EBE-4C01-838F-A2235815DAB4";
    assert_eq!(VirtualNumberUuid::new(id).unwrap().as_str(), id);
}
