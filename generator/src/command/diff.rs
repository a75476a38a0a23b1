//! `diff`: two versions of the spec compared as APIs.

use super::faults::{MessageFormat, tell};
use super::print;
use crate::check::{check, check_draft};
use crate::diff::{self, Checkout, Class, Form, Sides};
use crate::model::{self, Model};
use crate::spec;
use clap::{Args, ValueEnum};
use std::io::{self, IsTerminal as _};
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  aliyun-rpc-gen diff HEAD                      what the work tree changes
  aliyun-rpc-gen diff main..HEAD                what HEAD has that main has not, and the reverse
  aliyun-rpc-gen diff main...HEAD               what changed since HEAD left main: for a review
  aliyun-rpc-gen diff old/spec new/spec         two folders
  aliyun-rpc-gen diff v1.2.0 --format markdown  for a changelog
  aliyun-rpc-gen diff main --fail-on breaking   for a check before a merge

A word that names a folder is that folder; write `heads/NAME` for a branch of the same name.
Exit codes: 0, 1 with --fail-on if there is such a change, 2 if nothing could be compared.";

/// What is compared, and how it is told.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// What users have: a folder or a git revision; or a range OLD..NEW, which names both.
    old: String,
    /// What they would get; the folder of the spec, if it is left out.
    new: Option<String>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Page)]
    format: Format,
    /// Exit with 1 if there is a change of this class or a graver one.
    #[arg(long, value_enum, value_name = "CLASS")]
    fail_on: Option<FailOn>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For a person at a terminal.
    Page,
    /// For a changelog or a review.
    Markdown,
    /// For other programs.
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FailOn {
    /// What no longer compiles, or is refused now.
    Breaking,
    /// What can be written or sent that could not before.
    Addition,
    /// What behaves otherwise.
    Fix,
    /// Any change, also of documents.
    Any,
}

/// Compares and prints; whether there is nothing to fail on.
pub(super) fn run(
    arguments: &Arguments,
    spec: &Path,
    drafts: bool,
    messages: MessageFormat,
) -> io::Result<bool> {
    let sides = Sides::read(&arguments.old, arguments.new.as_deref(), spec)?;
    let (old, new) = (sides.old.check_out(spec)?, sides.new.check_out(spec)?);
    let models = (load(&old, drafts, messages)?, load(&new, drafts, messages)?);
    let report = diff::compare(&models.0, &models.1, (old.name, new.name));
    print(&report.render(match arguments.format {
        Format::Page => Form::Page { styled: io::stdout().is_terminal() },
        Format::Markdown => Form::Markdown,
        Format::Json => Form::Json,
    }))?;
    let least = arguments.fail_on.map(|class| match class {
        FailOn::Breaking => Class::Breaking,
        FailOn::Addition => Class::Addition,
        FailOn::Fix => Class::Fix,
        FailOn::Any => Class::Documents,
    });
    Ok(least.is_none_or(|least| report.class().is_none_or(|class| class < least)))
}

/// The model of one version. That of a spec with faults would be compared wrongly.
fn load(version: &Checkout, drafts: bool, messages: MessageFormat) -> io::Result<Model> {
    let check = if drafts { check_draft } else { check };
    let mut loaded = spec::load_shown(&version.folder, &version.shown)?;
    if let Some(spec) = &loaded.spec {
        // The features of a crate are no part of the comparison: there is none beside the spec.
        check(spec, &version.folder, &mut loaded.faults);
        if loaded.faults.is_empty() {
            return Ok(model::build(spec));
        }
    }
    let end = format!(" in {}; nothing was compared", version.name);
    Err(io::Error::other(tell(&loaded.faults, &loaded.sources, messages, &end)?))
}
