//! `~/.aliyun/config.json`, the file of the command line tool `aliyun`.

use super::{Names, Opened, Profile, Source, read};
use crate::credentials::answer::SecretText;
use crate::credentials::{
    CredentialsError, CredentialsUri, Environment, ProvideCredentials, ProviderContext, Providing,
};
use crate::decode::{self, Decode, Slot};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

const OFF: &str = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED";
const PROFILE: &str = "ALIBABA_CLOUD_PROFILE";
const FILE: &str = "ALIBABA_CLOUD_CONFIG_FILE";

const NAMES: Names = Names {
    token: "sts_token",
    role_arn: "ram_role_arn",
    session_name: "ram_session_name",
    role_name: "ram_role_name",
    token_file: "oidc_token_file",
};

/// The fields that matter here; the others have to do with how the tool prints and connects.
const FIELDS: [&str; 20] = [
    "name",
    "mode",
    "access_key_id",
    "access_key_secret",
    "sts_token",
    "sts_expiration",
    "sts_region",
    "sts_endpoint",
    "enable_vpc",
    "ram_role_name",
    "ram_role_arn",
    "ram_session_name",
    "external_id",
    "source_profile",
    "expired_seconds",
    "policy",
    "region_id",
    "credentials_uri",
    "oidc_provider_arn",
    "oidc_token_file",
];

/// A profile of the command line tool `aliyun`, in `~/.aliyun/config.json` or the file that
/// `ALIBABA_CLOUD_CONFIG_FILE` names: the profile that `ALIBABA_CLOUD_PROFILE` names, or else the file's current one.
///
/// Modes that are served: `AK`, `StsToken`, `RamRoleArn`, `EcsRamRole`, `RamRoleArnWithRoleName`,
/// `ChainableRamRoleArn`, `OIDC` and `CredentialsURI`. Modes that need a browser, a program or another kind of
/// signature (`CloudSSO`, `OAuth`, `External`, `BearerToken`, `RsaKeyPair`, `Anonymous`) are not.
///
/// The file is read once, at the first call; whoever can read it is not checked. A relative path in it counts from
/// the working directory. `ALIBABA_CLOUD_CLI_PROFILE_DISABLED=true` switches the source off.
#[derive(Debug)]
pub struct CliProfile {
    environment: Environment,
    name: Option<String>,
    file: Option<PathBuf>,
    metadata: Option<String>,
    opened: Opened,
}

impl CliProfile {
    /// The profile that the environment and the file choose.
    #[must_use]
    pub fn new() -> Self {
        Self::of(Environment::of_process())
    }

    /// The profile of this name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// A profile of this file.
    #[must_use]
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.file = Some(path.into());
        self
    }

    pub(in crate::credentials) fn of(environment: Environment) -> Self {
        Self { environment, name: None, file: None, metadata: None, opened: Opened::default() }
    }

    /// Looks for the metadata service here.
    pub(in crate::credentials) fn metadata(mut self, base: Option<String>) -> Self {
        self.metadata = base;
        self
    }

    fn open(&self) -> Result<Source, CredentialsError> {
        if self.environment.is_on(OFF) {
            return Err(CredentialsError::absent(format!("switched off by {OFF}")));
        }
        let path = match &self.file {
            Some(path) => path.clone(),
            None => path(&self.environment)?,
        };
        let configuration = Configuration::read(&path)?;
        let name = self.name.clone().or_else(|| self.environment.get(PROFILE));
        let name = configuration.chosen(name.as_deref());
        let file = File {
            path: &path,
            configuration: &configuration,
            environment: &self.environment,
            metadata: self.metadata.as_deref(),
        };
        file.source(name, &mut Vec::new())
    }
}

impl Default for CliProfile {
    fn default() -> Self {
        Self::new()
    }
}

impl ProvideCredentials for CliProfile {
    fn provide<'a>(&'a self, context: ProviderContext<'a>) -> Providing<'a> {
        match self.opened.or_open(|| self.open()) {
            Ok(source) => source.provide(context),
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }
}

/// The region of the profile that the environment and the file choose. A file that cannot be read has none: whoever
/// needs its credentials will hear why.
pub(crate) fn region(environment: &Environment) -> Option<String> {
    if environment.is_on(OFF) {
        return None;
    }
    let configuration = Configuration::read(&path(environment).ok()?).ok()?;
    let name = environment.get(PROFILE);
    let fields = configuration.profile(configuration.chosen(name.as_deref()))?;
    fields.get("region_id").map(|region| region.to_string())
}

fn path(environment: &Environment) -> Result<PathBuf, CredentialsError> {
    environment.file(FILE, &[".aliyun", "config.json"])
}

#[derive(Default)]
struct Configuration {
    current: Option<String>,
    profiles: Vec<Fields>,
}

impl Decode for Configuration {
    fn slot(&mut self, key: &str) -> Option<Slot<'_>> {
        Some(match key {
            "current" => Slot::Scalar(&mut self.current),
            "profiles" => Slot::List(&mut self.profiles, ""),
            _ => return None,
        })
    }
}

#[derive(Default)]
struct Fields([Option<SecretText>; FIELDS.len()]);

impl Decode for Fields {
    fn slot(&mut self, key: &str) -> Option<Slot<'_>> {
        let at = FIELDS.iter().position(|name| *name == key)?;
        self.0.get_mut(at).map(|value| Slot::Scalar(value))
    }
}

impl Fields {
    fn get(&self, name: &str) -> Option<&SecretText> {
        let at = FIELDS.iter().position(|known| *known == name)?;
        self.0.get(at)?.as_ref()
    }
}

impl Configuration {
    fn read(path: &Path) -> Result<Self, CredentialsError> {
        let text = read(path)?;
        let mut configuration = Self::default();
        decode::answer(&text, "", &mut configuration).map_err(|error| {
            let text = format!("{}: {error}; mend the file, or run `aliyun configure`", path.display());
            CredentialsError::new(text).with_source(error)
        })?;
        Ok(configuration)
    }

    fn chosen<'a>(&'a self, name: Option<&'a str>) -> &'a str {
        name.or(self.current.as_deref()).filter(|name| !name.is_empty()).unwrap_or("default")
    }

    fn profile(&self, name: &str) -> Option<&Fields> {
        self.profiles.iter().find(|fields| fields.get("name").is_some_and(|known| known.as_str() == name))
    }
}

/// The file while a profile is read out of it.
struct File<'a> {
    path: &'a Path,
    configuration: &'a Configuration,
    environment: &'a Environment,
    metadata: Option<&'a str>,
}

impl<'a> File<'a> {
    /// What a profile makes. `above` are the profiles that led to it.
    fn source(&self, name: &'a str, above: &mut Vec<&'a str>) -> Result<Source, CredentialsError> {
        let place = format!("profile {name:?} of {}", self.path.display());
        let Some(fields) = self.configuration.profile(name) else {
            let text = format!("{place}: there is no such profile; create it with `aliyun configure`");
            return Err(CredentialsError::absent(text));
        };
        let field = |name: &str| fields.get(name);
        let profile = Profile {
            place,
            remedy: format!("mend it with `aliyun configure --profile {name}`"),
            names: &NAMES,
            field: &field,
            environment: self.environment,
        };
        let mode = fields.get("mode").map(|mode| mode.as_str()).unwrap_or_default();
        match mode.to_ascii_lowercase().as_str() {
            // The tool writes such a profile before it asks for the keys.
            "" | "ak" if is_blank(fields) => Err(CredentialsError::absent(format!(
                "{}: nothing is set in it; fill it in with `aliyun configure`",
                profile.place
            ))),
            "" | "ak" => {
                let key = profile.access_key()?;
                Ok(Arc::new(key))
            }
            "ststoken" => {
                let key = profile.session_key()?;
                Ok(match expiry(fields) {
                    Some(expiry) => Arc::new(key.with_expiry(expiry)),
                    None => Arc::new(key),
                })
            }
            "ramrolearn" => profile.assume_role(Arc::new(profile.access_key()?)),
            "ecsramrole" => profile.ecs_role(self.metadata),
            "ramrolearnwithrolename" => profile.assume_role(profile.ecs_role(self.metadata)?),
            "chainableramrolearn" => {
                let source = profile.required("source_profile")?;
                above.push(name);
                if above.contains(&source) {
                    let text =
                        format!("its `source_profile` leads back to it by way of {}", above.join(", "));
                    return Err(profile.error(&text));
                }
                let source = self.source(source, above).map_err(|error| profile.error(&error.to_string()))?;
                profile.assume_role(source)
            }
            "oidc" => profile.oidc(),
            "credentialsuri" => {
                let uri = profile.required("credentials_uri")?;
                Ok(Arc::new(CredentialsUri::set_by(uri.to_owned(), "`credentials_uri` of a profile")))
            }
            _ => Err(CredentialsError::new(format!(
                "{}: mode {mode:?} is not served here (AK, StsToken, RamRoleArn, EcsRamRole, ChainableRamRoleArn, \
                 OIDC and CredentialsURI are); choose another profile in {PROFILE}, or set {OFF}=true",
                profile.place
            ))),
        }
    }
}

/// Whether neither part of a key is there.
fn is_blank(fields: &Fields) -> bool {
    fields.get("access_key_id").is_none() && fields.get("access_key_secret").is_none()
}

/// When the temporary key of a profile expires, if the tool wrote it down, in seconds since 1970.
fn expiry(fields: &Fields) -> Option<SystemTime> {
    let seconds: u64 = fields.get("sts_expiration")?.parse().ok().filter(|seconds| *seconds > 0)?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}
