//! Credentials, region and endpoint from the environment. A process cannot safely change its own, so the tests start
//! this program once more, with another one.

use express_connect::Client;
use express_connect::physical_connection::OpenPhysicalConnectionService;
use express_connect_tests::{ACCESS_KEY_ID, SECRET, SECURITY_TOKEN, Server};
use std::process::Command;

/// Set where the program was started by a test.
const STARTED: &str = "EXPRESS_CONNECT_TESTS_STARTED";

/// Runs [`a_call_from_the_environment`] with these variables and gives what it printed.
pub(crate) async fn outcome(variables: Vec<(&'static str, String)>) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "environment::a_call_from_the_environment", "--nocapture"]).env(STARTED, "1");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_str().is_some_and(concerns_calls)) {
        command.env_remove(name);
    }
    // Neither files of the developer nor a metadata service may answer.
    let home = tempfile::tempdir().unwrap();
    command.env("HOME", home.path()).env("USERPROFILE", home.path());
    command.env("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
    command.envs(variables);
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    text
}

fn concerns_calls(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    name.starts_with("ALIBABA_CLOUD_") || name.ends_with("_PROXY") || name == "REQUEST_METHOD"
}

/// In the program that a test started; otherwise it has nothing to do.
#[tokio::test]
async fn a_call_from_the_environment() {
    if std::env::var_os(STARTED).is_none() {
        return;
    }
    let client = match Client::from_env() {
        Ok(client) => client,
        Err(error) => return println!("no client: {error}"),
    };
    match OpenPhysicalConnectionService::new().send(&client).await {
        Ok(answer) => println!("answer: {}", answer.request_id),
        Err(error) => println!("error: {error}"),
    }
}

#[tokio::test]
async fn the_environment_gives_all_that_a_call_needs() {
    let server = Server::start().await;
    let text = outcome(vec![
        ("ALIBABA_CLOUD_ACCESS_KEY_ID", ACCESS_KEY_ID.to_owned()),
        ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", SECRET.to_owned()),
        ("ALIBABA_CLOUD_SECURITY_TOKEN", SECURITY_TOKEN.to_owned()),
        ("ALIBABA_CLOUD_REGION_ID", "cn-beijing".to_owned()),
        ("ALIBABA_CLOUD_ENDPOINT", server.endpoint()),
    ])
    .await;
    assert!(text.contains("answer: 54B48E3D-DF70-471B-AA93-08E683A1B45"), "{text}");
    let received = server.last();
    assert_eq!(received.parameters["SecurityToken"], SECURITY_TOKEN);
    assert_eq!(received.parameters["RegionId"], "cn-beijing");
}

#[tokio::test]
async fn what_the_environment_lacks_is_named() {
    let server = Server::start().await;
    let region = ("ALIBABA_CLOUD_REGION", "cn-beijing".to_owned());
    let endpoint = ("ALIBABA_CLOUD_ENDPOINT", server.endpoint());
    let text = outcome(vec![region, endpoint.clone()]).await;
    assert!(
        text.contains(
            "no credentials: tried: 1 environment: ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET are not set; 2 "
        ),
        "{text}"
    );
    let text = outcome(vec![("ALIBABA_CLOUD_REGION_ID", "a.b".to_owned()), endpoint]).await;
    assert!(text.contains("no client: configuration: region (from ALIBABA_CLOUD_REGION_ID)"), "{text}");
    assert!(server.received().is_empty());
}
