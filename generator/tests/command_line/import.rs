//! `import`: the mini-spec against fixtures in the provider's form.

use super::{Project, Ran, copy};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The mini-spec with metadata beside it.
fn project() -> Project {
    let project = Project::new();
    let metadata = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/metadata/lamp");
    copy(&metadata, &project.path("metadata"));
    project
}

fn import(project: &Project, arguments: &[&str]) -> Ran {
    project.run(&[&["import", "metadata"], arguments].concat())
}

fn spec(project: &Project) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    super::read(&project.path("spec"), &mut files);
    files
}

fn text(project: &Project, path: &str) -> String {
    std::fs::read_to_string(project.path(path)).unwrap()
}

const REPORT: &str = "\
CreateLamp
  ~ ClientToken: required here (relaxed by E01), optional in the metadata
  ~ Contacts.Phone: required here (relaxed by E02), optional in the metadata
  ~ Contacts.Street: required here, optional in the metadata
  + Contacts.Lantern: String
  ~ Dimmable: String here, Boolean in the metadata
  ~ Gateway: required here (unless `Address` is given), optional in the metadata
  ~ Pin: optional here, required in the metadata
  ~ Pin: Integer here, String in the metadata
  + RoomId: String
  + Percent: Integer
  + Watts: Long, required
  + Floors: list of values
  + Badge: list of objects (Text String, Size Integer, Colours list of values)
  + Tags: list of objects (Key String, Value list of values), required
  ? Wiring: Array: the metadata does not tell how it is sent; declare it by hand
  - Colour: String, not in the metadata
ApplyScene
  - the whole action, not in the metadata
DescribeScene
  - the whole action, not in the metadata
3 actions compared: 7 parameters only in the metadata, 1 of unknown encoding, 3 only in the spec, 7 different
5 actions in the metadata, 2 of them not in the spec
";

const ADDED: &str = "\
  Colour: { type: String, source: gateway, summary: A parameter that the reference does not know. }
  RoomId: { type: RoomId, source: gateway }
  Percent: { type: Integer, source: gateway }
  Watts: { type: Watts, required: true, source: gateway }
  Floors: { list: String, source: gateway }
  Badge: { list: Badge, source: gateway }
  Tags:
    list: CreateLampTag
    required: true
    source: gateway
    fields:
      Key: { type: String, required: true }
      Value: { list: String }
rules:
";

const DRAFT: &str = "\
source: gateway
effect: read
idempotency: ClientToken
parameters:
  RegionId: { type: RegionId, required: true }
  ClientToken: { type: String }
  RoomId: { type: RoomId }
  # Fuse, Struct: the metadata does not tell how it is sent; declare it by hand
  Plugs:
    list: DescribeSocketsPlug
    fields:
      Volt: { type: Integer, required: true }
response: raw
";

#[test]
fn checking_reports_and_writes_nothing() {
    let project = project();
    let before = spec(&project);
    let ran = import(&project, &["--check"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""));
    assert_eq!(ran.out, format!("{REPORT}the spec is behind\n"));
    let ran = import(&project, &["--check", "DescribeLamps", "RingLamp"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.ends_with("\nthe spec lacks nothing\n"), "{}", ran.out);
    let ran = import(&project, &["--check", "FuseOut"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.starts_with("FuseOut\n  + the whole action\n"), "{}", ran.out);
    assert_eq!(spec(&project), before);
}

#[test]
fn a_dry_run_shows_what_the_real_one_writes() {
    let project = project();
    let before = spec(&project);
    let ran = import(&project, &["--source", "gateway", "--dry-run"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    for expected in [
        "\n--- a/actions/lamp/CreateLamp.yaml\n+++ b/actions/lamp/CreateLamp.yaml\n",
        "\n+  RoomId: { type: RoomId, source: gateway }\n",
        "\n  changed  spec/actions/lamp/CreateLamp.yaml\nnothing was written: a dry run\n",
    ] {
        assert!(ran.out.contains(expected), "no {expected:?} in\n{}", ran.out);
    }
    assert_eq!(spec(&project), before);
}

#[test]
fn parameters_are_added_and_no_other_byte_changes() {
    let project = project();
    let before = text(&project, "spec/actions/lamp/CreateLamp.yaml");
    let ran = import(&project, &["--source", "gateway"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(
        ran.out.ends_with(
            "  changed  spec/actions/lamp/CreateLamp.yaml\n\
             done; `cargo gen check` lists the summaries that are left to write\n\
             left to be written by hand: CreateLamp Contacts.Lantern, CreateLamp Wiring\n"
        ),
        "{}",
        ran.out
    );
    let after = text(&project, "spec/actions/lamp/CreateLamp.yaml");
    let (start, end) = (ADDED.find("  RoomId").unwrap(), ADDED.find("rules:").unwrap());
    assert!(after.contains(ADDED), "{after}");
    assert_eq!(after.replace(&ADDED[start..end], ""), before);

    let again = import(&project, &["--source", "gateway"]);
    assert_eq!(again.code, Some(2), "the example lacks what is required now");
    assert!(again.err.contains("error[E096]: the example lacks the required `Watts`\n"), "{}", again.err);
    assert_eq!(text(&project, "spec/actions/lamp/CreateLamp.yaml"), after);
}

#[test]
fn a_second_import_has_nothing_to_write() {
    let project = project();
    let path = "metadata/CreateLamp.json";
    let optional = text(&project, path).replace("\"required\": true", "\"required\": false");
    project.write(path, &optional);
    assert_eq!(import(&project, &["--source", "gateway"]).code, Some(0));
    let ran = import(&project, &["--source", "gateway"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.contains("\nnothing to write\n"), "{}", ran.out);
}

#[test]
fn a_draft_lacks_nothing_but_words() {
    let project = project();
    let ran = import(&project, &["--source", "gateway", "--group", "lamp", "DescribeSockets", "FuseOut"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let first = "# yaml-language-server: $schema=../../schema/action.json\n";
    let drafted = |path| text(&project, path).strip_prefix(first).unwrap().to_owned();
    assert_eq!(drafted("spec/actions/lamp/DescribeSockets.yaml"), DRAFT);
    assert_eq!(
        drafted("spec/actions/lamp/FuseOut.yaml"),
        "source: gateway\neffect: update\n\
         # Fuse, Body: the metadata does not tell how it is sent; declare it by hand\nresponse: raw\n"
    );

    let ran = project.run(&[]);
    assert_eq!(ran.code, Some(1));
    for missing in ["an action without `summary`", "parameter `Plugs` without a summary", "parameter `Volt`"]
    {
        assert!(ran.err.contains(missing), "no {missing:?} in\n{}", ran.err);
    }
    assert!(
        ran.err.ends_with("\n\n5 faults; nothing was written (`cargo gen explain E103` tells more)\n"),
        "{}",
        ran.err
    );
    let ran = project.run(&["--drafts"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let generated = text(&project, "generated/src/lamp/describe_sockets.rs");
    assert!(generated.contains("type Response = RawAnswer;"), "{generated}");
    assert!(generated.contains("/// Not described yet.\n"), "{generated}");
}

#[test]
fn what_is_wrong_on_the_command_line_is_told() {
    for (arguments, expected) in [
        (
            &["--source", "gatway"][..],
            "error: service.yaml declares no source `gatway`; add it to `sources`, or use another: did you mean `gateway`?\n",
        ),
        (
            &["--source", "gateway", "FuseOut"],
            "error: the spec lacks `FuseOut`; name the group of its draft with --group: there are lamp, scene\n",
        ),
        (
            &["--source", "gateway", "FuseOut", "--group", "../lamp"],
            "error: service.yaml declares no group `../lamp`; did you mean `lamp`?\n",
        ),
        (
            &["--check", "CreateLam"],
            "error: the metadata has no action `CreateLam`; did you mean `CreateLamp`?\n",
        ),
        (
            &["--check", "../CreateLamp"],
            "error: the metadata has no action `../CreateLamp`; did you mean `CreateLamp`?\n",
        ),
        (&["--check", "DescribeScene"], "error: the metadata has no action `DescribeScene`; "),
    ] {
        let project = project();
        let before = spec(&project);
        let ran = import(&project, arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.err.starts_with(expected), "{}", ran.err);
        assert_eq!(spec(&project), before);
    }
    let project = project();
    assert_eq!(import(&project, &[]).code, Some(2), "neither --source nor --check");
    let ran = project.run(&["import", "nowhere", "--check"]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (Some(2), "error: nowhere: No such file or directory (os error 2)\n")
    );
    let ran = project.run(&["import", "spec", "--check"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.starts_with("error: spec: no `*.json` files; "), "{}", ran.err);
}

#[test]
fn broken_metadata_is_told_with_its_place() {
    let parameter = r#"{"name":"A","type":"String","required":false}"#;
    let with = |parameters: &str| format!("{{\"name\":\"FuseOut\",\n\"parameters\":[{parameters}]}}");
    for (content, message, place) in [
        (String::new(), "no JSON: EOF", "1:1"),
        ("{\"name\": \"FuseOut\",\n }".to_owned(), "no JSON: key must be a string\n", "2:2"),
        ("name: FuseOut".to_owned(), "no JSON: ", "1:2"),
        ("[]".to_owned(), "an action must be a mapping", "1:1"),
        ("{}".to_owned(), "an action without `name`", "1:1"),
        ("{\"name\":\"FuseOut\"}".to_owned(), "an action without `parameters`", "1:1"),
        (
            with(parameter).replace("FuseOut", "../../FuseOut"),
            "`../../FuseOut` is no name of an action",
            "1:9",
        ),
        (with(parameter).replace("FuseOut", "FuseIn"), "the file of `FuseIn` has another name", "1:9"),
        (with(parameter).replace("[", "{\"a\":").replace(']', "}"), "`parameters` is no list", "2:14"),
        (with("5"), "a parameter must be a mapping", "2:15"),
        (with("{\"type\":\"String\",\"required\":true}"), "a parameter without `name`", "2:15"),
        (with("{\"name\":\"A\",\"required\":true}"), "a parameter without `type`", "2:15"),
        (with("{\"name\":\"A\",\"type\":\"String\"}"), "a parameter without `required`", "2:15"),
        (with("{\"name\":null,\"type\":\"String\",\"required\":true}"), "an empty value", "2:23"),
        (with("{\"name\":[],\"type\":\"String\",\"required\":true}"), "not a single value", "2:23"),
        (with(&parameter.replace("false", "\"maybe\"")), "neither `true` nor `false`", "2:54"),
        (with(&parameter.replace("String", "Strng")), "unknown type `Strng`", "2:34"),
        (with(&parameter.replace("\"A\"", "\"A b\"")), "`A b` is no name of a parameter", "2:23"),
        (with(&parameter.replace("\"A\"", "\"A..b\"")), "`A..b` is no name of a parameter", "2:23"),
        (with(&parameter.replace("\"A\"", "\"A: {\"")), "`A: {` is no name of a parameter", "2:23"),
        (with(&parameter.replace("\"A\"", "\"A\\nB\"")), "is no name of a parameter", "2:23"),
        (with(&format!("{parameter},\n{parameter}")), "parameter `A` is given twice", "3:9"),
        (with(&parameter.replace("\"type\"", "\"name\":\"B\",\"type\"")), "duplicate key `name`", "2:27"),
        (
            with(&format!(
                "{{\"name\":\"L\",\"type\":\"RepeatList\",\"required\":true,\"sub_parameters\":[{parameter},{parameter}]}}"
            )),
            "parameter `A` is given twice",
            "2:",
        ),
        (format!("{}1{}", "[".repeat(100), "]".repeat(100)), "values nested more than 64 deep", "1:65"),
        (format!("{}1{}", "[".repeat(1000), "]".repeat(1000)), "recursion limit exceeded", "1:"),
    ] {
        let project = project();
        project.write("metadata/FuseOut.json", &content);
        let before = spec(&project);
        let ran = import(&project, &["--source", "gateway"]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{content}");
        assert!(ran.err.starts_with("error[E") && ran.err.contains(message), "{content}: {}", ran.err);
        let place = format!("--> metadata/FuseOut.json:{place}");
        assert!(ran.err.contains(&place), "{content}: no {place} in {}", ran.err);
        assert!(ran.err.contains("; nothing was written (`"), "{}", ran.err);
        assert_eq!(spec(&project), before, "{content}");
    }
}

#[test]
fn metadata_that_is_not_utf_8_is_told() {
    let project = project();
    std::fs::write(project.path("metadata/FuseOut.json"), b"{\"name\": \"\xff\"}").unwrap();
    let ran = import(&project, &["--check"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err.starts_with("error[E001]: the file is not UTF-8\n --> metadata/FuseOut.json:1:11\n"),
        "{}",
        ran.err
    );
}

#[test]
fn a_spec_with_faults_is_left_alone() {
    let project = project();
    let path = "spec/actions/lamp/CreateLamp.yaml";
    project.write(path, &text(&project, path).replace("type: LampModel", "type: LampModl"));
    let before = spec(&project);
    let ran = import(&project, &["--source", "gateway"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(
        ran.err.starts_with("error[E030]: unknown type `LampModl`\n  --> spec/actions/lamp/CreateLamp.yaml:"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.ends_with("error: 1 fault; nothing was written (`cargo gen explain E030` tells more)\n"),
        "{}",
        ran.err
    );
    assert_eq!(spec(&project), before);
}

#[test]
fn parameters_in_braces_are_left_to_the_author() {
    let project = project();
    let path = "spec/actions/lamp/RingLamp.yaml";
    project.write(path, "summary: Ring.\nsource: gateway\neffect: update\nparameters: { RegionId: { type: RegionId } }\nresponse: raw\n");
    let before = spec(&project);
    let ran = import(&project, &["--source", "gateway"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert_eq!(
        ran.err,
        "error: spec/actions/lamp/RingLamp.yaml: `parameters` is written in braces; write one parameter a line\n"
    );
    assert_eq!(spec(&project), before);
}

#[test]
fn a_whole_spec_is_made_and_generated() {
    let project = project();
    let ran = import(&project, &["--source", "metadata", "--all", "--into", "scratch/spec"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(
        ran.out,
        "scratch/spec: 5 actions in 1 groups: other\n\
         left to be written by hand: CreateLamp Wiring, DescribeSockets Fuse, FuseOut Fuse\n\
         done; `cargo gen --drafts` generates without the words\n"
    );
    let ran = project.run(&["--spec", "scratch/spec", "--output", "scratch/crate", "--drafts"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.contains("\n   in all: 5 actions, "), "{}", ran.out);

    let ran = import(&project, &["--source", "metadata", "--all", "--into", "scratch/spec"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert_eq!(ran.err, "error: scratch/spec: not an empty folder; name a new one with --into\n");
    for (source, into) in [("a: b", "new"), ("metadata", "metadata/CreateLamp.json")] {
        let ran = import(&project, &["--source", source, "--all", "--into", into]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{source} {into}");
        assert!(!project.path("new").exists());
    }
}

/// What breaks the rules of the spec leaves no half of one behind.
#[test]
fn a_spec_with_faults_is_not_made() {
    let project = project();
    let path = "metadata/FuseOut.json";
    project
        .write(path, &text(&project, path).replace("\"Fuse\"", "\"Send\"").replace("\"Body\"", "\"String\""));
    let ran = import(&project, &["--source", "metadata", "--all", "--into", "scratch/spec"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(
        ran.err.starts_with("error[E086]: the name `send` is reserved for the generated code\n"),
        "{}",
        ran.err
    );
    assert_eq!(std::fs::read_dir(project.path("scratch")).unwrap().count(), 0);
}
