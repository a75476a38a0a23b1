//! The compiler itself, without cargo: a crate of the lamp service is checked in a fraction of a second.

use aliyun_rpc_generator::emit::{self, Codec, OWNED};
use aliyun_rpc_generator::model::Model;
use aliyun_rpc_generator::write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A package that needs the runtime alone, so that cargo builds it as the crate of `compiled` needs it.
const MANIFEST: &str = r#"[package]
name = "lamp-runtime"
version = "0.0.0"
edition = "2024"

[dependencies]
aliyun-rpc = { path = "RUNTIME", default-features = false }

[workspace]
"#;

/// Compiles against one build of the runtime.
pub(crate) struct Compiler {
    folder: PathBuf,
    runtime: PathBuf,
}

impl Compiler {
    /// Builds the runtime, in the target folder of the other crates that tests generate.
    pub(crate) fn new() -> Self {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lamp-diff");
        let package = folder.join("runtime");
        std::fs::create_dir_all(package.join("src")).unwrap();
        let runtime = workspace.join("runtime").to_string_lossy().replace('\\', "/");
        std::fs::write(package.join("Cargo.toml"), MANIFEST.replace("RUNTIME", &runtime)).unwrap();
        std::fs::write(package.join("src/lib.rs"), "").unwrap();
        std::fs::copy(workspace.join("Cargo.lock"), package.join("Cargo.lock")).unwrap();
        let ran = Command::new(env!("CARGO"))
            .args(["build", "--offline", "--quiet", "--message-format", "json", "--target-dir"])
            .arg(folder.with_file_name("lamp-control-target"))
            .current_dir(&package)
            .output()
            .unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        Self { runtime: library(&String::from_utf8_lossy(&ran.stdout)), folder }
    }

    /// Checks the crate of a model; the answer is where its metadata lie.
    pub(crate) fn krate(&self, name: &str, model: &Model) -> Krate<'_> {
        let folder = self.folder.join(name);
        write::plan(&folder, &OWNED, &emit::files(model, Codec::Streaming)).unwrap().carry_out().unwrap();
        let krate = model.crate_ident().to_string();
        let metadata = folder.join(format!("lib{krate}.rmeta"));
        let mut rustc = self.rustc(&krate, &folder.join("src/lib.rs"), &metadata);
        for group in &model.groups {
            rustc.arg("--cfg").arg(format!("feature=\"{}\"", group.name));
        }
        if let Err(said) = run(rustc) {
            panic!("{name}: {said}");
        }
        Krate { compiler: self, folder, name: krate, metadata }
    }

    fn rustc(&self, name: &str, source: &Path, metadata: &Path) -> Command {
        let rustc = Path::new(env!("CARGO")).with_file_name(format!("rustc{}", std::env::consts::EXE_SUFFIX));
        let mut command = Command::new(rustc);
        command
            .args(["--edition=2024", "--crate-type=lib", "--emit=metadata", "--cap-lints=allow"])
            .args(["--crate-name", name])
            .arg("--extern")
            .arg(format!("aliyun_rpc={}", self.runtime.display()))
            .arg("-L")
            .arg(format!("dependency={}", self.runtime.parent().unwrap().display()))
            .arg("-o")
            .arg(metadata)
            .arg(source);
        command
    }
}

/// A crate that was checked.
pub(crate) struct Krate<'a> {
    compiler: &'a Compiler,
    folder: PathBuf,
    name: String,
    metadata: PathBuf,
}

impl Krate<'_> {
    /// Checks a program of its user; if it does not compile, the error is what the compiler says.
    pub(crate) fn check(&self, name: &str, program: &str) -> Result<(), String> {
        let source = self.folder.join(format!("{name}.rs"));
        std::fs::write(&source, program).unwrap();
        let mut rustc = self.compiler.rustc(name, &source, &self.folder.join(format!("lib{name}.rmeta")));
        rustc.arg("--extern").arg(format!("{}={}", self.name, self.metadata.display()));
        run(rustc)
    }
}

fn run(mut rustc: Command) -> Result<(), String> {
    let ran = rustc.output().unwrap();
    if ran.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&ran.stderr).into_owned()) }
}

/// The library of the runtime, as cargo tells it.
fn library(messages: &str) -> PathBuf {
    let found = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find_map(|message| {
            (message["target"]["name"] == "aliyun_rpc")
                .then(|| message["filenames"][0].as_str().map(PathBuf::from))?
        });
    found.expect("cargo names the library of the runtime")
}
