//! What one run of a program costs. The system tells it of all children together, so each run has a process between.

use nix::sys::resource::{UsageWho, getrusage};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a run took.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) wall: Duration,
    pub(crate) cpu: Duration,
    /// The most memory that it held at once.
    pub(crate) kilobytes: i64,
}

/// The first argument of this program when it is the process between.
pub(crate) const BETWEEN: &str = "--run";

/// Runs a program in a process of its own.
pub(crate) fn run(program: &str, arguments: &[&str]) -> Cost {
    let own = std::env::current_exe().unwrap();
    let output =
        Command::new(own).arg(BETWEEN).arg(program).args(arguments).stderr(Stdio::inherit()).output();
    let text = String::from_utf8(output.unwrap().stdout).unwrap();
    let numbers: Vec<u64> = text.split_whitespace().map(|number| number.parse().unwrap()).collect();
    let [wall, cpu, kilobytes] = numbers.as_slice() else { panic!("{program} {arguments:?} failed: {text}") };
    Cost {
        wall: Duration::from_micros(*wall),
        cpu: Duration::from_micros(*cpu),
        kilobytes: i64::try_from(*kilobytes).unwrap(),
    }
}

/// The process between: runs the program and prints its cost.
pub(crate) fn between(arguments: &[String]) {
    let started = Instant::now();
    let status = Command::new(&arguments[0]).args(&arguments[1..]).stdout(Stdio::null()).status().unwrap();
    let wall = started.elapsed();
    assert!(status.success(), "{arguments:?}: {status}");
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap();
    let micros = |time: nix::sys::time::TimeVal| time.tv_sec() * 1_000_000 + time.tv_usec();
    println!(
        "{} {} {}",
        wall.as_micros(),
        micros(usage.user_time()) + micros(usage.system_time()),
        usage.max_rss()
    );
}
