mod presence;
mod rules;
mod structure;
mod texts;
mod values;

use super::check::complete;
use super::{Severity, Validation, ViolatedRule, Violations, request};
use crate::parameters::Parameters;
use crate::schema::{
    Action, Chars, Check, Effect, Endpoints, Filter, FilterKey, Format, Limit, ListLimit, Parameter,
    Presence, Rule, RuleKind, Service, SignatureVersion, Wire,
};

static SERVICE: Service = Service {
    name: "test",
    product: "Test",
    version: "2016-04-28",
    endpoints: Endpoints { central: "localhost", regional: "{region}.localhost", vpc: "", exceptions: &[] },
    signature: SignatureVersion::V1,
    region_parameter: "RegionId",
    actions: &[&ACTION],
    errors: &[],
    lifecycles: &[],
};

/// An action with every kind of rule.
static ACTION: Action = Action {
    name: "Test",
    service: &SERVICE,
    group: "test",
    summary: "",
    section: "1",
    effect: Effect::Create,
    idempotency: Some("ClientToken"),
    pages: None,
    parameters: &[
        row("RegionId", Wire::String, Presence::Required, &[]),
        row("ClientToken", Wire::String, Presence::Required, &[limited(Limit::Length { min: 1, max: 64 })]),
        row("Token", Wire::String, Presence::Relaxed, &[]),
        row(
            "Name",
            Wire::String,
            Presence::Optional,
            &[
                refused_as(Limit::Length { min: 2, max: 8 }, "InvalidName"),
                refused_as(Limit::FirstIn(&[Chars::Letter, Chars::Han]), "InvalidName"),
                refused_as(
                    Limit::Only(&[Chars::Letter, Chars::Digit, Chars::Han, Chars::These("_-:/")]),
                    "InvalidName",
                ),
                refused_as(Limit::NotPrefix(&["http://", "https://"]), "InvalidName"),
            ],
        ),
        row("LineId", Wire::String, Presence::Optional, &[limited(Limit::Prefix("pc-"))]),
        row("Size", Wire::Integer, Presence::Optional, &[limited(Limit::Range { min: 1, max: 50 })]),
        row(
            "bandwidth",
            Wire::Integer,
            Presence::Optional,
            &[refused_as(Limit::OneOf(&["50", "100"]), "InvalidBandwidth")],
        ),
        row("Owner", Wire::Long, Presence::Optional, &[]),
        row("Vlan", Wire::String, Presence::Optional, &[limited(Limit::Range { min: -1, max: 2999 })]),
        row("Flag", Wire::Boolean, Presence::Optional, &[]),
        row("Lines", Wire::Json, Presence::Optional, &[]),
        row("Time", Wire::String, Presence::Optional, &[limited(Limit::Format(Format::Timestamp))]),
        row("Ipv4", Wire::String, Presence::Optional, &[limited(Limit::Format(Format::Ipv4))]),
        row("Ipv6", Wire::String, Presence::Optional, &[limited(Limit::Format(Format::Ipv6))]),
        row("Ip", Wire::String, Presence::Optional, &[limited(Limit::Format(Format::Ip))]),
        row("Cidr", Wire::String, Presence::Optional, &[limited(Limit::Format(Format::Cidr))]),
        row("Mask", Wire::String, Presence::Optional, &[limited(Limit::Format(Format::Ipv4Mask))]),
        row("Asn", Wire::Long, Presence::Optional, &[limited(Limit::NoneOf(&["45104", "0"]))]),
        row(
            "Destination",
            Wire::String,
            Presence::Optional,
            &[limited(Limit::Outside(&["100.64.0.0/10", "2001:db8::/32"]))],
        ),
        row(
            "SubnetMask",
            Wire::String,
            Presence::Optional,
            &[limited(Limit::PrefixLength { min: 24, max: 30 })],
        ),
        row("Account", Wire::String, Presence::Optional, &[limited(Limit::Format(Format::Digits))]),
        row("Ascii", Wire::String, Presence::Optional, &[limited(Limit::Only(&[Chars::Ascii]))]),
        secret("Key", Wire::String, &[limited(Limit::Length { min: 3, max: 3 })]),
        secret("Pin", Wire::Integer, &[]),
        row("Period", Wire::Integer, Presence::Optional, &[]),
        row("Cycle", Wire::String, Presence::Optional, &[]),
        row("Vlans.N", Wire::Integer, Presence::Optional, &[limited(Limit::Range { min: 0, max: 9 })]),
        row("People.N.Name", Wire::String, Presence::Relaxed, &[]),
        row("People.N.Kind", Wire::String, Presence::Required, &[]),
        row("People.N.Number", Wire::String, Presence::Optional, &[]),
        row("People.N.Phone.N", Wire::String, Presence::Required, &[]),
        row("Tags.N.Key", Wire::String, Presence::InElement, &[]),
        row("Tags.N.Value", Wire::String, Presence::Optional, &[]),
        row("Filter.N.Key", Wire::String, Presence::Optional, &[]),
        row("Filter.N.Value.N", Wire::String, Presence::Optional, &[]),
    ],
    lists: &[
        ListLimit { name: "Vlans", min: 2, max: 3, refused_as: Some("InvalidVlans") },
        ListLimit { name: "Filter", min: 1, max: 5, refused_as: None },
        ListLimit { name: "Filter.N.Value", min: 1, max: 2, refused_as: None },
    ],
    filters: &[Filter {
        name: "Filter",
        keys: &[
            FilterKey {
                key: "Status",
                checks: &[refused_as(Limit::OneOf(&["Up", "Down"]), "InvalidStatus")],
            },
            FilterKey { key: "Name", checks: &[] },
        ],
        refused_as: Some("InvalidFilterKey"),
    }],
    rules: &[
        Rule {
            kind: RuleKind::RangeBy {
                parameter: "Period",
                by: "Cycle",
                default: Some("Month"),
                ranges: &[("Month", 1, 9), ("Year", 1, 5)],
            },
            refused_as: Some("InvalidPeriod"),
            inferred: false,
        },
        Rule {
            kind: RuleKind::RangeBy {
                parameter: "Owner",
                by: "Cycle",
                default: None,
                ranges: &[("Year", 7, 7)],
            },
            refused_as: None,
            inferred: true,
        },
    ],
    response: &[],
    errors: &[],
};

const fn row(name: &'static str, wire: Wire, presence: Presence, checks: &'static [Check]) -> Parameter {
    Parameter { name, wire, presence, sensitive: false, checks }
}

const fn secret(name: &'static str, wire: Wire, checks: &'static [Check]) -> Parameter {
    Parameter { name, wire, presence: Presence::Optional, sensitive: true, checks }
}

const fn limited(limit: Limit<'static>) -> Check {
    Check { limit, refused_as: None }
}

const fn refused_as(limit: Limit<'static>, code: &'static str) -> Check {
    Check { limit, refused_as: Some(code) }
}

/// Parameters without which nothing is right.
const NEEDED: [(&str, &str); 5] = [
    ("RegionId", "cn-hangzhou"),
    ("ClientToken", "1"),
    ("Token", "1"),
    ("People.1.Kind", "k"),
    ("People.1.Name", "n"),
];

/// What is found in these parameters, the needed ones among them.
fn check(parameters: &[(&'static str, &str)]) -> Violations {
    let all = NEEDED.iter().chain(&[("People.1.Phone.1", "1")]).chain(parameters);
    complete(&ACTION, &all.copied().collect::<Parameters>())
}

/// Parameter and rule of each violation.
fn rules(violations: &Violations) -> Vec<(&str, ViolatedRule)> {
    violations.iter().map(|violation| (violation.parameter(), violation.rule())).collect()
}

/// The violations without what becomes of them.
fn texts(violations: &Violations) -> String {
    violations.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
