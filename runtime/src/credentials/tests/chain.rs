//! The chain, row by row.

use super::*;

const KEY: [(&str, &str); 2] =
    [("ALIBABA_CLOUD_ACCESS_KEY_ID", "of-environment"), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s")];
const CONFIG: &str = ".aliyun/config.json";
const INI: &str = ".alibabacloud/credentials.ini";
const PROFILE: &str = r#"{"current":"main","profiles":[{"name":"main","mode":"AK","access_key_id":"of-cli","access_key_secret":"s"}]}"#;
const SECTION: &str = "[default]\ntype=access_key\naccess_key_id=of-file\naccess_key_secret=s\n";

fn chain(variables: &[(&str, &str)], metadata: &str) -> DefaultChain {
    DefaultChain::of(environment(variables), Some(metadata.to_owned()))
}

/// Nobody listens there.
const NOWHERE: &str = "http://127.0.0.1:1";

#[test]
fn row_1_environment() {
    let world = World::new();
    assert_eq!(world.id(&chain(&KEY, NOWHERE)), "of-environment");
}

#[test]
fn row_2_oidc() {
    let (world, sts) = (World::new(), sts());
    let files = home("token", "of-oidc\n");
    let token = files.path().join("token");
    let oidc = [
        ("ALIBABA_CLOUD_OIDC_TOKEN_FILE", token.to_str().unwrap()),
        ("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "acs:ram::1:oidc-provider/p"),
        ("ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1:role/pod"),
        ("ALIBABA_CLOUD_STS_ENDPOINT", &sts.base),
    ];
    assert_eq!(world.id(&chain(&oidc, NOWHERE)), "pod-by-of-oidc");
}

#[test]
fn row_3_cli_profile() {
    let (world, home) = (World::new(), home(CONFIG, PROFILE));
    assert_eq!(world.id(&chain(&[("HOME", path(&home))], NOWHERE)), "of-cli");
}

#[test]
fn row_4_credentials_file() {
    let (world, home) = (World::new(), home(INI, SECTION));
    assert_eq!(world.id(&chain(&[("HOME", path(&home))], NOWHERE)), "of-file");
}

#[test]
fn row_5_ecs_metadata() {
    let (world, metadata) = (World::new(), metadata());
    assert_eq!(world.id(&chain(&[], &metadata.base)), "of-ecs");
}

#[test]
fn row_6_credentials_uri() {
    let world = World::new();
    let server = Server::start(|_| (200, session("of-uri", 3600)));
    let uri = format!("{}/path?key=1", server.base);
    assert_eq!(world.id(&chain(&[("ALIBABA_CLOUD_CREDENTIALS_URI", &uri)], NOWHERE)), "of-uri");
    assert_eq!(server.lines(), ["GET /path?key=1"]);
}

/// With all six set up the first answers; without it the second; and so on.
#[test]
fn the_rows_come_in_their_order() {
    let (world, sts, metadata) = (World::new(), sts(), metadata());
    let server = Server::start(|_| (200, session("of-uri", 3600)));
    let home = home(CONFIG, PROFILE);
    add(&home, INI, SECTION);
    add(&home, "token", "of-oidc");
    let token = home.path().join("token");
    let mut variables = vec![
        KEY[0],
        KEY[1],
        ("ALIBABA_CLOUD_OIDC_TOKEN_FILE", token.to_str().unwrap()),
        ("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "acs:ram::1:oidc-provider/p"),
        ("ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1:role/pod"),
        ("ALIBABA_CLOUD_STS_ENDPOINT", &sts.base),
        ("HOME", path(&home)),
        ("ALIBABA_CLOUD_CREDENTIALS_URI", &server.base),
    ];
    assert_eq!(world.id(&chain(&variables, &metadata.base)), "of-environment");
    variables.drain(..2);
    assert_eq!(world.id(&chain(&variables, &metadata.base)), "pod-by-of-oidc");
    variables.drain(..1);
    assert_eq!(world.id(&chain(&variables, &metadata.base)), "of-cli");
    variables.push(("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "TRUE"));
    assert_eq!(world.id(&chain(&variables, &metadata.base)), "of-file");
    variables.retain(|(name, _)| *name != "HOME");
    assert_eq!(world.id(&chain(&variables, &metadata.base)), "of-ecs");
    variables.push(("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true"));
    assert_eq!(world.id(&chain(&variables, &metadata.base)), "of-uri");
}

#[test]
fn each_source_tried_is_listed_with_its_reason() {
    let world = World::new();
    let home = TempDir::new().unwrap();
    let error = world.error(&chain(&[("HOME", path(&home)), ("ALIBABA_CLOUD_ROLE_ARN", "r")], NOWHERE));
    let parts = [
        "tried: 1 environment: ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET are not set; ",
        "; 2 OIDC: not set: ALIBABA_CLOUD_OIDC_PROVIDER_ARN, ALIBABA_CLOUD_OIDC_TOKEN_FILE; ",
        "; 3 CLI profile: ",
        "config.json: there is no such file; ",
        "; 4 credentials file: ",
        "credentials.ini: there is no such file; ",
        "; 5 ECS metadata: no metadata service at http://127.0.0.1:1: could not connect",
        "; 6 credentials URI: ALIBABA_CLOUD_CREDENTIALS_URI is not set; ",
        "; set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, run `aliyun configure`, or hand \
         credentials to the configuration",
    ];
    for part in parts {
        assert!(error.contains(part), "{part}: {error}");
    }
    assert_eq!(error.lines().count(), 1);
    let nothing = world.error(&chain(&[("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")], NOWHERE));
    assert!(nothing.contains("there is no home directory to look in; set HOME"), "{nothing}");
    assert!(nothing.contains("switched off by ALIBABA_CLOUD_ECS_METADATA_DISABLED"), "{nothing}");
}

/// The next source may be of another identity.
#[test]
fn a_source_that_is_set_up_but_fails_ends_the_search() {
    let (world, metadata) = (World::new(), metadata());
    let home = home(INI, SECTION);
    add(&home, CONFIG, &PROFILE.replace("\"AK\"", "\"CloudSSO\""));
    let variables = [("HOME", path(&home))];
    let error = world.error(&chain(&variables, &metadata.base));
    assert!(error.contains("; 3 CLI profile: profile \"main\" of "), "{error}");
    assert!(error.contains("mode \"CloudSSO\" is not served here"), "{error}");
    assert!(error.contains("; this source is set up, so no later one was asked"), "{error}");
    let half = [KEY[0], ("HOME", path(&home))];
    assert!(world.error(&chain(&half, NOWHERE)).contains("ALIBABA_CLOUD_ACCESS_KEY_SECRET is missing"));
    let pasted = [KEY[0], ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s\n"), ("HOME", path(&home))];
    assert!(world.error(&chain(&pasted, NOWHERE)).contains("_SECRET has a line break at its end"));
    assert!(metadata.received().is_empty());
    // Nothing was kept of the failures.
    add(&home, CONFIG, PROFILE);
    let chain = chain(&variables, NOWHERE);
    assert_eq!(world.id(&chain), "of-cli");
}

#[test]
fn the_source_that_answered_is_kept() {
    let (world, home) = (World::new(), home(CONFIG, PROFILE));
    let chain = chain(&[("HOME", path(&home))], NOWHERE);
    assert!(
        world.error(&super::DefaultChain::of(environment(&[]), Some(NOWHERE.to_owned()))).contains("tried")
    );
    assert_eq!(world.id(&chain), "of-cli");
    std::fs::remove_file(home.path().join(CONFIG)).unwrap();
    assert_eq!(world.id(&chain), "of-cli");
}

#[test]
fn a_herd_searches_once() {
    let (world, metadata) = (World::new(), metadata());
    let chain = chain(&[], &metadata.base);
    let calls = (0..20).map(|_| chain.provide(world.context()));
    let answers = world.runtime.block_on(futures_util::future::join_all(calls));
    assert!(answers.iter().all(|answer| answer.as_ref().unwrap().access_key_id() == "of-ecs"));
    assert_eq!(metadata.received().len(), 3);
    let broken = Server::start(|_| (500, String::new()));
    let chain = self::chain(&[], &broken.base);
    let calls = (0..20).map(|_| chain.provide(world.context()));
    let answers = world.runtime.block_on(futures_util::future::join_all(calls));
    assert!(answers.iter().all(Result::is_err));
    // The token, and the name of the role the plain way.
    assert_eq!(broken.received().len(), 2);
}
