//! What must be there.

use super::{ACTION, NEEDED, Severity, ViolatedRule, check, complete, request, rules};
use crate::parameters::Parameters;
use ViolatedRule::{Missing, Structure, Type};

#[test]
fn all_that_is_missing_is_found() {
    let violations = complete(&ACTION, &Parameters::new());
    assert_eq!(
        rules(&violations),
        [("RegionId", Missing), ("ClientToken", Missing), ("People.1.Kind", Missing), ("Token", Missing),]
    );
    let severities: Vec<_> = violations.iter().map(super::super::Violation::severity).collect();
    assert_eq!(severities, [Severity::Refused, Severity::Refused, Severity::Refused, Severity::Reported]);
}

#[test]
fn what_the_client_adds_is_not_missed() {
    assert_eq!(
        rules(&request(&ACTION, &Parameters::new())),
        [("People.1.Kind", Missing), ("Token", Missing)]
    );
    let empty = request(&ACTION, &[("RegionId", ""), ("ClientToken", "")].into());
    assert_eq!(rules(&empty)[..2], [("RegionId", Missing), ("ClientToken", Missing)]);
    assert_eq!(empty.iter().next().and_then(|violation| violation.value()), Some(""));
}

#[test]
fn an_element_misses_what_is_required_of_each() {
    assert_eq!(rules(&check(&[])), []);
    let violations = check(&[("People.2.Number", "1"), ("People.3.Kind", "k"), ("People.3.Phone.1", "")]);
    assert_eq!(
        rules(&violations),
        [
            ("People.2.Kind", Missing),
            ("People.2.Phone.1", Missing),
            ("People.3.Phone.1", Missing),
            ("People.2.Name", Missing),
            ("People.3.Name", Missing),
        ]
    );
}

#[test]
fn a_list_that_may_be_left_out_misses_nothing_but_its_elements_do() {
    assert_eq!(rules(&check(&[])), []);
    let violations = check(&[("Tags.1.Value", "v"), ("Tags.2.Key", "k"), ("Tags.3.Key", "")]);
    assert_eq!(rules(&violations), [("Tags.1.Key", Missing), ("Tags.3.Key", Missing)]);
    let violations = check(&[("Tags.1.Value", "v"), ("Tags.N.Key", "k")]);
    assert_eq!(rules(&violations), [("Tags.1.Key", Missing), ("Tags.N.Key", Structure)]);
}

#[test]
fn an_element_of_an_inner_list_can_be_empty() {
    let violations = complete(
        &ACTION,
        &NEEDED.into_iter().chain([("People.1.Phone.1", "1"), ("People.1.Phone.2", "")]).collect(),
    );
    assert_eq!(rules(&violations), [("People.1.Phone.2", Missing)]);
}

#[test]
fn an_empty_value_is_missed_once() {
    let violations = check(&[("Token", ""), ("Size", "")]);
    assert_eq!(rules(&violations), [("Token", Missing), ("Size", Type)]);
}
