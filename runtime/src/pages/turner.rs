//! Which page comes next, and whether there is one. It knows no type of an answer, so that it is compiled once.

use super::Mark;
use crate::error::{Error, ErrorKind};
use crate::parameters::Parameters;
use crate::schema::{Action, Limit, PageStyle, Pages};
use std::collections::HashSet;
use std::fmt::{self, Debug, Write as _};
use std::hash::{DefaultHasher, Hasher as _};

/// Turns the pages of one list.
pub(crate) struct Turner {
    action: &'static Action,
    /// Those of the page that comes next.
    parameters: Parameters,
    leaf: Leaf,
    /// How many entries there were.
    seen: i64,
    next: Next,
}

/// What is remembered from page to page.
enum Leaf {
    /// There is one page alone.
    Only,
    Number {
        parameter: &'static str,
        /// Of the page that comes next.
        number: i64,
        /// The entries of the page before.
        before: Option<u64>,
    },
    Token {
        parameter: &'static str,
        /// Every token so far.
        used: HashSet<String>,
    },
}

/// What follows the pages so far.
enum Next {
    Page,
    Nothing,
    /// An error: the service repeats what this parameter led to.
    Repetition(&'static str),
}

impl Turner {
    /// Begins at the page that the parameters name, at the first one if they name none. If they say nothing of its
    /// size, pages are as large as the spec allows, so that there are few calls.
    pub(crate) fn new(action: &'static Action, mut parameters: Parameters) -> Self {
        if let Some(size) = action.pages.and_then(|pages| pages.size)
            && parameters.given(size).is_none()
            && let Some(largest) = largest(action, size)
        {
            parameters.set(size, largest.to_string());
        }
        let leaf = Leaf::first(action, &mut parameters);
        Self { action, parameters, leaf, seen: 0, next: Next::Page }
    }

    /// There is one page alone.
    pub(crate) fn of_one(action: &'static Action, parameters: Parameters) -> Self {
        Self { action, parameters, leaf: Leaf::Only, seen: 0, next: Next::Page }
    }

    /// The parameters of the next page; none if there is no more, and an error, once, if there would be no end.
    pub(crate) fn next(&mut self) -> Option<Result<Parameters, Error>> {
        match self.next {
            Next::Page => Some(Ok(self.parameters.clone())),
            Next::Nothing => None,
            Next::Repetition(parameter) => {
                self.end();
                let error = Error::new(ErrorKind::RepeatedPage { parameter });
                Some(Err(error.of(self.action.name)))
            }
        }
    }

    /// There is nothing to come.
    pub(super) fn end(&mut self) {
        self.next = Next::Nothing;
    }

    /// Goes on to what is behind this page. False if the page is none of its own: it is the one before once more.
    pub(crate) fn turn(&mut self, mark: &Mark<'_>) -> bool {
        self.seen = self.seen.saturating_add(i64::try_from(mark.count).unwrap_or(i64::MAX));
        // A total that is missing reads as 0.
        let is_complete = mark.total.is_some_and(|total| total > 0 && self.seen >= total);
        self.next = self.leaf.turn(mark, is_complete, &mut self.parameters);
        !(matches!(self.leaf, Leaf::Number { .. }) && matches!(self.next, Next::Repetition(_)))
    }

    pub(super) fn action(&self) -> &'static Action {
        self.action
    }
}

impl Leaf {
    fn first(action: &Action, parameters: &mut Parameters) -> Self {
        let Some(Pages { style, parameter, .. }) = action.pages else { return Leaf::Only };
        let given = parameters.given(parameter);
        match style {
            PageStyle::Number => {
                // What is no number is refused before it is sent.
                let number = given.and_then(|text| text.parse().ok()).unwrap_or(1);
                if given.is_none() {
                    parameters.set(parameter, "1");
                }
                Leaf::Number { parameter, number, before: None }
            }
            PageStyle::Token => {
                Leaf::Token { parameter, used: given.map(str::to_owned).into_iter().collect() }
            }
        }
    }

    /// What follows a page; `is_complete` if there were as many entries as there are in all.
    fn turn(&mut self, mark: &Mark<'_>, is_complete: bool, parameters: &mut Parameters) -> Next {
        match self {
            Leaf::Only => Next::Nothing,
            // A page that is shorter than it was asked to be is not the last for that.
            Leaf::Number { .. } if mark.count == 0 => Next::Nothing,
            Leaf::Number { parameter, number, before } => {
                let entries = fingerprint(mark.items);
                if before.replace(entries) == Some(entries) {
                    return Next::Repetition(parameter);
                }
                *number = number.saturating_add(1);
                parameters.set(*parameter, number.to_string());
                if is_complete { Next::Nothing } else { Next::Page }
            }
            Leaf::Token { parameter, used } => match mark.token {
                None | Some("") => Next::Nothing,
                Some(token) if used.insert(token.to_owned()) => {
                    parameters.set(*parameter, token);
                    Next::Page
                }
                // The last page may have the token that led to it.
                Some(_) if is_complete => Next::Nothing,
                Some(_) => Next::Repetition(parameter),
            },
        }
    }
}

/// The largest page that the spec allows.
fn largest(action: &Action, size: &str) -> Option<i64> {
    let parameter = action.parameters.iter().find(|parameter| parameter.name == size)?;
    parameter.checks.iter().find_map(|check| match check.limit {
        Limit::Range { max, .. } => Some(max),
        _ => None,
    })
}

/// Tells entries from others without keeping them.
fn fingerprint(entries: &dyn Debug) -> u64 {
    let mut print = Fingerprint(DefaultHasher::new());
    // Writing to it cannot fail.
    let _ = write!(print, "{entries:?}");
    print.0.finish()
}

struct Fingerprint(DefaultHasher);

impl fmt::Write for Fingerprint {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write(text.as_bytes());
        Ok(())
    }
}
