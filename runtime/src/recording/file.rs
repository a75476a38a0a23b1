//! The file of a recording.

use super::error::RecordingError;
use super::exchange::Exchange;
use crate::schema::Service;
use serde_json::{Map, Value, json};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

const FORMAT: &str = "aliyun-rpc recording";
const VERSION: u64 = 1;

pub(super) fn write(service: &Service, exchanges: &[Exchange], path: &Path) -> Result<(), RecordingError> {
    let exchanges: Vec<Value> = exchanges.iter().map(Exchange::to_json).collect();
    let recording = json!({
        "format": FORMAT,
        "version": VERSION,
        "product": service.product,
        "api": service.version,
        "exchanges": exchanges,
    });
    replace(path, &format!("{recording:#}\n")).map_err(|error| RecordingError::io(path, error))
}

/// Writes a file in one step: whoever reads it meanwhile finds the old one or the new one.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}-{}.tmp", process::id(), COUNT.fetch_add(1, Ordering::Relaxed)));
    let beside = path.with_file_name(name);
    let mut file = File::create_new(&beside)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    let replaced = written.and_then(|()| fs::rename(&beside, path));
    if replaced.is_err() {
        // The first error is the one that counts.
        let _ = fs::remove_file(&beside);
    }
    replaced
}

pub(super) fn read(service: &Service, path: &Path) -> Result<Vec<Exchange>, RecordingError> {
    let fault = |text: String| RecordingError::new(path, text);
    let text = fs::read_to_string(path).map_err(|error| RecordingError::io(path, error))?;
    let recording: Value =
        serde_json::from_str(&text).map_err(|error| fault(format!("not in JSON: {error}")))?;
    let Value::Object(mut recording) = recording else { return Err(fault(format!("not an {FORMAT}"))) };
    check_head(service, &recording).map_err(fault)?;
    let Some(Value::Array(exchanges)) = recording.remove("exchanges") else {
        return Err(fault("exchanges: expected a list".to_owned()));
    };
    let exchange = |(index, value)| {
        Exchange::from_json(value).map_err(|text| fault(format!("exchanges[{index}]{text}")))
    };
    exchanges.into_iter().enumerate().map(exchange).collect()
}

/// Whether it is a recording of this version and of this service.
fn check_head(service: &Service, recording: &Map<String, Value>) -> Result<(), String> {
    if recording.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(format!("format: expected {FORMAT:?}"));
    }
    match recording.get("version").and_then(Value::as_u64) {
        Some(VERSION) => {}
        Some(later) if later > VERSION => {
            return Err(format!("version: {later} is of a later release; this one reads version {VERSION}"));
        }
        _ => return Err(format!("version: expected {VERSION}")),
    }
    for (key, expected) in [("product", service.product), ("api", service.version)] {
        if recording.get(key).and_then(Value::as_str) != Some(expected) {
            return Err(format!("{key}: expected {expected:?}, as it is replayed for {}", service.name));
        }
    }
    Ok(())
}
