//! What is compared: folders, and revisions of a folder that git keeps.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// One version of a spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Version {
    /// A folder as it lies there.
    Folder(PathBuf),
    /// The folder of the spec in a revision: `main`, `HEAD~3`, `v1.2`.
    Revision(String),
    /// The folder of the spec where two revisions parted.
    MergeBase(String, String),
}

/// The two versions that are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    /// What users have.
    pub old: Version,
    /// What they would get.
    pub new: Version,
}

/// A version as a folder; one that git has written lives as long as this.
#[derive(Debug)]
pub struct Checkout {
    /// The folder.
    pub folder: PathBuf,
    /// The version in the words of the user, with the commit.
    pub name: String,
    /// What faults call the folder.
    pub shown: String,
    _written: Option<TempDir>,
}

impl Sides {
    /// What the words of a command line mean: two versions, a range `OLD..NEW` or `OLD...NEW`, or one version, which is
    /// compared with the folder of the spec. A word that names a folder is that folder.
    ///
    /// # Errors
    /// When a range stands beside another word.
    pub fn read(old: &str, new: Option<&str>, spec: &Path) -> io::Result<Self> {
        let Some(new) = new else {
            let work_tree = || Self { old: version(old), new: Version::Folder(spec.to_owned()) };
            return Ok(range(old).unwrap_or_else(work_tree));
        };
        match [old, new].into_iter().find(|word| range(word).is_some()) {
            None => Ok(Self { old: version(old), new: version(new) }),
            Some(range) => Err(error(format!(
                "`{range}` is a range: it already names both versions; leave the other word out"
            ))),
        }
    }
}

fn is_path(word: &str) -> bool {
    Path::new(word).is_dir() || Path::new(word).components().any(|part| part.as_os_str() == "..")
}

fn version(word: &str) -> Version {
    if is_path(word) { Version::Folder(PathBuf::from(word)) } else { Version::Revision(word.to_owned()) }
}

/// `A..B` and `A...B`, as git reads them: what is left out is HEAD.
fn range(word: &str) -> Option<Sides> {
    if is_path(word) {
        return None;
    }
    let or_head = |name: &str| if name.is_empty() { "HEAD".to_owned() } else { name.to_owned() };
    let (old, new) = match word.split_once("...") {
        Some((old, new)) => (Version::MergeBase(or_head(old), or_head(new)), new),
        None => {
            let (old, new) = word.split_once("..")?;
            (Version::Revision(or_head(old)), new)
        }
    };
    Some(Sides { old, new: Version::Revision(or_head(new)) })
}

impl Version {
    /// The version as a folder. A revision is written to a temporary one; nothing of the repository is touched.
    ///
    /// # Errors
    /// When git is missing, the revision is unknown or the folder is not in it; the error says which.
    pub fn check_out(&self, spec: &Path) -> io::Result<Checkout> {
        if let Version::Folder(folder) = self {
            let name = folder.display().to_string();
            return Ok(Checkout { folder: folder.clone(), shown: name.clone(), name, _written: None });
        }
        let repository = Repository::of(spec)?;
        let commit = match self {
            Version::Revision(name) => repository.commit(name)?,
            Version::MergeBase(one, other) => repository.merge_base(one, other)?,
            Version::Folder(_) => String::new(),
        };
        let name = match self {
            Version::Revision(name) => format!("{name} ({})", short(&commit)),
            _ => short(&commit).to_owned(),
        };
        let written = tempfile::tempdir()?;
        let folder = written.path().join(spec.file_name().unwrap_or("spec".as_ref()));
        repository.write(&commit, &name, written.path(), &folder)?;
        Ok(Checkout { folder, name, shown: spec.display().to_string(), _written: Some(written) })
    }
}

fn short(commit: &str) -> &str {
    commit.get(..9).unwrap_or(commit)
}

/// The repository in which a folder lies.
struct Repository {
    /// Where git is run.
    at: PathBuf,
    git_dir: PathBuf,
    /// The folder of the spec, from the top of the repository; empty for the top itself.
    folder: String,
}

impl Repository {
    fn of(spec: &Path) -> io::Result<Self> {
        let absolute = std::path::absolute(spec)?;
        // The folder itself may be gone, or not yet be there.
        let at = absolute.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new(".")).to_owned();
        let below = absolute.strip_prefix(&at).map(Path::to_path_buf).unwrap_or_default();
        let found = git(&at).args(["rev-parse", "--absolute-git-dir", "--show-prefix"]).output();
        let answer = said(found.map_err(|error| missing(&error))?).map_err(|text| {
            error(format!("{}: no revisions of it: {text}; name two folders instead", spec.display()))
        })?;
        let (git_dir, prefix) = answer.split_once('\n').unwrap_or((&answer, ""));
        let folder = Path::new(prefix).join(below).to_string_lossy().replace('\\', "/");
        let folder = folder.trim_end_matches('/').to_owned();
        Ok(Self { git_dir: PathBuf::from(git_dir), folder, at })
    }

    fn commit(&self, name: &str) -> io::Result<String> {
        self.ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{name}^{{commit}}")])
            .map_err(|_| {
                error(format!("`{name}` is neither a folder nor a revision of {}", self.at.display()))
            })
    }

    fn merge_base(&self, one: &str, other: &str) -> io::Result<String> {
        let (one, other) = (self.commit(one)?, self.commit(other)?);
        let (a, b) = (short(&one), short(&other));
        self.ask(&["merge-base", &one, &other])
            .map_err(|_| error(format!("{a} and {b} have no commit in common")))
    }

    /// Writes the folder of a commit to another one, by way of an index of its own.
    fn write(&self, commit: &str, name: &str, temporary: &Path, to: &Path) -> io::Result<()> {
        let tree = self
            .ask(&[
                "rev-parse",
                "--verify",
                "--quiet",
                "--end-of-options",
                &format!("{commit}:{}", self.folder),
            ])
            .map_err(|_| {
                error(format!("`{}` is not in {name}; --spec says which folder is meant", self.folder))
            })?;
        std::fs::create_dir(to)?;
        for arguments in [&["read-tree", &tree][..], &["checkout-index", "--all", "--quiet"]] {
            let ran = git(to)
                .args(arguments)
                .env("GIT_DIR", &self.git_dir)
                .env("GIT_WORK_TREE", to)
                .env("GIT_INDEX_FILE", temporary.join("index"))
                .output()?;
            said(ran).map_err(|text| error(format!("`{}` of {name} cannot be read: {text}", self.folder)))?;
        }
        Ok(())
    }

    fn ask(&self, arguments: &[&str]) -> Result<String, String> {
        let ran = git(&self.at).args(arguments).output();
        said(ran.map_err(|error| error.to_string())?)
    }
}

/// Git finds the repository by the folder: what a hook sets for its own one would lead it astray.
fn git(at: &Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(at).env("LC_ALL", "C");
    for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_WORK_TREE"] {
        command.env_remove(name);
    }
    command
}

/// What git printed, or why it did not.
fn said(output: Output) -> Result<String, String> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end().to_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
}

fn missing(cause: &io::Error) -> io::Error {
    error(format!("git cannot be run: {cause}; install it, or name two folders"))
}

fn error(text: String) -> io::Error {
    io::Error::other(text)
}

#[cfg(test)]
mod tests {
    use super::{Sides, Version};
    use std::path::{Path, PathBuf};

    fn read(words: &[&str]) -> Result<Sides, String> {
        let (old, new) = (words[0], words.get(1).copied());
        Sides::read(old, new, Path::new("spec")).map_err(|error| error.to_string())
    }

    fn revision(name: &str) -> Version {
        Version::Revision(name.to_owned())
    }

    fn folder(path: &str) -> Version {
        Version::Folder(PathBuf::from(path))
    }

    #[test]
    fn words_are_versions() {
        let base = Version::MergeBase("main".to_owned(), "HEAD".to_owned());
        let cases = [
            (&["HEAD"][..], revision("HEAD"), folder("spec")),
            (&["main", "HEAD~1"], revision("main"), revision("HEAD~1")),
            (&["main..topic"], revision("main"), revision("topic")),
            (&["main.."], revision("main"), revision("HEAD")),
            (&["..topic"], revision("HEAD"), revision("topic")),
            (&["main..."], base, revision("HEAD")),
            (&["src", "v1.0"], folder("src"), revision("v1.0")),
            (&["../gone"], folder("../gone"), folder("spec")),
            (&["src"], folder("src"), folder("spec")),
        ];
        for (words, old, new) in cases {
            assert_eq!(read(words), Ok(Sides { old, new }), "{words:?}");
        }
    }

    #[test]
    fn a_range_stands_alone() {
        let said = read(&["main..topic", "v1"]).unwrap_err();
        assert_eq!(
            said,
            "`main..topic` is a range: it already names both versions; leave the other word out"
        );
    }
}
