//! A request of any action, and how many cases a property gets.

use aliyun_rpc::schema::Action;
use aliyun_rpc::{Parameters, Request, ViolatedRule, Violations, Writer};
use express_connect::schema::SERVICE;
use proptest::test_runner::{Config, RngSeed};

/// The same cases each time, and no files about those that failed. `PROPERTY_FACTOR` asks for so many times as many.
pub(crate) fn cases(cases: u32) -> Config {
    let factor = std::env::var("PROPERTY_FACTOR");
    let factor = factor.map_or(1, |factor| factor.parse().expect("PROPERTY_FACTOR is a number"));
    Config {
        cases: cases * factor,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(59),
        ..Config::default()
    }
}

/// A request of the action at this place of the schema, with parameters as they are.
struct Call<const AT: usize>(Parameters);

/// An answer without fields.
#[derive(Default)]
struct Nothing;

impl aliyun_rpc::decode::Decode for Nothing {
    fn slot(&mut self, _: &str) -> Option<aliyun_rpc::decode::Slot<'_>> {
        None
    }
}

impl<const AT: usize> Request for Call<AT> {
    type Response = Nothing;
    const ACTION: &'static Action = SERVICE.actions[AT];

    fn encode(&self, writer: &mut Writer<'_>) {
        writer.all(&self.0);
    }
}

type Check = fn(&Parameters) -> (&'static str, Violations);

fn check_at<const AT: usize>(parameters: &Parameters) -> (&'static str, Violations) {
    (Call::<AT>::ACTION.name, Call::<AT>(parameters.clone()).check())
}

macro_rules! checks {
    ($($at:literal)+) => { &[$(check_at::<$at>),+] };
}

/// One for each action of the schema, in its order.
const CHECKS: &[Check] = checks! {
    0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29
    30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58
};

/// What validation finds in the parameters of an action.
pub(crate) fn violations(action: &Action, parameters: &Parameters) -> Violations {
    let at = SERVICE.actions.iter().position(|other| other.name == action.name).unwrap();
    let (name, violations) = CHECKS[at](parameters);
    assert_eq!(name, action.name);
    violations
}

/// What validation finds in the parameters of an action: names and rules.
pub(crate) fn found(action: &Action, parameters: &Parameters) -> Vec<(String, ViolatedRule)> {
    violations(action, parameters)
        .iter()
        .map(|violation| (violation.parameter().to_owned(), violation.rule()))
        .collect()
}

/// Whether a rule is about one value alone.
pub(crate) fn is_of_value(rule: ViolatedRule) -> bool {
    use ViolatedRule::*;
    let of_limits = matches!(
        rule,
        Range | Length | OneOf | Prefix | Characters | NotPrefix | Format | NoneOf | Outside | PrefixLength
    );
    of_limits || matches!(rule, Type | FilterKey | Structure)
}

#[test]
fn every_action_can_be_checked() {
    assert_eq!(CHECKS.len(), SERVICE.actions.len());
}
