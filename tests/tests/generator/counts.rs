//! The real spec against the reference: how many rows each of its tables has.

use crate::support::{fixtures, model};
use aliyun_rpc_generator::model::to_json;
use serde_json::Value;
use std::collections::BTreeSet;

type Table<'a> = (&'a str, usize, usize, usize, usize);

/// Section, then rows of the tables of parameters (without `Action`), required ones among them, rows of the answer's
/// table, rows of the table of errors. Counted on the pages of the reference.
const TABLES: [Table<'static>; 59] = [
    ("4.1", 1, 1, 1, 0),
    ("4.2", 1, 1, 2, 0),
    ("4.3", 3, 1, 16, 1),
    ("4.4", 12, 5, 2, 15),
    ("4.5", 14, 11, 1, 1),
    ("4.6", 3, 2, 18, 0),
    ("4.7", 5, 2, 1, 0),
    ("4.8", 7, 2, 1, 3),
    ("4.9", 7, 3, 3, 0),
    ("4.10", 3, 2, 1, 3),
    ("4.11", 3, 2, 1, 2),
    ("4.12", 7, 1, 39, 1),
    ("4.13", 11, 2, 1, 11),
    ("4.14", 3, 2, 1, 2),
    ("4.15", 3, 2, 1, 2),
    ("4.16", 4, 2, 1, 2),
    ("4.17", 3, 2, 1, 6),
    ("4.18", 10, 6, 2, 6),
    ("4.19", 10, 1, 34, 2),
    ("4.20", 6, 3, 2, 1),
    ("4.21", 5, 2, 2, 4),
    ("4.22", 5, 3, 2, 0),
    ("5.1", 21, 6, 3, 17),
    ("5.2", 2, 2, 43, 1),
    ("5.3", 6, 1, 43, 3),
    ("5.4", 2, 2, 1, 7),
    ("5.5", 2, 2, 1, 5),
    ("5.6", 4, 3, 2, 5),
    ("5.7", 13, 2, 1, 7),
    ("5.8", 2, 2, 1, 3),
    ("5.9", 3, 2, 1, 5),
    ("6.1", 16, 6, 2, 30),
    ("6.2", 5, 1, 57, 1),
    ("6.3", 6, 2, 28, 2),
    ("6.4", 19, 2, 1, 18),
    ("6.5", 4, 3, 5, 1),
    ("6.6", 3, 2, 1, 8),
    ("6.7", 13, 4, 1, 37),
    ("6.8", 4, 3, 1, 7),
    ("6.9", 3, 2, 1, 3),
    ("6.10", 3, 2, 1, 5),
    ("6.11", 7, 3, 2, 8),
    ("6.12", 5, 1, 9, 1),
    ("6.13", 3, 2, 1, 1),
    ("6.14", 11, 2, 2, 57),
    ("6.15", 11, 2, 21, 1),
    ("6.16", 7, 0, 1, 15),
    ("6.17", 4, 2, 1, 1),
    ("7.1", 9, 3, 2, 18),
    ("7.2", 6, 1, 19, 2),
    ("7.3", 9, 2, 1, 17),
    ("7.4", 3, 2, 1, 17),
    ("7.5", 7, 2, 2, 19),
    ("7.6", 7, 1, 27, 2),
    ("7.7", 7, 2, 1, 2),
    ("7.8", 3, 2, 1, 17),
    ("7.9", 5, 3, 1, 18),
    ("7.10", 4, 1, 9, 2),
    ("7.11", 4, 3, 1, 17),
];

/// The whole reference: parameters, rows of answers, rows of errors, distinct codes.
const TOTALS: [usize; 4] = [369, 429, 442, 185];

#[test]
fn every_row_of_the_reference_is_there() {
    let json = to_json(&model(&fixtures().join("../../spec")), true);
    let actions = json["actions"].as_array().unwrap();
    let found: Vec<_> = actions
        .iter()
        .map(|action| {
            let count = |table: &str| action[table].as_array().unwrap().len();
            let required = rows(action, "parameters").iter().filter(|row| row["required"] == true).count();
            let section = action["section"].as_str().unwrap();
            (section, count("parameters"), required, count("response"), count("errors"))
        })
        .collect();
    assert_eq!(sorted(&found), sorted(&TABLES));
    let codes: BTreeSet<&str> = actions
        .iter()
        .flat_map(|action| rows(action, "errors"))
        .map(|row| row["code"].as_str().unwrap())
        .collect();
    let total = |part: fn(&Table) -> usize| found.iter().map(part).sum::<usize>();
    assert_eq!([total(|row| row.1), total(|row| row.3), total(|row| row.4), codes.len()], TOTALS);
}

/// What the provider has added to these actions: 43 parameters, of which eight are lists of tags, each with two rows.
#[test]
fn additions_are_marked_and_change_no_constructor() {
    let model = model(&fixtures().join("../../spec"));
    let source = Some("metadata-2026-04".to_owned());
    let added: Vec<_> =
        model.actions().flat_map(|action| &action.parameters).filter(|one| one.source == source).collect();
    let rows = model.actions().flat_map(|action| action.rows()).filter(|row| row.source == source);
    assert_eq!((added.len(), rows.count()), (43, 51));
    assert!(added.iter().all(|parameter| !parameter.required));
}

/// Each rule names the line that states it, so that anybody can look whether it is there.
#[test]
fn every_rule_names_its_line() {
    let model = model(&fixtures().join("../../spec"));
    let rules: Vec<_> = model.actions().flat_map(|action| &action.rules).collect();
    let without: Vec<_> = rules.iter().filter(|rule| rule.line.is_none() && rule.source.is_none()).collect();
    assert!(rules.len() == 27 && without.is_empty(), "{} rules, {without:#?}", rules.len());
}

/// The groups cut chapter 6 in two, so the order of the model is not that of the sections.
fn sorted<'a>(tables: &[Table<'a>]) -> Vec<Table<'a>> {
    let mut tables = tables.to_vec();
    tables.sort_unstable();
    tables
}

#[test]
fn the_model_spells_as_the_reference_does() {
    let json = to_json(&model(&fixtures().join("../../spec")), false);
    let parameter = |action, name| row(&json, action, "parameters", "name", name);
    let answer = |action, path| row(&json, action, "response", "path", path);

    assert_eq!(parameter("DescribePhysicalConnections", "Filter.N.Value.N")["type"], "String");
    assert_eq!(parameter("ApplyPhysicalConnectionLOA", "PMInfo.N.PMName")["sensitive"], true);
    let token = parameter("CreatePhysicalConnection", "ClientToken");
    assert_eq!((&token["required"], &token["relaxed"]), (&true.into(), &"E02".into()));

    let set = answer("DescribePhysicalConnections", "PhysicalConnectionSet[]");
    assert_eq!(
        (&set["type"], &set["wrapper"]),
        (&"Array of PhysicalConnectionType".into(), &"PhysicalConnectionType".into())
    );
    assert_eq!(answer("DescribePhysicalConnections", "PhysicalConnectionSet[].Status")["type"], "String");
    assert_eq!(answer("DescribePhysicalConnectionLOA", "PhysicalConnectionLOAType")["type"], "Object");
    assert_eq!(answer("DescribeBgpNetworks", "BgpNetworks[]")["type"], "Array");
    answer("DescribePhysicalConnectionLOA", "PhysicalConnectionLOAType.PMInfo[].PMName");
}

fn rows<'a>(action: &'a Value, table: &str) -> &'a [Value] {
    action[table].as_array().unwrap()
}

fn row<'a>(json: &'a Value, action: &str, table: &str, key: &str, name: &str) -> &'a Value {
    let action = json["actions"].as_array().unwrap().iter().find(|one| one["name"] == action).unwrap();
    let names: Vec<&Value> = rows(action, table).iter().map(|row| &row[key]).collect();
    rows(action, table)
        .iter()
        .find(|row| row[key] == name)
        .unwrap_or_else(|| panic!("no `{name}` among {names:?}"))
}
