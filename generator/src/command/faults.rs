//! How faults of a spec are told.

use crate::diagnostics::{Faults, Sources};
use clap::ValueEnum;
use std::io::{self, IsTerminal as _};

/// How faults are told.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum MessageFormat {
    /// For a person at a terminal, on standard error.
    #[default]
    Human,
    /// For other programs: one JSON object a line, on standard output.
    Json,
    /// For a workflow of GitHub: annotations of the places, on standard output.
    Github,
}

/// Tells every fault, and gives the last line, of which `end` is what comes behind their number.
///
/// # Errors
/// When the output takes nothing.
pub(crate) fn tell(
    faults: &Faults,
    sources: &Sources,
    format: MessageFormat,
    end: &str,
) -> io::Result<String> {
    match format {
        MessageFormat::Human => {
            super::complain(&format!("{}\n\n", faults.render(sources, io::stderr().is_terminal())));
        }
        MessageFormat::Json => super::print(&faults.json(sources))?,
        MessageFormat::Github => super::print(&faults.github(sources))?,
    }
    let count = faults.len();
    let more = faults.first_code(sources);
    let more = more.map(|code| format!(" (`cargo gen explain {code}` tells more)")).unwrap_or_default();
    Ok(format!("{count} fault{}{end}{more}", if count == 1 { "" } else { "s" }))
}
