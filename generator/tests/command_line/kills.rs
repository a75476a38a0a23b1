//! Runs that are killed, that run at once, or that find no room on the disk.

use super::walkthrough::without_additions;
use super::{Project, Ran, copy, read};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How many runs are killed: ten, or as many as `KILL_ROUNDS` says.
fn rounds() -> u32 {
    std::env::var("KILL_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(10)
}

/// Another spec than the first: most files change, some come and some go.
fn change_spec(project: &Project) {
    let replace = |path: &str, old: &str, new: &str| {
        let text = std::fs::read_to_string(project.path(path)).unwrap();
        assert!(text.contains(old), "no {old:?} in {path}");
        project.write(path, &text.replace(old, new));
    };
    replace("spec/service.yaml", "title: ", "title: New ");
    replace("spec/service.yaml", "region_parameter: RegionId", "region_parameter: RegionId # the attic");
    std::fs::rename(
        project.path("spec/actions/lamp/RingLamp.yaml"),
        project.path("spec/actions/scene/RingLamp.yaml"),
    )
    .unwrap();
    replace("spec/errors.yaml", "remedy: ", "remedy: Wait. ");
}

fn start(project: &Project, arguments: &[&str]) -> Child {
    project.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Every path below a folder, folders too.
fn names(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(names(&path));
        }
        found.push(path);
    }
    found.sort();
    found
}

/// A number below `end`, another one for each round.
fn spread(round: u32, end: u64) -> u64 {
    u64::from(round.wrapping_mul(2_654_435_761) >> 8) % end.max(1)
}

/// Kills the process at some point: in every other round soon after it began to write.
fn kill(mut child: Child, round: u32, whole: Duration, folder: &Path) {
    let microseconds = u64::try_from(whole.as_micros()).unwrap();
    if round.is_multiple_of(2) {
        sleep(Duration::from_micros(spread(round, microseconds)));
    } else {
        let before = names(folder).len();
        while child.try_wait().unwrap().is_none() && names(folder).len() == before {}
        sleep(Duration::from_micros(spread(round, microseconds / 10)));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn after_a_kill_the_next_run_leaves_the_right_tree() {
    let old = Project::generated();
    let new = Project::new();
    change_spec(&new);
    let begun = Instant::now();
    assert_eq!(new.run(&[]).code, Some(0));
    let whole = begun.elapsed();
    let tree = |project: &Project| {
        let files = project.files().into_iter();
        files
            .map(|(path, bytes)| (path.strip_prefix(project.path("")).unwrap().to_owned(), bytes))
            .collect::<Vec<_>>()
    };
    let expected = tree(&new);
    for round in 0..rounds() {
        let project = Project::new();
        copy(&old.path("generated"), &project.path("generated"));
        change_spec(&project);
        kill(start(&project, &[]), round, whole, &project.path("generated"));
        let next = project.run(&[]);
        assert_eq!(next.code, Some(0), "round {round}: {}", next.err);
        assert!(
            tree(&project) == expected,
            "round {round}:\n{}\n{:#?}",
            next.out,
            names(&project.path("generated"))
        );
        let folders = |project: &Project| names(&project.path("generated")).len();
        assert_eq!(folders(&project), folders(&new), "round {round}");
    }
}

#[test]
fn after_a_killed_import_the_next_one_leaves_the_right_spec() {
    let arguments = ["import", "metadata", "--source", "metadata-2026-04"];
    let before = without_additions();
    let project = || {
        let project = Project::new();
        std::fs::remove_dir_all(project.path("spec")).unwrap();
        copy(&before.path("spec"), &project.path("spec"));
        copy(&before.path("metadata"), &project.path("metadata"));
        project
    };
    let expected = project();
    let begun = Instant::now();
    assert_eq!(expected.run(&arguments).code, Some(0));
    let whole = begun.elapsed();
    let spec = |project: &Project| {
        let mut files = BTreeMap::new();
        read(&project.path("spec"), &mut files);
        files.into_values().collect::<Vec<_>>()
    };
    for round in 0..rounds() {
        let project = project();
        kill(start(&project, &arguments), round, whole, &project.path("spec"));
        let next = project.run(&arguments);
        assert_eq!(next.code, Some(0), "round {round}: {}", next.err);
        assert!(spec(&project) == spec(&expected), "round {round}: {:#?}", names(&project.path("spec")));
    }
}

#[test]
fn runs_at_once_leave_the_right_tree() {
    let expected = Project::generated();
    let project = Project::new();
    let runs: Vec<Child> = (0..4).map(|_| start(&project, &[])).collect();
    for mut run in runs {
        assert_eq!(run.wait().unwrap().code(), Some(0));
    }
    assert_eq!(
        project.files().into_values().collect::<Vec<_>>(),
        expected.files().into_values().collect::<Vec<_>>()
    );
}

/// Runs the generator under a shell that sets the scene.
#[cfg(unix)]
fn under(project: &Project, scene: &str) -> Ran {
    let generator = env!("CARGO_BIN_EXE_aliyun-rpc-gen");
    let script = format!("{scene}\nexec '{generator}'");
    let output = Command::new("sh").args(["-c", &script]).current_dir(project.path("")).output().unwrap();
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A file that cannot be written to its end stops the run before anything is replaced.
#[cfg(unix)]
#[test]
fn a_file_that_grows_too_long_changes_nothing() {
    let project = Project::generated();
    change_spec(&project);
    let before = project.files();
    // The signal is ignored, so that the generator is told instead of killed.
    let ran = under(&project, "trap '' XFSZ; ulimit -f 4");
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.starts_with("error: generated/") && ran.err.contains("File too large"), "{}", ran.err);
    assert_eq!(project.files(), before);
    assert_eq!(project.run(&[]).code, Some(0));
}

/// Needs the right to mount, which root has on most machines.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_and_a_read_only_one_change_nothing() {
    let project = Project::generated();
    let disk = project.path("disk");
    std::fs::create_dir(&disk).unwrap();
    let mount = |arguments: &[&str]| {
        let mounted = Command::new("mount").args(arguments).arg(&disk).stderr(Stdio::null()).status();
        mounted.is_ok_and(|status| status.success())
    };
    if !mount(&["-t", "tmpfs", "-o", "size=1m", "tmpfs"]) {
        return;
    }
    copy(&project.path("generated"), &disk);
    std::fs::remove_dir_all(project.path("generated")).unwrap();
    std::os::unix::fs::symlink(&disk, project.path("generated")).unwrap();
    change_spec(&project);
    let before = project.files();
    // A last file takes what room there is.
    let _ = Command::new("dd")
        .args(["if=/dev/zero", "of=disk/filler"])
        .current_dir(project.path(""))
        .stderr(Stdio::null())
        .status();
    let full = project.run(&[]);
    std::fs::remove_file(disk.join("filler")).unwrap();
    let after_full = project.files();
    assert!(mount(&["-o", "remount,ro"]));
    let read_only = project.run(&[]);
    let after_read_only = project.files();
    assert!(Command::new("umount").arg(&disk).status().unwrap().success());

    assert_eq!((full.code, read_only.code), (Some(2), Some(2)));
    assert!(
        full.err.starts_with("error: generated/") && full.err.contains("No space left on device"),
        "{}",
        full.err
    );
    assert!(
        read_only.err.starts_with("error: generated/") && read_only.err.contains("Read-only file system"),
        "{}",
        read_only.err
    );
    assert!(after_full == before && after_read_only == before);
}

/// A name that is not UTF-8 belongs to somebody else, like any other that was not generated.
#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_is_not_touched() {
    use std::os::unix::ffi::OsStrExt as _;
    let project = Project::generated();
    let name = std::ffi::OsStr::from_bytes(b"generated/src/mine-\xff.rs");
    std::fs::write(project.path("").join(name), "pub struct Mine;\n").unwrap();
    let ran = project.run(&[]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("was not generated"), "{}", ran.err);
    assert!(project.path("").join(name).exists());
}
