//! The parameters of a call, each with its row of the schema, and the lists that their names form.

use crate::parameters::Parameters;
use crate::schema::Parameter;

/// What was given, sorted out.
pub(super) struct Given<'a> {
    pub(super) parameters: &'a Parameters,
    /// The parameters that the schema knows.
    pub(super) known: Vec<Known<'a>>,
    /// The lists, sorted by their names.
    pub(super) lists: Vec<Elements<'a>>,
    /// Parameters that mean an element of a list, but do not name one.
    pub(super) misnamed: Vec<Known<'a>>,
}

/// A parameter that the schema knows.
pub(super) struct Known<'a> {
    pub(super) row: &'static Parameter,
    pub(super) name: &'a str,
    pub(super) value: &'a str,
}

/// The elements of one list.
pub(super) struct Elements<'a> {
    /// The list's name as sent: `Filter.1.Value`.
    pub(super) name: &'a str,
    /// The list's name in the schema: `Filter.N.Value`.
    pub(super) list: &'static str,
    /// Sorted, each once.
    pub(super) indices: Vec<usize>,
}

impl<'a> Given<'a> {
    pub(super) fn new(rows: &'static [Parameter], parameters: &'a Parameters) -> Self {
        let known = Vec::with_capacity(parameters.len());
        let mut given = Self { parameters, known, lists: Vec::new(), misnamed: Vec::new() };
        for (name, value) in parameters.iter() {
            match fitting(rows, name) {
                Some((row, Fit::Exact)) => {
                    given.add_lists(row.name, name);
                    given.known.push(Known { row, name, value });
                }
                Some((row, _)) => given.misnamed.push(Known { row, name, value }),
                // Users send parameters that are newer than the spec.
                None => {}
            }
        }
        given
    }

    /// Notes the elements on the way to a parameter: element 1 of `Filter`, element 2 of `Filter.1.Value`.
    fn add_lists(&mut self, pattern: &'static str, name: &'a str) {
        let (mut list, mut outer) = (0, 0);
        for (due, found) in segments(pattern).zip(segments(name)) {
            if let (b"N", Some(index)) = (due, index_of(found)) {
                self.add_element(before(name, outer), before(pattern, list), index);
            }
            (list, outer) = (list + due.len() + 1, outer + found.len() + 1);
        }
    }

    fn add_element(&mut self, name: &'a str, list: &'static str, index: usize) {
        match self.position(name) {
            Ok(at) => {
                let indices = &mut self.lists[at].indices;
                if let Err(at) = indices.binary_search(&index) {
                    indices.insert(at, index);
                }
            }
            Err(at) => self.lists.insert(at, Elements { name, list, indices: vec![index] }),
        }
    }

    fn position(&self, name: &str) -> Result<usize, usize> {
        self.lists.binary_search_by(|elements| elements.name.cmp(name))
    }

    /// Whether a list has an element.
    pub(super) fn has_list(&self, name: &str) -> bool {
        self.position(name).is_ok()
    }

    /// The indices of a list's elements; the first alone if there is no such list.
    pub(super) fn indices(&self, list: &str) -> &[usize] {
        self.position(list).map_or(&[1], |at| &self.lists[at].indices)
    }

    /// The names that a row of the schema stands for, given the elements there are.
    pub(super) fn names(&self, pattern: &str) -> Vec<String> {
        let mut names = vec![String::new()];
        for segment in pattern.split('.') {
            names = names.iter().flat_map(|name| self.extended(name, segment)).collect();
        }
        names
    }

    fn extended(&self, name: &str, segment: &str) -> Vec<String> {
        match segment {
            "N" => self.indices(name).iter().map(|index| format!("{name}.{index}")).collect(),
            _ if name.is_empty() => vec![segment.to_owned()],
            _ => vec![[name, segment].join(".")],
        }
    }
}

/// How a name fits a name of the schema.
#[derive(PartialEq)]
enum Fit {
    Other,
    Exact,
    /// Where an index belongs, there is something else or nothing.
    BadIndex,
}

/// The row that a name fits, and how.
fn fitting(rows: &'static [Parameter], name: &str) -> Option<(&'static Parameter, Fit)> {
    // Most names are spelt as in the schema; one with an index is not.
    if !name.contains('.')
        && let Some(row) = rows.iter().find(|row| row.name == name)
    {
        return Some((row, Fit::Exact));
    }
    rows.iter().map(|row| (row, fit(row.name, name))).find(|(_, fit)| *fit != Fit::Other)
}

fn fit(pattern: &str, name: &str) -> Fit {
    // Most differ at once.
    if pattern.as_bytes().first() != name.as_bytes().first() {
        return Fit::Other;
    }
    let (mut pattern, mut name) = (segments(pattern), segments(name));
    let mut fit = Fit::Exact;
    loop {
        match (pattern.next(), name.next()) {
            (Some(b"N"), None) => return Fit::BadIndex,
            (Some(b"N"), Some(index)) if index_of(index).is_none() => fit = Fit::BadIndex,
            (Some(b"N"), Some(_)) => {}
            (Some(due), Some(found)) if due == found => {}
            (None, None) => return fit,
            _ => return Fit::Other,
        }
    }
}

/// What stands between the dots. In bytes, since names are too short for what `str` does to find a character.
fn segments(name: &str) -> impl Iterator<Item = &[u8]> {
    name.as_bytes().split(|byte| *byte == b'.')
}

/// What stands before the dot before a segment.
fn before(name: &str, segment: usize) -> &str {
    segment.checked_sub(1).and_then(|dot| name.get(..dot)).unwrap_or_default()
}

/// An index: decimal digits, from 1, without leading zeros.
fn index_of(text: &[u8]) -> Option<usize> {
    let begins_well = text.first().is_some_and(|first| *first != b'0');
    let index = text.iter().try_fold(0_usize, |index, byte| {
        let digit = byte.is_ascii_digit().then(|| usize::from(byte - b'0'))?;
        index.checked_mul(10)?.checked_add(digit)
    });
    index.filter(|_| begins_well)
}
