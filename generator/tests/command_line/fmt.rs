//! `fmt` and `schema`: how the files of a spec are laid out, and what tells editors what belongs in them.

use super::Project;

const ACTION: &str = "spec/actions/lamp/CreateLamp.yaml";

#[test]
fn files_are_laid_out_once_and_for_all() {
    let project = Project::new();
    let text = std::fs::read_to_string(project.path(ACTION)).unwrap();
    project.write(ACTION, &text.replacen("effect: create\n", "\n\neffect:   create  \n", 1));
    let before = project.run(&["model", "--json"]).out;

    let stale = project.run(&["fmt", "--check"]);
    assert_eq!(stale.code, Some(1));
    assert!(
        stale.out.contains("+# yaml-language-server: $schema=../../schema/action.json\n"),
        "{}",
        stale.out
    );
    assert!(stale.out.ends_with(" files: to be formatted: run `cargo gen fmt`\n"), "{}", stale.out);
    let one = project.run(&["fmt", ACTION]);
    assert_eq!(
        (one.code, one.out.as_str()),
        (Some(0), &*format!("formatted  {ACTION}\n1 of 1 files: formatted\n"))
    );
    assert_eq!(project.run(&["fmt"]).code, Some(0));
    let again = project.run(&["fmt", "--check"]);
    assert_eq!(again.code, Some(0), "{}", again.out);
    assert!(again.out.ends_with(" files: all are laid out as they should be\n"));
    assert_eq!(project.run(&["model", "--json"]).out, before);
    let text = std::fs::read_to_string(project.path(ACTION)).unwrap();
    assert!(!text.contains("\n\n\n") && !text.contains(" \n"), "{text}");
}

#[test]
fn what_cannot_be_formatted_is_left_alone() {
    let project = Project::new();
    let broken = "summary: Two: one\n";
    project.write(ACTION, broken);
    let other = std::fs::read_to_string(project.path("spec/errors.yaml")).unwrap();
    let ran = project.run(&["fmt"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.starts_with("error[E006]: no valid YAML: "), "{}", ran.err);
    assert_eq!(std::fs::read_to_string(project.path(ACTION)).unwrap(), broken);
    assert_eq!(std::fs::read_to_string(project.path("spec/errors.yaml")).unwrap(), other);
    for (file, expected) in [
        ("generated/Cargo.toml", "error: generated/Cargo.toml: no file of the spec in spec\n"),
        ("spec/nothing.yaml", "error: spec/nothing.yaml: "),
        ("spec", "error: spec: a folder; name files, or none to format all of --spec\n"),
    ] {
        let ran = project.run(&["fmt", file]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.err.starts_with(expected), "{}", ran.err);
    }
}

#[test]
fn schemas_lie_beside_the_files() {
    let project = Project::new();
    let stale = project.run(&["schema", "--check"]);
    assert_eq!(stale.code, Some(1));
    assert!(stale.out.ends_with("10 changed, 0 unchanged: stale: run `cargo gen schema`\n"), "{}", stale.out);
    assert!(!project.path("spec/schema").exists());
    assert_eq!(project.run(&["schema"]).out, "10 changed, 0 unchanged: done\n");
    assert_eq!(project.run(&["schema", "--check"]).code, Some(0));
    assert_eq!(project.run(&["check"]).code, Some(0), "the loader does not read them");
    project.run(&["fmt"]);
    for (file, schema) in [(ACTION, "action"), ("spec/errors.yaml", "errors"), ("spec/types/ids.yaml", "ids")]
    {
        let text = std::fs::read_to_string(project.path(file)).unwrap();
        let named = text.lines().next().unwrap().split_once("$schema=").unwrap().1;
        let path = project.path(file).parent().unwrap().join(named).canonicalize().unwrap();
        assert_eq!(path, project.path(&format!("spec/schema/{schema}.json")).canonicalize().unwrap());
    }
    project.write("spec/schema/mine.json", "{}");
    let ran = project.run(&["schema"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("mine.json: this file lies where generated files go"), "{}", ran.err);
}
