//! Every limit of the schema takes what lies just inside it and finds what lies just outside.

use crate::support::{found, is_of_value};
use crate::values::around;
use aliyun_rpc::schema::{Action, Check, Filter, Limit, ListLimit, Parameter};
use aliyun_rpc::{Parameters, ViolatedRule};
use express_connect::schema::SERVICE;

/// The name that a row of the schema stands for, of the first elements.
fn of_first(name: &str) -> String {
    let segments = name.split('.').map(|segment| if segment == "N" { "1" } else { segment });
    segments.collect::<Vec<_>>().join(".")
}

/// A value of an action on which limits lie.
struct Place {
    action: &'static Action,
    row: &'static Parameter,
    /// The key of the filter whose value it is.
    key: Option<&'static str>,
    /// The limits that are counted here.
    checks: &'static [Check],
    /// All limits of the value.
    limits: Vec<&'static Limit<'static>>,
}

fn limits(checks: &'static [Check]) -> impl Iterator<Item = &'static Limit<'static>> {
    checks.iter().map(|check| &check.limit)
}

fn places() -> Vec<Place> {
    SERVICE.actions.iter().flat_map(|action| rows(action).chain(filter_values(action))).collect()
}

fn rows(action: &'static Action) -> impl Iterator<Item = Place> {
    action.parameters.iter().map(move |row| {
        let limits = limits(row.checks).collect();
        Place { action, row, key: None, checks: row.checks, limits }
    })
}

fn filter_values(action: &'static Action) -> impl Iterator<Item = Place> {
    action.filters.iter().flat_map(move |filter| {
        let row = value_row(action, filter);
        filter.keys.iter().map(move |key| {
            let limits = limits(row.checks).chain(limits(key.checks)).collect();
            Place { action, row, key: Some(key.key), checks: key.checks, limits }
        })
    })
}

fn value_row(action: &'static Action, filter: &Filter) -> &'static Parameter {
    let start = format!("{}.N.Value", filter.name);
    action.parameters.iter().find(|row| row.name.starts_with(&start)).unwrap()
}

impl Place {
    fn name(&self) -> String {
        of_first(self.row.name)
    }

    fn parameters(&self, value: &str) -> Parameters {
        let mut parameters = Parameters::from([(self.name(), value)]);
        if let (Some(key), Some((filter, _))) = (self.key, self.row.name.split_once('.')) {
            parameters.set(format!("{filter}.1.Key"), key);
        }
        parameters
    }

    /// What validation says about values: the names and the rules.
    fn violations(&self, value: &str) -> Vec<(String, ViolatedRule)> {
        let mut found = found(self.action, &self.parameters(value));
        found.retain(|(_, rule)| is_of_value(*rule));
        found
    }

    /// Whether a value has its type and keeps every limit but this one.
    fn keeps_others(&self, limit: &Limit<'_>, value: &str) -> bool {
        let others = self.limits.iter().filter(|other| **other != limit);
        self.row.wire.allows(value) && others.into_iter().all(|other| other.allows(value))
    }

    /// Holds both sides of a limit against what the limit and validation make of them.
    fn assert_bounds(&self, limit: &Limit<'_>) {
        let sides = around(limit, &self.limits);
        for values in &sides.inside {
            let alone: Vec<_> = values.iter().filter(|value| self.keeps_others(limit, value)).collect();
            assert!(!alone.is_empty(), "{}: {values:?}", self.about(limit));
            alone.iter().for_each(|value| self.assert_inside(limit, value));
        }
        for values in &sides.outside {
            // What may have no slash at all cannot start with `http://`: such a limit is never broken alone.
            let alone = values.iter().any(|value| self.keeps_others(limit, value));
            assert!(alone || matches!(limit, Limit::NotPrefix(_)), "{}: {values:?}", self.about(limit));
            let values = values.iter().filter(|value| !alone || self.keeps_others(limit, value));
            values.for_each(|value| self.assert_outside(limit, value, alone));
        }
    }

    fn assert_inside(&self, limit: &Limit<'_>, value: &str) {
        assert!(limit.allows(value), "{}: {value:?}", self.about(limit));
        assert_eq!(self.violations(value), [], "{}: {value:?}", self.about(limit));
    }

    fn assert_outside(&self, limit: &Limit<'_>, value: &str, alone: bool) {
        assert!(!limit.allows(value), "{}: {value:?}", self.about(limit));
        let mut found = self.violations(value);
        found.retain(|(name, rule)| alone || *name != self.name() || *rule == violated(limit));
        // Limits do not hold for an empty text.
        let expected = (!value.is_empty()).then(|| (self.name(), violated(limit)));
        assert_eq!(found, Vec::from_iter(expected), "{}: {value:?}", self.about(limit));
    }

    fn about(&self, limit: &Limit<'_>) -> String {
        format!("{} {} {:?} {limit:?}", self.action.name, self.row.name, self.key)
    }
}

fn violated(limit: &Limit<'_>) -> ViolatedRule {
    match limit {
        Limit::Range { .. } => ViolatedRule::Range,
        Limit::Length { .. } => ViolatedRule::Length,
        Limit::OneOf(_) => ViolatedRule::OneOf,
        Limit::Prefix(_) => ViolatedRule::Prefix,
        Limit::FirstIn(_) | Limit::Only(_) => ViolatedRule::Characters,
        Limit::NotPrefix(_) => ViolatedRule::NotPrefix,
        Limit::NoneOf(_) => ViolatedRule::NoneOf,
        Limit::Outside(_) => ViolatedRule::Outside,
        Limit::PrefixLength { .. } => ViolatedRule::PrefixLength,
        Limit::Format(_) => ViolatedRule::Format,
        other => panic!("no rule for {other:?}"),
    }
}

/// A list of so many elements.
fn list(action: &Action, limit: &ListLimit, count: usize) -> Parameters {
    let outer = of_first(limit.name);
    let start = format!("{}.N", limit.name);
    let row = action.parameters.iter().find(|row| row.name.starts_with(&start)).unwrap();
    let rest = of_first(&row.name[start.len()..]);
    (1..=count).map(|index| (format!("{outer}.{index}{rest}"), "1")).collect()
}

fn assert_list_bounds(action: &Action, limit: &ListLimit) {
    let items = |count| {
        let mut found = found(action, &list(action, limit, count));
        found.retain(|(_, rule)| *rule == ViolatedRule::Items);
        found
    };
    let name = of_first(limit.name);
    for count in [limit.min, limit.max] {
        assert_eq!(items(count), [], "{} {name} {count}", action.name);
    }
    // A list without elements is not given at all.
    for count in [limit.min - 1, limit.max + 1].into_iter().filter(|count| *count > 0) {
        assert_eq!(items(count), [(name.clone(), ViolatedRule::Items)], "{} {name} {count}", action.name);
    }
}

/// Another key than those that a filter has.
fn assert_filter_keys(action: &Action, filter: &Filter) {
    let names = [format!("{}.1.Key", filter.name), format!("{}.1.Value.1", filter.name)];
    let rules = |key: &str| {
        let mut found = found(action, &Parameters::from([(names[0].clone(), key), (names[1].clone(), "1")]));
        found.retain(|(_, rule)| *rule == ViolatedRule::FilterKey);
        found
    };
    for key in filter.keys {
        assert_eq!(rules(key.key), [], "{} {}", action.name, key.key);
        let expected = [(names[0].clone(), ViolatedRule::FilterKey)];
        assert_eq!(rules(&format!("{}x", key.key)), expected, "{} {}", action.name, key.key);
    }
}

#[test]
fn limits_hold_on_both_sides() {
    let (mut values, mut keyed, mut lists, mut filters) = (0, 0, 0, 0);
    for place in places() {
        for limit in limits(place.checks) {
            place.assert_bounds(limit);
            if place.key.is_some() { keyed += 1 } else { values += 1 }
        }
    }
    for action in SERVICE.actions {
        action.lists.iter().for_each(|limit| assert_list_bounds(action, limit));
        action.filters.iter().for_each(|filter| assert_filter_keys(action, filter));
        lists += action.lists.len();
        filters += action.filters.len();
    }
    let covered = values + keyed + lists + filters;
    println!(
        "{covered} constraints: {values} of parameters, {keyed} of filters' values, {lists} of lists, {filters} of filters' keys"
    );
    assert_eq!(covered, in_schema());
}

/// How many constraints there are, counted otherwise: in the schema as `Debug` shows it.
fn in_schema() -> usize {
    let count =
        |text: String, names: &[&str]| names.iter().map(|name| text.matches(name).count()).sum::<usize>();
    let of_action = |action: &&Action| {
        count(format!("{:?}", action.parameters), &["Check {"])
            + count(format!("{:?}", action.lists), &["ListLimit {"])
            + count(format!("{:?}", action.filters), &["Check {", " Filter {", "[Filter {"])
    };
    SERVICE.actions.iter().map(of_action).sum()
}
