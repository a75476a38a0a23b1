//! One value at a time, at its bounds and just outside.

use super::{Severity, ViolatedRule, check, rules};

fn assert_good(name: &'static str, values: &[&str]) {
    for value in values {
        assert_eq!(rules(&check(&[(name, value)])), [], "{name}={value}");
    }
}

fn assert_bad(name: &'static str, rule: ViolatedRule, severity: Severity, values: &[&str]) {
    for value in values {
        let violations = check(&[(name, value)]);
        assert_eq!(rules(&violations), [(name, rule)], "{name}={value}");
        assert!(violations.iter().all(|violation| violation.severity() == severity), "{name}={value}");
        assert!(violations.iter().all(|violation| violation.value() == Some(*value)), "{name}={value}");
    }
}

#[test]
fn types() {
    assert_good("Period", &["1", "9"]);
    assert_good("Owner", &["283117732402483989", "-9223372036854775808", "9223372036854775807"]);
    assert_good("Flag", &["true", "false", "True", "FALSE"]);
    assert_good("Lines", &["[]", r#"[{"A":"1"},{}]"#, " [ { } ] "]);
    let bad = |name, values| assert_bad(name, ViolatedRule::Type, Severity::Refused, values);
    bad("Size", &["", "x", "1.0", " 1", "2147483648", "-2147483649", "١"]);
    bad("Owner", &["", "9223372036854775808", "1e3"]);
    bad("Flag", &["", "1", "yes", "true "]);
    bad("Lines", &["", "{}", "[1]", "[[]]", "[{}", "[{}]x", "null", "false"]);
}

#[test]
fn ranges() {
    assert_good("Size", &["1", "50"]);
    assert_good("Vlan", &["-1", "0", "2999"]);
    let bad = |name, values| assert_bad(name, ViolatedRule::Range, Severity::Reported, values);
    bad("Size", &["0", "51", "-1", "2147483647"]);
    bad("Vlan", &["-2", "3000", "x", "99999999999999999999"]);
}

#[test]
fn lengths_are_counted_in_characters() {
    assert_good("Name", &["ab", "abcdefgh", "杭州", "一二三四五六七八", "𠀀𠀁"]);
    let long = "a".repeat(100_000);
    assert_bad(
        "Name",
        ViolatedRule::Length,
        Severity::Reported,
        &["a", "abcdefghi", "杭", "一二三四五六七八九", &long],
    );
}

#[test]
fn allowed_values_and_prefixes() {
    assert_good("bandwidth", &["50", "100"]);
    assert_bad("bandwidth", ViolatedRule::OneOf, Severity::Reported, &["10", "050", "1000"]);
    assert_good("LineId", &["pc-", "pc-1"]);
    assert_bad("LineId", ViolatedRule::Prefix, Severity::Reported, &["p", "PC-1", "vbr-1", " pc-1"]);
}

#[test]
fn excluded_values() {
    assert_good("Asn", &["45103", "45105", "1"]);
    assert_bad("Asn", ViolatedRule::NoneOf, Severity::Refused, &["45104", "0"]);
}

#[test]
fn networks_outside_others() {
    assert_good(
        "Destination",
        &[
            "100.63.255.255",
            "100.128.0.0",
            "100.0.0.0/10",
            "100.128.0.0/9",
            "10.0.0.0/8",
            "100.64.0.0/9",
            "0.0.0.0/0",
            "2001::/16",
            "2001:db7:ffff::/48",
            "2001:db9::",
            "::ffff:100.64.0.0",
            "anything",
        ],
    );
    assert_bad(
        "Destination",
        ViolatedRule::Outside,
        Severity::Refused,
        &[
            "100.64.0.0/10",
            "100.64.0.0",
            "100.127.255.255",
            "100.64.0.0/11",
            "100.100.1.0/24",
            "2001:db8::",
            "2001:db8:ffff::/48",
        ],
    );
}

#[test]
fn lengths_of_masks() {
    assert_good(
        "SubnetMask",
        &["255.255.255.0", "255.255.255.128", "255.255.255.252", "/24", "/30", "::/30"],
    );
    assert_bad(
        "SubnetMask",
        ViolatedRule::PrefixLength,
        Severity::Reported,
        &["255.255.254.0", "255.255.255.254", "0.0.0.0", "/23", "/31", "255.0.255.0", "24", "/", "/x"],
    );
}

#[test]
fn characters() {
    assert_good("Name", &["a_-1", "Z9", "州々", "〇a", "http:", "https:/"]);
    let bad = |values| assert_bad("Name", ViolatedRule::Characters, Severity::Refused, values);
    bad(&["1a", "_a", "a b", "a.b", "aé", "a\0", "aあ", "a，"]);
    assert_bad("Ascii", ViolatedRule::Characters, Severity::Refused, &["é", "a中"]);
    assert_good("Ascii", &["a b\u{7f}"]);
    assert_bad("Name", ViolatedRule::NotPrefix, Severity::Refused, &["http://a", "HTTP://", "https://"]);
    assert_eq!(
        rules(&check(&[("Name", "?")])),
        [
            ("Name", ViolatedRule::Length),
            ("Name", ViolatedRule::Characters),
            ("Name", ViolatedRule::Characters),
        ]
    );
}

#[test]
fn formats() {
    assert_good(
        "Time",
        &["2022-02-28T16:00:00Z", "2022-02-28T16:00:00", "2022-02-28T16:00Z", "2024-02-29T00:00"],
    );
    assert_good("Ipv4", &["192.168.0.1", "0.0.0.0", "255.255.255.255"]);
    assert_good("Ipv6", &["::", "2001:db8::1", "::ffff:1.2.3.4"]);
    assert_good("Ip", &["1.2.3.4", "::1"]);
    assert_good(
        "Cidr",
        &["10.0.0.0/8", "10.0.0.1/32", "0.0.0.0/0", "10.0.0.1", "2001:db8::/56", "::/128", "::1"],
    );
    assert_good("Mask", &["255.255.255.252", "255.255.255.255", "0.0.0.0", "128.0.0.0"]);
    assert_good("Account", &["0", "283117732402483989", "99999999999999999999"]);
    let bad = |name, values| assert_bad(name, ViolatedRule::Format, Severity::Refused, values);
    bad(
        "Time",
        &["2022-02-28", "2022-02-30T16:00:00Z", "2022-02-28 16:00:00", "2022-02-28T16:00:00+08:00", "now"],
    );
    bad("Ipv4", &["192.168.0", "192.168.0.256", "192.168.0.01", "::1", "1.2.3.4 ", "1.2.3.4/32"]);
    bad("Ipv6", &["1.2.3.4", "2001:db8::1::", "fe80::1%eth0", "[::1]", ":"]);
    bad("Ip", &["localhost", "1", "1.2.3.4/8"]);
    bad(
        "Cidr",
        &[
            "10.0.0.0/33",
            "::/129",
            "10.0.0.0/",
            "10.0.0.0/+8",
            "10.0.0.0/a",
            "/8",
            "10.0.0.0/8/8",
            "10.0.0/8",
        ],
    );
    bad("Mask", &["255.0.255.0", "0.0.0.255", "255.255.255.253", "24", "255.255.255"]);
    bad("Account", &["-1", "1.0", "１", "a"]);
}

#[test]
fn empty_texts_that_are_optional_are_sent() {
    for name in ["Name", "LineId", "Vlan", "Time", "Ipv4", "Cidr", "Account", "Key", "Number", "Cycle"] {
        assert_good(name, &[""]);
    }
}

#[test]
fn a_range_that_another_value_sets() {
    let found = |period: &str, cycle: &str| check(&[("Period", period), ("Cycle", cycle)]);
    for (period, cycle) in
        [("1", "Month"), ("9", "Month"), ("1", "Year"), ("5", "Year"), ("9", ""), ("99", "Week")]
    {
        assert_eq!(rules(&found(period, cycle)), [], "{period} {cycle}");
    }
    for (period, cycle) in [("0", "Month"), ("10", "Month"), ("0", "Year"), ("6", "Year"), ("10", "")] {
        let violations = found(period, cycle);
        assert_eq!(rules(&violations), [("Period", ViolatedRule::RangeBy)], "{period} {cycle}");
        assert!(violations.iter().all(|violation| violation.code() == Some("InvalidPeriod")));
        assert!(violations.iter().all(|violation| violation.severity() == Severity::Reported));
    }
    assert_eq!(rules(&check(&[("Period", "10")])), [("Period", ViolatedRule::RangeBy)]);
    assert_eq!(rules(&found("x", "Month")), [("Period", ViolatedRule::Type)]);
}

#[test]
fn unknown_parameters_are_sent() {
    assert_good("Mtu", &["", "8500"]);
    assert_good("Filter.1", &["x"]);
    assert_good("Size.1", &["x"]);
    assert_good("Vlans.1.Id", &["x"]);
    assert_good("..", &["x"]);
    assert_good("name", &["?"]);
}
