//! What violations say, and what becomes of them.

use super::{Severity, Validation, check, texts};

#[test]
fn one_line_each() {
    for (name, value, text) in [
        (
            "bandwidth",
            "10",
            "bandwidth: \"10\" is not one of 50, 100 (the service would answer InvalidBandwidth)",
        ),
        ("Size", "51", "Size: \"51\" is not a number from 1 to 50"),
        ("Size", "", "Size: an empty text is not a whole number of 32 bits"),
        (
            "Name",
            "a",
            "Name: \"a\" is not a text of 2 to 8 characters (the service would answer InvalidName)",
        ),
        ("LineId", "a\nb", "LineId: \"a\\nb\" is not a text that starts with pc-"),
        ("Token", "", "Token: required, but empty; give a value"),
        ("Time", "now", "Time: \"now\" is not a time such as 2022-02-28T16:00:00Z"),
        (
            "Period",
            "10",
            "Period: \"10\" is not a number from 1 to 9, with Cycle Month (the service would answer InvalidPeriod)",
        ),
        ("Vlans.0", "1", "Vlans.0: expected a name of the form Vlans.N, N being 1, 2, 3, ..."),
        (
            "Name",
            "1a",
            "Name: \"1a\" is not a text that starts with one of: a-z, A-Z, Chinese characters (the service would answer \
             InvalidName)",
        ),
        (
            "People.2.Kind",
            "k",
            "People.2.Phone.1: required, but missing; give a value\nPeople.2.Name: required, but missing; give a value",
        ),
    ] {
        assert_eq!(texts(&check(&[(name, value)])), text);
    }
}

#[test]
fn long_values_are_shortened_in_texts_alone() {
    let long = "杭".repeat(10_000);
    let violations = check(&[("Account", &long)]);
    assert_eq!(texts(&violations), format!("Account: \"{}...\" is not a text of digits", "杭".repeat(80)));
    assert!(violations.iter().all(|violation| violation.value() == Some(long.as_str())));
}

#[test]
fn sensitive_values_are_in_no_text() {
    let violations = check(&[("Key", "hunter2"), ("Pin", "hunter2")]);
    assert_eq!(
        texts(&violations),
        "Key: the value is not a text of 3 characters\nPin: the value is not a whole number of 32 bits"
    );
    assert!(!format!("{violations:?}").contains("hunter2"));
    assert!(violations.iter().all(|violation| violation.value().is_none()));
}

#[test]
fn what_is_refused_depends_on_the_validation() {
    let violations =
        check(&[("Size", "51"), ("Account", "a"), ("Token", ""), ("Owner", "8"), ("Cycle", "Year")]);
    let names = |validation| {
        let refused = violations.refused(validation);
        refused.into_iter().map(|violation| violation.parameter().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(Validation::Standard), ["Account"]);
    assert_eq!(names(Validation::Strict), ["Token", "Account", "Size"]);
    assert_eq!(Validation::default(), Validation::Standard);
    let inferred = violations.iter().filter(|violation| violation.severity() == Severity::Inferred);
    assert_eq!(inferred.map(super::super::Violation::parameter).collect::<Vec<_>>(), ["Owner"]);
    assert_eq!(violations.len(), 4);
    assert!(!violations.is_empty());
}

#[test]
fn all_together_they_tell_what_becomes_of_each() {
    let violations = check(&[("Size", "51"), ("Account", "a"), ("Owner", "8"), ("Cycle", "Year")]);
    let expected = "refused: Account: \"a\" is not a text of digits\n\
                    reported, and refused only under Validation::Strict: Size: \"51\" is not a number from 1 to 50\n\
                    reported only: Owner: \"8\" is not a number from 7 to 7, with Cycle Year";
    assert_eq!(violations.to_string(), expected);
}

#[test]
fn names_that_the_client_sets_are_refused_and_their_values_not_shown() {
    for (name, text) in [
        ("Action", "Action: set by the client alone; leave it out, and use `call`"),
        ("Version", "Version: set by the client alone; leave it out"),
        (
            "SecurityToken",
            "SecurityToken: set by the client alone; leave it out, and use Config::credentials",
        ),
        ("", "(no name): a parameter needs a name"),
    ] {
        let violations = check(&[(name, "hunter2")]);
        assert!(texts(&violations).starts_with(text), "{violations}");
        assert!(!format!("{violations} {violations:?}").contains("hunter2"));
        assert_eq!(violations.refused(Validation::Standard).len(), 1);
    }
}
