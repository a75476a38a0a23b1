//! How faults are told: with codes, for people, for programs and for reviews.

use super::Project;
use serde_json::Value;
use std::process::Stdio;

/// A project with a misspelt key, and an action that a transition names wrongly.
fn faulty() -> Project {
    let project = Project::new();
    let path = "spec/actions/lamp/CreateLamp.yaml";
    let text = std::fs::read_to_string(project.path(path)).unwrap();
    project.write(path, &text.replacen("summary:", "sumary:", 1));
    project
}

#[test]
fn a_code_is_explained() {
    let project = faulty();
    let said = project.run(&["check"]).err;
    assert!(said.contains("error[E012]: unknown key `sumary` in an action\n"), "{said}");
    assert!(said.ends_with("nothing was written (`cargo gen explain E012` tells more)\n"), "{said}");
    let told = project.run(&["explain", "E012"]);
    assert_eq!((told.code, told.err.as_str()), (Some(0), ""));
    assert!(told.out.starts_with("E012 a key that the format does not know\n"), "{}", told.out);
    assert!(told.out.ends_with("```yaml\nsummary: Switch a lamp on.\n```\n"), "{}", told.out);
    let all = project.run(&["explain"]);
    assert!(all.out.lines().count() > 100 && all.out.starts_with("E001 a file that is not UTF-8\nE002 "));
    let unknown = project.run(&["explain", "E1234"]);
    assert_eq!((unknown.code, unknown.out.as_str()), (Some(2), ""));
    assert!(
        unknown.err.starts_with("error: there is no code `E1234`: they go from E001 to E"),
        "{}",
        unknown.err
    );
}

#[test]
fn programs_get_an_object_a_line() {
    let project = faulty();
    project.write("metadata/FuseOut.json", r#"{"name":"FuseOut","parameters":[]}"#);
    for command in ["check", "", "--check", "model --json", "diff spec spec", "import metadata --check"] {
        let arguments: Vec<&str> = command.split_whitespace().chain(["--message-format", "json"]).collect();
        let ran = project.run(&arguments);
        assert_ne!(ran.code, Some(0), "{arguments:?}");
        let faults: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let fault = faults.iter().find(|fault| fault["code"] == "E012").unwrap();
        assert_eq!(
            (&fault["line"], &fault["column"], &fault["end_column"]),
            (&1.into(), &1.into(), &7.into())
        );
        assert_eq!(fault["hint"], "did you mean `summary`?");
        assert!(fault["file"].as_str().unwrap().ends_with("actions/lamp/CreateLamp.yaml"));
        assert!(ran.err.contains(" tells more)\n") && !ran.err.contains("-->"), "{}", ran.err);
    }
}

#[test]
fn reviews_get_annotations() {
    let ran = faulty().run(&["check", "--message-format", "github"]);
    let annotation = "::error file=spec/actions/lamp/CreateLamp.yaml,line=1,endLine=1,col=1,endColumn=7,title=E012::\
                      unknown key `sumary` in an action%0Ahelp: did you mean `summary`?";
    assert!(ran.out.lines().any(|line| line == annotation), "{}", ran.out);
    assert!(ran.out.lines().all(|line| line.starts_with("::error file=")));
    let wrong = faulty().run(&["check", "--message-format", "xml"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.err.contains("human, json, github"), "{}", wrong.err);
}

/// `check 2>&1 | head`, and a disk that is full: the exit code tells what nobody could be told.
#[test]
#[cfg(unix)]
fn nobody_need_read_what_is_told() {
    let project = faulty();
    let full = || std::fs::File::options().write(true).open("/dev/full").unwrap();
    for (arguments, code) in
        [(&["check"][..], 1), (&["diff", "spec", "spec"], 2), (&["check", "--spec", "no"], 2)]
    {
        let status = project.command(arguments).stderr(full()).stdout(Stdio::null()).status().unwrap();
        assert_eq!(status.code(), Some(code), "{arguments:?}");
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let status = project.command(arguments).stderr(writer).stdout(Stdio::null()).status().unwrap();
        assert_eq!(status.code(), Some(code), "{arguments:?}");
    }
}
