//! Every rule between parameters takes requests that keep it and finds those that break it, and it alone.

use crate::breaches::{self, Case, Given};
use crate::support::{self, is_of_value, violations};
use crate::valid::{Pairs, parameter};
use aliyun_rpc::schema::{self, RuleKind};
use aliyun_rpc::{Parameters, Severity, ViolatedRule, Violation};
use aliyun_rpc_generator::model::{self, Action, Parameter, Rule};
use express_connect::schema::SERVICE;
use express_connect_tests::model as spec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;

/// How many requests a way to keep or break a rule gets, and how many may be thrown away for each, because another
/// rule does not allow them.
const REQUESTS: usize = 8;
const ATTEMPTS: usize = 400;

fn violated(kind: &RuleKind<'_>) -> ViolatedRule {
    match kind {
        RuleKind::RangeBy { .. } => ViolatedRule::RangeBy,
        RuleKind::RequiredIf { .. } => ViolatedRule::RequiredIf,
        RuleKind::AllowedIf { .. } => ViolatedRule::AllowedIf,
        RuleKind::ValueIf { .. } => ViolatedRule::ValueIf,
        RuleKind::AtLeastOne(_) => ViolatedRule::AtLeastOne,
        RuleKind::AtMostOne(_) => ViolatedRule::AtMostOne,
        RuleKind::SameSubnet { .. } => ViolatedRule::SameSubnet,
        other => panic!("no name for {other:?}"),
    }
}

/// A rule, as it is written and as it is at run time.
struct Place {
    action: &'static Action,
    schema: &'static schema::Action,
    rule: &'static Rule,
    at: usize,
}

fn places() -> impl Iterator<Item = Place> {
    spec().actions().flat_map(|action| {
        let schema = SERVICE.action(&action.name).unwrap();
        assert_eq!(schema.rules.len(), action.rules.len());
        let rules = action.rules.iter().enumerate();
        rules.map(move |(at, rule)| Place { action, schema, rule, at })
    })
}

impl Place {
    fn at_run_time(&self) -> &'static schema::Rule {
        &self.schema.rules[self.at]
    }

    /// Whether every other rule of the action holds.
    fn others_hold(&self, parameters: &Parameters) -> bool {
        let others = self.schema.rules.iter().enumerate().filter(|(at, _)| *at != self.at);
        others.into_iter().all(|(_, rule)| rule.kind.breaches(parameters).is_empty())
    }

    /// A request: the parameters of the case as it wants them, and any others.
    fn request(&self, case: &Case, pools: &Pools, runner: &mut TestRunner) -> Parameters {
        let pairs = self.action.parameters.iter().flat_map(|one| -> Pairs {
            match case.given.iter().find(|(name, _)| *name == one.wire).map(|(_, given)| given) {
                Some(Given::Not) => Vec::new(),
                Some(Given::As(text)) => vec![(one.wire.clone(), text.clone())],
                Some(Given::Any) => pools.any(&one.wire, runner),
                None if runner.rng().random() => pools.any(&one.wire, runner),
                None => Vec::new(),
            }
        });
        pairs.collect()
    }

    /// Holds requests of one way against what validation makes of them; whether the other rules allow any.
    fn check(&self, case: &Case, pools: &Pools, runner: &mut TestRunner) -> bool {
        let requests = (0..ATTEMPTS).map(|_| self.request(case, pools, runner));
        let mut count = 0;
        for request in requests.filter(|request| self.others_hold(request)).take(REQUESTS) {
            self.assert_found(case, &request);
            count += 1;
        }
        count > 0
    }

    fn assert_found(&self, case: &Case, request: &Parameters) {
        let (rule, name) = (self.at_run_time(), &self.action.name);
        let all = violations(self.schema, request);
        let of_rules = all.iter().filter(|one| !is_of_value(one.rule()) && !is_of_presence(one.rule()));
        let found: Vec<&Violation> = of_rules.collect();
        let mut blamed: Vec<String> = found.iter().map(|one| one.parameter().to_owned()).collect();
        blamed.sort();
        let sorted = |names: &Vec<String>| {
            let mut names = names.clone();
            names.sort();
            names
        };
        let is_expected = case.blamed.iter().any(|names| sorted(names) == blamed);
        assert!(is_expected, "{name} {:?}: {case:?} {request:?} {found:?}", rule.kind);
        let severity = match (self.rule.inferred, rule.kind.is_form()) {
            (true, _) => Severity::Inferred,
            (false, true) => Severity::Refused,
            (false, false) => Severity::Reported,
        };
        for one in found {
            let expected = (violated(&rule.kind), self.rule.refused_as.as_deref(), severity);
            assert_eq!((one.rule(), one.code(), one.severity()), expected, "{name} {request:?}");
        }
    }
}

/// Some valid values of each parameter of an action; none is empty, for then it would not count as given.
struct Pools(BTreeMap<String, Vec<Pairs>>);

impl Pools {
    fn of(action: &Action, runner: &mut TestRunner) -> Self {
        let pool = |one: &Parameter, runner: &mut TestRunner| {
            let is_given = |pairs: &Pairs| pairs.iter().any(|(_, text)| !text.is_empty());
            let pools = prop::collection::vec(parameter(one).prop_filter("empty", is_given), 16);
            (one.wire.clone(), pools.new_tree(runner).unwrap().current())
        };
        Self(action.parameters.iter().map(|one| pool(one, runner)).collect())
    }

    fn any(&self, name: &str, runner: &mut TestRunner) -> Pairs {
        let pool = &self.0[name];
        pool[runner.rng().random_range(0..pool.len())].clone()
    }
}

fn is_of_presence(rule: ViolatedRule) -> bool {
    matches!(rule, ViolatedRule::Missing | ViolatedRule::Items)
}

#[test]
fn rules_hold_and_break_alone() {
    let mut runner = TestRunner::new(support::cases(1));
    let mut counts = BTreeMap::<String, usize>::new();
    for place in places() {
        let pools = Pools::of(place.action, &mut runner);
        for _ in 0..4 {
            let ways =
                breaches::cases(&place.rule.kind, place.action).new_tree(&mut runner).unwrap().current();
            for case in ways {
                // Where one rule wants a hop, none is no way to keep the rule that forbids two.
                let is_none = case.given.iter().all(|(_, given)| matches!(given, Given::Not));
                let is_closed = is_none && matches!(place.rule.kind, model::RuleKind::AtMostOne(_));
                let is_open = place.check(&case, &pools, &mut runner);
                assert!(is_open || is_closed, "{} {:?}: {case:?}", place.action.name, place.rule);
            }
        }
        *counts.entry(format!("{:?}", violated(&place.at_run_time().kind))).or_default() += 1;
    }
    let rules: usize = counts.values().sum();
    println!("{rules} rules between parameters: {counts:?}");
    assert_eq!(rules, SERVICE.actions.iter().map(|action| action.rules.len()).sum::<usize>());
}
