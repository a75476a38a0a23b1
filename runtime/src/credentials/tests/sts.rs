//! Sessions of a role.

use super::*;
use crate::parameters::Parameters;
use crate::sign;

const ROLE: &str = "acs:ram::1:role/network";

fn key() -> Credentials {
    Credentials::new("LTAI", "SECRET")
}

#[test]
fn assume_role_is_signed_and_sends_what_was_set() {
    let (world, sts) = (World::new(), sts());
    let session = RoleSession::new(ROLE)
        .name("nightly")
        .duration(Duration::from_secs(900))
        .policy(r#"{"Version":"1"}"#)
        .sts_endpoint(&sts.base);
    let source = key().with_security_token("CAIS+/=");
    let role = AssumeRole::new(session, source).external_id("ext");
    let credentials = world.ask(&role).unwrap();
    assert_eq!(credentials.access_key_id(), "network-by-LTAI");
    assert_eq!(credentials.expiry(), crate::time::parse("2026-01-31T13:00:00Z"));
    let [request] = &sts.received()[..] else { panic!("one request") };
    // The token is a secret, and no URL is safe from being logged.
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/"));
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    let form = request.form();
    let expected = [
        ("AccessKeyId", "LTAI"),
        ("Action", "AssumeRole"),
        ("DurationSeconds", "900"),
        ("ExternalId", "ext"),
        ("Format", "JSON"),
        ("Policy", r#"{"Version":"1"}"#),
        ("RoleArn", ROLE),
        ("RoleSessionName", "nightly"),
        ("SecurityToken", "CAIS+/="),
        ("SignatureMethod", "HMAC-SHA1"),
        ("SignatureNonce", "unique-0"),
        ("SignatureVersion", "1.0"),
        ("Timestamp", "2026-01-31T12:00:00Z"),
        ("Version", "2015-04-01"),
    ];
    let sent: Vec<(&str, &str)> = form
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .filter(|(name, _)| *name != "Signature")
        .collect();
    assert_eq!(sent, expected);
    let text = sign::v1::string_to_sign("POST", &Parameters::from(expected));
    assert_eq!(form["Signature"], sign::v1::signature("SECRET", &text));
}

#[test]
fn assume_role_with_oidc_is_not_signed_and_reads_the_token_anew() {
    let (world, sts, files) = (World::new(), sts(), home("token", "first\n"));
    let session = RoleSession::new(ROLE).sts_endpoint(&sts.base);
    let role = AssumeRoleWithOidc::new(session, "acs:ram::1:oidc-provider/p", files.path().join("token"));
    assert_eq!(world.id(&role), "network-by-first");
    let form = sts.received()[0].form();
    let names: Vec<&str> = form.keys().map(String::as_str).collect();
    let expected = [
        "Action",
        "DurationSeconds",
        "Format",
        "OIDCProviderArn",
        "OIDCToken",
        "RoleArn",
        "RoleSessionName",
        "SignatureNonce",
        "Timestamp",
        "Version",
    ];
    assert_eq!(names, expected);
    assert_eq!((form["Action"].as_str(), form["DurationSeconds"].as_str()), ("AssumeRoleWithOIDC", "3600"));
    assert_eq!(form["RoleSessionName"], "aliyun-rpc");
    add(&files, "token", "second");
    assert_eq!(world.id(&role), "network-by-first");
    world.clock.advance(3600 - 15 * 60);
    assert_eq!(world.id(&role), "network-by-second");
}

#[test]
fn a_refusal_says_who_refused_why_and_what_to_do() {
    let world = World::new();
    let refusing = Server::start(|_| {
        let text = r#"{"RequestId":"R-7","Code":"NoPermission","Message":"You are not authorized.\nSorry."}"#;
        (403, text.to_owned())
    });
    let role = AssumeRole::new(RoleSession::new(ROLE).sts_endpoint(&refusing.base), key());
    let expected = format!(
        "AssumeRole: {} refused with HTTP 403 NoPermission: You are not authorized.\\nSorry. Remedy: allow the caller \
         `sts:AssumeRole`, and name it in the trust policy of the role, with the same external id. (request R-7)",
        refusing.base
    );
    assert_eq!(world.error(&role), expected);
    let page = Server::start(|_| (502, "<html>SECRET</html>".to_owned()));
    let role = AssumeRole::new(RoleSession::new(ROLE).sts_endpoint(&page.base), key());
    assert!(world.error(&role).ends_with("answered with HTTP 502 and no error message"));
}

#[test]
fn what_cannot_work_is_said_before_anything_is_sent() {
    let world = World::new();
    let oidc = |session, file: &str| AssumeRoleWithOidc::new(session, "p", file);
    let files = home("token", " \n");
    let empty = files.path().join("token");
    let session = || RoleSession::new(ROLE);
    let cases: Vec<(Box<dyn ProvideCredentials>, &str)> = vec![
        (Box::new(AssumeRole::new("", key())), "AssumeRole: the ARN of the role is empty"),
        (
            Box::new(AssumeRole::new(session().duration(Duration::from_secs(899)), key())),
            "a session of 899 seconds is too short",
        ),
        (Box::new(AssumeRole::new(session().sts_region("a.b"), key())), "\"a.b\" is no id of a region"),
        (
            Box::new(AssumeRole::new(session().sts_endpoint("http://sts.example.com"), key())),
            "STS endpoint: `http` would send everything in the clear",
        ),
        (
            Box::new(AssumeRole::new(ROLE, Credentials::new("LTAI", ""))),
            "AssumeRole: the credentials that ask for the role: the access key secret is empty",
        ),
        (Box::new(oidc(session(), "/nowhere/token")), "the token file /nowhere/token cannot be read: "),
        (Box::new(oidc(session(), empty.to_str().unwrap())), "token is empty"),
    ];
    for (source, expected) in cases {
        let error = world.error(source.as_ref());
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn where_sts_is() {
    let base = |session: RoleSession| session.or_environment(&environment(&[])).base().unwrap();
    let session = || RoleSession::new(ROLE);
    assert_eq!(base(session()), "https://sts.aliyuncs.com");
    assert_eq!(base(session().sts_region("cn-beijing")), "https://sts.cn-beijing.aliyuncs.com");
    assert_eq!(base(session().sts_region("cn-beijing").vpc(true)), "https://sts-vpc.cn-beijing.aliyuncs.com");
    assert_eq!(
        base(session().sts_region("cn-beijing").sts_endpoint("sts.example.com")),
        "https://sts.example.com"
    );
    let said = environment(&[
        ("ALIBABA_CLOUD_STS_REGION", "cn-beijing"),
        ("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED", "true"),
    ]);
    assert_eq!(session().or_environment(&said).base().unwrap(), "https://sts-vpc.cn-beijing.aliyuncs.com");
    let own = session().sts_region("cn-shanghai").or_environment(&said);
    assert_eq!(own.base().unwrap(), "https://sts-vpc.cn-shanghai.aliyuncs.com");
}

#[test]
fn a_role_can_lead_to_another() {
    let (world, sts) = (World::new(), sts());
    let session = |name: &str| RoleSession::new(format!("acs:ram::1:role/{name}")).sts_endpoint(&sts.base);
    let first = Arc::new(AssumeRole::new(session("first"), key()));
    let second = AssumeRole::new(session("second"), first);
    assert_eq!(world.id(&second), "second-by-first-by-LTAI");
}
