//! The shapes in which lists and objects stand in an answer.

use super::{Answer, Feature, Line, fail, named, read};

fn lines(lines: &[Line]) -> Answer {
    Answer { lines: lines.to_vec(), ..Answer::default() }
}

fn shared(shared: &[Line]) -> Answer {
    Answer { shared: shared.to_vec(), ..Answer::default() }
}

fn ids(ids: &[&str]) -> Answer {
    Answer { ids: ids.iter().map(|id| (*id).to_owned()).collect(), ..Answer::default() }
}

fn vlans(vlans: &[i64]) -> Answer {
    Answer { vlans: vlans.to_vec(), ..Answer::default() }
}

fn detail(detail: Line) -> Answer {
    Answer { detail: Some(detail), ..Answer::default() }
}

fn assert_all(expected: &Answer, texts: &[&str]) {
    for text in texts {
        assert_eq!(&read(text), expected, "{text}");
    }
}

#[test]
fn a_wrapped_list_of_several() {
    assert_all(
        &lines(&[named("a"), named("b")]),
        &[
            r#"{"LineSet":{"LineType":[{"Name":"a"},{"Name":"b"}]}}"#,
            r#"{"LineSet":[{"Name":"a"},{"Name":"b"}]}"#,
            r#"{"DescribeLinesResponse":{"LineSet":{"LineType":[{"Name":"a"},{"Name":"b"}]}}}"#,
            "<R><LineSet><LineType><Name>a</Name></LineType><LineType><Name>b</Name></LineType></LineSet></R>",
            "<R><LineSet><Name>a</Name></LineSet><LineSet><Name>b</Name></LineSet></R>",
        ],
    );
}

#[test]
fn a_wrapped_list_of_one() {
    assert_all(
        &lines(&[named("a")]),
        &[
            r#"{"LineSet":{"LineType":[{"Name":"a"}]}}"#,
            r#"{"LineSet":{"LineType":{"Name":"a"}}}"#,
            r#"{"LineSet":[{"Name":"a"}]}"#,
            r#"{"LineSet":{"Name":"a"}}"#,
            r#"{"LineSet":{"New":[{}],"Name":"a","Newer":1}}"#,
            r#"{"LineSet":{"New":1,"LineType":[{"Name":"a"}],"Newer":{}}}"#,
            r#"{"DescribeLinesResponse":{"LineSet":{"LineType":{"Name":"a"}}}}"#,
            "<R><LineSet><LineType><Name>a</Name></LineType></LineSet></R>",
            "<R><LineSet><Name>a</Name></LineSet></R>",
            "<R><LineSet><New><Newer/></New><Name>a</Name></LineSet></R>",
            "<R><LineSet><New/><LineType><Name>a</Name></LineType></LineSet></R>",
        ],
    );
}

#[test]
fn an_empty_list() {
    assert_all(
        &Answer::default(),
        &[
            r#"{"LineSet":[],"SharedLines":[],"Ids":[],"Vlans":[]}"#,
            r#"{"LineSet":{},"SharedLines":{},"Ids":{},"Vlans":{}}"#,
            r#"{"LineSet":"","SharedLines":"","Ids":"","Vlans":""}"#,
            r#"{"LineSet":null,"SharedLines":null,"Ids":null,"Vlans":null}"#,
            r#"{"LineSet":[null],"SharedLines":[null],"Ids":[null],"Vlans":[null, "", " "]}"#,
            r#"{"LineSet":{"LineType":[]},"Ids":{"Id":[]}}"#,
            r#"{"LineSet":{"LineType":null},"Ids":{"Id":null}}"#,
            r#"{"LineSet":{"LineType":""},"Ids":{"Id":""}}"#,
            r#"{"LineSet":{"LineType":[null]},"Ids":{"Id":[null]}}"#,
            "<R><LineSet/><SharedLines/><Ids/><Vlans/></R>",
            "<R>\n<LineSet>\n</LineSet>\n<SharedLines> </SharedLines><Ids></Ids><Vlans><!-- none --></Vlans></R>",
            "<R><Ids><Id/></Ids></R>",
        ],
    );
}

#[test]
fn an_element_without_fields() {
    assert_all(
        &lines(&[Line::default()]),
        &[
            r#"{"LineSet":[{}]}"#,
            r#"{"LineSet":{"LineType":{}}}"#,
            r#"{"LineSet":{"LineType":[null, {}, null]}}"#,
            "<R><LineSet><LineType/></LineSet></R>",
        ],
    );
}

#[test]
fn a_flat_list() {
    assert_all(
        &shared(&[named("a")]),
        &[
            r#"{"SharedLines":[{"Name":"a"}]}"#,
            r#"{"SharedLines":{"Name":"a"}}"#,
            r#"{"SharedLines":{"New":1,"Name":"a"}}"#,
            r#"{"SharedLines":{"Any":[{"Name":"a"}]}}"#,
            "<R><SharedLines><Name>a</Name></SharedLines></R>",
            "<R><SharedLines><New><X>1</X></New><New/><Name>a</Name></SharedLines></R>",
            "<R><SharedLines> <Any> <Name>a</Name></Any></SharedLines></R>",
        ],
    );
    assert_all(
        &shared(&[named("a"), named("b")]),
        &[
            r#"{"SharedLines":[{"Name":"a"},{"Name":"b"}]}"#,
            r#"{"SharedLines":{"Any":[{"Name":"a"},{"Name":"b"}]}}"#,
            "<R><SharedLines><Name>a</Name></SharedLines><SharedLines><Name>b</Name></SharedLines></R>",
            "<R><SharedLines><Any><Name>a</Name></Any><Any><Name>b</Name></Any></SharedLines></R>",
        ],
    );
}

#[test]
fn a_list_of_single_values() {
    assert_all(
        &ids(&["a", "b"]),
        &[
            r#"{"Ids":{"Id":["a","b"]}}"#,
            r#"{"Ids":["a","b"]}"#,
            "<R><Ids><Id>a</Id><Id>b</Id></Ids></R>",
            "<R><Ids>a</Ids><Ids>b</Ids></R>",
        ],
    );
    assert_all(
        &ids(&["7"]),
        &[r#"{"Ids":{"Id":7}}"#, r#"{"Ids":"7"}"#, r#"{"Ids":[7]}"#, "<R><Ids>7</Ids></R>"],
    );
    assert_all(
        &vlans(&[1, 2]),
        &[
            r#"{"Vlans":[1,"2"]}"#,
            r#"{"Vlans":{"Any":["1",2]}}"#,
            "<R><Vlans>1</Vlans><Vlans>2</Vlans></R>",
            "<R><Vlans><Any>1</Any><Any> 2 </Any><Any/></Vlans></R>",
        ],
    );
    assert_all(&vlans(&[1]), &[r#"{"Vlans":1}"#, "<R><Vlans>1</Vlans></R>"]);
}

#[test]
fn lists_inside_lists() {
    let feature = |key: &str| Feature { key: Some(key.to_owned()), ..Feature::default() };
    let expected = lines(&[
        Line { features: vec![feature("a"), feature("b")], ..named("1") },
        Line { features: vec![feature("c")], ..named("2") },
    ]);
    assert_all(
        &expected,
        &[
            r#"{"LineSet":{"LineType":[
            {"Name":1,"Features":{"Feature":[{"Key":"a"},{"Key":"b"}]}},
            {"Name":2,"Features":{"Feature":{"Key":"c"}}}]}}"#,
            r#"{"LineSet":[{"Features":[{"Key":"a"},{"Key":"b"}],"Name":"1"},{"Features":{"Key":"c"},"Name":"2"}]}"#,
            "<R><LineSet>
            <LineType>
                <Features><Feature><Key>a</Key></Feature><Feature><Key>b</Key></Feature></Features>
                <Name>1</Name>
            </LineType>
            <LineType><Name>2</Name><Features><Key>c</Key></Features></LineType>
        </LineSet></R>",
        ],
    );
    // What starts with a field of an element can be the field of an element.
    let inner = Feature { name: Some("x".to_owned()), ..Feature::default() };
    assert_all(
        &shared(&[Line { features: vec![inner], ..named("1") }]),
        &[
            r#"{"SharedLines":{"Features":[{"Name":"x"}],"Name":"1"}}"#,
            "<R><SharedLines><Features><Name>x</Name></Features><Name>1</Name></SharedLines></R>",
        ],
    );
    // The first field of a list's only element can be a list itself.
    assert_all(
        &lines(&[Line { features: vec![feature("a")], ..named("1") }]),
        &[
            r#"{"LineSet":{"Features":{"Feature":[{"Key":"a"}]},"Name":"1"}}"#,
            "<R><LineSet><Features><Feature><Key>a</Key></Feature></Features><Name>1</Name></LineSet></R>",
        ],
    );
}

#[test]
fn an_object_is_there_or_not() {
    assert_all(
        &Answer::default(),
        &[r#"{"Detail":null}"#, r#"{"Detail":""}"#, r#"{"Detail":[]}"#, r#"{"Detail":[null]}"#, "{}", "<R/>"],
    );
    assert_all(
        &detail(Line::default()),
        &[
            r#"{"Detail":{}}"#,
            r#"{"Detail":[{}]}"#,
            r#"{"Detail":{"New":1}}"#,
            "<R><Detail/></R>",
            "<R><Detail> </Detail></R>",
        ],
    );
    assert_all(
        &detail(named("a")),
        &[r#"{"Detail":[{"Name":"a"}]}"#, "<R><Detail><Name>a</Name></Detail></R>"],
    );
}

#[test]
fn a_wrong_wrapper_is_no_empty_list() {
    for text in [
        r#"{"LineSet":{"LineTypes":[{"Name":"a"}]}}"#,
        r#"{"LineSet":{"":[{"Name":"a"}]}}"#,
        r#"{"Ids":{"id":["a"]}}"#,
        "<R><LineSet><LineTypes><Name>a</Name></LineTypes></LineSet></R>",
        "<R><Ids><id>a</id></Ids></R>",
    ] {
        assert!(fail(text).message().contains("a list inside "), "{text}");
    }
    for text in [
        r#"{"SharedLines":{"Any":{"Name":"a"}}}"#,
        r#"{"SharedLines":{"Any":[{"Name":"a"}],"Name":"b"}}"#,
        r#"{"SharedLines":{"Any":[{"Name":"a"}],"Other":[]}}"#,
        r#"{"SharedLines":{"Other":1,"Any":[{"Name":"a"}]}}"#,
        "<R><SharedLines><Any><Name>a</Name></Any><Name>b</Name></SharedLines></R>",
        "<R><SharedLines><Any>a</Any></SharedLines></R>",
    ] {
        assert_eq!(fail(text).message(), "expected a list, found an object with other keys", "{text}");
        assert_eq!(fail(text).path(), "SharedLines", "{text}");
    }
}

#[test]
fn other_kinds_are_refused() {
    for (text, message) in [
        (r#"{"LineSet":1}"#, "expected an object, found a whole number"),
        (r#"{"LineSet":["a"]}"#, "expected an object, found a text"),
        (r#"{"LineSet":[[{}]]}"#, "expected an object, found a list"),
        (r#"{"Ids":[{}]}"#, "expected a single value, found an object"),
        (r#"{"Ids":[["a"]]}"#, "expected a single value, found a list"),
        (r#"{"Detail":true}"#, "expected an object, found a boolean"),
        (r#"{"Detail":[{},{}]}"#, "expected an object, found a list"),
        (r#"{"RequestId":{}}"#, "expected a single value, found an object"),
        (r#"{"RequestId":["a"]}"#, "expected a single value, found a list"),
        ("<R><Detail>a</Detail></R>", "expected an object, found a text"),
        ("<R><LineSet>a</LineSet></R>", "expected an object, found a text"),
        ("<R><RequestId><A/></RequestId></R>", "expected a single value, found an object"),
        ("<R><Ids><Id>a</Id>b</Ids></R>", "expected a list inside Id, found an object with other keys"),
    ] {
        assert_eq!(fail(text).message(), message, "{text}");
    }
}

/// Also of an answer whose structure has no such field.
#[test]
fn the_request_id_is_handed_over() {
    for text in [
        r#"{"RequestId": "8A6A", "Other": 1}"#,
        r#"{"DescribeLinesResponse": {"Other": {"RequestId": "X"}, "RequestId": "8A6A"}}"#,
        "<DescribeLinesResponse><Other/><RequestId>8A6A</RequestId></DescribeLinesResponse>",
    ] {
        let mut raw = crate::RawAnswer::default();
        assert_eq!(
            crate::decode::answer(text.as_bytes(), "DescribeLines", &mut raw).unwrap().as_deref(),
            Some("8A6A")
        );
        assert_eq!(raw.text(), text);
    }
}
