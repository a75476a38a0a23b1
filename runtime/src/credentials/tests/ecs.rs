//! The metadata service of an instance.

use super::*;

fn role(server: &Server, variables: &[(&str, &str)]) -> EcsRole {
    EcsRole::of(&environment(variables), Some(&server.base)).unwrap()
}

const ROLES: &str = "GET /latest/meta-data/ram/security-credentials/";

#[test]
fn the_hardened_way_with_a_token() {
    let (world, server) = (World::new(), metadata());
    let credentials = world.ask(&role(&server, &[])).unwrap();
    assert_eq!(credentials.secret(), "secret-of-of-ecs");
    assert_eq!(credentials.security_token(), Some("token-of-of-ecs"));
    assert_eq!(credentials.expiry(), crate::time::parse("2026-01-31T13:00:00Z"));
    let lines = ["PUT /latest/api/token".to_owned(), ROLES.to_owned(), format!("{ROLES}the-role")];
    assert_eq!(server.lines(), lines);
    let token = &server.received()[0];
    assert_eq!(token.header("x-aliyun-ecs-metadata-token-ttl-seconds"), Some("21600"));
}

#[test]
fn a_role_that_is_named_is_not_looked_up() {
    let (world, server) = (World::new(), metadata());
    world.ask(&role(&server, &[("ALIBABA_CLOUD_ECS_METADATA", "the-role")])).unwrap();
    assert_eq!(server.received().len(), 2);
    let error = world.error(&role(&server, &[]).role("another/../role"));
    assert!(error.contains(r#"knows no role "another/../role""#), "{error}");
    assert!(server.lines()[3].ends_with("/another%2F..%2Frole"), "{:?}", server.lines());
}

#[test]
fn the_plain_way_where_there_is_no_token() {
    let world = World::new();
    // 0 closes the connection: the answer is lost, but there is somebody.
    for status in [404, 405, 500, 0] {
        let server = Server::start(move |request| match request.method.as_str() {
            "PUT" => (status, String::new()),
            _ if request.header("x-aliyun-ecs-metadata-token").is_some() => (403, String::new()),
            _ if request.target.ends_with('/') => (200, "r\n".to_owned()),
            _ => (200, session("plain", 3600)),
        });
        assert_eq!(world.id(&role(&server, &[])), "plain", "{status}");
        let error = world.error(&role(&server, &[("ALIBABA_CLOUD_IMDSV1_DISABLED", "true")]));
        assert!(error.contains("metadata service"), "{error}");
        assert!(world.ask(&role(&server, &[]).hardened_only(true)).is_err());
    }
}

#[test]
fn an_instance_without_a_role_is_told() {
    let world = World::new();
    let bare = Server::start(|request| match request.method.as_str() {
        "PUT" => (200, "t".to_owned()),
        _ => (404, "<html>not found</html>".to_owned()),
    });
    assert!(world.error(&role(&bare, &[])).contains("no RAM role is attached to this instance"));
    let failed = Server::start(|request| match request.target.ends_with('/') {
        true => (200, "r".to_owned()),
        false => (200, r#"{"Code":"Failed"}"#.to_owned()),
    });
    assert!(world.error(&role(&failed, &[])).contains("the code Failed"));
}

#[test]
fn a_switch_turns_it_off() {
    let off = EcsRole::of(&environment(&[("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "True")]), None);
    assert!(off.unwrap_err().to_string().contains("switched off by ALIBABA_CLOUD_ECS_METADATA_DISABLED"));
}

#[test]
fn nobody_there_is_one_request() {
    let world = World::new();
    let nowhere = EcsRole::of(&environment(&[]), Some("http://127.0.0.1:1")).unwrap();
    let error = world.error(&nowhere);
    assert!(error.starts_with("no metadata service at http://127.0.0.1:1: could not connect"), "{error}");
    assert!(error.ends_with("set ALIBABA_CLOUD_ECS_METADATA_DISABLED=true where there is none"), "{error}");
}
