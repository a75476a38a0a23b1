//! `diff`: folders, revisions, exit codes.

use super::{Project, Ran, copy, specs};
use serde_json::Value;
use std::process::Command;

const CREATE: &str = "spec/actions/lamp/CreateLamp.yaml";

impl Project {
    /// Replaces a text of a file.
    fn replace(&self, path: &str, old: &str, new: &str) {
        let text = std::fs::read_to_string(self.path(path)).unwrap();
        assert!(text.contains(old), "no {old:?} in {path}");
        self.write(path, &text.replace(old, new));
    }

    pub(super) fn git(&self, arguments: &[&str]) -> String {
        let output = Command::new("git")
            .args(["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .current_dir(self.path(""))
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// One in which `main` has the spec, `topic` a change of it, and the work tree another one; none without git.
    fn repository() -> Option<Self> {
        Command::new("git").arg("--version").output().ok()?;
        let project = Self::new();
        project.git(&["init", "--quiet", "--initial-branch", "main"]);
        project.commit("The spec");
        project.git(&["switch", "--quiet", "--create", "topic"]);
        project.replace(CREATE, "range: [10, 100]", "range: [20, 100]");
        project.commit("A narrower range");
        project.git(&["switch", "--quiet", "main"]);
        project.replace("spec/errors.yaml", "class: settle", "class: retry");
        project.commit("Another class");
        project.replace("spec/types/ids.yaml", "prefix: room-", "prefix: room");
        project.replace(CREATE, "type: LampModel, required: true,", "type: LampModel,");
        Some(project)
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "."]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    fn kinds(&self, versions: &[&str]) -> Vec<String> {
        let ran = self.run(&[&["diff", "--format", "json"], versions].concat());
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        let report: Value = serde_json::from_str(&ran.out).unwrap();
        let changes = report["changes"].as_array().unwrap();
        changes.iter().map(|change| change["kind"].as_str().unwrap().to_owned()).collect()
    }
}

/// A project with a second spec beside the first, which differs by a fix and an addition.
fn two_folders() -> Project {
    let project = Project::new();
    copy(&specs().join("mini"), &project.path("old"));
    project.replace("spec/errors.yaml", "class: settle", "class: retry");
    project.replace(
        "spec/types/enums.yaml",
        "    2-arm:",
        "    wall: { summary: Hangs on the wall. }\n    2-arm:",
    );
    project
}

fn refused(ran: &Ran, said: &str) {
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert_eq!(ran.err, format!("error: {said}\n"));
}

#[test]
fn two_folders_are_compared() {
    let project = two_folders();
    for versions in [&["old", "spec"][..], &["old"]] {
        let ran = project.run(&[&["diff"], versions].concat());
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        assert_eq!(
            ran.out,
            "\
lamp-control: old -> spec

type LampModel
  addition   value `wall` is new
             the enum is open: every match has an arm for what it does not know, and this value was `Unknown`

error code LampBusy
  fix        class: retry, was settle
             whether a call is tried again follows it

1 addition, 1 fix: raise the minor number, before 1.0 the patch one
"
        );
    }
}

#[test]
fn a_class_to_fail_on_includes_graver_ones() {
    let project = two_folders();
    for (class, code) in [("breaking", 0), ("addition", 1), ("fix", 1), ("any", 1)] {
        assert_eq!(project.run(&["diff", "old", "--fail-on", class]).code, Some(code), "{class}");
        assert_eq!(project.run(&["diff", "old", "old", "--fail-on", class]).code, Some(0), "{class}");
    }
    let reversed = project.run(&["diff", "spec", "old", "--fail-on", "breaking", "--format", "markdown"]);
    assert_eq!(reversed.code, Some(1));
    assert!(
        reversed.out.starts_with("## lamp-control: from spec to old\n\n**1 breaking, 1 fix**"),
        "{}",
        reversed.out
    );
}

#[test]
fn revisions_are_compared_and_nothing_is_touched() {
    let Some(project) = Project::repository() else { return };
    let before = project.git(&["status", "--porcelain"]);

    assert_eq!(project.kinds(&["HEAD"]), ["parameter-presence", "id-prefix"]);
    assert_eq!(project.kinds(&["main~1", "main"]), ["error-class"]);
    assert_eq!(project.kinds(&["main..topic"]), ["constraint-tightened", "error-class"]);
    assert_eq!(project.kinds(&["main...topic"]), ["constraint-tightened"]);
    assert_eq!(project.kinds(&["topic.."]), ["constraint-loosened", "error-class"]);
    assert_eq!(project.kinds(&["HEAD", "spec"]), ["parameter-presence", "id-prefix"]);

    let page = project.run(&["diff", "main~1..main"]).out;
    let commit = |name: &str| project.git(&["rev-parse", "--short=9", name]).trim().to_owned();
    let title = format!("lamp-control: main~1 ({}) -> main ({})\n", commit("main~1"), commit("main"));
    assert!(page.starts_with(&title), "{page}");
    assert_eq!(project.git(&["status", "--porcelain"]), before);
}

/// Git sets these for the hooks that it runs.
#[test]
fn a_hook_may_run_it() {
    let Some(project) = Project::repository() else { return };
    let (index, elsewhere) = (project.path(".git/index"), project.path("generated"));
    let ran = project
        .command(&["diff", "main~1..main", "--fail-on", "fix"])
        .envs([("GIT_DIR", ".git"), ("GIT_PREFIX", "spec/")])
        .envs([("GIT_INDEX_FILE", &index), ("GIT_WORK_TREE", &elsewhere)])
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(1), "{}", String::from_utf8_lossy(&ran.stderr));
}

/// The folder is found in its own repository, from wherever the command is run.
#[test]
fn the_spec_may_lie_elsewhere() {
    let Some(project) = Project::repository() else { return };
    let elsewhere = tempfile::tempdir().unwrap();
    let spec = project.path("spec");
    let ran = project
        .command(&["diff", "main..topic", "--fail-on", "any", "--spec", spec.to_str().unwrap()])
        .current_dir(elsewhere.path())
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(1), "{}", String::from_utf8_lossy(&ran.stderr));

    // A folder that the work tree no longer has.
    project.git(&["mv", "spec", "api"]);
    project.commit("Another folder");
    assert_eq!(project.kinds(&["main~2..main~1"]), ["error-class"]);
    assert_eq!(project.kinds(&["main~1", "api", "--spec", "spec"]), ["parameter-presence", "id-prefix"]);
}

#[test]
fn what_cannot_be_compared_is_told() {
    let Some(project) = Project::repository() else { return };
    let here = project.path("spec").canonicalize().unwrap();
    let unknown = project.run(&["diff", "nowhere"]);
    assert_eq!((unknown.code, unknown.out.as_str()), (Some(2), ""));
    let said = format!("is neither a folder nor a revision of {}", here.display());
    assert!(unknown.err.contains(&format!("`nowhere` {said}")), "{}", unknown.err);

    let commit = project.git(&["rev-parse", "--short=9", "HEAD"]).trim().to_owned();
    refused(
        &project.run(&["diff", "HEAD", "--spec", "generated/none"]),
        &format!("`generated/none` is not in HEAD ({commit}); --spec says which folder is meant"),
    );
    refused(
        &project.run(&["diff", "main..topic", "HEAD"]),
        "`main..topic` is a range: it already names both versions; leave the other word out",
    );
    refused(
        &project.run(&["diff", "../none"]),
        "../none: no such folder; run where `spec` lies, or name it with --spec",
    );
    // What looks like an option of git is none.
    assert_eq!(project.run(&["diff", "--", "--all"]).code, Some(2));
}

#[test]
fn without_git_folders_are_compared_all_the_same() {
    let project = two_folders();
    let without = |arguments: &[&str]| {
        let output = project.command(arguments).env("PATH", "").output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(without(&["diff", "old"]), (Some(0), String::new()));
    let (code, said) = without(&["diff", "main"]);
    assert_eq!(code, Some(2));
    assert!(said.starts_with("error: git cannot be run: "), "{said}");
    assert!(said.ends_with("; install it, or name two folders\n"), "{said}");
}

#[test]
fn outside_a_repository_there_are_no_revisions() {
    if Command::new("git").arg("--version").output().is_err() {
        return;
    }
    let project = Project::new();
    let ran = project.run(&["diff", "main"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(
        ran.err.starts_with("error: spec: no revisions of it: fatal: not a git repository"),
        "{}",
        ran.err
    );
    assert!(ran.err.ends_with("; name two folders instead\n"), "{}", ran.err);
}

#[test]
fn a_spec_with_faults_is_not_compared() {
    let project = two_folders();
    project.replace("old/errors.yaml", "class: settle", "class: setle");
    let ran = project.run(&["diff", "old", "--fail-on", "breaking"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(
        ran.err.starts_with("error[E024]: unknown class `setle`\n --> old/errors.yaml:6:20\n"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.ends_with(
            "\n\nerror: 1 fault in old; nothing was compared (`cargo gen explain E024` tells more)\n"
        ),
        "{}",
        ran.err
    );
}

#[test]
fn help_has_examples() {
    let ran = Project::new().run(&["diff", "--help"]);
    assert_eq!(ran.code, Some(0));
    for expected in [
        "OLD..NEW",
        "aliyun-rpc-gen diff main...HEAD",
        "--fail-on <CLASS>",
        "Exit codes: 0, 1 with --fail-on",
    ] {
        assert!(ran.out.contains(expected), "no {expected:?} in\n{}", ran.out);
    }
}
