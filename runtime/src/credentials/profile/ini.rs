//! `~/.alibabacloud/credentials.ini`, the file of the provider's libraries.

use super::{Names, Opened, Profile, Source, read};
use crate::credentials::answer::SecretText;
use crate::credentials::{CredentialsError, Environment, ProvideCredentials, ProviderContext, Providing};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use zeroize::Zeroizing;

const SECTION: &str = "ALIBABA_CLOUD_PROFILE";
const FILE: &str = "ALIBABA_CLOUD_CREDENTIALS_FILE";

const NAMES: Names = Names {
    token: "security_token",
    role_arn: "role_arn",
    session_name: "role_session_name",
    role_name: "role_name",
    token_file: "oidc_token_file_path",
};

/// A section of `~/.alibabacloud/credentials.ini`, or of the file that `ALIBABA_CLOUD_CREDENTIALS_FILE` names: the
/// section that `ALIBABA_CLOUD_PROFILE` names, or else `default`.
///
/// Its `type` is `access_key`, `sts`, `ram_role_arn`, `oidc_role_arn` or `ecs_ram_role`. The file is read once, at
/// the first call; whoever can read it is not checked.
///
/// ```ini
/// [default]
/// type = ram_role_arn
/// access_key_id = LTAI...
/// access_key_secret = ...
/// role_arn = acs:ram::1234567890123456:role/network
/// role_session_name = nightly
/// ```
#[derive(Debug)]
pub struct CredentialsFile {
    environment: Environment,
    section: Option<String>,
    file: Option<PathBuf>,
    metadata: Option<String>,
    opened: Opened,
}

impl CredentialsFile {
    /// The section that the environment chooses.
    #[must_use]
    pub fn new() -> Self {
        Self::of(Environment::of_process())
    }

    /// The section of this name.
    #[must_use]
    pub fn section(mut self, name: impl Into<String>) -> Self {
        self.section = Some(name.into());
        self
    }

    /// A section of this file.
    #[must_use]
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.file = Some(path.into());
        self
    }

    pub(in crate::credentials) fn of(environment: Environment) -> Self {
        Self { environment, section: None, file: None, metadata: None, opened: Opened::default() }
    }

    /// Looks for the metadata service here.
    pub(in crate::credentials) fn metadata(mut self, base: Option<String>) -> Self {
        self.metadata = base;
        self
    }

    fn open(&self) -> Result<Source, CredentialsError> {
        let path = match &self.file {
            Some(path) => path.clone(),
            None => self.environment.file(FILE, &[".alibabacloud", "credentials.ini"])?,
        };
        let bytes = read(&path)?;
        let sections =
            parse(&bytes).map_err(|text| CredentialsError::new(format!("{}, {text}", path.display())))?;
        let name = self.section.clone().or_else(|| self.environment.get(SECTION));
        let name = name.as_deref().unwrap_or("default");
        let place = format!("section [{name}] of {}", path.display());
        let Some(section) = sections.get(name) else {
            return Err(CredentialsError::absent(format!("{place}: there is no such section; add it")));
        };
        let field = |name: &str| section.get(name);
        let profile = Profile {
            place,
            remedy: "mend the section".to_owned(),
            names: &NAMES,
            field: &field,
            environment: &self.environment,
        };
        match profile.required("type")? {
            "access_key" => Ok(Arc::new(profile.access_key()?)),
            "sts" => Ok(Arc::new(profile.session_key()?)),
            "ram_role_arn" => profile.assume_role(Arc::new(profile.access_key()?)),
            "oidc_role_arn" => profile.oidc(),
            "ecs_ram_role" => profile.ecs_role(self.metadata.as_deref()),
            _ => Err(profile.error(
                "its `type` is not served here (access_key, sts, ram_role_arn, oidc_role_arn and ecs_ram_role are)",
            )),
        }
    }
}

impl Default for CredentialsFile {
    fn default() -> Self {
        Self::new()
    }
}

impl ProvideCredentials for CredentialsFile {
    fn provide<'a>(&'a self, context: ProviderContext<'a>) -> Providing<'a> {
        match self.opened.or_open(|| self.open()) {
            Ok(source) => source.provide(context),
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }
}

type Section = BTreeMap<String, SecretText>;

/// The sections of an INI file: `[section]`, `name = value`, and comments after `#` or `;` that stand at the
/// beginning of a line or after a blank. Quotes around a value are not part of it, and an empty value counts as
/// missing. An error names the line and shows nothing of it.
fn parse(bytes: &[u8]) -> Result<BTreeMap<String, Section>, String> {
    let text = str::from_utf8(bytes).map_err(|_| "not in UTF-8; save the file so".to_owned())?;
    let mut sections = BTreeMap::new();
    let mut current: Option<&mut Section> = None;
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = without_comment(line).trim();
        if line.is_empty() {
            continue;
        }
        let fault = |what: &str| format!("line {}: {what}", index + 1);
        if let Some(rest) = line.strip_prefix('[') {
            let name = rest.strip_suffix(']').ok_or_else(|| fault("`]` is missing; write `[section]`"))?;
            current = Some(sections.entry(name.trim().to_owned()).or_default());
            continue;
        }
        let (name, value) =
            line.split_once(['=', ':']).ok_or_else(|| fault("`=` is missing; write `name = value`"))?;
        let section = current
            .as_mut()
            .ok_or_else(|| fault("this stands before any section; begin with `[default]`"))?;
        let value = unquoted(value.trim());
        if !value.is_empty() {
            section.insert(name.trim().to_ascii_lowercase(), Zeroizing::new(value.to_owned()));
        }
    }
    Ok(sections)
}

fn without_comment(line: &str) -> &str {
    let mut after_blank = true;
    let at = line.find(|character: char| {
        let begins = after_blank && matches!(character, '#' | ';');
        after_blank = character.is_whitespace();
        begins
    });
    at.and_then(|at| line.get(..at)).unwrap_or(line)
}

fn unquoted(value: &str) -> &str {
    let inside = |quote| value.strip_prefix(quote).and_then(|rest: &str| rest.strip_suffix(quote));
    inside('"').or_else(|| inside('\'')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn sections_names_and_values() {
        let text = "\u{feff}# a comment\n[default]\r\ntype=access_key\n Access_Key_Id : LTAI ; not this\n\
                    access_key_secret = a=b#c;d\n\n; one more\n[ two ]\nname = \"quoted # text\"\nempty =\n\
                    policy = {\"Version\": \"1\"}\n[default]\nsecurity_token='T'\n";
        let sections = parse(text.as_bytes()).unwrap();
        let get = |section: &str, name: &str| {
            sections.get(section).and_then(|section| section.get(name)).map(|value| value.as_str())
        };
        assert_eq!(get("default", "type"), Some("access_key"));
        assert_eq!(get("default", "access_key_id"), Some("LTAI"));
        assert_eq!(get("default", "access_key_secret"), Some("a=b#c;d"));
        assert_eq!(get("default", "security_token"), Some("T"));
        assert_eq!(get("two", "empty"), None);
        assert_eq!(get("two", "policy"), Some(r#"{"Version": "1"}"#));
        // A comment begins inside of quotes, too, as other readers have it.
        assert_eq!(get("two", "name"), Some("\"quoted"));
    }

    #[test]
    fn an_error_names_the_line_and_shows_nothing_of_it() {
        let cases = [
            ("[default\nSECRET = 1", "line 1: `]` is missing"),
            ("[default]\n\nSECRET", "line 3: `=` is missing"),
            ("# x\nSECRET = 1\n", "line 2: this stands before any section"),
        ];
        for (text, expected) in cases {
            let error = parse(text.as_bytes()).unwrap_err();
            assert!(error.starts_with(expected) && !error.contains("SECRET"), "{error}");
        }
        assert!(parse(b"[default]\nname = \xff").unwrap_err().starts_with("not in UTF-8"));
    }
}
