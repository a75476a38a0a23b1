//! Faults for programs: as JSON, and as annotations of GitHub's workflows.

use super::{Fault, Faults, Sources, Spot};
use annotate_snippets::Renderer;
use serde_json::{Value, json};

impl Faults {
    /// One JSON object a line.
    #[must_use]
    pub fn json(&self, sources: &Sources) -> String {
        self.sorted(sources).iter().map(|fault| format!("{}\n", fault.json(sources))).collect()
    }

    /// One workflow command a line, which marks the place in a review.
    #[must_use]
    pub fn github(&self, sources: &Sources) -> String {
        self.sorted(sources).iter().map(|fault| format!("{}\n", fault.github(sources))).collect()
    }
}

impl Fault {
    fn json(&self, sources: &Sources) -> Value {
        let spot = self.place(sources);
        let (line, column) = sources.position(spot);
        let (end_line, end_column) = sources.position(spot.end());
        let related: Vec<Value> = self
            .related
            .iter()
            .map(|(spot, label)| {
                let (line, column) = sources.position(*spot);
                json!({ "label": label, "file": sources.path(*spot), "line": line, "column": column })
            })
            .collect();
        json!({
            "severity": "error",
            "code": self.code.to_string(),
            "message": self.message,
            "file": sources.path(spot),
            "line": line,
            "column": column,
            "end_line": end_line,
            "end_column": end_column,
            "hint": self.hint,
            "related": related,
            "rendered": self.render(sources, &Renderer::plain()),
        })
    }

    fn github(&self, sources: &Sources) -> String {
        let spot = self.place(sources);
        let (line, column) = sources.position(spot);
        let (end_line, end_column) = sources.position(spot.end());
        let file = property(sources.path(spot));
        let mut text = self.message.clone();
        if let Some((spot, label)) = &self.related {
            let (line, column) = sources.position(*spot);
            text += &format!("\n{label}: {}:{line}:{column}", sources.path(*spot));
        }
        text.extend(self.hint.iter().map(|hint| format!("\nhelp: {hint}")));
        // Of a place of several lines GitHub takes no columns.
        let columns =
            if line == end_line { format!(",col={column},endColumn={end_column}") } else { String::new() };
        let title = self.code;
        format!("::error file={file},line={line},endLine={end_line}{columns},title={title}::{}", data(&text))
    }

    /// What is pointed at.
    fn place(&self, sources: &Sources) -> Spot {
        sources.0.get(self.spot.file).map_or(self.spot, |source| self.exact_spot(&source.text))
    }
}

impl Spot {
    /// The place behind it.
    fn end(self) -> Spot {
        Spot { start: self.end, ..self }
    }
}

/// The text of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Code;

    fn faults() -> (Faults, Sources) {
        let mut sources = Sources::default();
        let first = sources.add("a,b:c%.yaml".to_owned(), "Näme: 1\nName: 2\n".to_owned());
        let second = sources.add("b.yaml".to_owned(), "x: |\n  one\n  two\n".to_owned());
        let mut faults = Faults::default();
        faults.add(Fault::new(Code::UnknownKey, Sources::spot(second, 3, 15), "two lines"));
        let fault = Fault::new(Code::DuplicateKey, Sources::spot(first, 9, 13), "duplicate: 100%\nkey");
        faults.add(fault.related(Sources::spot(first, 0, 5), "first given here").hint("remove one"));
        (faults, sources)
    }

    #[test]
    fn one_object_a_line() {
        let (faults, sources) = faults();
        let text = faults.json(&sources);
        let values: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let rendered = values[0]["rendered"].as_str().unwrap();
        assert!(rendered.starts_with("error[E011]: duplicate: 100%"), "{rendered}");
        assert_eq!(
            values[0],
            json!({
                "severity": "error", "code": "E011", "message": "duplicate: 100%\nkey", "file": "a,b:c%.yaml",
                "line": 2, "column": 1, "end_line": 2, "end_column": 5, "hint": "remove one",
                "related": [{ "label": "first given here", "file": "a,b:c%.yaml", "line": 1, "column": 1 }],
                "rendered": rendered,
            })
        );
        assert_eq!((&values[1]["hint"], &values[1]["end_line"]), (&Value::Null, &json!(3)));
    }

    #[test]
    fn one_annotation_a_line() {
        let (faults, sources) = faults();
        assert_eq!(
            faults.github(&sources),
            "::error file=a%2Cb%3Ac%25.yaml,line=2,endLine=2,col=1,endColumn=5,title=E011::duplicate: 100%25%0Akey%0A\
             first given here: a,b:c%25.yaml:1:1%0Ahelp: remove one\n\
             ::error file=b.yaml,line=1,endLine=3,title=E012::two lines\n"
        );
    }
}
