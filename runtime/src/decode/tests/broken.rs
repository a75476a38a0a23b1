//! Texts that cannot be read, and what the error says.

use super::{Answer, fail, read, try_read};

const JSON: &str = r#"{"RequestId":"1-2","LineSet":{"LineType":[{"Name":"杭州\n","Bandwidth":"5",
    "Features":{"Feature":[{"Key":"a"}]}},{"Name":null}]},"Ids":["x"],"New":{"a":[1.5e3,true]},"Detail":{}}"#;
const XML: &str =
    "<?xml version=\"1.0\"?><R><RequestId>1-2</RequestId><LineSet><LineType><Name>&lt;杭州</Name>
    <Features><Key>a</Key></Features></LineType></LineSet><Ids><Id><![CDATA[x]]></Id></Ids><Detail/></R>";

#[test]
fn every_text_that_breaks_off_is_refused() {
    for whole in [JSON, XML] {
        read(whole);
        for end in 0..whole.len() {
            let part = &whole.as_bytes()[..end];
            assert!(try_read(part).is_err(), "{}", String::from_utf8_lossy(part));
        }
    }
}

#[test]
fn no_changed_byte_makes_a_panic() {
    for whole in [JSON, XML] {
        for at in 0..whole.len() {
            for byte in *b"\0 \"&/0<>[]{}\xff" {
                let mut changed = whole.as_bytes().to_vec();
                changed[at] = byte;
                // Many of them can be read.
                if let Err(error) = try_read(&changed) {
                    assert!(error.line() >= 1 && !error.message().is_empty());
                }
            }
        }
    }
}

#[test]
fn what_is_neither_json_nor_xml_is_refused() {
    for text in ["", "  \n", "\u{feff}", "null", "[]", "\"a\"", "OK", "1"] {
        fail(text);
    }
    for text in [&b"\xff"[..], b"{\"New\":\"\xff\"}", b"<R>\xc3</R>", b"<R/>\xff", b"\xef\xbb"] {
        assert_eq!(try_read(text).unwrap_err().message(), "not in UTF-8", "{text:?}");
    }
    assert_eq!(
        try_read(b"{\n \"New\":\"\xff\"}").unwrap_err().to_string(),
        "not in UTF-8 (line 2, column 9)"
    );
}

#[test]
fn trailing_text_is_refused() {
    for text in ["{} {}", "{}x", "{},", "<R/>x", "<R/><R/>", "<R/>&amp;", "<R></R></R>", "<R/>]]"] {
        fail(text);
    }
}

#[test]
fn documents_that_are_not_well_formed_are_refused() {
    for text in [
        "<R><a></b></R>",
        "<R></a></R>",
        "<R>&unknown;</R>",
        "<!DOCTYPE R [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><R><RequestId>&e;</RequestId></R>",
        "<R><RequestId>&#xFFFFFFFF;</RequestId></R>",
        "<R><RequestId>&#xD800;</RequestId></R>",
        "<R><RequestId>a & b</RequestId></R>",
        "< R/>",
        "<!-- nothing -->",
        "<R>text</R>",
    ] {
        fail(text);
    }
    for text in [
        "{\"a\":1,}",
        "{a:1}",
        "{\"TotalCount\":01}",
        "{\"TotalCount\":}",
        "{\"RequestId\":\"\n\"}",
        "{\"a\" 1}",
    ] {
        fail(text);
    }
}

#[test]
fn an_error_is_no_answer() {
    assert_eq!(
        fail("<Error><Code>X</Code></Error>").to_string(),
        "expected an answer, found <Error> (line 1, column 1)"
    );
    fail("<html><body>Please log in.</body></html>");
    // Success is told by the status: other bodies may hold a code.
    assert_eq!(read(r#"{"Code":"DRYRUN.SUCCESS","Message":""}"#), Answer::default());
}

#[test]
fn depth_is_bounded() {
    let xml = |depth: usize| "<a>".repeat(depth) + &"</a>".repeat(depth);
    read(&xml(128));
    assert_eq!(fail(&xml(129)).message(), "elements stand too deep inside each other");
    fail(&xml(1_000_000));
    fail(&("{\"a\":".repeat(1_000_000)));
}

#[test]
fn the_error_says_where() {
    for (text, error) in [
        (
            "{\"LineSet\":{\"LineType\":[{},{},{},\n{\"Bandwidth\":\"x\"}]}}",
            "LineSet[3].Bandwidth: expected a whole number of at most 64 bits, found a text (line 2, column 16)",
        ),
        (
            "{\"LineSet\":[{\"Features\":{\"Feature\":{\"Key\":[]}}}]}",
            "LineSet[0].Features[0].Key: expected a single value, found a list (line 1, column 44)",
        ),
        (
            "{\"Detail\":{\"Bandwidth\":1.5}}",
            "Detail.Bandwidth: expected a whole number of at most 64 bits, found a number with a fraction, an \
             exponent or too many digits (line 1, column 26)",
        ),
        (
            "{\"Vlans\":[1,2,true]}",
            "Vlans[2]: expected a whole number of at most 64 bits, found a boolean (line 1, column 18)",
        ),
        ("{\"Detail\":{\"Name\":\"a}", "Detail.Name: EOF while parsing a string (line 1, column 21)"),
        (
            "{\"LineSet\":{\"Bandwidth\":[]}}",
            "LineSet[0].Bandwidth: expected a single value, found a list (line 1, column 26)",
        ),
        (
            "<R>\n<LineSet><LineType/><LineType><Bandwidth>x</Bandwidth></LineType></LineSet></R>",
            "LineSet[1].Bandwidth: expected a whole number of at most 64 bits, found a text (line 2, column 55)",
        ),
        (
            "<R><LineSet><Name>a</Name></LineSet><LineSet><Name><b/></Name></LineSet></R>",
            "LineSet[1].Name: expected a single value, found an object (line 1, column 56)",
        ),
        (
            "<R><Vlans>1</Vlans><Vlans>x</Vlans></R>",
            "Vlans[1]: expected a whole number of at most 64 bits, found a text (line 1, column 36)",
        ),
        ("<R><Detail>\n<Name>a", "Detail.Name: the document breaks off (line 2, column 8)"),
    ] {
        assert_eq!(fail(text).to_string(), error, "{text}");
    }
}

#[test]
fn the_error_shows_no_value() {
    for text in [
        r#"{"Secret":"hunter2"}"#,
        r#"{"TotalCount":"hunter2"}"#,
        r#"{"Detail":"hunter2"}"#,
        r#"{"Secret":["hunter2"]}"#,
        r#"{"RequestId":"hunter2"#,
        "<R><Secret>hunter2</Secret></R>",
        "<R><Secret>&hunter2;</Secret></R>",
        "<R><Detail>hunter2</Detail></R>",
        "<R><Secret>hunter2</R>",
    ] {
        let error = fail(text);
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    }
    let error = fail(r#"{"Secret":123456789012345678901234}"#);
    assert!(!format!("{error} {error:?}").contains("1234567"), "{error:?}");
}
