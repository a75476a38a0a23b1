//! A spec in which one file is what the fuzzer makes of it: each is emitted as Rust, or told what is wrong with it.
//! The first byte of an input chooses the file, the others are its text.
#![no_main]

use aliyun_rpc_generator::emit::{self, Codec};
use aliyun_rpc_generator::read;
use libfuzzer_sys::{Corpus, fuzz_target};
use std::path::Path;
use std::sync::LazyLock;
use tempfile::TempDir;

/// The files of the small spec of the tests; `corpus` numbers them in the same way.
const FILES: [&str; 15] = [
    "service.yaml",
    "errors.yaml",
    "errata.md",
    "types/ids.yaml",
    "types/enums.yaml",
    "types/texts.yaml",
    "types/integers.yaml",
    "types/structures.yaml",
    "types/parameters.yaml",
    "resources/Lamp.yaml",
    "actions/lamp/CreateLamp.yaml",
    "actions/lamp/DescribeLamps.yaml",
    "actions/lamp/RingLamp.yaml",
    "actions/scene/ApplyScene.yaml",
    "actions/scene/DescribeScene.yaml",
];

/// The spec, in a folder of this process.
static SPEC: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    for file in FILES {
        put(folder.path(), file, &original(file));
    }
    folder
});

fn original(file: &str) -> Vec<u8> {
    let mini = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/specs/mini");
    std::fs::read(mini.join(file)).expect("a file of the small spec")
}

fn put(folder: &Path, file: &str, text: &[u8]) {
    let path = folder.join(file);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, text).expect("a written file");
}

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some((file, text)) =
        data.split_first().and_then(|(at, text)| Some((FILES.get(usize::from(*at))?, text)))
    else {
        return Corpus::Reject;
    };
    put(SPEC.path(), file, text);
    judge(SPEC.path());
    put(SPEC.path(), file, &original(file));
    Corpus::Keep
});

fn judge(folder: &Path) {
    match read::model(folder, Path::new("no crate"), true).expect("a spec that can be read") {
        Ok(model) => {
            for (path, text) in emit::files(&model, Codec::Streaming) {
                if path.ends_with(".rs") {
                    assert!(
                        syn::parse_file(&text).is_ok() && !text.contains("compile_error"),
                        "{path}: {text}"
                    );
                }
            }
        }
        Err(loaded) => {
            assert!(!loaded.faults.render(&loaded.sources, false).is_empty(), "faults without words")
        }
    }
}
