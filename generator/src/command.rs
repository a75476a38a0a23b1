//! The command line: reads the arguments, calls the library, prints.

mod diff;
pub(crate) mod faults;
mod fmt;
mod new;
mod schema;
mod watch;

use crate::diagnostics;
use crate::emit::{self, Codec};
use crate::import::{self, command::Import};
use crate::model::{self, Model};
use crate::read;
use crate::write::{self, Change, Plan};
use clap::{CommandFactory as _, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use faults::MessageFormat;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

/// Generates a typed Rust client and its documents from a YAML spec. Without a command it checks the spec and writes
/// what changed.
#[derive(Debug, Parser)]
#[command(name = "aliyun-rpc-gen", version)]
pub struct Arguments {
    /// Folder of the spec.
    #[arg(long, global = true, default_value = "spec")]
    spec: PathBuf,
    /// Folder of the generated crate.
    #[arg(long, global = true, default_value = "generated")]
    output: PathBuf,
    /// Write nothing; exit with 1 and show the difference if a generated file is stale.
    #[arg(long)]
    check: bool,
    /// Generate again whenever the spec changes, until interrupted.
    #[arg(long, conflicts_with = "check")]
    watch: bool,
    /// Let summaries be missing, as in drafts that `import` writes; the texts then say so.
    #[arg(long, global = true)]
    drafts: bool,
    /// How faults of a spec are told.
    #[arg(long, global = true, value_enum, default_value_t, value_name = "FORMAT")]
    message_format: MessageFormat,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check the spec and print every fault, without generating anything.
    Check,
    /// Compare two versions of the spec as APIs: every change, what it means for users of the crate, and why.
    Diff(diff::Arguments),
    /// Print what lets a shell complete the command line.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Tell more about a fault: what its code means, with an example; without a code, list them all.
    Explain {
        /// The code, such as E012.
        code: Option<String>,
    },
    /// Lay the files of the spec out as they should be, without touching a value or a comment.
    Fmt(fmt::Arguments),
    /// Hold the spec against the provider's metadata; add what it lacks, without words.
    Import(Import),
    /// Make the file of a new action, like that of another.
    New(new::Arguments),
    /// Print the resolved model for other programs.
    Model {
        /// As JSON, which is the only form so far.
        #[arg(long, required = true)]
        json: bool,
        /// Which facts to print.
        #[arg(long, value_enum, default_value_t = Source::All)]
        source: Source,
    },
    /// Write the JSON Schemas of the spec's files, by which editors complete and check them.
    Schema {
        /// Write nothing; exit with 1 and show the difference if a schema is stale.
        #[arg(long)]
        check: bool,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Source {
    /// Every fact.
    All,
    /// Only facts that the reference states.
    Reference,
}

/// Runs the command. Exit codes: 0 all is well, 1 faults in the spec, stale files or changes to fail on, 2 a file could
/// not be read or written.
#[must_use]
pub fn run(arguments: &Arguments) -> ExitCode {
    match dispatch(arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        // The reader of a pipe may leave before the end.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("error: {error}\n"));
            ExitCode::from(2)
        }
    }
}

fn dispatch(arguments: &Arguments) -> io::Result<bool> {
    if arguments.command.is_some() && (arguments.check || arguments.watch) {
        let flag = if arguments.check { "--check" } else { "--watch" };
        return Err(io::Error::other(format!(
            "`{flag}` before a command is of the generation; leave the command out, or write the flag behind it if it has one"
        )));
    }
    match &arguments.command {
        Some(Command::Diff(versions)) => {
            diff::run(versions, &arguments.spec, arguments.drafts, arguments.message_format)
        }
        Some(Command::New(action)) => new::run(action, &arguments.spec, arguments.message_format),
        Some(Command::Fmt(files)) => fmt::run(files, &arguments.spec, arguments.message_format),
        Some(Command::Schema { check }) => schema::run(*check, &arguments.spec),
        Some(Command::Completions { shell }) => completions(*shell),
        Some(Command::Explain { code }) => explain(code.as_deref()),
        Some(Command::Import(import)) => {
            let (text, is_well) = import::command::run(import, &arguments.spec, arguments.message_format)?;
            print(&text)?;
            Ok(is_well)
        }
        Some(Command::Check) => with_model(arguments, |model| {
            print(&format!("{}\nno fault\n", counts(model)))?;
            Ok(true)
        }),
        Some(Command::Model { source, .. }) => with_model(arguments, |model| {
            let json = model::to_json(model, matches!(source, Source::Reference));
            print(&format!("{json:#}\n"))?;
            Ok(true)
        }),
        None if arguments.watch => watch::run(arguments),
        None => generate_once(arguments),
    }
}

fn generate_once(arguments: &Arguments) -> io::Result<bool> {
    let started = Instant::now();
    with_model(arguments, |model| generate(arguments, model, started))
}

fn completions(shell: Shell) -> io::Result<bool> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "aliyun-rpc-gen", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(true)
}

/// What a spec without faults is good for.
fn with_model(arguments: &Arguments, run: impl FnOnce(&Model) -> io::Result<bool>) -> io::Result<bool> {
    load(arguments)?.map_or(Ok(false), |model| run(&model))
}

/// Reads and checks the spec; prints the faults if there are any.
fn load(arguments: &Arguments) -> io::Result<Option<Model>> {
    let loaded = match read::model(&arguments.spec, &arguments.output, arguments.drafts)? {
        Ok(model) => return Ok(Some(model)),
        Err(loaded) => loaded,
    };
    let format = arguments.message_format;
    let last = faults::tell(&loaded.faults, &loaded.sources, format, "; nothing was written")?;
    complain(&format!("{last}\n"));
    Ok(None)
}

fn explain(code: Option<&str>) -> io::Result<bool> {
    let text = match code {
        Some(code) => diagnostics::explain(code).map_err(io::Error::other)?.to_owned(),
        None => diagnostics::titles().map(|title| format!("{title}\n")).collect(),
    };
    print(&format!("{}\n", text.trim_end()))?;
    Ok(true)
}

fn generate(arguments: &Arguments, model: &Model, started: Instant) -> io::Result<bool> {
    let files = emit::files(model, Codec::Streaming);
    let _lock = write::lock(&arguments.output)?;
    let plan = write::plan(&arguments.output, &emit::OWNED, &files)?;
    if arguments.check {
        print(&difference(&plan))?;
    } else {
        plan.carry_out()?;
    }
    print(&summary(arguments, model, &plan, started))?;
    Ok(!arguments.check || plan.changes.is_empty())
}

/// One line a changed file, then the totals.
fn summary(arguments: &Arguments, model: &Model, plan: &Plan<'_>, started: Instant) -> String {
    let mut text = String::new();
    let (mut written, mut changed, mut removed) = (0, 0, 0);
    for (path, change) in &plan.changes {
        let (word, count) = match change {
            Change::Written => ("written", &mut written),
            Change::Changed(_) => ("changed", &mut changed),
            Change::Removed(_) => ("removed", &mut removed),
        };
        *count += 1;
        text += &format!("{word:>9}  {}/{path}\n", arguments.output.display());
    }
    let verdict = match (plan.changes.is_empty(), arguments.check) {
        (true, _) => "all is up to date",
        (false, true) => "stale: run `cargo gen`",
        (false, false) => "done",
    };
    let milliseconds = started.elapsed().as_millis();
    text += &format!("{}\n", counts(model));
    text += &format!(
        "{written} written, {changed} changed, {removed} removed, {} unchanged in {milliseconds} ms: {verdict}\n",
        plan.unchanged
    );
    text
}

/// How much the spec holds: what the reference states, and all.
fn counts(model: &Model) -> String {
    format!("reference: {}\n   in all: {}", count(model, true), count(model, false))
}

fn count(model: &Model, only_reference: bool) -> String {
    let is_counted = |source: &Option<String>| !only_reference || source.is_none();
    let (mut actions, mut parameters, mut fields, mut errors, mut examples) = (0, 0, 0, 0, 0);
    for action in model.actions().filter(|action| is_counted(&action.source)) {
        let mut rows = Vec::new();
        model::Field::rows(&action.response, "", &mut rows);
        actions += 1;
        parameters += action.rows().iter().filter(|row| is_counted(&row.source)).count();
        fields += rows.iter().filter(|row| is_counted(&row.field.source)).count();
        errors += action.errors.iter().filter(|row| is_counted(&row.source)).count();
        examples += action.examples.len();
    }
    let codes = model.errors.iter().filter(|error| is_counted(&error.source)).count();
    format!(
        "{actions} actions, {parameters} parameters, {fields} response rows, {errors} error rows, {codes} error codes, {examples} examples"
    )
}

fn difference(plan: &Plan<'_>) -> String {
    let mut text = String::new();
    for (path, change) in &plan.changes {
        let empty = String::new();
        let old = match change {
            Change::Written => &empty,
            Change::Changed(old) | Change::Removed(old) => old,
        };
        text += &write::unified_diff(path, old, plan.text(path));
    }
    text
}

/// Writes to standard error. Where nobody reads that any more there is nobody to tell, and the exit code says enough.
fn complain(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}
