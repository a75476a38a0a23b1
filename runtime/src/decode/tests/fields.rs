//! Every value by its path, known or not.

use crate::decode::AnswerFields;
use crate::schema::{Action, Content, Effect, Endpoints, Field, Service, SignatureVersion, Wire};

static SERVICE: Service = Service {
    name: "lines",
    product: "Mini",
    version: "2016-04-28",
    endpoints: Endpoints { central: "", regional: "", vpc: "", exceptions: &[] },
    signature: SignatureVersion::V1,
    region_parameter: "RegionId",
    dry_run_code: None,
    actions: &[&DESCRIBE],
    errors: &[],
    lifecycles: &[],
};

static DESCRIBE: Action = Action {
    name: "DescribeLines",
    service: &SERVICE,
    group: "line",
    summary: "",
    section: "",
    effect: Effect::Read,
    idempotency: None,
    dry_run: None,
    parameters: &[],
    lists: &[],
    pages: None,
    filters: &[],
    rules: &[],
    response: &[
        value("TotalCount"),
        field("LineSet", Content::Objects { wrapper: Some("LineType"), fields: LINE }),
        field("Shared", Content::Objects { wrapper: None, fields: LINE }),
        field("Vlans", Content::Values { wrapper: Some("Vlan"), wire: Wire::Integer }),
        field("Detail", Content::Object(LINE)),
    ],
    errors: &[],
};

const LINE: &[Field] = &[value("Name"), field("Detail", Content::Object(&[value("Key")]))];

const fn value(name: &'static str) -> Field {
    field(name, Content::Value(Wire::String))
}

const fn field(name: &'static str, content: Content) -> Field {
    Field { name, content, always: false, sensitive: false }
}

fn read(body: &str) -> AnswerFields {
    AnswerFields::read(Some(&DESCRIBE), body).unwrap_or_else(|error| panic!("{error} in {body}"))
}

fn unknown(body: &str) -> Vec<String> {
    read(body).unknown().map(|(path, text)| format!("{path}={text}")).collect()
}

#[test]
fn unknown_fields_are_found_at_every_level() {
    for (json, xml, expected) in [
        (
            r#"{"RequestId": "R", "TotalCount": 1}"#,
            "<RequestId>R</RequestId><TotalCount>1</TotalCount>",
            &[][..],
        ),
        (r#"{"New": 9007199254740993}"#, "<New>9007199254740993</New>", &["New=9007199254740993"]),
        (
            r#"{"LineSet": {"LineType": [{"Name": "a"}, {"Name": "b", "Mtu": 8500}]}}"#,
            "<LineSet><LineType><Name>a</Name></LineType><LineType><Name>b</Name><Mtu>8500</Mtu></LineType></LineSet>",
            &["LineSet[1].Mtu=8500"],
        ),
        (
            r#"{"LineSet": {"LineType": {"Mtu": true}, "Other": "x"}}"#,
            "<LineSet><LineType><Mtu>true</Mtu></LineType><Other>x</Other></LineSet>",
            &["LineSet[0].Mtu=true", "LineSet.Other=x"],
        ),
        (
            r#"{"Detail": {"Detail": {"Key": "k", "New": "&<"}}}"#,
            "<Detail><Detail><Key>k</Key><New>&amp;&lt;</New></Detail></Detail>",
            &["Detail.Detail.New=&<"],
        ),
        (
            r#"{"News": {"New": [{"A": "1"}, {"A": "2", "B": ["x", "y"]}]}}"#,
            "<News><New><A>1</A></New><New><A>2</A><B>x</B><B>y</B></New></News>",
            &["News.New[0].A=1", "News.New[1].A=2", "News.New[1].B[0]=x", "News.New[1].B[1]=y"],
        ),
        (
            r#"{"Shared": {"Any": [{"Name": "a", "New": ""}]}}"#,
            "<Shared><Any><Name>a</Name><New/></Any></Shared>",
            &["Shared[0].New="],
        ),
        (
            r#"{"Vlans": {"Vlan": [1, 2]}, "Detail": {}, "LineSet": ""}"#,
            "<Vlans><Vlan>1</Vlan></Vlans><LineSet/>",
            &[],
        ),
    ] {
        assert_eq!(unknown(json), expected, "{json}");
        let wrapped = format!(r#"{{"DescribeLinesResponse": {json}}}"#);
        assert_eq!(unknown(&wrapped), expected, "{wrapped}");
        let xml = format!("<?xml version='1.0'?>\n<DescribeLinesResponse>\n{xml}\n</DescribeLinesResponse>");
        assert_eq!(unknown(&xml), expected, "{xml}");
    }
}

#[test]
fn lists_are_taken_in_every_form() {
    for body in [
        r#"{"LineSet": {"LineType": [{"Name": "a", "New": 1}]}}"#,
        r#"{"LineSet": {"LineType": {"Name": "a", "New": 1}}}"#,
        r#"{"LineSet": [{"Name": "a", "New": 1}]}"#,
        r#"{"LineSet": {"Name": "a", "New": 1}}"#,
    ] {
        assert_eq!(unknown(body), ["LineSet[0].New=1"], "{body}");
        assert_eq!(read(body).get("LineSet[0].Name"), Some("a"), "{body}");
    }
    assert_eq!(unknown(r#"{"Shared": {"Name": "a", "New": 1}}"#), ["Shared[0].New=1"]);
}

#[test]
fn a_value_is_found_by_its_path() {
    let json = read(
        r#"{"TotalCount": 7, "News": {"New": [{"A": "甲"}]}, "LineSet": [{"Name": "n"}], "Null": null}"#,
    );
    let xml = read(
        "<R><TotalCount>7</TotalCount><News><New><A>甲</A></New></News><LineSet><LineType><Name>n</Name></LineType></LineSet></R>",
    );
    for fields in [json, xml] {
        for (path, value) in [
            ("TotalCount", Some("7")),
            ("News.New[0].A", Some("甲")),
            ("News.New.A", Some("甲")),
            ("LineSet[0].Name", Some("n")),
            ("LineSet.Name", Some("n")),
            ("LineSet[1].Name", None),
            ("News", None),
            ("Null", None),
            ("", None),
        ] {
            assert_eq!(fields.get(path), value, "{path}");
        }
    }
}

#[test]
fn debug_shows_no_value() {
    let fields = read(r#"{"TotalCount": "secret", "AuthKey2": "secret"}"#);
    assert_eq!(format!("{fields:?}"), r#"AnswerFields { count: 2, unknown: ["AuthKey2"] }"#);
}

#[test]
fn of_an_unknown_action_all_is_unknown() {
    let read = |body: &str| AnswerFields::read(None, body).map(|fields| fields.unknown().count());
    assert_eq!(read(r#"{"RequestId": "R", "A": {"B": 1}}"#), Ok(1));
    assert_eq!(read("[1, 2]"), Ok(2));
    for broken in ["", "{", "<a>", "text", "{\"a\": 1} 2", "<a></b>"] {
        assert!(read(broken).is_err(), "{broken}");
    }
    assert!(read(&"<a>".repeat(200)).is_err());
    assert!(read(&"[".repeat(200)).is_err());
}
