//! Single values: how they are written, and how XML hides them.

use super::{Answer, fail, named, read};

#[test]
fn numbers_are_exact_in_64_bits() {
    for number in [i64::MIN, -1, 0, 283_117_732_402_483_989, i64::MAX] {
        for text in [
            format!(r#"{{"TotalCount":{number},"RequestId":{number}}}"#),
            format!(r#"{{"TotalCount":"{number}","RequestId":"{number}"}}"#),
            format!("<R><TotalCount> {number}\n</TotalCount><RequestId>{number}</RequestId></R>"),
        ] {
            assert_eq!(read(&text).total, Some(number), "{text}");
            assert_eq!(read(&text).request_id, Some(number.to_string()), "{text}");
        }
    }
    assert_eq!(
        read(r#"{"RequestId":18446744073709551615}"#).request_id.as_deref(),
        Some("18446744073709551615")
    );
    assert_eq!(read(r#"{"TotalCount":5.0}"#).total, Some(5));
}

#[test]
fn numbers_that_would_lose_digits_are_refused() {
    for number in ["9223372036854775808", "18446744073709551616", "1.5", "9007199254740993.0", "true", "[1]"]
    {
        let error = fail(&format!(r#"{{"TotalCount":{number}}}"#));
        assert_eq!(error.path(), "TotalCount", "{number}");
    }
    for number in ["\"1.5\"", "\"0x10\"", "\"9223372036854775808\"", "\"1 2\""] {
        assert_eq!(
            fail(&format!(r#"{{"TotalCount":{number}}}"#)).message(),
            "expected a whole number of at most 64 bits, found a text"
        );
    }
    assert_eq!(fail(r#"{"RequestId":18446744073709551616}"#).path(), "RequestId");
}

#[test]
fn booleans_may_be_quoted_or_numbers() {
    for (text, flag) in
        [("true", true), ("\"True\"", true), ("\" FALSE \"", false), ("1", true), ("\"0\"", false)]
    {
        assert_eq!(read(&format!(r#"{{"Success":{text}}}"#)).success, Some(flag), "{text}");
    }
    assert_eq!(read("<R><Success>true</Success></R>").success, Some(true));
    for text in ["2", "\"yes\"", "1.0", "18446744073709551615"] {
        fail(&format!(r#"{{"Success":{text}}}"#));
    }
}

#[test]
fn texts_may_be_numbers_or_booleans() {
    for (json, text) in
        [("1", "1"), ("-7", "-7"), ("true", "true"), ("1.5", "1.5"), (r#""a\"b\u4e2d""#, "a\"b中")]
    {
        assert_eq!(read(&format!(r#"{{"RequestId":{json}}}"#)).request_id.as_deref(), Some(text), "{json}");
    }
}

#[test]
fn null_and_empty_texts_are_absent_values() {
    let json = read(r#"{"RequestId":null,"TotalCount":"","Success":" "}"#);
    assert_eq!(json, Answer::default());
    let xml = read("<R><RequestId/><TotalCount></TotalCount><Success> </Success></R>");
    assert_eq!(xml, Answer { request_id: Some(String::new()), ..Answer::default() });
    // A later null takes nothing away.
    assert_eq!(read(r#"{"TotalCount":1,"TotalCount":null}"#).total, Some(1));
}

#[test]
fn keys_may_have_escapes() {
    assert_eq!(
        read(r#"{"Total\u0043ount":1,"Line\u0053et":{"LineTyp\u0065":[{"N\u0061me":"a"}]}}"#),
        Answer { total: Some(1), lines: vec![named("a")], ..Answer::default() }
    );
}

#[test]
fn unknown_keys_are_skipped() {
    let deep = "[".repeat(120) + &"]".repeat(120);
    assert_eq!(read(&format!(r#"{{"New":{deep},"TotalCount":1,"":{{"TotalCount":2}}}}"#)).total, Some(1));
    assert_eq!(
        read("<R><New><TotalCount>2</TotalCount><A/>b</New><TotalCount>1</TotalCount></R>").total,
        Some(1)
    );
}

#[test]
fn xml_texts() {
    for (xml, text) in [
        ("  a  b ", "  a  b "),
        ("1 &lt; 2 &amp;&amp; &quot;x&quot; &gt; &apos;y&apos;", "1 < 2 && \"x\" > 'y'"),
        ("&#20013;&#x6587;", "中文"),
        ("<![CDATA[<a>&amp;]]>", "<a>&amp;"),
        ("a<![CDATA[b]]><!-- no -->c<?pi?>d", "abcd"),
        ("a\r\nb", "a\nb"),
    ] {
        let document = format!("<R><RequestId>{xml}</RequestId></R>");
        assert_eq!(read(&document).request_id.as_deref(), Some(text), "{document}");
    }
}

#[test]
fn xml_around_the_root_is_passed_over() {
    for text in [
        "<?xml version='1.0' encoding='UTF-8'?>\n<R a='1'><TotalCount>1</TotalCount></R>\n",
        "\u{feff} <!DOCTYPE R [<!ENTITY a 'b'>]><!-- <R> --><R><TotalCount a='b'>1</TotalCount></R><!-- -->",
        "<n:R xmlns:n='x'><n:TotalCount>1</n:TotalCount></n:R>",
    ] {
        assert_eq!(read(text).total, Some(1), "{text}");
    }
    assert_eq!(read("\u{feff}\r\n {\"TotalCount\":1}\n").total, Some(1));
}
