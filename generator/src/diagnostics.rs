//! Faults of a spec: where they are, what is wrong, how to mend it.

mod code;
mod explain;
mod machine;

pub use code::Code;
pub use explain::{explain, titles};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// The texts of all files that were read, in the order of reading.
#[derive(Debug, Default)]
pub struct Sources(Vec<Source>);

#[derive(Debug)]
struct Source {
    path: String,
    text: String,
}

/// A stretch of one source file, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    file: usize,
    start: usize,
    end: usize,
}

impl Spot {
    /// From the start of this spot to the end of another.
    #[must_use]
    pub fn to(self, other: Spot) -> Spot {
        Spot { end: other.end.max(self.start), ..self }
    }

    /// The spot without blanks and line ends at its end.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Spot {
        let length = text.get(self.start..self.end).map_or(0, |stretch| stretch.trim_end().len());
        Spot { end: self.start + length, ..self }
    }

    /// Its bytes in the text of the file.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start..self.end
    }

    /// The first byte: what stands for a value of many lines.
    #[must_use]
    pub fn head(self) -> Spot {
        Spot { end: self.end.min(self.start + 1), ..self }
    }
}

/// A value and where it stands.
#[derive(Clone, Debug, Default)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub spot: Spot,
}

/// A text and where it stands.
pub type Text = Located<String>;

impl Text {
    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.value
    }
}

impl Sources {
    /// Adds a file and gives its number.
    pub fn add(&mut self, path: String, text: String) -> usize {
        self.0.push(Source { path, text });
        self.0.len() - 1
    }

    /// A stretch of a file.
    #[must_use]
    pub fn spot(file: usize, start: usize, end: usize) -> Spot {
        Spot { file, start, end }
    }

    /// Line and column, both from 1, of the start of a spot.
    #[must_use]
    pub fn position(&self, spot: Spot) -> (usize, usize) {
        let before = self.0.get(spot.file).and_then(|source| source.text.get(..spot.start)).unwrap_or("");
        let column = before.rsplit('\n').next().unwrap_or("").chars().count();
        (before.matches('\n').count() + 1, column + 1)
    }

    /// Path of the file in which a spot lies.
    #[must_use]
    pub fn path(&self, spot: Spot) -> &str {
        self.0.get(spot.file).map_or("", |source| &source.path)
    }
}

/// One fault.
#[derive(Clone, Debug)]
pub struct Fault {
    code: Code,
    spot: Spot,
    message: String,
    hint: Option<String>,
    related: Option<(Spot, String)>,
    within: Within,
}

/// Which part of the place a fault is about, where that is a text of several lines.
#[derive(Clone, Debug)]
enum Within {
    Whole,
    /// The last of these words, each behind the one before it.
    Words(Vec<String>),
    /// A line, counted from 1.
    Line(usize),
}

impl Fault {
    /// A fault at a place.
    pub fn new(code: Code, spot: Spot, message: impl Into<String>) -> Self {
        Self { code, spot, message: message.into(), hint: None, related: None, within: Within::Whole }
    }

    /// Adds how to mend it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Points at the last of these words within the place, each taken behind the one before it.
    #[must_use]
    pub fn at_words(mut self, words: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.within = Within::Words(words.into_iter().map(Into::into).collect());
        self
    }

    /// Points at a line, counted from 1, of the text at the place.
    #[must_use]
    pub fn at_line(mut self, line: usize) -> Self {
        self.within = Within::Line(line);
        self
    }

    /// Adds another place that has to do with it.
    #[must_use]
    pub fn related(mut self, spot: Spot, label: impl Into<String>) -> Self {
        self.related = Some((spot, label.into()));
        self
    }
}

/// All faults that were found.
#[derive(Debug, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// Adds a fault.
    pub fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them as text, in the order of files and lines; with colours if `styled`.
    #[must_use]
    pub fn render(&self, sources: &Sources, styled: bool) -> String {
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
        let texts: Vec<String> =
            self.sorted(sources).iter().map(|fault| fault.render(sources, &renderer)).collect();
        texts.join("\n\n")
    }

    /// The code of the first one, in the order of [`render`](Self::render).
    #[must_use]
    pub fn first_code(&self, sources: &Sources) -> Option<Code> {
        self.sorted(sources).first().map(|fault| fault.code)
    }

    fn sorted(&self, sources: &Sources) -> Vec<&Fault> {
        let mut faults: Vec<&Fault> = self.0.iter().collect();
        faults.sort_by_key(|fault| (sources.path(fault.spot), fault.spot.start));
        faults
    }
}

impl Fault {
    /// The part of the place to point at.
    fn exact_spot(&self, text: &str) -> Spot {
        let stretch = text.get(self.spot.start..self.spot.end).unwrap_or_default();
        let found = match &self.within {
            Within::Whole => return self.spot,
            Within::Words(words) => last_word(stretch, words),
            Within::Line(number) => line(stretch, *number),
        };
        let Some((start, end)) = found else { return self.spot.head() };
        Spot { start: self.spot.start + start, end: self.spot.start + end, ..self.spot }
    }

    fn render(&self, sources: &Sources, renderer: &Renderer) -> String {
        let mut group =
            Group::with_title(Level::ERROR.primary_title(self.message.as_str()).id(self.code.to_string()));
        if let Some(source) = sources.0.get(self.spot.file) {
            let spot = self.exact_spot(&source.text);
            let mut snippet = Snippet::source(source.text.as_str())
                .path(source.path.as_str())
                .annotation(AnnotationKind::Primary.span(range(spot, &source.text)));
            if let Some((spot, label)) = self.related.as_ref().filter(|(spot, _)| spot.file == self.spot.file)
            {
                snippet = snippet.annotation(
                    AnnotationKind::Context.span(range(*spot, &source.text)).label(label.as_str()),
                );
            }
            group = group.element(snippet);
        }
        if let Some((spot, label)) = self.related.as_ref().filter(|(spot, _)| spot.file != self.spot.file) {
            let (line, column) = sources.position(*spot);
            group = group
                .element(Level::NOTE.message(format!("{label}: {}:{line}:{column}", sources.path(*spot))));
        }
        if let Some(hint) = &self.hint {
            group = group.element(Level::HELP.message(hint.as_str()));
        }
        renderer.render(&[group])
    }
}

/// A spot in its text, grown to whole characters, as the renderer needs it.
fn range(spot: Spot, text: &str) -> std::ops::Range<usize> {
    let boundary = |at: &usize| text.is_char_boundary(*at);
    let start = (0..=spot.start.min(text.len())).rev().find(boundary).unwrap_or(0);
    let end = (spot.end.max(start)..text.len()).find(boundary).unwrap_or(text.len());
    start..end
}

/// Start and end of the last of these words, each behind the one before it; words that are not there are passed over.
fn last_word(text: &str, words: &[String]) -> Option<(usize, usize)> {
    let mut from = 0;
    let mut found = None;
    for word in words {
        found = whole_word(text, word, from);
        from = found.map_or(from, |(_, end)| end);
    }
    found
}

fn whole_word(text: &str, word: &str, from: usize) -> Option<(usize, usize)> {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    let matches = text.match_indices(word).map(|(start, _)| (start, start + word.len()));
    matches.filter(|(start, _)| *start >= from).find(|(start, end)| {
        let before = text.get(..*start).and_then(|text| text.chars().next_back());
        let after = text.get(*end..).and_then(|text| text.chars().next());
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

/// Start and end of a line of a text, without blanks around it.
fn line(text: &str, number: usize) -> Option<(usize, usize)> {
    let mut start = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if index + 1 == number {
            let indent = line.len() - line.trim_start().len();
            return Some((start + indent, start + line.trim_end().len()));
        }
        start += line.len();
    }
    None
}

/// "did you mean `X`?", if one of the candidates is close to what was written; else a list of what there is.
#[must_use]
pub fn suggest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    let nearest = candidates
        .iter()
        .map(|candidate| {
            (strsim::damerau_levenshtein(&candidate.to_lowercase(), &written.to_lowercase()), candidate)
        })
        .min();
    match nearest {
        Some((distance, candidate)) if distance <= written.chars().count() / 3 + 1 => {
            format!("did you mean `{candidate}`?")
        }
        _ if candidates.is_empty() => "there is none to choose from".to_owned(),
        _ if candidates.len() <= 25 => format!("there are: {}", candidates.join(", ")),
        _ => format!("there are {}, none of them with a similar name", candidates.len()),
    }
}
