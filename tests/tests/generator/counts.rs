//! The real spec against the reference: how many rows each of its tables has.

use crate::support::{fixtures, model};
use aliyun_rpc_generator::model::to_json;
use serde_json::Value;

/// Section, then rows of the tables of parameters (without `Action`), required ones among them, rows of the answer's
/// table, rows of the table of errors. Counted on the pages of the reference.
const TABLES: [(&str, usize, usize, usize, usize); 22] = [
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
];

#[test]
fn every_row_of_chapter_4_is_there() {
    let json = to_json(&model(&fixtures().join("../../spec")), true);
    let actions = json["actions"].as_array().unwrap();
    let chapter = actions.iter().filter(|action| action["section"].as_str().unwrap().starts_with("4."));
    let found: Vec<_> = chapter
        .map(|action| {
            let count = |table: &str| action[table].as_array().unwrap().len();
            let required = rows(action, "parameters").iter().filter(|row| row["required"] == true).count();
            let section = action["section"].as_str().unwrap();
            (section, count("parameters"), required, count("response"), count("errors"))
        })
        .collect();
    assert_eq!(found, TABLES);
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
