//! Profiles of the two files.

use super::*;

fn cli(home: &TempDir, variables: &[(&str, &str)]) -> CliProfile {
    CliProfile::of(environment(variables)).file(home.path().join("config.json"))
}

fn ini(home: &TempDir, variables: &[(&str, &str)]) -> CredentialsFile {
    CredentialsFile::of(environment(variables)).file(home.path().join("credentials.ini"))
}

const KEY: &str = r#""access_key_id":"LTAI","access_key_secret":"SECRET""#;

/// A file with one profile of these fields.
fn profile(fields: &str) -> TempDir {
    home("config.json", &format!(r#"{{"current":"p","profiles":[{{"name":"p",{fields}}}],"meta_path":""}}"#))
}

/// A file with one section of these fields.
fn section(fields: &[&str]) -> TempDir {
    home("credentials.ini", &format!("[default]\n{}\n", fields.join("\n")))
}

#[test]
fn cli_modes_that_hold_a_key() {
    let world = World::new();
    let credentials = |fields: &str| world.ask(&cli(&profile(fields), &[])).unwrap();
    for mode in ["AK", "ak", ""] {
        let key = credentials(&format!(r#""mode":"{mode}",{KEY},"output_format":"json","retry_count":0"#));
        assert_eq!((key.access_key_id(), key.secret(), key.security_token()), ("LTAI", "SECRET", None));
    }
    let session =
        credentials(&format!(r#""mode":"StsToken",{KEY},"sts_token":"T","sts_expiration":1769860800"#));
    assert_eq!(session.security_token(), Some("T"));
    assert_eq!(session.expiry(), Some(world.clock.now()));
}

#[test]
fn cli_modes_that_ask_sts() {
    let (world, sts) = (World::new(), sts());
    let role = format!(
        r#""ram_role_arn":"acs:ram::1:role/r","ram_session_name":"me","expired_seconds":900,"external_id":"x","sts_endpoint":"{}""#,
        sts.base
    );
    let ask = |fields: String| world.id(&cli(&profile(&fields), &[]));
    assert_eq!(ask(format!(r#""mode":"RamRoleArn",{KEY},{role}"#)), "r-by-LTAI");
    let form = sts.received()[0].form();
    let sent = ["RoleSessionName", "DurationSeconds", "ExternalId"].map(|name| form[name].as_str());
    assert_eq!(sent, ["me", "900", "x"]);
    add_token(&world, &role);
    let source = format!(
        r#""mode":"ChainableRamRoleArn","source_profile":"q",{role}}},{{"name":"q","mode":"AK",{KEY}"#
    );
    assert_eq!(ask(source), "r-by-LTAI");
}

fn add_token(world: &World, role: &str) {
    let files = home("token", "of-oidc");
    let token = files.path().join("token");
    let fields = format!(
        r#""mode":"OIDC","oidc_provider_arn":"p","oidc_token_file":"{}",{role}"#,
        token.to_str().unwrap()
    );
    assert_eq!(world.id(&cli(&profile(&fields), &[])), "r-by-of-oidc");
}

#[test]
fn cli_modes_that_ask_other_servers() {
    let (world, sts, metadata) = (World::new(), sts(), metadata());
    let ask = |fields: String| world.id(&cli(&profile(&fields), &[]).metadata(Some(metadata.base.clone())));
    assert_eq!(ask(r#""mode":"EcsRamRole""#.to_owned()), "of-ecs");
    assert_eq!(ask(r#""mode":"EcsRamRole","ram_role_name":"the-role""#.to_owned()), "of-ecs");
    let role = format!(
        r#""mode":"RamRoleArnWithRoleName","ram_role_name":"the-role","ram_role_arn":"acs:ram::1:role/r","sts_endpoint":"{}""#,
        sts.base
    );
    assert_eq!(ask(role), "r-by-of-ecs");
    let server = Server::start(|_| (200, session("of-uri", 3600)));
    assert_eq!(ask(format!(r#""mode":"CredentialsURI","credentials_uri":"{}""#, server.base)), "of-uri");
}

#[test]
fn cli_modes_that_cannot_be_served_say_so() {
    let world = World::new();
    for mode in ["CloudSSO", "OAuth", "External", "BearerToken", "RsaKeyPair", "Anonymous", "Unheard"] {
        let error = world.error(&cli(&profile(&format!(r#""mode":"{mode}",{KEY}"#)), &[]));
        assert!(error.contains(&format!("mode \"{mode}\" is not served here (AK, StsToken,")), "{error}");
        assert!(error.contains("choose another profile in ALIBABA_CLOUD_PROFILE"), "{error}");
    }
}

#[test]
fn which_profile_is_chosen() {
    let world = World::new();
    let text = |current: &str| {
        let profile = |name: &str| {
            format!(r#"{{"name":"{name}","mode":"AK","access_key_id":"of-{name}","access_key_secret":"s"}}"#)
        };
        format!(r#"{{{current}"profiles":[{},{}]}}"#, profile("default"), profile("other"))
    };
    let default = home("config.json", &text(""));
    let other = home("config.json", &text(r#""current":"other","#));
    assert_eq!(world.id(&cli(&default, &[])), "of-default");
    assert_eq!(world.id(&cli(&other, &[])), "of-other");
    assert_eq!(world.id(&cli(&default, &[("ALIBABA_CLOUD_PROFILE", "other")])), "of-other");
    let code = cli(&default, &[("ALIBABA_CLOUD_PROFILE", "default")]).name("other");
    assert_eq!(world.id(&code), "of-other");
    let file = other.path().join("config.json");
    let named = environment(&[("ALIBABA_CLOUD_CONFIG_FILE", file.to_str().unwrap())]);
    assert_eq!(world.id(&CliProfile::of(named)), "of-other");
    let none = world.error(&cli(&default, &[]).name("third"));
    assert!(none.contains("there is no such profile; create it with `aliyun configure`"), "{none}");
    let off = [("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "true")];
    assert!(world.error(&cli(&default, &off)).contains("switched off"));
}

#[test]
fn the_region_of_a_profile() {
    let home = profile(r#""mode":"AK","region_id":"cn-beijing""#);
    let file = home.path().join("config.json");
    let file = ("ALIBABA_CLOUD_CONFIG_FILE", file.to_str().unwrap());
    assert_eq!(region(&environment(&[file])).as_deref(), Some("cn-beijing"));
    assert_eq!(region(&environment(&[file, ("ALIBABA_CLOUD_PROFILE", "other")])), None);
    assert_eq!(region(&environment(&[file, ("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "true")])), None);
    assert_eq!(region(&environment(&[])), None);
    add(&home, "config.json", "{");
    assert_eq!(region(&environment(&[file])), None);
}

#[test]
fn a_faulty_cli_profile_is_told_with_file_field_and_remedy() {
    let world = World::new();
    let role = r#""ram_role_arn":"acs:ram::1:role/r""#;
    let cases = [
        (r#""mode":"AK""#.to_owned(), "nothing is set in it; fill it in"),
        (
            r#""mode":"AK","access_key_id":"LTAI""#.to_owned(),
            "config.json: `access_key_secret` is missing; mend it",
        ),
        (
            r#""mode":"AK","access_key_id":"LTAI","access_key_secret":"SECRET\n""#.to_owned(),
            "config.json: `access_key_secret` has a line break at its end",
        ),
        (format!(r#""mode":"StsToken",{KEY}"#), "`sts_token` is missing"),
        (format!(r#""mode":"RamRoleArn",{KEY}"#), "`ram_role_arn` is missing"),
        (
            format!(r#""mode":"RamRoleArn",{KEY},{role},"expired_seconds":"x""#),
            "`expired_seconds` is no number",
        ),
        (format!(r#""mode":"OIDC",{role}"#), "`oidc_provider_arn` is missing"),
        (format!(r#""mode":"OIDC",{role},"oidc_provider_arn":"p""#), "`oidc_token_file` is missing"),
        (r#""mode":"CredentialsURI""#.to_owned(), "`credentials_uri` is missing"),
        (format!(r#""mode":"ChainableRamRoleArn",{role}"#), "`source_profile` is missing"),
        (format!(r#""mode":"ChainableRamRoleArn","source_profile":"gone",{role}"#), "profile \"gone\" of"),
        (
            format!(r#""mode":"ChainableRamRoleArn","source_profile":"p",{role}"#),
            "its `source_profile` leads back to it by way of p; mend it with `aliyun configure --profile p`",
        ),
        (
            r#""mode":["SECRET"]"#.to_owned(),
            "config.json: profiles[0].mode: expected a single value, found a list (line 1, column",
        ),
    ];
    for (fields, expected) in cases {
        let error = world.error(&cli(&profile(&fields), &[]));
        assert!(error.contains(expected) && !error.contains("SECRET"), "{error}");
    }
    let error = world.error(&cli(&home("config.json", "{\n\"current\": SECRET"), &[]));
    assert!(
        error.contains("(line 2, column") && error.contains("; mend the file, or run `aliyun configure`"),
        "{error}"
    );
    assert!(!error.contains("SECRET"), "{error}");
    let folder = TempDir::new().unwrap();
    std::fs::create_dir(folder.path().join("config.json")).unwrap();
    assert!(world.error(&cli(&folder, &[])).contains("config.json: cannot be read: "));
}

#[test]
fn ini_types() {
    let (world, sts, metadata) = (World::new(), sts(), metadata());
    let token = home("token", "of-oidc");
    let variables = [("ALIBABA_CLOUD_STS_ENDPOINT", sts.base.as_str())];
    let ask = |fields: &[&str]| {
        let home = section(fields);
        world.ask(&ini(&home, &variables).metadata(Some(metadata.base.clone()))).unwrap()
    };
    let key = ["access_key_id = LTAI", "access_key_secret = SECRET"];
    assert_eq!(ask(&["type = access_key", key[0], key[1]]).secret(), "SECRET");
    let sts_type = ask(&["type = sts", key[0], key[1], "security_token = T"]);
    assert_eq!(sts_type.security_token(), Some("T"));
    let role = ["role_arn = acs:ram::1:role/r", "role_session_name = me"];
    assert_eq!(ask(&["type = ram_role_arn", key[0], key[1], role[0], role[1]]).access_key_id(), "r-by-LTAI");
    assert_eq!(sts.received()[0].form()["RoleSessionName"], "me");
    let file = format!("oidc_token_file_path = {}", token.path().join("token").display());
    let oidc = ask(&["type = oidc_role_arn", role[0], "oidc_provider_arn = p", &file]);
    assert_eq!(oidc.access_key_id(), "r-by-of-oidc");
    assert_eq!(ask(&["type = ecs_ram_role", "role_name = the-role"]).access_key_id(), "of-ecs");
    assert_eq!(ask(&["type = ecs_ram_role"]).access_key_id(), "of-ecs");
}

#[test]
fn which_section_is_chosen() {
    let world = World::new();
    let one =
        |name: &str| format!("[{name}]\ntype=access_key\naccess_key_id=of-{name}\naccess_key_secret=s\n");
    let home = home("credentials.ini", &(one("default") + &one("other")));
    assert_eq!(world.id(&ini(&home, &[])), "of-default");
    assert_eq!(world.id(&ini(&home, &[("ALIBABA_CLOUD_PROFILE", "other")])), "of-other");
    assert_eq!(world.id(&ini(&home, &[]).section("other")), "of-other");
    let file = home.path().join("credentials.ini");
    let named = environment(&[("ALIBABA_CLOUD_CREDENTIALS_FILE", file.to_str().unwrap())]);
    assert_eq!(world.id(&CredentialsFile::of(named)), "of-default");
}

#[test]
fn a_faulty_ini_section_is_told_with_file_field_and_remedy() {
    let world = World::new();
    let cases: [(&[&str], &str); 6] = [
        (&["access_key_id = LTAI"], "section [default] of "),
        (&["access_key_id = LTAI"], "credentials.ini: `type` is missing; mend the section"),
        (&["type = rsa_key_pair"], "its `type` is not served here (access_key, sts,"),
        (&["type = access_key", "access_key_id = LT AI"], "`access_key_id` has white space inside it"),
        (&["type = sts", "access_key_id = a", "access_key_secret = SECRET"], "`security_token` is missing"),
        (&["type = access_key", "SECRET"], "credentials.ini, line 3: `=` is missing"),
    ];
    for (fields, expected) in cases {
        let error = world.error(&ini(&section(fields), &[]));
        assert!(error.contains(expected) && !error.contains("SECRET"), "{error}");
    }
    let home = section(&["type = access_key"]);
    let other = ini(&home, &[]).section("other");
    assert!(world.error(&other).contains("section [other] of "));
}
