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
            // Most names are spelt as in the schema; one with an index is not.
            if let Some(row) = rows.iter().find(|row| row.name == name).filter(|row| !row.name.contains(".N"))
            {
                given.known.push(Known { row, name, value });
                continue;
            }
            let hit = rows.iter().map(|row| (row, fit(row.name, name))).find(|(_, fit)| *fit != Fit::Other);
            match hit {
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
    fn add_lists(&mut self, mut pattern: &'static str, mut name: &'a str) {
        while let (Some((list, segment)), Some((outer, index))) =
            (pattern.rsplit_once('.'), name.rsplit_once('.'))
        {
            if let ("N", Some(index)) = (segment, index_of(index)) {
                self.add_element(outer, list, index);
            }
            (pattern, name) = (list, outer);
        }
    }

    fn add_element(&mut self, name: &'a str, list: &'static str, index: usize) {
        let at = self.position(name).unwrap_or_else(|at| {
            self.lists.insert(at, Elements { name, list, indices: Vec::new() });
            at
        });
        let indices = &mut self.lists[at].indices;
        if let Err(at) = indices.binary_search(&index) {
            indices.insert(at, index);
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

fn fit(pattern: &str, name: &str) -> Fit {
    // Most differ at once.
    if pattern.as_bytes().first() != name.as_bytes().first() {
        return Fit::Other;
    }
    let (mut pattern, mut name) = (pattern.split('.'), name.split('.'));
    let mut fit = Fit::Exact;
    loop {
        match (pattern.next(), name.next()) {
            (Some("N"), None) => return Fit::BadIndex,
            (Some("N"), Some(index)) if index_of(index).is_none() => fit = Fit::BadIndex,
            (Some("N"), Some(_)) => {}
            (Some(due), Some(found)) if due == found => {}
            (None, None) => return fit,
            _ => return Fit::Other,
        }
    }
}

/// An index: decimal digits, from 1, without leading zeros.
fn index_of(text: &str) -> Option<usize> {
    let is_decimal = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    text.parse().ok().filter(|_| is_decimal)
}
