//! What the service says when it refuses a call.

use crate::decode::{RefusalBody, refusal, request_id};

fn whole() -> RefusalBody {
    RefusalBody {
        code: "InvalidName.Malformed".to_owned(),
        message: "The name is \"not\" valid.".to_owned(),
        request_id: Some("8A6A5EC5-6F6C".to_owned()),
        host_id: Some("vpc.aliyuncs.com".to_owned()),
        recommend: Some("https://example.com/?q=1&a=2".to_owned()),
    }
}

#[test]
fn in_every_shape() {
    let json = r#"{"RequestId":"8A6A5EC5-6F6C","HostId":"vpc.aliyuncs.com","Code":"InvalidName.Malformed",
        "Message":"The name is \"not\" valid.","Recommend":"https://example.com/?q=1&a=2"}"#;
    let lower = json
        .replace("RequestId", "requestId")
        .replace("HostId", "hostId")
        .replace("Code", "code")
        .replace("Message", "message")
        .replace("Recommend", "recommend");
    let xml = "<Error><RequestId>8A6A5EC5-6F6C</RequestId><HostId>vpc.aliyuncs.com</HostId>
        <Code>InvalidName.Malformed</Code><Message><![CDATA[The name is \"not\" valid.]]></Message>
        <Recommend>https://example.com/?q=1&amp;a=2</Recommend></Error>";
    for body in [
        json.to_owned(),
        lower,
        format!(r#"{{"Error":{json}}}"#),
        format!(r#"{{"CreateVbrHaResponse":{json}}}"#),
        format!(r#"{{"error":{json},"New":[]}}"#),
        xml.to_owned(),
        format!("<?xml version='1.0'?>\n{xml}"),
        format!("<Response>{xml}</Response>"),
        xml.replace("Error>", "DescribeLinesResponse>"),
    ] {
        assert_eq!(refusal(body.as_bytes()), Some(whole()), "{body}");
    }
}

#[test]
fn needs_a_code() {
    for body in [
        "",
        "{}",
        "{\"Code\":\"\",\"Message\":\"m\"}",
        "{\"Code\":null}",
        "<Error/>",
        "<html><body>502</body></html>",
        "Bad Gateway",
    ] {
        assert_eq!(refusal(body.as_bytes()), None, "{body}");
    }
    let bare = RefusalBody { code: "429".to_owned(), ..RefusalBody::default() };
    assert_eq!(refusal(b"{\"Code\":429}"), Some(bare.clone()));
    assert_eq!(refusal(b"{\"Code\":429,\"Message\":\"brea"), Some(bare));
}

#[test]
fn depth_is_bounded() {
    assert_eq!(refusal("{\"Error\":".repeat(100_000).as_bytes()), None);
    assert_eq!(refusal("<Error>".repeat(100_000).as_bytes()), None);
    let deep = "{\"Error\":".repeat(100) + "{\"Code\":\"X\"}" + &"}".repeat(100);
    assert_eq!(refusal(deep.as_bytes()).map(|refusal| refusal.code).as_deref(), Some("X"));
}

#[test]
fn request_id_of_whatever_there_is() {
    for body in [
        r#"{"RequestId":"8A6A-5EC5"}"#,
        r#"{"a":1,"requestId" : "8A6A-5EC5", "b"#,
        "<R><New>&<RequestId>8A6A-5EC5</RequestId>",
        "{\"New\":\"\u{0}\",\"RequestId\":\"8A6A-5EC5\"",
        r#"{"New":"the RequestId is \"RequestId\":\"1\"","RequestId":"8A6A-5EC5"}"#,
    ] {
        assert_eq!(request_id(body.as_bytes()).as_deref(), Some("8A6A-5EC5"), "{body}");
    }
    assert_eq!(request_id(b"\xff{\"RequestId\":\"8A6A\"}").as_deref(), Some("8A6A"));
    for body in [
        "",
        "{}",
        "<html/>",
        r#"{"RequestId":"8A6A-5"#,
        r#"{"RequestId":""}"#,
        r#"{"RequestId":null}"#,
        "RequestId",
    ] {
        assert_eq!(request_id(body.as_bytes()), None, "{body}");
    }
}
