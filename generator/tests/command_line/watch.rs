//! `--watch`, as a process, and what shells complete.

use super::Project;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// The lines of a process, as they come.
fn lines(from: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (send, lines) = channel();
    thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

/// The next line that holds a text; no figure depends on how long it takes.
fn wait_for(lines: &Receiver<String>, text: &str) -> String {
    loop {
        let line =
            lines.recv_timeout(Duration::from_secs(60)).unwrap_or_else(|_| panic!("no line with {text:?}"));
        if line.contains(text) {
            return line;
        }
    }
}

#[test]
fn a_change_of_the_spec_is_generated_at_once() {
    let project = Project::new();
    let mut watch =
        project.command(&["--watch"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let out = lines(watch.stdout.take().unwrap());
    let err = lines(watch.stderr.take().unwrap());
    wait_for(&out, ": done");
    wait_for(&err, "waiting for changes in spec");

    let path = "spec/actions/lamp/CreateLamp.yaml";
    let text = std::fs::read_to_string(project.path(path)).unwrap();
    project.write(path, &text.replacen("summary:", "sumary:", 1));
    wait_for(&err, "error[E012]: unknown key `sumary`");
    wait_for(&err, "waiting for changes in spec");

    project.write(path, &text.replacen("summary: ", "summary: Again, ", 1));
    wait_for(&out, "changed  generated/src/lamp/create_lamp.rs");
    wait_for(&out, ": done");
    watch.kill().unwrap();
    watch.wait().unwrap();
    for arguments in [["--watch", "--check"], ["--watch", "check"], ["--check", "schema"]] {
        let refused = project.run(&arguments);
        assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""), "{arguments:?}");
    }
}

#[test]
fn shells_complete_the_commands() {
    let project = Project::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = project.run(&["completions", shell]);
        assert_eq!(ran.code, Some(0), "{shell}");
        assert!(ran.out.contains("explain") && ran.out.contains("message-format"), "{shell}");
    }
    let script = project.run(&["completions", "bash"]).out;
    let Ok(mut bash) = Command::new("bash").arg("-n").stdin(Stdio::piped()).spawn() else { return };
    bash.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    assert!(bash.wait().unwrap().success());
    assert_eq!(project.run(&["completions", "tcsh"]).code, Some(2));
}
