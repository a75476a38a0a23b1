//! `docs/api-changes.md`: every command in it is run, and prints what the page shows.

use super::{Project, copy};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The actions whose additions the walkthrough takes over.
const ACTIONS: [&str; 2] = [
    "actions/virtual-border-router/ModifyVirtualBorderRouterAttribute.yaml",
    "actions/route-entry/ModifyRouteEntry.yaml",
];

/// With this variable set, the page is written anew, to be read and committed.
const UPDATE: &str = "UPDATE_WALKTHROUGH";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The real spec without the additions to those actions, and the metadata that has them.
pub(super) fn without_additions() -> Project {
    let project = Project::new();
    std::fs::remove_dir_all(project.path("spec")).unwrap();
    copy(&root().join("spec"), &project.path("spec"));
    copy(&root().join("tests/fixtures/metadata/express-connect"), &project.path("metadata"));
    std::fs::copy(root().join("generated/Cargo.toml"), project.path("generated/Cargo.toml")).unwrap();
    for action in ACTIONS {
        let path = format!("spec/{action}");
        let text = std::fs::read_to_string(project.path(&path)).unwrap();
        let is_old = |line: &&str| !line.contains("source: metadata-2026-04");
        project.write(&path, &text.split_inclusive('\n').filter(is_old).collect::<String>());
    }
    project
}

/// The project as it was before, generated and committed; none without git.
fn before() -> Option<Project> {
    Command::new("git").arg("--version").output().ok()?;
    let project = without_additions();
    assert_eq!(project.run(&[]).code, Some(0));
    project.git(&["init", "--quiet", "--initial-branch", "main"]);
    for (name, value) in
        [("user.name", "Ada"), ("user.email", "ada@example.com"), ("commit.gpgsign", "false")]
    {
        project.git(&["config", name, value]);
    }
    project.git(&["add", "."]);
    project.git(&["commit", "--quiet", "--message", "The spec"]);
    project.git(&["tag", "v0.1.0"]);
    Some(project)
}

/// What a command prints, with errors, as a terminal shows it. `cargo gen` is the generator.
fn printed(project: &Project, command: &str) -> String {
    let generator = env!("CARGO_BIN_EXE_aliyun-rpc-gen");
    let script = format!("cargo() {{ shift; '{generator}' \"$@\"; }}\nexec 2>&1\n{command}");
    let output = Command::new("sh").args(["-c", &script]).current_dir(project.path("")).output().unwrap();
    timeless(&String::from_utf8(output.stdout).unwrap())
}

/// Without what differs from run to run: times and abbreviated ids of commits.
fn timeless(text: &str) -> String {
    let is_id = |word: &str| {
        let id = word.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or_default();
        id.len() >= 7 && id.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let word = |word: &str| match is_id(word.trim_end()) {
        true => word.replace(word.trim_end(), "(4f1c2a9)"),
        false => word.to_owned(),
    };
    let lines = text.split_inclusive('\n').map(|line| {
        let line = match line
            .split_once(" ms: ")
            .and_then(|(before, after)| Some((before.rsplit_once(' ')?.0, after)))
        {
            Some((before, after)) => format!("{before} 140 ms: {after}"),
            None => line.to_owned(),
        };
        line.split(' ').map(word).collect::<Vec<_>>().join(" ")
    });
    lines.collect()
}

/// The page with what its commands print, each `console` block run and each `diff` block applied in its turn.
fn played(project: &Project, page: &str) -> String {
    let (mut text, mut lines) = (String::new(), page.split_inclusive('\n'));
    while let Some(line) = lines.next() {
        text += line;
        if !line.starts_with("```") {
            continue;
        }
        let block: String = lines.by_ref().take_while(|line| !line.starts_with("```")).collect();
        match line.trim_end() {
            "```console" => {
                for command in block.lines().filter_map(|line| line.strip_prefix("$ ")) {
                    text += &format!("$ {command}\n{}", printed(project, command));
                }
            }
            "```diff" => {
                project.write("words.diff", &block);
                project.git(&["apply", "words.diff"]);
                std::fs::remove_file(project.path("words.diff")).unwrap();
                text += &block;
            }
            _ => text += &block,
        }
        text += "```\n";
    }
    text
}

#[test]
fn the_walkthrough_shows_what_its_commands_print() {
    let Some(project) = before() else { return };
    let path = root().join("docs/api-changes.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let played = played(&project, &page);
    for action in ACTIONS {
        let read = |folder: &Path| std::fs::read_to_string(folder.join(action)).unwrap();
        assert_eq!(
            read(&project.path("spec")),
            read(&root().join("spec")),
            "{action} is not what the project has"
        );
    }
    if std::env::var_os(UPDATE).is_some() {
        std::fs::write(&path, &played).unwrap();
    }
    let difference = aliyun_rpc_generator::write::unified_diff("docs/api-changes.md", &page, &played);
    assert!(page == played || std::env::var_os(UPDATE).is_some(), "set {UPDATE} to take it:\n{difference}");
}
