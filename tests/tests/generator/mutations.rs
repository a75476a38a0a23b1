//! Specs with random damage: each is emitted as Rust, or told what is wrong with it. `MUTATION_ROUNDS` says how many,
//! `MUTATION_SEED` which is the first; a round that fails tells how to run it alone.

use crate::support::{files_below, fixtures, mini, overlay};
use aliyun_rpc_generator::emit::{self, Codec};
use aliyun_rpc_generator::{format, read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// How long a round may take: hundreds of times what one takes.
const PATIENCE: Duration = Duration::from_secs(60);
/// What stands in the place of a word: nothing, numbers beyond all bounds, markup of YAML, Rust and Markdown, other scripts.
const ODD: [&str; 41] = [
    "",
    " ",
    "~",
    "null",
    "[]",
    "{}",
    "[[[[[[[[]]]]]]]]",
    "{ a: { b: { c: [] } } }",
    "0",
    "-1",
    "1e400",
    "0x7f",
    "9223372036854775807",
    "-9223372036854775808",
    "99999999999999999999999999",
    "true",
    "\t",
    "\u{feff}",
    "\u{202e}",
    "\0",
    "\r\n",
    "&a x",
    "*a",
    "!!str x",
    "<<",
    "|",
    ">-",
    "\"",
    "'",
    "#",
    "%s",
    "`",
    "\\",
    "*/",
    "\"#",
    "fn",
    "Self",
    "r#type",
    "名称",
    "É",
    "a.b..c",
];

/// Xorshift: no two seeds give the same rounds, and each gives the same ones everywhere.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        // Neighbouring seeds begin far from one another.
        Self(seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }

    fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name)
        .map_or(usual, |value| value.parse().unwrap_or_else(|_| panic!("{name} is no number: {value}")))
}

#[test]
fn a_damaged_spec_is_told_of_or_emitted() {
    let (rounds, first) = (number("MUTATION_ROUNDS", 150), number("MUTATION_SEED", 59));
    let mut emitted = 0;
    for seed in first..first.saturating_add(rounds) {
        emitted += u64::from(in_time(seed));
    }
    println!("{rounds} damaged specs, {emitted} of them without a fault");
    assert!(rounds < 100 || (emitted > 0 && emitted < rounds), "{emitted} of {rounds} were emitted");
}

/// One round on a thread of its own; whether it found no fault.
fn in_time(seed: u64) -> bool {
    let again = format!("again with MUTATION_SEED={seed} MUTATION_ROUNDS=1");
    let (sender, receiver) = channel();
    let worker = std::thread::spawn(move || sender.send(round(seed)));
    match receiver.recv_timeout(PATIENCE) {
        Ok(Ok(is_emitted)) => is_emitted,
        Ok(Err(wrong)) => panic!("{wrong}; {again}"),
        Err(RecvTimeoutError::Timeout) => panic!("no end after {PATIENCE:?}; {again}"),
        Err(RecvTimeoutError::Disconnected) => {
            drop(worker.join());
            panic!("a panic; {again}")
        }
    }
}

/// What can be laid out stays as it is the second time.
fn lay_out(spec: &Path) -> Result<(), String> {
    for file in files_below(spec) {
        let path = file.strip_prefix(spec).unwrap().to_str().unwrap();
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        let Ok(once) = format::formatted(path, &text) else { continue };
        if format::formatted(path, &once).as_ref() != Ok(&once) {
            return Err(format!("{path} is laid out in another way the second time:\n{once}"));
        }
    }
    Ok(())
}

fn round(seed: u64) -> Result<bool, String> {
    let random = &mut Random::new(seed);
    let folder = tempfile::tempdir().unwrap();
    let tiny = fixtures().join("specs/tiny");
    overlay(random.of(&[mini().as_path(), &tiny]), folder.path());
    for _ in 0..=random.below(3) {
        damage(folder.path(), random);
    }
    lay_out(folder.path())?;
    match read::model(folder.path(), Path::new("no crate"), random.below(2) == 0) {
        Ok(Ok(model)) => {
            let files = emit::files(&model, Codec::Streaming);
            let mut rust = files.iter().filter(|(path, _)| path.ends_with(".rs"));
            rust.try_for_each(|(path, text)| is_rust(path, text))?;
            Ok(true)
        }
        Ok(Err(loaded)) if loaded.faults.is_empty() => Err("neither a fault nor a model".to_owned()),
        Ok(Err(loaded)) if loaded.faults.render(&loaded.sources, false).is_empty() => {
            Err("faults without words".to_owned())
        }
        Ok(Err(_)) => Ok(false),
        Err(error) => Err(format!("cannot be read: {error}")),
    }
}

/// What is no Rust becomes an error for the compiler, which is Rust.
fn is_rust(path: &str, text: &str) -> Result<(), String> {
    syn::parse_file(text).map_err(|error| format!("{path} is no Rust: {error}"))?;
    if text.contains("compile_error") { Err(format!("{path} was no Rust: {text}")) } else { Ok(()) }
}

fn damage(folder: &Path, random: &mut Random) {
    let mut files = files_below(folder);
    files.sort();
    let file: PathBuf = files[random.below(files.len())].clone();
    let text = std::fs::read(&file).unwrap();
    let damaged = match random.below(3) {
        0 => bytes(text, random),
        1 => lines(&text, random),
        _ => word(&text, random),
    };
    std::fs::write(file, damaged).unwrap();
}

/// Some bytes go, come twice, change places with others, or are others.
fn bytes(mut text: Vec<u8>, random: &mut Random) -> Vec<u8> {
    let start = random.below(text.len());
    let end = (start + 1 + random.below(20)).min(text.len());
    match random.below(4) {
        0 => drop(text.drain(start..end)),
        1 => drop(text.splice(end..end, text[start..end].to_vec())),
        2 if !text.is_empty() => {
            let other = random.below(text.len());
            text.swap(start, other);
        }
        _ => drop(text.splice(start..end, random.of(&ODD).bytes())),
    }
    text
}

/// A line goes, comes twice, changes its place or its depth.
fn lines(text: &[u8], random: &mut Random) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = text.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let (one, other) = (random.below(lines.len()), random.below(lines.len()));
    match random.below(5) {
        0 => drop(lines.remove(one)),
        1 => lines.insert(other, lines[one].clone()),
        2 => lines.swap(one, other),
        3 => drop(lines[one].splice(..0, *b"  ")),
        _ => lines[one] = lines[one].iter().skip(2).copied().collect(),
    }
    lines.join(&b'\n')
}

/// A word is another one of the file, or an odd one.
fn word(text: &[u8], random: &mut Random) -> Vec<u8> {
    let text = String::from_utf8_lossy(text);
    let is_between = |one: char| !one.is_alphanumeric() && !"_.-".contains(one);
    let mut pieces: Vec<&str> = text.split_inclusive(is_between).collect();
    let words: Vec<&str> = pieces.iter().map(|piece| piece.trim_end_matches(is_between)).collect();
    let new = if random.below(2) == 0 { random.of(&ODD) } else { random.of(&[&words[..], &[""]].concat()) };
    let at = random.below(pieces.len());
    if let Some(piece) = pieces.get_mut(at) {
        let rest = &piece[words[at].len()..];
        let replaced = format!("{new}{rest}");
        *piece = &replaced;
        return pieces.concat().into_bytes();
    }
    new.into()
}
