//! Nothing that is secret comes out in any text.

use crate::support::{FORMATS, config};
use express_connect::bgp::DescribeBgpGroups;
use express_connect::intercept::{Intercept, Outcome, Outgoing};
use express_connect::physical_connection::*;
use express_connect::recording::{Recording, Replay};
use express_connect::{
    Client, Config, Credentials, Error, ErrorKind, Parameters, Retries, SignatureVersion, Timeouts,
    Validation, schema,
};
use express_connect_tests::{ACCESS_KEY_ID, Answer, SECRET, SECURITY_TOKEN, Server};
use std::error::Error as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const CERTIFICATE: &str = "CanaryCertificate+500000000000000009";
const NAME: &str = "CanaryName 张三";
const CONTACT: &str = "CanaryContact/13900000001";

/// Everything that must stay hidden, as it is and percent-encoded once and twice.
fn secrets(server: &Server) -> Vec<String> {
    let mut secrets: Vec<String> =
        [SECRET, SECURITY_TOKEN, CERTIFICATE, NAME, CONTACT].map(str::to_owned).into();
    let signatures =
        server.received().into_iter().filter_map(|call| call.parameters.get("Signature").cloned());
    secrets.extend(signatures);
    let once: Vec<String> = secrets.iter().map(|secret| encoded(secret)).collect();
    let twice: Vec<String> = once.iter().map(|secret| encoded(secret)).collect();
    secrets.into_iter().chain(once).chain(twice).collect()
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn assert_quiet(server: &Server, text: &str) {
    for secret in secrets(server) {
        assert!(!text.contains(&secret), "{secret} is in: {text}");
    }
    assert!(!text.contains("Canary"), "{text}");
}

/// All texts that an error gives.
fn texts(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {:?}", error.kind());
    if let ErrorKind::Refused(refusal) = error.kind() {
        text += &format!("{refusal}");
    }
    let mut source = error.source();
    while let Some(inner) = source {
        text += &format!(" {inner} {inner:?}");
        source = inner.source();
    }
    text
}

fn request() -> ApplyPhysicalConnectionLoa {
    let engineer = ProjectManager::new()
        .pm_certificate_no(CERTIFICATE)
        .pm_name(NAME)
        .pm_certificate_type(CertificateType::IdCard)
        .pm_gender(Gender::Male)
        .pm_contact_info(CONTACT);
    ApplyPhysicalConnectionLoa::new(ApplyPhysicalConnectionLoaRequired {
        instance_id: "pc-1".into(),
        company_name: "company".into(),
        line_type: LoaLineType::Fibre,
        si: "阿里".into(),
        construction_time: "2022-02-28T16:00:00Z".into(),
    })
    .pm_info([engineer])
}

fn canary(server: &Server) -> Config {
    let credentials = Credentials::new(ACCESS_KEY_ID, SECRET).with_security_token(SECURITY_TOKEN);
    config(server).credentials(credentials)
}

#[tokio::test]
async fn no_request_client_or_violation_tells() {
    let server = Server::start().await;
    let config = canary(&server);
    let client = Client::new(config.clone()).unwrap();
    let mut text = format!("{config:?} {client:?} {:?}", request());
    let engineers = vec![ProjectManager::new().pm_certificate_no(CERTIFICATE).pm_name(NAME); 17];
    let crowd = request().pm_info(engineers);
    let violations = crowd.validate();
    assert!(!violations.is_empty());
    text += &format!("{crowd:?} {violations} {violations:?}");
    let strict = Client::new(config.validation(Validation::Strict)).unwrap();
    text += &texts(&crowd.send(&strict).await.unwrap_err());
    assert_quiet(&server, &text);
}

#[tokio::test]
async fn no_refusal_tells() {
    let server = Server::start().await;
    // The server repeats everything that it was sent.
    let ways = [
        (SignatureVersion::V1, "PMInfo.1.PMName%3D***%26"),
        (SignatureVersion::Acs3, "x-acs-security-token:***\\n"),
    ];
    for (format, (version, repeated)) in FORMATS.into_iter().flat_map(|format| ways.map(|way| (format, way)))
    {
        let wrong = Credentials::new(ACCESS_KEY_ID, "Canary").with_security_token(SECURITY_TOKEN);
        let config = canary(&server).answer_format(format).credentials(wrong).signature(version);
        let client = Client::new(config).unwrap();
        let error = request().send(&client).await.unwrap_err();
        assert!(error.to_string().contains(repeated), "{error}");
        assert_quiet(&server, &texts(&error));
        let error = client.call("ApplyPhysicalConnectionLOA", aliyun_rpc::Request::parameters(&request()));
        assert_quiet(&server, &texts(&error.await.unwrap_err()));
    }
    assert_eq!(server.received().len(), 8);
}

#[tokio::test]
async fn no_failure_tells() {
    let server = Server::start().await;
    let timeouts = Timeouts::default().read(Duration::from_millis(20));
    let client = Client::new(canary(&server).timeouts(timeouts)).unwrap();
    let echo = format!("<html>{CERTIFICATE} &PMName={NAME}");
    let answers = [
        Answer::Stall,
        Answer::CutOff(200, b"{".to_vec()),
        Answer::Raw(200, echo.into_bytes()),
        Answer::Raw(200, Vec::new()),
        Answer::Redirect("/other".to_owned()),
    ];
    for answer in answers {
        server.next(answer);
        let error = request().send(&client).await.unwrap_err();
        assert_quiet(&server, &texts(&error));
    }
    let nobody = Client::new(canary(&server).endpoint("http://127.0.0.1:1")).unwrap();
    assert_quiet(&server, &texts(&request().send(&nobody).await.unwrap_err()));
}

#[tokio::test]
async fn a_page_that_repeats_the_url_does_not_tell() {
    let server = Server::start().await;
    let client = Client::new(canary(&server)).unwrap();
    request().send(&client).await.unwrap();
    let target = server.last().target;
    assert!(target.contains("&Signature=") && target.contains("&PMInfo.1.PMName="));
    // The text of an error shows the beginning of the page.
    let parts = target.split('&').map(|pair| format!("<html>No such page: {pair}&Version=2016-04-28</html>"));
    for page in parts.chain([target.clone()]) {
        for status in [200, 404] {
            server.next(Answer::Raw(status, page.clone().into_bytes()));
            let error = request().send(&client).await.unwrap_err();
            assert_quiet(&server, &texts(&error));
        }
    }
}

#[tokio::test]
async fn no_answer_tells() {
    let server = Server::start().await;
    let body = format!(
        r#"{{"PhysicalConnectionLOAType": {{"PMInfo": {{"PMInfo": [{{"PMName": "{NAME}",
        "PMCertificateNo": "{CERTIFICATE}", "PMContactInfo": "{CONTACT}"}}]}}}}}}"#
    );
    server.next(Answer::Raw(200, body.into_bytes()));
    let request = DescribePhysicalConnectionLoa::new("pc-1");
    let reply = Client::new(canary(&server)).unwrap().send_for_reply(&request).await.unwrap();
    let engineers = &reply.response.loa.as_ref().unwrap().pm_info;
    assert_eq!(engineers[0].pm_name.as_ref().unwrap().reveal(), NAME);
    assert_quiet(&server, &format!("{reply:?} {:?}", reply.response));
}

/// A server may repeat what it was sent without its name, in any form.
#[tokio::test]
async fn no_quoted_value_tells() {
    let server = Server::start().await;
    let client = Client::new(canary(&server)).unwrap();
    let quotes = [
        format!(
            r#"{{"Code":"InvalidParameter","Message":"The specified [{CERTIFICATE}] of {NAME} is illegal."}}"#
        ),
        format!(r#"{{"PMName":"{NAME}","PMContactInfo":"{CONTACT}"}}"#),
        format!("<html>PMName: {NAME}, {CERTIFICATE}"),
        format!("PMName={NAME} PMContactInfo={CONTACT}"),
    ];
    for quote in quotes {
        server.next(Answer::Raw(400, quote.into_bytes()));
        let error = request().send(&client).await.unwrap_err();
        assert_quiet(&server, &texts(&error));
    }
    let untyped = request().parameter("PMInfo.2.PMCertificateNo", CERTIFICATE);
    assert_quiet(&server, &format!("{untyped:?} {:?}", aliyun_rpc::Request::parameters(&untyped)));
}

const KEY: &str = "CanaryAuthKey/+=";

/// Calls with every other sensitive parameter, as texts: those of sessions and of the line's builder.
fn others() -> [(&'static str, Parameters); 3] {
    let key = [("RegionId", "cn-hangzhou"), ("RouterId", "vbr-1"), ("PeerAsn", "65000"), ("AuthKey", KEY)];
    let changed = [("RegionId", "cn-hangzhou"), ("BgpGroupId", "bgpg-1"), ("AuthKey", KEY)];
    let builder = [("RegionId", "cn-hangzhou"), ("InstanceId", "pc-1"), ("LineSPContactInfo", CONTACT)];
    [
        ("CreateBgpGroup", key.into()),
        ("ModifyBgpGroupAttribute", changed.into()),
        ("CompletePhysicalConnectionLOA", builder.into()),
    ]
}

/// What a service may say that repeats what it was sent: fields and their values.
fn quotes(sent: &[(&str, &str)]) -> [Answer; 5] {
    let bare: Vec<String> = sent.iter().map(|(_, value)| format!("[{value}]")).collect();
    let named: Vec<String> = sent.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let fields: Vec<String> = sent.iter().map(|(name, value)| format!(r#""{name}": "{value}""#)).collect();
    let (echo, fields) = (format!("{} {}", bare.join(" "), named.join("&")), fields.join(", "));
    let xml = echo.replace('&', "&amp;");
    let list = format!(r#""BgpGroups": {{"BgpGroup": [{{{fields}}}]}}"#);
    [
        format!(r#"400{{"Code": "InvalidParameter", "Message": "{echo}"}}"#),
        format!("500<Error><Code>InternalError</Code><Message>{xml}</Message></Error>"),
        format!("404<html>{echo}"),
        format!("200{{{list}, {fields}}}"),
        format!("200{{{fields}"),
    ]
    .map(|text| Answer::Raw(text[..3].parse().unwrap(), text[3..].into()))
}

/// The quotes of a call.
fn quotes_of(parameters: &Parameters) -> [Answer; 5] {
    let secret = parameters.iter().filter(|(_, value)| value.contains("Canary"));
    quotes(&secret.collect::<Vec<_>>())
}

#[tokio::test]
async fn no_key_of_a_session_and_no_contact_of_a_builder_tells() {
    let server = Server::start().await;
    let client = Client::new(canary(&server)).unwrap();
    for (action, parameters) in others() {
        for quote in quotes_of(&parameters) {
            server.next(quote);
            match client.call(action, parameters.clone()).await {
                Ok(reply) => {
                    let fields = reply.fields().map(|fields| format!("{fields:?}"));
                    assert_quiet(&server, &format!("{reply:?} {fields:?}"));
                }
                Err(error) => assert_quiet(&server, &texts(&error)),
            }
        }
    }
    let groups = DescribeBgpGroups::new();
    let [.., keyed, _] = quotes(&[("AuthKey", KEY)]);
    server.next(keyed);
    let reply = client.send_for_reply(&groups).await.unwrap();
    assert_eq!(reply.response.bgp_groups[0].auth_key.as_ref().unwrap().reveal(), KEY);
    assert_quiet(&server, &format!("{reply:?}"));
}

/// Prints all that an interceptor gets to see.
#[derive(Clone, Debug, Default)]
struct Printing(Arc<Mutex<String>>);

impl Intercept for Printing {
    fn before_signing(
        &self,
        attempt: &mut Outgoing<'_>,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        *self.0.lock().unwrap() += &format!("{attempt:?} ");
        for (name, _) in attempt.parameters().iter() {
            assert!(!["AccessKeyId", "SecurityToken", "Signature"].contains(&name), "{name}");
        }
        match attempt.parameters().get("PMInfo.1.PMName") {
            Some(name) if attempt.region() == Some("cn-beijing") => Err(format!("{name} is away").into()),
            _ => Ok(()),
        }
    }

    fn after_attempt(&self, outcome: &Outcome<'_>) {
        let (kind, error) = (outcome.error_kind(), outcome.error());
        *self.0.lock().unwrap() += &format!("{outcome:?} {kind:?} {error:?} ");
        *self.0.lock().unwrap() += &error.map(ToString::to_string).unwrap_or_default();
    }
}

#[tokio::test]
async fn no_interceptor_prints_a_secret_without_meaning_to() {
    let server = Server::start().await;
    let printing = Printing::default();
    for version in [SignatureVersion::V1, SignatureVersion::Acs3] {
        let config = canary(&server).signature(version).interceptor(printing.clone());
        let client = Client::new(config.clone().retries(Retries::default()).sleep(NoWait)).unwrap();
        let sent = [("PMName", NAME), ("PMCertificateNo", CERTIFICATE), ("PMContactInfo", CONTACT)];
        for quote in quotes(&sent) {
            server.next(quote);
            let _ = request().send(&client).await;
        }
        let wrong = Credentials::new(ACCESS_KEY_ID, "Canary").with_security_token(SECURITY_TOKEN);
        let _ = request().send(&Client::new(config.credentials(wrong)).unwrap()).await;
        let error = request().region_id("cn-beijing").send(&client).await.unwrap_err();
        assert!(error.to_string().contains("an interceptor ended the call: *** is away"), "{error}");
        assert_quiet(&server, &format!("{error} {error:?} {:?}", error.kind()));
    }
    let printed = printing.0.lock().unwrap().clone();
    assert!(printed.contains("SignatureDoesNotMatch") && printed.contains("PMInfo.1.PMName"), "{printed}");
    assert_quiet(&server, &printed);
}

#[derive(Debug)]
struct NoWait;

impl express_connect::Sleep for NoWait {
    fn sleep(&self, _: Duration) -> express_connect::Sleeping<'_> {
        Box::pin(std::future::ready(()))
    }
}

#[tokio::test]
async fn no_recording_tells() {
    let server = Server::start().await;
    let recording = Recording::new(&schema::SERVICE);
    let engineers = format!(
        r#"{{"PMInfo": [{{"PMName": "{NAME}", "PMCertificateNo": "{CERTIFICATE}", "PMContactInfo": "{CONTACT}"}}]}}"#
    );
    let xml = format!(
        "<R><PhysicalConnectionLOAType><PMInfo><PMInfo><PMName>{NAME}</PMName></PMInfo></PMInfo></PhysicalConnectionLOAType></R>"
    );
    for (format, version) in FORMATS
        .into_iter()
        .flat_map(|format| [SignatureVersion::V1, SignatureVersion::Acs3].map(|v| (format, v)))
    {
        let config = canary(&server).answer_format(format).signature(version).record(&recording);
        let client = Client::new(config.clone()).unwrap();
        let wrong = Credentials::new(ACCESS_KEY_ID, "Canary").with_security_token(SECURITY_TOKEN);
        for client in [client.clone(), Client::new(config.credentials(wrong)).unwrap()] {
            request().send(&client).await.map_or_else(drop, drop);
            for (action, parameters) in others() {
                let _ = client.call(action, parameters).await;
            }
        }
        for (action, parameters) in others() {
            for quote in quotes_of(&parameters) {
                server.next(quote);
                let _ = client.call(action, parameters.clone()).await;
            }
        }
        for body in [format!(r#"{{"PhysicalConnectionLOAType": {{"PMInfo": {engineers}}}}}"#), xml.clone()] {
            server.next(Answer::Raw(200, body.into_bytes()));
            DescribePhysicalConnectionLoa::new("pc-1").send(&client).await.unwrap();
        }
    }
    let folder = tempfile::tempdir().unwrap();
    recording.save(folder.path().join("r.json")).unwrap();
    let text = std::fs::read_to_string(folder.path().join("r.json")).unwrap();
    assert!(text.contains("SignatureDoesNotMatch") && text.contains("<PMName>***</PMName>"), "{text}");
    assert!(!text.contains(ACCESS_KEY_ID), "{text}");
    assert_quiet(&server, &text);
    let replay = Replay::load(&schema::SERVICE, folder.path().join("r.json")).unwrap();
    assert_quiet(&server, &format!("{recording:?} {replay:?} {:?}", replay.unused()));
    let client = Client::new(Config::new().region("cn-hangzhou").replay(&replay)).unwrap();
    let missed = request().region_id("cn-beijing").send(&client).await.unwrap_err();
    assert!(missed.to_string().contains("PMInfo.1.PMName=\"***\""), "{missed}");
    assert_quiet(&server, &texts(&missed));
}
