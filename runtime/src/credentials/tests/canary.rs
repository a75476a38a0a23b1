//! Nothing that is secret comes out in any text: errors, `Debug`, tracing; of the sources, and of calls with them.

use super::*;
use crate::client::Client;
use crate::config::Config;
use crate::parameters::Parameters;
use crate::schema::{Endpoints, Service};
use std::fmt::Write as _;

/// In every secret of these tests.
const CANARY: &str = "Canary";
const KEY: &str = r#""access_key_id":"LTAI5tTESTKEYID00000","access_key_secret":"CanarySecret""#;
const STS: &str = "CanaryToken+/=";

/// What a bad server may do: keep silent, refuse, answer nonsense. Each repeats all that it was sent, and `more`.
fn repeat(request: &Received, how: usize, more: &str) -> (u16, String) {
    let sent = format!(
        "{} {} {:?} {}",
        request.method,
        request.target,
        request.header("x-aliyun-ecs-metadata-token"),
        request.body
    );
    let form: Vec<String> = request.form().values().cloned().collect();
    let all = format!("{sent} {}", form.join(" ")).replace('"', "'");
    match how {
        0 => (0, String::new()),
        1 => (403, format!(r#"{{"Code":"SignatureDoesNotMatch","Message":"{all}","RequestId":"{all}"}}"#)),
        2 => (500, all + more),
        3 => (200, all + more),
        4 => (200, format!(r#"{{"Code":"{all}{more}"}}"#)),
        5 => (200, r#"{"AccessKeyId":"a","AccessKeySecret":"Canary Secret","SecurityToken":"Canary","Expiration":"2026-01-31T13:00:00Z"}"#.to_owned()),
        6 => (200, r#"{"AccessKeyId":"a","AccessKeySecret":"CanarySecret","SecurityToken":["Canary"]}"#.to_owned()),
        7 => (200, r#"{"AccessKeyId":"a","AccessKeySecret":"s","SecurityToken":"Canary","Expiration":"Canary"}"#.to_owned()),
        _ => (302, all + more),
    }
}

const WAYS: usize = 9;

/// All texts of an error, with those of what led to it.
fn texts(error: &dyn std::error::Error) -> String {
    let mut text = format!("{error} {error:?}");
    let mut source = error.source();
    while let Some(inner) = source {
        // Writing to a `String` cannot fail.
        let _ = write!(text, " {inner} {inner:?}");
        source = inner.source();
    }
    text
}

fn assert_quiet(text: &str, servers: &[&Server]) {
    assert_lacks(text, CANARY);
    for request in servers.iter().flat_map(|server| server.received()) {
        if let Some(signature) = request.form().get("Signature") {
            assert_lacks(text, signature);
            assert_lacks(text, &crate::sign::encoded(signature));
        }
    }
}

fn assert_lacks(text: &str, secret: &str) {
    let at = text.find(secret).map(|at| text.get(at.saturating_sub(200)..at + secret.len() + 20));
    assert!(at.is_none(), "{secret} in {at:?}");
}

/// Every source that asks over the network, with a server that repeats everything.
fn sources(server: &Server, files: &TempDir) -> Vec<Box<dyn ProvideCredentials>> {
    let session = || RoleSession::new("acs:ram::1:role/r").sts_endpoint(&server.base);
    let key = Credentials::new("LTAI5tTESTKEYID00000", "CanarySecret").with_security_token(STS);
    let profile = environment(&[("ALIBABA_CLOUD_STS_ENDPOINT", &server.base)]);
    vec![
        Box::new(AssumeRole::new(session(), key.clone())),
        Box::new(AssumeRole::new(session(), Arc::new(AssumeRole::new(session(), key.clone())))),
        Box::new(AssumeRoleWithOidc::new(session(), "p", files.path().join("token"))),
        Box::new(EcsRole::of(&environment(&[]), Some(&server.base)).unwrap()),
        Box::new(EcsRole::of(&environment(&[]), Some(&server.base)).unwrap().role("r").hardened_only(true)),
        Box::new(CredentialsUri::new(format!("{}/Canary?key=Canary", server.base))),
        Box::new(CliProfile::of(profile.clone()).file(files.path().join("config.json"))),
        Box::new(CredentialsFile::of(profile).file(files.path().join("credentials.ini"))),
        Box::new(Cached::new(key)),
    ]
}

fn files() -> TempDir {
    let config = format!(
        r#"{{"profiles":[{{"name":"default","mode":"RamRoleArn",{KEY},"sts_token":"{STS}","ram_role_arn":"r"}}]}}"#
    );
    let files = home("config.json", &config);
    add(&files, "token", "CanaryOidc.+/=");
    let ini = "[default]\ntype=ram_role_arn\naccess_key_id=a\naccess_key_secret=CanarySecret\nrole_arn=r\n";
    add(&files, "credentials.ini", ini);
    files
}

static SERVICE: Service = Service {
    name: "mini",
    product: "Mini",
    version: "2016-04-28",
    endpoints: Endpoints {
        central: "mini.aliyuncs.com",
        regional: "mini.{region}.aliyuncs.com",
        vpc: "",
        exceptions: &[],
    },
    signature: crate::schema::SignatureVersion::V1,
    region_parameter: "RegionId",
    dry_run_code: None,
    actions: &[],
    errors: &[],
    lifecycles: &[],
};

#[test]
fn no_source_tells_whatever_its_server_does() {
    let (world, files) = (World::new(), files());
    for how in 0..WAYS {
        let server = Server::start(move |request| repeat(request, how, "CanaryAnswer"));
        let traced = trace::run(|| {
            let mut text = String::new();
            for source in sources(&server, &files) {
                text += &format!("{source:?} ");
                match world.ask(source.as_ref()) {
                    Ok(credentials) => text += &format!("{credentials:?} "),
                    Err(error) => text += &texts(&error),
                }
                text += &format!("{source:?} ");
            }
            assert!(text.contains("HTTP 403") || how != 1);
            assert_quiet(&text, &[&server]);
        });
        assert_quiet(&traced, &[&server]);
    }
}

#[test]
fn no_call_tells_with_credentials_from_any_source() {
    let (world, files) = (World::new(), files());
    for how in 0..WAYS {
        // A good source of credentials, and a service that repeats everything.
        let service = Server::start(move |request| repeat(request, how, ""));
        let good = Server::start(|request| match (request.method.as_str(), request.target.as_str()) {
            ("PUT", _) => (200, "CanaryMetadataToken".to_owned()),
            (_, target) if target.ends_with('/') && request.method == "GET" => (200, "r".to_owned()),
            _ => (
                200,
                session("Canary", 3600)
                    .replace("\"AccessKeyId\":\"Canary\"", "\"AccessKeyId\":\"STS.NTtTEST00000\""),
            ),
        });
        let traced = trace::run(|| {
            for server in [&good, &service] {
                for source in sources(server, &files) {
                    let config = Config::new()
                        .endpoint(&service.base)
                        .region("cn-hangzhou")
                        .credentials(Arc::<dyn ProvideCredentials>::from(source));
                    let mut text = format!("{config:?}");
                    let client = Client::new(config).unwrap();
                    let call = client.call(&SERVICE, "DescribeThings", Parameters::new());
                    match world.runtime.block_on(call) {
                        Ok(reply) => text += &format!("{reply:?}"),
                        Err(error) => text += &texts(&error),
                    }
                    assert_quiet(&format!("{text} {client:?}"), &[&service, server]);
                }
            }
        });
        assert_quiet(&traced, &[&service, &good]);
    }
}

#[test]
fn no_faulty_setting_tells() {
    let world = World::new();
    let configs = [
        r#"{"profiles":[{"name":"default","mode":"CanaryMode","access_key_secret":"Canary"}]}"#.replace("CanaryMode", "x"),
        r#"{"profiles":[{"name":"default","mode":"AK","access_key_id":"a","access_key_secret":"Canary Secret"}]}"#.to_owned(),
        r#"{"profiles":[{"name":"default","mode":"AK","access_key_id":"Canary"}]}"#.to_owned(),
        r#"{"profiles":[{"name":"default","access_key_secret":{"Canary":"Canary"}}]}"#.to_owned(),
        r#"{"profiles":[{"name":"default","access_key_secret":"Canary"#.to_owned(),
        r#"{"profiles":[Canary]}"#.to_owned(),
        "Canary".to_owned(),
        "<Canary>Canary</Canary>".to_owned(),
    ];
    let inis = [
        "Canary",
        "[default",
        "[default]\nCanary",
        "[default]\ntype=Canary",
        "[default]\ntype=access_key\naccess_key_id=a\naccess_key_secret=Canary x",
    ];
    let texts: Vec<(&str, String)> = configs
        .iter()
        .map(|text| ("config.json", text.clone()))
        .chain(inis.map(|text| ("credentials.ini", text.to_owned())))
        .collect();
    for (name, text) in texts {
        let files = home(name, &text);
        let file = files.path().join(name);
        let none = environment(&[]);
        let source: Box<dyn ProvideCredentials> = match name {
            "config.json" => Box::new(CliProfile::of(none).file(file)),
            _ => Box::new(CredentialsFile::of(none).file(file)),
        };
        assert_quiet(&self::texts(&world.ask(source.as_ref()).unwrap_err()), &[]);
    }
    let key = |id: &str, secret: &str| Credentials::new(id, secret).with_security_token("Canary Token");
    for key in [key("a", "Canary\n"), key("Canary\n", "Canary"), key("a", "Canary")] {
        let config = Config::new().endpoint("http://127.0.0.1:1").credentials(key.clone());
        let client = Client::new(config).unwrap();
        let error = world.runtime.block_on(client.call(&SERVICE, "A", Parameters::new())).unwrap_err();
        assert!(error.to_string().starts_with("A: no credentials: the "), "{error}");
        assert_quiet(&format!("{} {key:?}", self::texts(&error)), &[]);
    }
    let pasted = environment(&[
        ("ALIBABA_CLOUD_ACCESS_KEY_ID", "Canary"),
        ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "Canary "),
    ]);
    assert_quiet(&self::texts(&world.ask(&DefaultChain::of(pasted, None)).unwrap_err()), &[]);
}

/// What tracing gets to see, if it is on.
mod trace {
    #[cfg(not(feature = "tracing"))]
    pub(super) fn run(work: impl FnOnce()) -> String {
        work();
        String::new()
    }

    #[cfg(feature = "tracing")]
    pub(super) fn run(work: impl FnOnce()) -> String {
        // As long as there is only one subscriber, a thread without one decides for all whether an event is wanted.
        static ANOTHER: std::sync::LazyLock<tracing::Dispatch> =
            std::sync::LazyLock::new(|| All::default().into());
        std::sync::LazyLock::force(&ANOTHER);
        let all = All::default();
        tracing::subscriber::with_default(all.clone(), work);
        let text = all.0.lock().unwrap().clone();
        assert!(!text.is_empty());
        text
    }

    /// Writes every field of every event and span down.
    #[cfg(feature = "tracing")]
    #[derive(Clone, Default)]
    struct All(std::sync::Arc<std::sync::Mutex<String>>);

    #[cfg(feature = "tracing")]
    mod subscriber {
        use super::All;
        use std::fmt::{Debug, Write as _};
        use tracing::field::{Field, Visit};
        use tracing::span::{Attributes, Id, Record};
        use tracing::{Event, Metadata, Subscriber};

        impl Visit for All {
            fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
                let _ = write!(self.0.lock().unwrap(), "{field}={value:?} ");
            }
        }

        impl Subscriber for All {
            fn enabled(&self, _metadata: &Metadata<'_>) -> bool {
                true
            }

            fn new_span(&self, span: &Attributes<'_>) -> Id {
                span.record(&mut self.clone());
                Id::from_u64(1)
            }

            fn record(&self, _span: &Id, values: &Record<'_>) {
                values.record(&mut self.clone());
            }

            fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

            fn event(&self, event: &Event<'_>) {
                event.record(&mut self.clone());
            }

            fn enter(&self, _span: &Id) {}

            fn exit(&self, _span: &Id) {}
        }
    }
}
