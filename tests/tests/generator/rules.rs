//! What is checked of a rule between parameters: that its names are parameters, and its values such as they can have.

use crate::faults::diagnostics;
use crate::support::fixtures;

/// The faults of the base, in which CreateLamp has parameters of each shape and this rule: what stands behind `error:`.
fn faults(rule: &str) -> Vec<String> {
    let base = fixtures().join("specs/tiny/actions/lamp/CreateLamp.yaml");
    let parameters = "
  Status: { type: LampStatus, default: \"On\" }
  Power: { type: Integer, range: [1, 9], summary: Power of the bulb. }
  Pin: { type: LampName, sensitive: true, summary: Opens the fuse box. }
  Left: { type: String, format: ipv4, summary: Address of the left lamp. }
  Right: { type: String, format: ipv4, summary: Address of the right lamp. }
  Mask: { type: String, format: ipv4-mask, summary: Mask of both. }
  Rooms: { list: String, items: [1, 3], summary: Rooms with such a lamp. }
";
    let text = std::fs::read_to_string(base).unwrap();
    let (before, after) = text.split_once("response:").unwrap();
    // An example has to keep the rules, which is another pass.
    let (after, _) = after.split_once("examples:").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let actions = folder.path().join("actions/lamp");
    std::fs::create_dir_all(&actions).unwrap();
    let rules = format!("rules: [ {{ {rule}, summary: A rule. }} ]");
    let text = format!("{}{parameters}{rules}\nresponse:{after}", before.trim_end());
    std::fs::write(actions.join("CreateLamp.yaml"), text).unwrap();
    let said = diagnostics(folder.path());
    let message =
        |line: &str| line.strip_prefix("error[")?.split_once("]: ").map(|(_, text)| text.to_owned());
    said.lines().filter_map(message).collect()
}

#[test]
fn rules_that_can_hold() {
    for rule in [
        "range_by: { parameter: Power, by: Status, ranges: { \"On\": [1, 9], \"Off\": [2, 3] } }",
        "required_if: { parameters: [LampName, Rooms], when: { Status: [\"Off\"] } }",
        "required_if: { parameters: [Power], when: { Rooms: given } }",
        "required_if: { parameters: [Power], when: { Pin: given } }",
        "allowed_if: { parameters: [Rooms], when: { Power: [5] } }",
        "value_if: { parameter: Pin, one_of: [desk], when: { Status: [\"On\"] } }",
        "at_least_one: { of: [[Rooms], [Left, Right]] }",
        "at_most_one: { of: [[Rooms], [Left], [Right, Rooms]] }",
        "same_subnet: { addresses: [Left, Right], mask: Mask }",
    ] {
        assert_eq!(faults(rule), [""; 0], "{rule}");
    }
}

#[test]
fn rules_that_cannot() {
    for (rule, expected) in [
        (
            "range_by: { parameter: Pwoer, by: Status, ranges: { \"On\": [1, 9] } }",
            "`CreateLamp` has no parameter `Pwoer`",
        ),
        (
            "range_by: { parameter: LampName, by: Status, ranges: { \"On\": [1, 9] } }",
            "`LampName` is no number",
        ),
        (
            "range_by: { parameter: Rooms, by: Status, ranges: { \"On\": [1, 9] } }",
            "`Rooms` does not hold a single value",
        ),
        ("range_by: { parameter: Power, by: Status, ranges: {} }", "a `range_by` without ranges"),
        (
            "range_by: { parameter: Power, by: Status, ranges: { Of: [1, 9] } }",
            "the value `Of` should be one of Installing, On, Off",
        ),
        (
            "range_by: { parameter: Power, by: Pin, ranges: { desk: [1, 9] } }",
            "the value of the sensitive `Pin` decides",
        ),
        (
            "required_if: { parameters: [Room], when: { Status: given } }",
            "`CreateLamp` has no parameter `Room`",
        ),
        (
            "required_if: { parameters: [Rooms], when: { Stauts: given } }",
            "`CreateLamp` has no parameter `Stauts`",
        ),
        (
            "required_if: { parameters: [Rooms], when: { Status: [Of] } }",
            "the value `Of` should be one of Installing, On, Off",
        ),
        (
            "allowed_if: { parameters: [Power], when: { Rooms: [attic] } }",
            "`Rooms` does not hold a single value",
        ),
        (
            "allowed_if: { parameters: [Power], when: { Pin: [desk] } }",
            "the value of the sensitive `Pin` decides",
        ),
        (
            "value_if: { parameter: Power, one_of: [10], when: { Status: [\"On\"] } }",
            "the value `10` should be a number from 1 to 9",
        ),
        (
            "value_if: { parameter: Power, one_of: [5], when: { Status: [Of] } }",
            "the value `Of` should be one of Installing, On, Off",
        ),
        (
            "value_if: { parameter: Rooms, one_of: [attic], when: { Status: given } }",
            "`Rooms` does not hold a single value",
        ),
        ("at_least_one: { of: [[Left]] }", "a rule between several that names one"),
        ("at_least_one: { of: [[Left], [Right, Room]] }", "`CreateLamp` has no parameter `Room`"),
        ("at_most_one: { of: [[Left, Right]] }", "a rule between several that names one"),
        ("at_most_one: { of: [[Left], [Roght]] }", "`CreateLamp` has no parameter `Roght`"),
        ("same_subnet: { addresses: [Left], mask: Mask }", "a rule between several that names one"),
        ("same_subnet: { addresses: [Left, Rooms], mask: Mask }", "`Rooms` does not hold a single value"),
        ("same_subnet: { addresses: [Left, Right], mask: Msak }", "`CreateLamp` has no parameter `Msak`"),
        (
            "at_most_one: { of: [[Left], [Right]] }, refused_as: LampBrsy",
            "`CreateLamp` does not list the error `LampBrsy`",
        ),
    ] {
        assert_eq!(faults(rule), [expected], "{rule}");
    }
}
