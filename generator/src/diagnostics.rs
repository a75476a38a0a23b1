//! Faults of a spec: where they are, what is wrong, how to mend it.

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

    /// The first byte: what stands for a value of many lines.
    #[must_use]
    pub fn head(self) -> Spot {
        Spot { end: self.end.min(self.start + 1), ..self }
    }
}

/// A value and where it stands.
#[derive(Clone, Debug)]
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
    spot: Spot,
    message: String,
    hint: Option<String>,
    related: Option<(Spot, String)>,
    word: Option<String>,
}

impl Fault {
    /// A fault at a place.
    pub fn new(spot: Spot, message: impl Into<String>) -> Self {
        Self { spot, message: message.into(), hint: None, related: None, word: None }
    }

    /// Adds how to mend it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Points at the first occurrence of a word within the place, if there is one.
    #[must_use]
    pub fn at_word(mut self, word: impl Into<String>) -> Self {
        self.word = Some(word.into());
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
        let mut faults: Vec<&Fault> = self.0.iter().collect();
        faults.sort_by_key(|fault| (sources.path(fault.spot), fault.spot.start));
        let texts: Vec<String> = faults.iter().map(|fault| fault.render(sources, &renderer)).collect();
        texts.join("\n\n")
    }
}

impl Fault {
    fn spot_of_word(&self, text: &str) -> Spot {
        let Some(word) = &self.word else { return self.spot };
        let found = text.get(self.spot.start..self.spot.end).and_then(|stretch| stretch.find(word.as_str()));
        let Some(offset) = found else { return self.spot.head() };
        let start = self.spot.start + offset;
        Spot { start, end: start + word.len(), ..self.spot }
    }

    fn render(&self, sources: &Sources, renderer: &Renderer) -> String {
        let mut group = Group::with_title(Level::ERROR.primary_title(self.message.as_str()));
        if let Some(source) = sources.0.get(self.spot.file) {
            let spot = self.spot_of_word(&source.text);
            let mut snippet = Snippet::source(source.text.as_str())
                .path(source.path.as_str())
                .annotation(AnnotationKind::Primary.span(spot.start..spot.end));
            if let Some((spot, label)) = self.related.as_ref().filter(|(spot, _)| spot.file == self.spot.file)
            {
                snippet = snippet
                    .annotation(AnnotationKind::Context.span(spot.start..spot.end).label(label.as_str()));
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
        _ if candidates.len() <= 12 => format!("there are: {}", candidates.join(", ")),
        _ => format!("there are {}, none of them with a similar name", candidates.len()),
    }
}
