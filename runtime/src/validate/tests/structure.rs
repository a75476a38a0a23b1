//! Names of elements, sizes of lists, keys and values of filters.

use super::ViolatedRule::{FilterKey, Items, OneOf, Range, Structure, Type};
use super::{Severity, check, rules, texts};

#[test]
fn a_name_must_hold_an_index() {
    for name in [
        "Vlans",
        "Vlans.",
        "Vlans.0",
        "Vlans.01",
        "Vlans.+1",
        "Vlans.-1",
        "Vlans.x",
        "Vlans.1 ",
        "Vlans.٢",
        "Filter",
        "Filter..Key",
        "Filter.0.Key",
        "Filter.N.Key",
        "Filter.99999999999999999999.Key",
        "Filter.1.Value",
        "Filter.1.Value.",
        "Filter.0.Value.1",
    ] {
        let violations = check(&[(name, "1")]);
        assert_eq!(rules(&violations), [(name, Structure)], "{name}");
        assert!(violations.iter().all(|violation| violation.severity() == Severity::Refused));
    }
}

#[test]
fn elements_are_numbered_without_gaps() {
    let two = [("Vlans.1", "1"), ("Vlans.2", "2")];
    assert_eq!(rules(&check(&two)), []);
    assert_eq!(rules(&check(&[("Vlans.2", "1"), ("Vlans.3", "2")])), [("Vlans", Structure)]);
    let gap = check(&[("Vlans.1", "1"), ("Vlans.10", "2"), ("Vlans.2", "2")]);
    assert_eq!(texts(&gap), "Vlans: expected an element 3, as there is an element 10");
    let huge = check(&[("Vlans.1", "1"), ("Vlans.18446744073709551615", "2")]);
    assert_eq!(rules(&huge), [("Vlans", Structure)]);
    let inner = check(&[("Filter.1.Key", "Name"), ("Filter.1.Value.1", "1"), ("Filter.1.Value.3", "1")]);
    assert_eq!(rules(&inner), [("Filter.1.Value", Structure)]);
    // Sorted by bytes, 10 stands before 2.
    let names = (1..=12).map(|index| format!("People.{index}.Kind")).collect::<Vec<_>>();
    let parameters = names.iter().map(|name| (name.clone(), "k")).collect();
    assert!(rules(&super::request(&super::ACTION, &parameters)).iter().all(|(_, rule)| *rule != Structure));
}

#[test]
fn sizes_of_lists() {
    let found = |count: usize| {
        let names = ["Vlans.1", "Vlans.2", "Vlans.3", "Vlans.4"];
        check(&names.iter().take(count).map(|name| (*name, "1")).collect::<Vec<_>>())
    };
    for (count, rules_found) in
        [(0, vec![]), (1, vec![("Vlans", Items)]), (2, vec![]), (3, vec![]), (4, vec![("Vlans", Items)])]
    {
        assert_eq!(rules(&found(count)), rules_found, "{count}");
    }
    assert_eq!(
        texts(&found(4)),
        "Vlans: 4 is not a number of elements from 2 to 3 (the service would answer InvalidVlans)"
    );
    assert!(found(4).iter().all(|violation| violation.severity() == Severity::Reported));
    let values = [
        ("Filter.1.Value.1", "a"),
        ("Filter.1.Value.2", "a"),
        ("Filter.1.Value.3", "a"),
        ("Filter.1.Key", "Name"),
    ];
    assert_eq!(rules(&check(&values)), [("Filter.1.Value", Items)]);
}

#[test]
fn elements_are_checked_one_by_one() {
    let violations = check(&[("Vlans.1", "0"), ("Vlans.2", "10"), ("Vlans.3", "x")]);
    assert_eq!(rules(&violations), [("Vlans.2", Range), ("Vlans.3", Type)]);
}

#[test]
fn keys_and_values_of_filters() {
    let filter = |key, value| check(&[("Filter.1.Key", key), ("Filter.1.Value.1", value)]);
    assert_eq!(rules(&filter("Status", "Up")), []);
    assert_eq!(rules(&filter("Name", "anything")), []);
    let unknown = filter("status", "Up");
    assert_eq!(
        texts(&unknown),
        "Filter.1.Key: \"status\" is not one of Status, Name (the service would answer InvalidFilterKey)"
    );
    assert_eq!(rules(&unknown), [("Filter.1.Key", FilterKey)]);
    assert!(unknown.iter().all(|violation| violation.severity() == Severity::Reported));
    let second = check(&[
        ("Filter.1.Key", "Name"),
        ("Filter.1.Value.1", "x"),
        ("Filter.2.Key", "Status"),
        ("Filter.2.Value.1", "Up"),
        ("Filter.2.Value.2", "up"),
    ]);
    assert_eq!(rules(&second), [("Filter.2.Value.2", OneOf)]);
    assert!(second.iter().all(|violation| violation.code() == Some("InvalidStatus")));
}

#[test]
fn a_filter_needs_a_key_and_a_value() {
    assert_eq!(rules(&check(&[("Filter.1.Key", "Name")])), [("Filter.1.Value.1", Structure)]);
    assert_eq!(rules(&check(&[("Filter.1.Value.1", "x")])), [("Filter.1.Key", Structure)]);
    assert_eq!(
        rules(&check(&[("Filter.1.Key", ""), ("Filter.1.Value.1", "x")])),
        [("Filter.1.Key", Structure)]
    );
}
