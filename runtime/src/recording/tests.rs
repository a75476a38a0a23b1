use super::asked::{Asked, sensitive_names};
use super::body::{Body, Hidden};
use super::*;

use crate::client::Client;
use crate::config::Config;
use crate::credentials::{Credentials, CredentialsUri};
use crate::parameters::Parameters;
use crate::retry::Retries;
use crate::schema::{
    Action, Content, Effect, Endpoints, Field, Parameter, Presence, Service, SignatureVersion, Wire,
};
use crate::transport::{Limits, Sending, Transport, http};
use serde_json::json;
use std::fs;
use std::path::Path;
use std::task::{Context, Poll, Waker};

static SERVICE: Service = Service {
    name: "mini",
    product: "Mini",
    version: "2016-04-28",
    endpoints: Endpoints { central: "mini.aliyuncs.com", regional: "", vpc: "", exceptions: &[] },
    signature: SignatureVersion::V1,
    region_parameter: "RegionId",
    dry_run_code: None,
    actions: &[&CREATE],
    errors: &[],
    lifecycles: &[],
};

static CREATE: Action = Action {
    name: "CreateThing",
    service: &SERVICE,
    group: "thing",
    summary: "",
    section: "",
    effect: Effect::Create,
    idempotency: Some("ClientToken"),
    dry_run: None,
    parameters: &[parameter("ClientToken", false), parameter("Owner.N.Name", true), parameter("Name", false)],
    lists: &[],
    pages: None,
    filters: &[],
    rules: &[],
    response: &[Field {
        name: "Things",
        content: Content::Objects {
            wrapper: Some("Thing"),
            fields: &[Field {
                name: "AuthKey",
                content: Content::Value(Wire::String),
                always: false,
                sensitive: true,
            }],
        },
        always: false,
        sensitive: false,
    }],
    errors: &[],
};

const fn parameter(name: &'static str, sensitive: bool) -> Parameter {
    Parameter { name, wire: Wire::String, presence: Presence::Optional, sensitive, checks: &[] }
}

fn asked(request: http::request::Builder, body: &str) -> (Asked, crate::error::Secrets) {
    let request = request.body(body.as_bytes().to_vec()).unwrap();
    Asked::of(&SERVICE, &sensitive_names(&SERVICE), &request)
}

fn pairs(asked: &Asked) -> Vec<(&str, &str)> {
    asked.parameters.iter().collect()
}

#[test]
fn what_counts_is_read_from_query_form_and_headers() {
    let query = "https://h/?AccessKeyId=a&Action=CreateThing&ClientToken=t&Filter.1.Value.1=a%20%2Bb&Empty=&SignatureNonce=n&Signature=s%3D";
    let (v1, _) = asked(http::Request::get(query), "");
    let (_, query) = query.split_once('?').unwrap();
    let form = http::Request::post("https://h/").header("content-type", "application/x-www-form-urlencoded");
    let (in_form, _) = asked(form, query);
    let acs3 = http::Request::post("https://h/?ClientToken=t&Filter.1.Value.1=a%20%2Bb&Empty=");
    let (acs3, secrets) = asked(
        acs3.header("x-acs-action", "CreateThing")
            .header("x-acs-security-token", "TOKEN")
            .header("authorization", "ACS3-HMAC-SHA256 Credential=KEYID,SignedHeaders=host,Signature=abcdef"),
        "",
    );
    assert_eq!(v1.action, "CreateThing");
    assert_eq!(pairs(&v1), [("Empty", ""), ("Filter.1.Value.1", "a +b")]);
    assert!(v1 == in_form && v1 == acs3);
    assert_eq!(secrets.hide("TOKEN KEYID abcdef"), "*** *** ***");
}

#[test]
fn broken_encodings_are_taken_as_they_are() {
    let (found, _) = asked(http::Request::get("https://h/?a=%&b=%4&c=%zz&d=%E4&e&=f&%E7%94%B2=%25"), "");
    let expected = [("a", "%"), ("b", "%4"), ("c", "%zz"), ("d", "\u{fffd}"), ("e", ""), ("甲", "%")];
    assert_eq!(pairs(&found), expected);
}

#[test]
fn the_spec_tells_what_is_secret_in_any_action() {
    assert_eq!(sensitive_names(&SERVICE), ["AuthKey", "Name"]);
    let (found, _) =
        asked(http::Request::get("https://h/?Action=Other&Owner.12.Name=n&Names=x&AuthKey=k"), "");
    assert_eq!(pairs(&found), [("AuthKey", "***"), ("Names", "x"), ("Owner.12.Name", "***")]);
}

fn body(text: &str) -> Body {
    let (_, secrets) =
        asked(http::Request::get("https://h/?Owner.1.Name=Li%20%26%20Co&Signature=S%2FG%3D"), "");
    Body::of(text.as_bytes(), &Hidden { names: &["AuthKey"], secrets: &secrets })
}

#[test]
fn secrets_go_from_bodies_by_name_and_by_value() {
    let found = body(
        r#"{"Things": {"Thing": [{"AuthKey": "k", "Id": 7, "Note": "by Li \u0026 Co, S%2FG%3D"}]}, "AuthKey": {"A": [1, true, null, "k"]}}"#,
    );
    let expected = json!({
        "Things": {"Thing": [{"AuthKey": "***", "Id": 7, "Note": "by ***, ***"}]},
        "AuthKey": {"A": [0, false, null, "***"]},
    });
    assert_eq!(found, Body::Json(expected));

    let found = body(
        "\u{feff}<?xml version='1.0'?><!-- Li & Co --><R a='S/G='><T><AuthKey>k</AuthKey><N>Li &#38; <![CDATA[Co <]]></N></T><T/><AuthKey><B>k</B></AuthKey></R>",
    );
    let expected = "<R><T><AuthKey>***</AuthKey><N>*** &lt;</N></T><T></T><AuthKey>***</AuthKey></R>";
    assert_eq!(found, Body::Xml(expected.to_owned()));
}

#[test]
fn what_is_neither_json_nor_xml_is_left_out() {
    for text in ["", "AuthKey=k", "{\"AuthKey\": \"k", "<R><AuthKey>k</R>", "<html>S/G=<br>"] {
        let Body::LeftOut(why) = body(text) else { panic!("{text}") };
        assert!(why.starts_with(&format!("{} bytes that are neither", text.len())), "{why}");
        assert!(!why.contains('k') || !text.contains(&why), "{why}");
        assert!(body(text).to_bytes().is_empty());
    }
}

/// The outcome of a future that never has to wait.
fn now<T>(future: impl Future<Output = T>) -> T {
    match std::pin::pin!(future).as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("the future waits"),
    }
}

/// Answers requests for credentials with some, and all others with success.
#[derive(Debug)]
struct Double;

impl Transport for Double {
    fn send(&self, request: http::Request<Vec<u8>>, _limits: Limits) -> Sending<'_> {
        let body = match request.uri().path() {
            "/credentials" => {
                r#"{"Code":"Success","AccessKeyId":"KEYID","AccessKeySecret":"CanarySecret","SecurityToken":"CanaryToken","Expiration":"2999-01-01T00:00:00Z"}"#
            }
            _ => r#"{"RequestId": "R-1"}"#,
        };
        Box::pin(std::future::ready(Ok(http::Response::new(body.into()))))
    }
}

fn recorded() -> Recording {
    let recording = Recording::new(&SERVICE);
    let config = Config::new().transport(Double).retries(Retries::off()).record(&recording);
    let client =
        Client::new(config.credentials(CredentialsUri::new("http://127.0.0.1:1/credentials"))).unwrap();
    let parameters = Parameters::from([("Owner.1.Name", "CanaryName"), ("Size", "1")]);
    now(client.call(&SERVICE, "CreateThing", parameters)).unwrap();
    recording
}

const FILE: &str = r#"{
  "api": "2016-04-28",
  "exchanges": [
    {
      "action": "CreateThing",
      "headers": {},
      "json": {
        "RequestId": "R-1"
      },
      "parameters": {
        "Owner.1.Name": "***",
        "Size": "1"
      },
      "status": 200
    }
  ],
  "format": "aliyun-rpc recording",
  "product": "Mini",
  "version": 1
}
"#;

#[test]
fn a_file_is_readable_and_holds_no_credentials() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("recording.json");
    fs::write(&path, "old").unwrap();
    let recording = recorded();
    assert_eq!(format!("{recording:?} {}", recording.is_empty()), "Recording(1 exchanges) false");
    recording.save(&path).unwrap();
    // The order of keys is another where a user of serde_json asks for that of the text.
    let text = fs::read_to_string(&path).unwrap();
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!((value(&text), text.lines().count()), (value(FILE), FILE.lines().count()), "{text}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);

    let nowhere = folder.path().join("none/recording.json");
    let error = recording.save(&nowhere).unwrap_err();
    assert!(error.to_string().starts_with(&format!("recording {}: ", nowhere.display())), "{error}");
    assert!(recording.save(folder.path()).is_err());
    assert!(recording.save("").is_err());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

fn load(path: &Path, text: &str) -> Result<Replay, String> {
    fs::write(path, text).unwrap();
    Replay::load(&SERVICE, path).map_err(|error| error.to_string())
}

#[test]
fn a_sensitive_value_matches_whatever_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let replay = load(&folder.path().join("r.json"), FILE).unwrap();
    let client = Client::new(Config::new().replay(&replay)).unwrap();
    let call = |name| {
        let parameters = Parameters::from([("Owner.1.Name", name), ("Size", "1")]);
        now(client.call(&SERVICE, "CreateThing", parameters))
    };
    assert_eq!(format!("{replay:?}"), "Replay(1 answers left)");
    assert_eq!(replay.unused(), ["CreateThing Owner.1.Name=\"***\" Size=\"1\""]);
    assert_eq!(call("CanaryOther").unwrap().request_id.as_deref(), Some("R-1"));
    let error = call("CanaryThird").unwrap_err().to_string();
    assert!(error.contains(", whose answers are used up (recorded: 1); left: nothing"), "{error}");
    assert!(!error.contains("Canary"), "{error}");
}

#[test]
fn a_miss_lists_ten_that_are_left() {
    let folder = tempfile::tempdir().unwrap();
    let exchange = |size: usize| json!({"action": "A", "parameters": {"Size": size.to_string()}, "status": 200, "xml": "<R/>"});
    let exchanges: Vec<_> = (0..12).map(exchange).collect();
    let text = json!({"format": "aliyun-rpc recording", "version": 1, "product": "Mini", "api": "2016-04-28", "exchanges": exchanges});
    let replay = load(&folder.path().join("r.json"), &text.to_string()).unwrap();
    let client = Client::new(Config::new().replay(&replay)).unwrap();
    let error = now(client.call(&SERVICE, "A\n", Parameters::new())).unwrap_err().to_string();
    assert!(error.contains("asked for A\\n, which is not recorded; left: A Size=\"0\"; A"), "{error}");
    assert!(error.contains("; A Size=\"9\"; and 2 more; the request was not sent"), "{error}");
}

#[test]
fn faults_of_a_file_are_told_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.json");
    for (from, to, expected) in [
        (FILE, "", "not in JSON: EOF while parsing"),
        (FILE, "[]", "not an aliyun-rpc recording"),
        ("aliyun-rpc recording", "x", "format: expected \"aliyun-rpc recording\""),
        ("\"version\": 1", "\"version\": 2", "version: 2 is of a later release; this one reads version 1"),
        ("\"version\": 1", "\"version\": \"1\"", "version: expected 1"),
        ("Mini", "Vpc", "product: expected \"Mini\", as it is replayed for mini"),
        ("2016-04-28", "2020-01-01", "api: expected \"2016-04-28\""),
        ("\"exchanges\"", "\"exchange\"", "exchanges: expected a list"),
        ("\"CreateThing\"", "1", "exchanges[0].action: expected the name of an action"),
        ("200", "\"200\"", "exchanges[0].status: expected an HTTP status, as 200"),
        ("200", "70000", "exchanges[0].status: expected an HTTP status, as 200"),
        ("\"Size\": \"1\"", "\"Size\": 1", "exchanges[0].parameters.Size: expected a text"),
        ("\"headers\": {}", "\"headers\": []", "exchanges[0].headers: expected an object"),
        ("\"headers\": {}", "\"headers\": {\"a b\": \"\"}", "exchanges[0].headers: invalid HTTP header name"),
        ("\"json\"", "\"yaml\"", "exchanges[0]: expected one of json, xml"),
        ("\"headers\": {}", "\"xml\": \"<R/>\"", "exchanges[0]: expected one of json, xml"),
        ("\"headers\"", "\"header\"", "exchanges[0].header: unknown; an exchange has action"),
    ] {
        let text = FILE.replace(from, to);
        let error = load(&path, &text).unwrap_err();
        assert!(error.starts_with(&format!("recording {}: {expected}", path.display())), "{error}");
    }
    let error = Replay::load(&SERVICE, folder.path().join("none.json")).unwrap_err();
    assert!(error.to_string().contains("none.json: No such file"), "{error}");
    assert!(std::error::Error::source(&error).is_some() && error.path().ends_with("none.json"));
}

#[test]
fn a_key_can_be_set_after_all() {
    let replay = Replay::load(&SERVICE, {
        let path = tempfile::NamedTempFile::new().unwrap().into_temp_path();
        fs::write(&path, FILE).unwrap();
        path
    });
    let config = Config::new().replay(&replay.unwrap()).credentials(Credentials::new("LTAI", "secret"));
    assert!(format!("{config:?}").contains("Replay(1 answers left)"));
}
