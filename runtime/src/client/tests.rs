use super::signed::LONGEST_QUERY;
use super::*;
use crate::config::AnswerFormat;
use crate::decode::Slot;
use crate::parameters::{Encode, Writer};
use crate::schema::{
    Condition, Effect, Endpoints, ErrorClass, ErrorCode, ErrorRow, Parameter, Presence, Wire,
};
use crate::sign;
use crate::transport::{Sending, TransportError, TransportErrorKind};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

static SERVICE: Service = Service {
    name: "mini",
    product: "Mini",
    version: "2016-04-28",
    endpoints: Endpoints {
        central: "mini.aliyuncs.com",
        regional: "mini.{region}.aliyuncs.com",
        vpc: "mini-vpc.{region}.aliyuncs.com",
        exceptions: &[],
    },
    signature: SignatureVersion::V1,
    region_parameter: "RegionId",
    dry_run_code: None,
    actions: &[&CREATE],
    errors: &[
        ErrorCode {
            code: "InvalidName.Malformed",
            class: ErrorClass::Never,
            condition: None,
            cause: "The name is malformed.",
            remedy: "Send another name.",
        },
        ErrorCode {
            code: "SignatureDoesNotMatch",
            class: ErrorClass::Never,
            condition: Some(Condition::Signature),
            cause: "The signature is another one.",
            remedy: "Compare.",
        },
        ErrorCode {
            code: "Throttling",
            class: ErrorClass::Retry,
            condition: Some(Condition::Throttled),
            cause: "Too many calls.",
            remedy: "Wait.",
        },
    ],
    lifecycles: &[],
};

static CREATE: Action = Action {
    name: "CreateThing",
    service: &SERVICE,
    group: "thing",
    summary: "Creates a thing.",
    section: "1.1",
    effect: Effect::Create,
    idempotency: Some("ClientToken"),
    dry_run: None,
    pages: None,
    parameters: &[
        parameter("RegionId", Presence::Required, false),
        parameter("ClientToken", Presence::Optional, false),
        parameter("Name", Presence::Required, false),
        parameter("AuthKey", Presence::Optional, true),
    ],
    lists: &[],
    filters: &[],
    rules: &[],
    response: &[],
    errors: &[
        ErrorRow {
            http: 400,
            code: "InvalidName.Malformed",
            message: "The name is malformed.",
            cause: None,
            remedy: Some("Send a name of two characters at least."),
            class: None,
            copied: false,
        },
        ErrorRow {
            http: 400,
            code: "InvalidName.Malformed",
            message: "The name %s is taken by %s.",
            cause: Some("Another thing has the name."),
            remedy: Some("Wait until it is gone."),
            class: Some(ErrorClass::Settle),
            copied: false,
        },
    ],
};

const fn parameter(name: &'static str, presence: Presence, sensitive: bool) -> Parameter {
    Parameter { name, wire: Wire::String, presence, sensitive, checks: &[] }
}

struct CreateThing(Parameters);

impl Request for CreateThing {
    type Response = Thing;
    const ACTION: &'static Action = &CREATE;

    fn encode(&self, writer: &mut Writer<'_>) {
        for (name, value) in self.0.iter() {
            let name = CREATE.parameters.iter().find(|parameter| parameter.name == name).unwrap().name;
            writer.field(name, &value.to_owned() as &dyn Encode);
        }
    }
}

#[derive(Debug, Default, PartialEq)]
struct Thing {
    id: String,
}

impl Decode for Thing {
    fn slot(&mut self, key: &str) -> Option<Slot<'_>> {
        (key == "ThingId").then_some(Slot::Scalar(&mut self.id))
    }
}

/// Answers each request alike and keeps the last one.
#[derive(Clone, Debug)]
struct Double {
    status: u16,
    body: Vec<u8>,
    last: Arc<Mutex<Option<http::Request<Vec<u8>>>>>,
}

impl Transport for Double {
    fn send(&self, request: http::Request<Vec<u8>>, _limits: Limits) -> Sending<'_> {
        *self.last.lock().unwrap() = Some(request);
        let answer = http::Response::builder().status(self.status).body(self.body.clone());
        Box::pin(std::future::ready(Ok(answer.unwrap())))
    }
}

impl Double {
    fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, body: body.into(), last: Arc::default() }
    }

    fn last(&self) -> http::Request<Vec<u8>> {
        self.last.lock().unwrap().take().expect("a request was sent")
    }

    /// The parameters of the last request, from its query or its form.
    fn sent(&self) -> BTreeMap<String, String> {
        let request = self.last();
        let form = String::from_utf8(request.body().clone()).unwrap();
        let text = request.uri().query().unwrap_or(&form).to_owned();
        let pair = |pair: &str| pair.split_once('=').map(|(name, value)| (name.to_owned(), decoded(value)));
        text.split('&').map(|text| pair(text).unwrap()).collect()
    }
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[derive(Debug)]
struct Fixed;

impl Stamps for Fixed {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_657_094_469)
    }

    fn unique(&self) -> std::io::Result<String> {
        Ok("unique".to_owned())
    }
}

const OK: &str = r#"{"RequestId": "R-1", "ThingId": "t-1"}"#;

fn config(double: &Double) -> Config {
    Config::new()
        .region("cn-hangzhou")
        .credentials(Credentials::new("LTAI5tTESTKEYID00000", "SECRET").with_security_token("TO/KEN"))
        .transport(double.clone())
        .stamps(Fixed)
        .retries(Retries::off())
}

fn client(double: &Double) -> Client {
    Client::new(config(double)).unwrap()
}

fn named(name: &str) -> CreateThing {
    CreateThing(Parameters::from([("Name", name)]))
}

/// The outcome of a future that never has to wait.
fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("the future waits"),
    }
}

#[test]
fn a_call_is_completed_signed_and_read() {
    let double = Double::new(200, OK);
    let reply = now(client(&double).send_for_reply(&named("a b"))).unwrap();
    assert_eq!(reply.response, Thing { id: "t-1".to_owned() });
    assert_eq!((reply.status, reply.request_id.as_deref(), reply.body.as_str()), (200, Some("R-1"), OK));

    let request = double.last.lock().unwrap().clone().unwrap();
    assert_eq!(request.method(), "GET");
    assert_eq!(request.uri().host(), Some("mini.cn-hangzhou.aliyuncs.com"));
    assert_eq!(request.uri().scheme_str(), Some("https"));
    let agent = request.headers().get("user-agent").unwrap().to_str().unwrap();
    assert!(agent.starts_with("aliyun-rpc/"), "{agent}");

    let mut sent = double.sent();
    let signature = sent.remove("Signature").unwrap();
    let parameters: Parameters = sent.clone().into_iter().collect();
    assert_eq!(signature, sign::v1::signature("SECRET", &sign::v1::string_to_sign("GET", &parameters)));
    let expected = [
        ("AccessKeyId", "LTAI5tTESTKEYID00000"),
        ("Action", "CreateThing"),
        ("ClientToken", "unique"),
        ("Format", "JSON"),
        ("Name", "a b"),
        ("RegionId", "cn-hangzhou"),
        ("SecurityToken", "TO/KEN"),
        ("SignatureMethod", "HMAC-SHA1"),
        ("SignatureNonce", "unique"),
        ("SignatureVersion", "1.0"),
        ("Timestamp", "2022-07-06T08:01:09Z"),
        ("Version", "2016-04-28"),
    ];
    assert_eq!(sent, expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
}

/// Memory of up to this size glibc keeps at hand for each thread; for a larger piece it tidies up first, which costs a
/// call more than its signature does.
#[test]
fn a_call_fits_into_memory_at_hand() {
    let client = client(&Double::new(200, OK));
    let mut thing = Thing::default();
    let calling = client.typed(&CREATE, Parameters::new(), &mut thing);
    let size = size_of_val(calling.as_ref().get_ref());
    assert!(size <= 1032, "{size} bytes");
}

#[test]
fn what_the_request_sets_is_kept() {
    let double = Double::new(200, OK);
    let parameters = [("Name", "n"), ("ClientToken", "mine"), ("RegionId", "cn-beijing")];
    now(client(&double).send(&CreateThing(parameters.into()))).unwrap();
    let host = double.last.lock().unwrap().as_ref().unwrap().uri().host().map(str::to_owned);
    assert_eq!(host.as_deref(), Some("mini.cn-beijing.aliyuncs.com"));
    let sent = double.sent();
    assert_eq!((sent["ClientToken"].as_str(), sent["RegionId"].as_str()), ("mine", "cn-beijing"));
}

#[test]
fn a_query_of_4096_bytes_is_the_longest() {
    let double = Double::new(200, OK);
    now(client(&double).send(&named("n"))).unwrap();
    let shortest = double.last().uri().query().unwrap().len();
    // The signature is base64, of which `+`, `/` and `=` take three bytes: find the name that just fits.
    let mut longest_get = 0;
    let mut shortest_post = usize::MAX;
    for extra in LONGEST_QUERY - shortest - 20..LONGEST_QUERY - shortest + 20 {
        now(client(&double).send(&named(&"n".repeat(1 + extra)))).unwrap();
        let request = double.last.lock().unwrap().clone().unwrap();
        match request.uri().query() {
            Some(query) => {
                assert_eq!(request.method(), "GET");
                assert!(request.body().is_empty());
                longest_get = longest_get.max(query.len());
            }
            None => {
                assert_eq!(request.method(), "POST");
                assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
                shortest_post = shortest_post.min(request.body().len());
                let mut sent = double.sent();
                let signature = sent.remove("Signature").unwrap();
                let parameters: Parameters = sent.into_iter().collect();
                assert_eq!(
                    signature,
                    sign::v1::signature("SECRET", &sign::v1::string_to_sign("POST", &parameters))
                );
            }
        }
    }
    assert!((LONGEST_QUERY - 8..=LONGEST_QUERY).contains(&longest_get), "{longest_get}");
    assert!((LONGEST_QUERY - 8..=LONGEST_QUERY + 8).contains(&shortest_post), "{shortest_post}");
}

/// The values of headers of a request, by name.
fn headers(request: &http::Request<Vec<u8>>) -> BTreeMap<String, String> {
    let text = |value: &http::HeaderValue| value.to_str().unwrap().to_owned();
    request.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}

#[test]
fn acs3_takes_one_line() {
    let double = Double::new(200, OK);
    let config = config(&double).signature(SignatureVersion::Acs3).answer_format(AnswerFormat::Xml);
    now(Client::new(config).unwrap().send(&named("a *"))).unwrap();
    let request = double.last();
    assert_eq!(request.method(), "POST");
    assert_eq!(
        request.uri().to_string(),
        "https://mini.cn-hangzhou.aliyuncs.com/?ClientToken=unique&Name=a%20%2A&RegionId=cn-hangzhou"
    );
    assert!(request.body().is_empty());
    let mut sent = headers(&request);
    assert!(sent.remove("user-agent").is_some());
    let authorization = sent.remove("authorization").unwrap();
    let names = "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-security-token;x-acs-signature-nonce;x-acs-version";
    let start = format!("ACS3-HMAC-SHA256 Credential=LTAI5tTESTKEYID00000,SignedHeaders={names},Signature=");
    assert!(authorization.starts_with(&start), "{authorization}");
    let expected = [
        ("accept", "application/xml"),
        ("host", "mini.cn-hangzhou.aliyuncs.com"),
        ("x-acs-action", "CreateThing"),
        ("x-acs-content-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("x-acs-date", "2022-07-06T08:01:09Z"),
        ("x-acs-security-token", "TO/KEN"),
        ("x-acs-signature-nonce", "unique"),
        ("x-acs-version", "2016-04-28"),
    ];
    assert_eq!(sent, expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
}

#[test]
fn a_long_query_is_a_form_with_acs3() {
    let double = Double::new(200, OK);
    let client = Client::new(config(&double).signature(SignatureVersion::Acs3)).unwrap();
    let rest = "ClientToken=unique&Name=&RegionId=cn-hangzhou".len();
    now(client.send(&named(&"n".repeat(LONGEST_QUERY - rest)))).unwrap();
    assert_eq!(double.last().uri().query().map(str::len), Some(LONGEST_QUERY));
    now(client.send(&named(&"n".repeat(LONGEST_QUERY - rest + 1)))).unwrap();
    let request = double.last();
    assert_eq!((request.uri().query(), request.body().len()), (None, LONGEST_QUERY + 1));
    let sent = headers(&request);
    assert_eq!(sent["content-type"], "application/x-www-form-urlencoded");
    assert!(sent["authorization"].contains("SignedHeaders=content-type;host;"), "{sent:?}");
}

#[test]
fn what_acs3_signs_with_stays_hidden() {
    let double = Double::new(200, OK);
    let client = Client::new(config(&double).signature(SignatureVersion::Acs3)).unwrap();
    now(client.send(&named("n"))).unwrap();
    let sent = headers(&double.last());
    let signature = sent["authorization"].rsplit('=').next().unwrap();
    let body = format!(
        r#"{{"Code": "SignatureDoesNotMatch", "Message": "x-acs-security-token:TO/KEN gives {signature}"}}"#
    );
    let client = Client::new(config(&Double::new(400, body)).signature(SignatureVersion::Acs3)).unwrap();
    let error = now(client.send(&named("n"))).unwrap_err();
    assert!(error.to_string().contains("x-acs-security-token:*** gives ***"), "{error}");

    let error = now(client.call(&SERVICE, "two\nlines", Parameters::new())).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Unfit(text) if text.contains("x-acs-action")), "{error}");
}

#[test]
fn a_signed_url_is_complete_and_hidden() {
    let double = Double::new(200, OK);
    let url = now(client(&double).signed_url(&named("a b"))).unwrap();
    now(client(&double).send(&named("a b"))).unwrap();
    assert_eq!(url.reveal(), double.last().uri().to_string());
    assert_eq!(format!("{url:?}"), "SignedUrl(https://mini.cn-hangzhou.aliyuncs.com/?***)");
    // A configuration that signs in another way makes no difference.
    let other = Client::new(config(&double).signature(SignatureVersion::Acs3)).unwrap();
    assert_eq!(now(other.signed_url(&named("a b"))).unwrap(), url);

    let error = now(other.signed_url(&named(&"n".repeat(LONGEST_QUERY)))).unwrap_err();
    let start = "CreateThing: the query of its signed URL would take 4392 bytes, which is more than 4096;";
    assert!(error.to_string().starts_with(start), "{error}");
    assert!(matches!(
        now(other.signed_url(&CreateThing(Parameters::new()))).unwrap_err().kind(),
        ErrorKind::Invalid(_)
    ));
}

#[test]
fn violations_stop_the_call() {
    let double = Double::new(200, OK);
    let error = now(client(&double).send(&CreateThing(Parameters::new()))).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Invalid(_)), "{error}");
    assert!(double.last.lock().unwrap().is_none());
}

#[test]
fn a_refusal_is_explained_by_the_schema() {
    let body =
        r#"{"RequestId": "R-2", "HostId": "h", "Code": "InvalidName.Malformed", "Message": "Bad\nname."}"#;
    let error = now(client(&Double::new(400, body)).send(&named("n"))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "CreateThing: HTTP 400 InvalidName.Malformed: Bad\\nname. Cause: The name is malformed. \
         Remedy: Send a name of two characters at least. (request R-2)"
    );
    assert_eq!((error.code(), error.status()), (Some("InvalidName.Malformed"), Some(400)));
    assert_eq!((error.action(), error.request_id()), (Some("CreateThing"), Some("R-2")));
    let ErrorKind::Refused(refusal) = error.kind() else { panic!("{error}") };
    assert_eq!(refusal.class(), Some(ErrorClass::Never));
    assert_eq!(refusal.host_id.as_deref(), Some("h"));

    // The remedy of the row belongs to its status alone.
    let error = now(client(&Double::new(403, body)).send(&named("n"))).unwrap_err();
    assert!(error.to_string().contains("Remedy: Send another name."), "{error}");

    let taken =
        r#"{"Code": "InvalidName.Malformed", "Message": "The name n is taken by t-1.", "RequestId": "R-3"}"#;
    let error = now(client(&Double::new(400, taken)).send(&named("n"))).unwrap_err();
    let ErrorKind::Refused(refusal) = error.kind() else { panic!("{error}") };
    let expected = (Some(ErrorClass::Settle), Some("Another thing has the name."));
    assert_eq!((refusal.class(), refusal.cause()), expected, "the row with this message");

    let unknown = r#"{"Code": "Throttling.Strange", "Message": "m", "RequestId": "R-3"}"#;
    let error = now(client(&Double::new(400, unknown)).send(&named("n"))).unwrap_err();
    let ErrorKind::Refused(refusal) = error.kind() else { panic!("{error}") };
    assert_eq!((refusal.class(), refusal.cause(), refusal.remedy()), (None, None, None));
}

#[test]
fn a_mismatched_signature_echoes_no_secret() {
    let body = r#"{"Code": "SignatureDoesNotMatch", "RequestId": "R-4", "Message": "server string to sign is:GET&%2F&AuthKey%3DHIDDEN%26Name%3Dn%26SecurityToken%3DTO%252FKEN%26Version%3D1"}"#;
    let error = now(client(&Double::new(400, body)).send(&named("n"))).unwrap_err();
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(text.contains("AuthKey%3D***%26Name%3Dn%26SecurityToken%3D***%26Version%3D1"), "{text}");
    }
}

#[test]
fn an_answer_that_is_no_refusal_is_unreadable() {
    let page = format!("<html>\r\n<body>Signature=abc&x {}</body>", "é".repeat(300));
    let error = now(client(&Double::new(502, page.clone())).send(&named("n"))).unwrap_err();
    let ErrorKind::Unreadable(unreadable) = error.kind() else { panic!("{error}") };
    assert_eq!((unreadable.status, unreadable.body.as_str()), (502, page.as_str()));
    assert!(!unreadable.may_have_changed_something());
    let text = error.to_string();
    assert!(text.contains("<html>\\r\\n<body>Signature=***&x éé"), "{text}");
    assert_eq!(text.matches('é').count(), 200 - "<html>\r\n<body>Signature=***&x ".len());
}

#[test]
fn a_success_that_cannot_be_read_keeps_its_text() {
    let body = r#"{"RequestId": "R-5", "ThingId": {"Secret": "HIDDEN"}}"#;
    let error = now(client(&Double::new(200, body)).send(&named("n"))).unwrap_err();
    let ErrorKind::Unreadable(unreadable) = error.kind() else { panic!("{error}") };
    assert_eq!((unreadable.effect, unreadable.body.as_str()), (Some(Effect::Create), body));
    assert!(unreadable.may_have_changed_something());
    assert_eq!(error.request_id(), Some("R-5"));
    assert!(!format!("{error} {error:?}").contains("HIDDEN"));

    let double = Double::new(200, b"\xff".to_vec());
    let error = now(client(&double).call(&SERVICE, "Other", Parameters::new())).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Unreadable(answer) if answer.effect.is_none()), "{error}");
}

#[test]
fn any_action_can_be_called_as_it_is() {
    let double = Double::new(200, "<x/>");
    let config = config(&double).answer_format(AnswerFormat::Xml).endpoint("http://127.0.0.1:1");
    let reply =
        now(Client::new(config).unwrap().call(&SERVICE, "CreateThing", [("Odd", "1")].into())).unwrap();
    assert_eq!(reply.body, "<x/>");
    let request = double.last.lock().unwrap().clone().unwrap();
    assert_eq!(request.uri().authority().unwrap(), "127.0.0.1:1");
    let sent = double.sent();
    assert_eq!((sent["Odd"].as_str(), sent["Format"].as_str()), ("1", "XML"));
    assert!(!sent.contains_key("ClientToken") && !sent.contains_key("RegionId"));
}

#[test]
fn a_region_cannot_name_another_host() {
    let double = Double::new(200, OK);
    let parameters = [("RegionId", "x.example.com/")];
    let error = now(client(&double).call(&SERVICE, "Other", parameters.into())).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Configuration(_)), "{error}");
    assert!(Client::new(config(&double).region("a.b")).is_err());

    let nowhere = Config::new().credentials(Credentials::new("id", "SECRET")).transport(double.clone());
    now(Client::new(nowhere).unwrap().call(&SERVICE, "Other", Parameters::new())).unwrap();
    assert_eq!(double.last().uri().host(), Some("mini.aliyuncs.com"));
}

#[test]
fn a_configuration_that_cannot_work_is_refused() {
    let double = Double::new(200, OK);
    let error = |config: Config| Client::new(config).unwrap_err().to_string();
    assert!(error(config(&double).endpoint("http://10.0.0.1")).contains("from Config::endpoint"));
    assert!(Client::new(config(&double).endpoint("http://10.0.0.1").allow_http(true)).is_ok());
    assert!(error(config(&double).user_agent("a\nb")).contains("user agent"));
    #[cfg(feature = "hyper")]
    assert!(error(Config::new().ca_certificates("no PEM")).contains("no certificate"));
}

#[test]
fn no_text_of_client_or_failure_shows_a_secret() {
    #[derive(Debug)]
    struct Broken;
    impl Transport for Broken {
        fn send(&self, _request: http::Request<Vec<u8>>, _limits: Limits) -> Sending<'_> {
            let error = TransportError::new(TransportErrorKind::Interrupted, true).with_source("reset");
            Box::pin(std::future::ready(Err(error)))
        }
    }
    let client = Client::new(config(&Double::new(200, OK)).transport(Broken)).unwrap();
    let error = now(client.send(&named("n"))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "CreateThing: no answer from mini.cn-hangzhou.aliyuncs.com: the connection broke off: reset; the request may \
         have reached the service; it may have had its effect: repeat it with ClientToken=unique or not at all"
    );
    let text = format!("{client:?} {error} {error:?}");
    for secret in ["SECRET", "TO/KEN", "TO%2FKEN", "Signature", "LTAI5tTEST"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[test]
fn futures_can_be_spawned() {
    fn spawnable<T: Send + 'static>(_: T) {}
    fn shared<T: Send + Sync + Clone + 'static>(_: &T) {}
    let client = client(&Double::new(200, OK));
    shared(&client);
    spawnable(async move { client.send(&named("n")).await });
    assert!(size_of::<Error>() <= size_of::<usize>());
}
