//! Refusals, those that the actions document and those of the gateway.

use crate::support::{CALLS, FORMATS, client, client_for, config, credentials};
use aliyun_rpc::{Parameters, Stamps};
use aliyun_rpc_generator::model::ErrorRow;
use aliyun_rpc_generator::spec::Class;
use express_connect::physical_connection::OpenPhysicalConnectionService;
use express_connect::{
    Client, Credentials, Error, ErrorClass, ErrorCode, ErrorKind, Refusal, SignatureFault,
};
use express_connect_tests::signature::v1::string_to_sign;
use express_connect_tests::{ACCESS_KEY_ID, Answer, SECURITY_TOKEN, Server, filled, model};
use std::time::{Duration, SystemTime};

fn refusal(error: &Error) -> &Refusal {
    let ErrorKind::Refused(refusal) = error.kind() else { panic!("{error}") };
    refusal
}

/// Everything that is documented is there, and typed.
fn check(error: &Error, action: &str, row: &ErrorRow) {
    let code = error.code().unwrap();
    assert!(!matches!(code, ErrorCode::Unknown(_)), "{error}");
    assert_eq!(code, ErrorCode::from(row.code.as_str()));
    assert_eq!((code.as_str(), error.status()), (row.code.as_str(), Some(row.http)));
    assert_eq!(error.action(), Some(action));
    assert!(error.request_id().is_some_and(|id| id.starts_with("0ED8D006-F706-4D23-88ED-")), "{error}");
    let refusal = refusal(error);
    assert_eq!(refusal.message, filled(&row.message));
    let general = model().errors.iter().find(|known| known.code == row.code).unwrap();
    assert_eq!(refusal.cause(), Some(row.cause.as_ref().unwrap_or(&general.cause).as_str()), "{error}");
    assert_eq!(refusal.remedy(), Some(row.remedy.as_ref().unwrap_or(&general.remedy).as_str()), "{error}");
    let class = match row.class.unwrap_or(general.class) {
        Class::Retry => ErrorClass::Retry,
        Class::Settle => ErrorClass::Settle,
        Class::Never => ErrorClass::Never,
    };
    assert_eq!(refusal.class(), Some(class), "{error}");
    assert_eq!(refusal.host_id.as_deref(), Some("vpc.aliyuncs.com"));
    assert!(refusal.recommend.as_deref().is_some_and(|page| page.ends_with("?source=PopGw")));
}

#[tokio::test]
async fn every_documented_error_arrives_typed() {
    let server = Server::start().await;
    let rows: usize = model().actions().map(|action| action.errors.len()).sum();
    for format in FORMATS {
        let client = client_for(&server, format);
        for call in CALLS {
            let action = call.action.name;
            for row in &call.spec().errors {
                server.next(Answer::Error(row.clone()));
                check(&(call.send)(client.clone(), call.example()).await.unwrap_err(), action, row);
                server.next(Answer::Error(row.clone()));
                check(&client.call(action, call.example()).await.unwrap_err(), action, row);
            }
        }
    }
    assert_eq!(server.received().len(), rows * 4);
    assert!(rows > 60, "{rows} documented errors are too few");
}

/// The code with which the service refuses the opening of the service.
async fn refused(client: Client) -> ErrorCode {
    let error = OpenPhysicalConnectionService::new().send(&client).await.unwrap_err();
    assert!(refusal(&error).remedy().is_some(), "{error}");
    error.code().unwrap()
}

#[tokio::test]
async fn the_gateway_refuses_keys_and_signatures() {
    let server = Server::start().await;
    for format in FORMATS {
        let with = |credentials| {
            Client::new(config(&server).answer_format(format).credentials(credentials)).unwrap()
        };
        let stranger = Credentials::new("LTAI5tSTRANGER000000", "secret");
        assert_eq!(refused(with(stranger)).await, ErrorCode::InvalidAccessKeyIdNotFound);
        let wrong = Credentials::new(ACCESS_KEY_ID, "secret");
        assert_eq!(refused(with(wrong)).await, ErrorCode::SignatureDoesNotMatch);
        let expired = credentials().with_security_token("yesterday's");
        assert_eq!(refused(with(expired)).await, ErrorCode::InvalidSecurityTokenExpired);
        let temporary = credentials().with_security_token(SECURITY_TOKEN);
        assert!(OpenPhysicalConnectionService::new().send(&with(temporary)).await.is_ok());
    }
}

#[tokio::test]
async fn a_mismatch_shows_what_the_service_signed() {
    let server = Server::start().await;
    let client = Client::new(config(&server).credentials(Credentials::new(ACCESS_KEY_ID, "secret"))).unwrap();
    let error = client.call("OpenPhysicalConnectionService", [("RegionId", "a *")]).await.unwrap_err();
    let text = "is:GET&%2F&AccessKeyId%3DLTAI5tTESTKEYID00000%26Action%3DOpenPhysicalConnectionService%26";
    assert!(refusal(&error).message.contains(text), "{error}");
    assert!(error.to_string().contains("%26RegionId%3Da%2520%252A%26"), "{error}");
    assert_eq!(refusal(&error).signature_fault(), Some(&SignatureFault::Secret));
    assert!(error.to_string().contains("so the access key secret is wrong"), "{error}");
}

#[tokio::test]
async fn a_request_that_was_changed_on_its_way_is_told_from_a_wrong_secret() {
    let server = Server::start().await;
    let config = config(&server).credentials(credentials().with_security_token(SECURITY_TOKEN));
    let client = Client::new(config).unwrap();
    let call = || client.call("OpenPhysicalConnectionService", [("RegionId", "a+b")]);
    call().await.unwrap();
    let signed = string_to_sign("GET", &server.last().parameters);
    // Nonce and time, which differ by themselves, come later in the text.
    for (theirs, ours) in [("POST", "GET"), ("RegionId%3Da%2520b", "RegionId%3Da%252Bb")] {
        let echo = signed.replace(ours, theirs);
        let body = format!(r#"{{"Code": "SignatureDoesNotMatch", "Message": "string to sign is:{echo}"}}"#);
        server.next(Answer::Raw(400, body.into_bytes()));
        let error = call().await.unwrap_err();
        let fault = SignatureFault::Text { ours: ours.to_owned(), theirs: theirs.to_owned() };
        assert_eq!(refusal(&error).signature_fault(), Some(&fault), "{error}");
        let told = format!(
            "another text than the client, `{theirs}` where the client has `{ours}`; the secret may be"
        );
        assert!(error.to_string().contains(&told) && !error.to_string().contains("Canary"), "{error}");
    }
}

#[tokio::test]
async fn programs_can_ask_what_kind_of_error_it_is() {
    let server = Server::start().await;
    let client = client(&server);
    let cases = [
        (404, "InvalidPhysicalConnectionId.NotFound", (true, false)),
        (400, "ResourceNotFound.PhysicalConnectionId", (true, false)),
        (404, "InvalidThing.NotFound", (true, false)),
        (404, "InvalidRegionId.NotFound", (false, false)),
        (404, "InvalidAccessKeyId.NotFound", (false, false)),
        (400, "InvalidThing.NotFound", (false, false)),
        (400, "Throttling.Api", (false, true)),
        (503, "Throttling.Strange", (false, true)),
        (429, "Strange", (false, true)),
        (400, "InvalidParameter", (false, false)),
    ];
    for (status, code, told) in cases {
        let body = format!(r#"{{"Code": "{code}", "Message": "No."}}"#);
        server.next(Answer::Raw(status, body.into_bytes()));
        let error = OpenPhysicalConnectionService::new().send(&client).await.unwrap_err();
        assert_eq!((error.is_not_found(), error.is_throttled()), told, "{error}");
        assert_eq!(error.endpoint(), Some(server.endpoint().as_str()));
    }
}

#[tokio::test]
async fn names_that_only_the_client_sets_are_refused() {
    let server = Server::start().await;
    let client = client(&server);
    for name in
        ["Action", "Version", "Format", "Signature", "SignatureNonce", "Timestamp", "SecurityToken", ""]
    {
        let typed = OpenPhysicalConnectionService::new().parameter(name, "CanaryValue");
        assert_eq!(typed.validate().len(), 1, "{name}");
        let untyped =
            client.call("OpenPhysicalConnectionService", [("RegionId", "r"), (name, "CanaryValue")]);
        for error in [typed.send(&client).await.unwrap_err(), untyped.await.unwrap_err()] {
            let ErrorKind::Invalid(violations) = error.kind() else { panic!("{name}: {error}") };
            assert_eq!((violations.len(), error.attempts(), error.endpoint()), (1, 0, None));
            assert!(!format!("{error} {violations:?}").contains("Canary"), "{error}");
        }
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn an_error_of_the_connection_names_the_host_alone() {
    let server = Server::start().await;
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = Client::new(config(&server).endpoint(format!("http://{closed}"))).unwrap();
    let error = OpenPhysicalConnectionService::new().send(&client).await.unwrap_err();
    let start = format!("OpenPhysicalConnectionService: no answer from {closed}: could not connect: ");
    let text = error.to_string();
    assert!(text.starts_with(&start) && text.ends_with("; the request was not sent"), "{text}");
    assert!(!text.contains('?') && !text.contains("AccessKeyId"), "{text}");
    // The chain of sources leads down to the system's error.
    let chain = std::iter::successors(std::error::Error::source(&error), |error| error.source());
    let system = chain.filter_map(|error| error.downcast_ref::<std::io::Error>()).next();
    assert_eq!(system.map(std::io::Error::kind), Some(std::io::ErrorKind::ConnectionRefused));
}

#[tokio::test]
async fn the_gateway_refuses_what_it_does_not_know() {
    let server = Server::start().await;
    let client = client(&server);
    let lines = "DescribePhysicalConnections";
    let cases = [
        ("DescribeRegions", Parameters::new(), ErrorCode::InvalidActionNotFound),
        (lines, Parameters::new(), ErrorCode::MissingParameter),
        (lines, [("RegionId", "")].into(), ErrorCode::MissingParameter),
        (lines, [("RegionId", "r"), ("PageSize", "x")].into(), ErrorCode::InvalidParameter),
        (lines, [("RegionId", "r"), ("Mtu", "8500")].into(), ErrorCode::InvalidParameter),
    ];
    for (action, parameters, code) in cases {
        let error = client.call(action, parameters).await.unwrap_err();
        assert_eq!((error.code(), error.action()), (Some(code), Some(action)), "{error}");
    }
}

/// The same time and the same text each time.
#[derive(Debug)]
struct Fixed;

impl Stamps for Fixed {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_657_094_469)
    }

    fn unique(&self) -> std::io::Result<String> {
        Ok("not unique".to_owned())
    }
}

#[tokio::test]
async fn a_nonce_cannot_be_used_twice() {
    let server = Server::start().await;
    let client = Client::new(config(&server).stamps(Fixed)).unwrap();
    assert!(OpenPhysicalConnectionService::new().send(&client).await.is_ok());
    assert_eq!(server.last().parameters["Timestamp"], "2022-07-06T08:01:09Z");
    assert_eq!(refused(client).await, ErrorCode::SignatureNonceUsed);
}
