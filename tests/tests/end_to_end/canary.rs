//! Nothing that is secret comes out in any text.

use crate::support::{FORMATS, config};
use express_connect::physical_connection::*;
use express_connect::{
    Client, Config, Credentials, Error, ErrorKind, SignatureVersion, Timeouts, Validation,
};
use express_connect_tests::{ACCESS_KEY_ID, Answer, SECRET, SECURITY_TOKEN, Server};
use std::error::Error as _;
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
