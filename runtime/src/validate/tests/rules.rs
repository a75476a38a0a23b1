//! Rules between parameters, each one kept and broken.

use super::{SERVICE, row, rules, secret, texts};
use crate::parameters::Parameters;
use crate::schema::{Action, Effect, Presence, Rule, RuleKind, Values, When, Wire};
use crate::validate::ViolatedRule::{self, Missing, Type};
use crate::validate::{Severity, Validation, Violations, request};

type Given = &'static [(&'static str, &'static str)];

/// The parameters that break a rule.
fn broken(kind: &RuleKind<'_>, given: Given) -> Vec<String> {
    let parameters: Parameters = given.iter().copied().collect();
    kind.breaches(&parameters).into_iter().map(|breach| breach.parameter).collect()
}

fn assert_rule(kind: RuleKind<'_>, cases: &[(Given, &[&str])]) {
    for (given, expected) in cases {
        assert_eq!(broken(&kind, given), *expected, "{given:?}");
    }
}

const fn when<'a>(parameter: &'a str, values: Values<'a>, default: Option<&'a str>) -> When<'a> {
    When { parameter, values, default }
}

#[test]
fn required_if_another_has_a_value() {
    let charged = when("Charge", Values::OneOf(&["PrePaid", "Both"]), None);
    assert_rule(
        RuleKind::RequiredIf { parameters: &["Period", "Cycle"], when: charged },
        &[
            (&[], &[]),
            (&[("Charge", "PostPaid")], &[]),
            (&[("Charge", "prepaid")], &[]),
            (&[("Charge", "")], &[]),
            (&[("Charge", "PrePaid")], &["Period", "Cycle"]),
            (&[("Charge", "Both"), ("Period", "1")], &["Cycle"]),
            (&[("Charge", "Both"), ("Period", ""), ("Cycle", "Month")], &["Period"]),
            (&[("Charge", "PrePaid"), ("Period", "1"), ("Cycle", "Month")], &[]),
        ],
    );
    let by_default = when("Charge", Values::OneOf(&["PrePaid"]), Some("PrePaid"));
    assert_rule(
        RuleKind::RequiredIf { parameters: &["Period"], when: by_default },
        &[
            (&[], &["Period"]),
            (&[("Charge", "")], &["Period"]),
            (&[("Charge", "PostPaid")], &[]),
            (&[("Period", "1")], &[]),
        ],
    );
}

#[test]
fn required_if_another_is_given() {
    assert_rule(
        RuleKind::RequiredIf { parameters: &["Target"], when: when("Hops", Values::Given, Some("x")) },
        &[
            (&[], &[]),
            (&[("Hops", "")], &[]),
            (&[("Hopscotch", "1"), ("Hopscotch.1", "1")], &[]),
            (&[("Hops", "1")], &["Target"]),
            (&[("Hops.1", "1")], &["Target"]),
            (&[("Hops.1.Id", ""), ("Hops.2.Id", "1")], &["Target"]),
            (&[("Hops.1.Id", "")], &[]),
            (&[("Hops.1.Id", "1"), ("Target.1.Id", "1")], &[]),
        ],
    );
}

#[test]
fn allowed_if_another_has_a_value() {
    let of_a_vbr = when("Router", Values::OneOf(&["VBR"]), None);
    assert_rule(
        RuleKind::AllowedIf { parameters: &["Point", "Points"], when: of_a_vbr },
        &[
            (&[], &[]),
            (&[("Router", "VRouter")], &[]),
            (&[("Router", "VRouter"), ("Point", "")], &[]),
            (&[("Router", "VBR"), ("Point", "ap")], &[]),
            (&[("Router", "VRouter"), ("Point", "ap")], &["Point"]),
            (&[("Point", "ap"), ("Points.1", "ap")], &["Point", "Points"]),
        ],
    );
    let by_default = when("Router", Values::OneOf(&["VBR"]), Some("VBR"));
    assert_rule(
        RuleKind::AllowedIf { parameters: &["Point"], when: by_default },
        &[(&[("Point", "ap")], &[]), (&[("Point", "ap"), ("Router", "VRouter")], &["Point"])],
    );
    let flag = when("EnableBfd", Values::OneOf(&["true"]), Some("false"));
    assert_rule(
        RuleKind::AllowedIf { parameters: &["Hops"], when: flag },
        &[
            (&[("Hops", "1"), ("EnableBfd", "true")], &[]),
            (&[("Hops", "1"), ("EnableBfd", "True")], &[]),
            (&[("Hops", "1"), ("EnableBfd", "false")], &["Hops"]),
            (&[("Hops", "1")], &["Hops"]),
        ],
    );
}

#[test]
fn allowed_if_another_is_given() {
    assert_rule(
        RuleKind::AllowedIf { parameters: &["Hops"], when: when("Bfd", Values::Given, None) },
        &[
            (&[], &[]),
            (&[("Bfd", "1")], &[]),
            (&[("Bfd", "1"), ("Hops", "1")], &[]),
            (&[("Hops", "1")], &["Hops"]),
            (&[("Bfd", ""), ("Hops", "1")], &["Hops"]),
        ],
    );
}

#[test]
fn value_if_another_has_a_value() {
    let of_a_vbr = when("Router", Values::OneOf(&["VBR"]), None);
    assert_rule(
        RuleKind::ValueIf { parameter: "Role", one_of: &["Initiating", "Both"], when: of_a_vbr },
        &[
            (&[("Router", "VBR")], &[]),
            (&[("Router", "VBR"), ("Role", "")], &[]),
            (&[("Router", "VBR"), ("Role", "Initiating")], &[]),
            (&[("Router", "VBR"), ("Role", "Both")], &[]),
            (&[("Router", "VBR"), ("Role", "Accepting")], &["Role"]),
            (&[("Router", "VRouter"), ("Role", "Accepting")], &[]),
            (&[("Role", "Accepting")], &[]),
        ],
    );
    assert_rule(
        RuleKind::ValueIf { parameter: "Role", one_of: &["A"], when: when("Router", Values::Given, None) },
        &[
            (&[("Role", "B")], &[]),
            (&[("Role", "B"), ("Router", "x")], &["Role"]),
            (&[("Role", "A"), ("Router", "x")], &[]),
        ],
    );
}

#[test]
fn at_least_one_set_in_full() {
    assert_rule(
        RuleKind::AtLeastOne(&[&["Hops"], &["HopType", "HopId"]]),
        &[
            (&[], &["Hops"]),
            (&[("Hops", "")], &["Hops"]),
            (&[("Hops.1.Id", "1")], &[]),
            (&[("HopType", "t")], &["HopId"]),
            (&[("HopId", "i"), ("HopType", "")], &["HopType"]),
            (&[("HopType", "t"), ("HopId", "i")], &[]),
            (&[("Hops.1.Id", "1"), ("HopType", "t")], &[]),
        ],
    );
}

#[test]
fn at_most_one_set() {
    assert_rule(
        RuleKind::AtMostOne(&[&["Hops"], &["HopType", "HopId"]]),
        &[
            (&[], &[]),
            (&[("Hops.1.Id", "1")], &[]),
            (&[("HopType", "t")], &[]),
            (&[("HopType", "t"), ("HopId", "i")], &[]),
            (&[("Hops.1.Id", "1"), ("HopType", "")], &[]),
            (&[("Hops.1.Id", "1"), ("HopType", "t")], &["HopType"]),
            (&[("Hops.1.Id", "1"), ("HopType", "t"), ("HopId", "i")], &["Hops"]),
        ],
    );
    // What is in two sets excludes neither.
    assert_rule(
        RuleKind::AtMostOne(&[&["A", "B"], &["A", "C"], &["D"]]),
        &[
            (&[("A", "1"), ("C", "1")], &[]),
            (&[("A", "1"), ("B", "1")], &[]),
            (&[("A", "1"), ("B", "1"), ("C", "1"), ("D", "1")], &["C", "D"]),
        ],
    );
}

#[test]
fn addresses_in_one_subnet() {
    let rule = RuleKind::SameSubnet { addresses: &["Local", "Peer"], mask: "Mask" };
    let good = [
        ("192.168.0.1", "192.168.0.2", "255.255.255.252"),
        ("192.168.0.0", "192.168.0.3", "255.255.255.252"),
        ("1.2.3.4", "200.2.3.4", "0.0.0.0"),
        ("10.0.0.1", "10.0.0.1", "255.255.255.255"),
        ("10.0.0.1", "10.0.0.254", "/24"),
        ("2408:4004:cc:400::1", "2408:4004:cc:4ff::2", "/56"),
        ("2408:4004:cc:400::1", "2408:4004:cc:4ff::2", "2408:4004:cc:400::/56"),
        // Of a network only the length counts.
        ("2408:4004:cc:400::1", "2408:4004:cc:4ff::2", "::/56"),
        ("::1", "::1", "/128"),
        // Nothing to compare, or violations of form.
        ("", "10.0.0.1", "255.255.255.0"),
        ("10.0.1.1", "10.0.0.1", ""),
        ("10.0.1.1", "10.0.0.1", "24"),
        ("10.0.1.1", "10.0.0.1", "255.0.255.0"),
        ("10.0.1.1", "10.0.0.1", "/129"),
        ("10.0.1.1", "x", "255.255.255.0"),
    ];
    let bad = [
        ("192.168.0.3", "192.168.0.4", "255.255.255.252"),
        ("10.0.0.1", "10.0.0.2", "255.255.255.255"),
        ("127.255.255.255", "128.0.0.0", "128.0.0.0"),
        ("10.0.0.255", "10.0.1.0", "/24"),
        ("2408:4004:cc:4ff::1", "2408:4004:cc:500::1", "/56"),
        ("2408:4004:cc:4ff::1", "2408:4004:cc:500::1", "2408:4004:cc:400::/56"),
        ("::1", "::2", "/128"),
        ("10.0.0.1", "::1", "/24"),
    ];
    let found = |(local, peer, mask)| {
        rule.breaches(&Parameters::from([("Local", local), ("Peer", peer), ("Mask", mask)]))
    };
    for case in good {
        assert_eq!(found(case), [], "{case:?}");
    }
    for case in bad {
        let names: Vec<_> = found(case).into_iter().map(|breach| breach.parameter).collect();
        assert_eq!(names, ["Peer"], "{case:?}");
    }
}

/// An action with rules of form and others, one of them inferred.
static RULED: Action = Action {
    name: "Ruled",
    service: &SERVICE,
    group: "test",
    summary: "",
    section: "2",
    effect: Effect::Create,
    idempotency: None,
    pages: None,
    parameters: &[
        row("Local", Wire::String, Presence::Unless("Owners"), &[]),
        row("Size", Wire::Integer, Presence::Unless("Owners"), &[]),
        row("Peer", Wire::String, Presence::Optional, &[]),
        row("Mask", Wire::String, Presence::Optional, &[]),
        row("Owners.N", Wire::String, Presence::Optional, &[]),
        row("Charge", Wire::String, Presence::Optional, &[]),
        row("Period", Wire::Integer, Presence::Optional, &[]),
        row("Role", Wire::String, Presence::Optional, &[]),
        secret("Key", Wire::String, &[]),
    ],
    lists: &[],
    filters: &[],
    rules: &[
        rule(RuleKind::SameSubnet { addresses: &["Local", "Peer"], mask: "Mask" }, false),
        rule(RuleKind::RequiredIf { parameters: &["Period"], when: PREPAID }, false),
        rule(RuleKind::AllowedIf { parameters: &["Key"], when: PREPAID }, false),
        rule(RuleKind::ValueIf { parameter: "Role", one_of: &["A", "B"], when: PREPAID }, false),
        rule(RuleKind::ValueIf { parameter: "Key", one_of: &["a"], when: PREPAID }, true),
        rule(RuleKind::AtMostOne(&[&["Role"], &["Owners"]]), false),
        rule(RuleKind::AtLeastOne(&[&["Charge"], &["Role", "Owners"]]), true),
    ],
    response: &[],
    errors: &[],
};

const PREPAID: When<'static> = when("Charge", Values::OneOf(&["PrePaid"]), None);

const fn rule(kind: RuleKind<'static>, inferred: bool) -> Rule {
    Rule { kind, refused_as: Some("Invalid"), inferred }
}

fn check(given: Given) -> Violations {
    request(&RULED, &given.iter().copied().collect())
}

#[test]
fn texts_and_severities() {
    use Severity::{Inferred, Refused, Reported};
    let needed = [("Local", "10.0.0.1"), ("Size", "1"), ("Charge", "PrePaid"), ("Period", "1")];
    assert_eq!(rules(&request(&RULED, &needed.into())), []);
    let cases = [
        (
            ("Peer", "10.0.1.1"),
            Refused,
            "Peer: \"10.0.1.1\" is not an address in one subnet with Local, by Mask",
        ),
        (("Period", ""), Refused, "Period: required, but empty; give a value, with Charge PrePaid"),
        (("Role", "C"), Reported, "Role: \"C\" is not one of A, B, with Charge PrePaid"),
        (("Key", "hunter2"), Inferred, "Key: the value is not a, with Charge PrePaid"),
    ];
    for ((name, value), severity, text) in cases {
        let given = needed.into_iter().chain([("Mask", "255.255.255.0"), (name, value)]).collect();
        let found = request(&RULED, &given);
        let found = found.iter().find(|violation| violation.rule() != Type).expect(name);
        assert_eq!(found.to_string(), format!("{text} (the service would answer Invalid)"));
        assert_eq!(found.severity(), severity, "{name}");
        assert_eq!(found.is_refused(Validation::Strict), severity != Inferred, "{name}");
    }
    let all: Parameters = [("Local", "1"), ("Size", "1"), ("Key", "hunter2")].into();
    assert_eq!(
        texts(&request(&RULED, &all)),
        "Key: expected no value unless Charge is PrePaid (the service would answer Invalid)\n\
         Charge: required, but missing; give Charge, or Role and Owners (the service would answer Invalid)"
    );
    let both = check(&[("Charge", "x"), ("Owners.1", "1"), ("Role", "x")]);
    assert_eq!(rules(&both), [("Owners", ViolatedRule::AtMostOne)]);
    assert_eq!(texts(&both), "Owners: expected no value beside Role (the service would answer Invalid)");
}

#[test]
fn required_unless_another_is_given() {
    assert_eq!(rules(&check(&[("Charge", "x")])), [("Local", Missing), ("Size", Missing)]);
    let empty = check(&[("Charge", "x"), ("Owners.1", ""), ("Size", "")]);
    assert_eq!(rules(&empty), [("Local", Missing), ("Size", Missing)]);
    assert_eq!(
        texts(&empty),
        "Local: required, but missing; give a value, or Owners\n\
         Size: required, but empty; give a value, or Owners"
    );
    assert_eq!(empty.refused(Validation::Standard).len(), 2);
    assert_eq!(rules(&check(&[("Charge", "x"), ("Owners.1", "1")])), []);
    assert_eq!(rules(&check(&[("Charge", "x"), ("Owners.1", "1"), ("Size", "")])), [("Size", Type)]);
}
