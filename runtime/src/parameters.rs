//! Parameters of a call, and how values become parameters.

use std::borrow::Cow;

/// The parameters of one call: flat names and texts, sorted by the bytes of their names, as a signature needs them.
///
/// `Debug` shows the names alone: a value may be secret.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Parameters(Vec<(Cow<'static, str>, Cow<'static, str>)>);

impl Parameters {
    /// No parameters.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// No parameters, with room for as many.
    #[must_use]
    pub fn with_capacity(count: usize) -> Self {
        Self(Vec::with_capacity(count))
    }

    /// Sets a parameter, in place of an earlier value of the same name.
    #[inline]
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) {
        self.put(name.into(), Cow::Owned(value.into()));
    }

    /// Sets a parameter to a value that is known beforehand.
    #[cfg(feature = "client")]
    pub(crate) fn set_static(&mut self, name: &'static str, value: &'static str) {
        self.put(Cow::Borrowed(name), Cow::Borrowed(value));
    }

    fn put(&mut self, name: Cow<'static, str>, value: Cow<'static, str>) {
        match self.position(&name) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => self.0.insert(at, (name, value)),
        }
    }

    fn position(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| {
            let [known, name] = [known.as_bytes(), name.as_bytes()];
            // Most differ in the first byte, which takes no call to find.
            known.first().cmp(&name.first()).then_with(|| known.cmp(name))
        })
    }

    /// Takes a parameter away, if it is there.
    pub fn remove(&mut self, name: &str) {
        if let Ok(at) = self.position(name) {
            self.0.remove(at);
        }
    }

    /// The value of a parameter.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.position(name).ok().and_then(|at| self.0.get(at)).map(|(_, value)| value.as_ref())
    }

    /// Whether there is a parameter of this name.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.position(name).is_ok()
    }

    /// The value of a parameter, unless it is empty.
    #[must_use]
    pub fn given(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| !value.is_empty())
    }

    /// Whether a parameter has a value that is not empty, or is a list of which an element has one.
    #[must_use]
    pub fn is_given(&self, name: &str) -> bool {
        let is_element = |known: &str| known.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        self.iter().any(|(known, value)| !value.is_empty() && (known == name || is_element(known)))
    }

    /// Names and values, sorted by the bytes of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value.as_ref()))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Debug for Parameters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

impl<N: Into<Cow<'static, str>>, V: Into<String>> FromIterator<(N, V)> for Parameters {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let mut parameters = Self::new();
        for (name, value) in pairs {
            parameters.set(name, value);
        }
        parameters
    }
}

impl<N: Into<Cow<'static, str>>, V: Into<String>, const LEN: usize> From<[(N, V); LEN]> for Parameters {
    fn from(pairs: [(N, V); LEN]) -> Self {
        pairs.into_iter().collect()
    }
}

/// A value that can be sent: a text, a number, a list, a structure.
pub trait Encode {
    /// Writes the value as the parameter that the writer stands at.
    fn encode(&self, writer: &mut Writer<'_>);
}

/// Writes values as parameters, keeping track of the name: `Filter`, `Filter.1`, `Filter.1.Key`.
#[derive(Debug)]
pub struct Writer<'a> {
    parameters: &'a mut Parameters,
    name: Cow<'static, str>,
}

impl<'a> Writer<'a> {
    /// A writer that stands at no name yet.
    pub fn new(parameters: &'a mut Parameters) -> Self {
        Self { parameters, name: Cow::Borrowed("") }
    }

    /// Writes one field of what the writer stands at.
    pub fn field(&mut self, name: &'static str, value: &dyn Encode) {
        if self.name.is_empty() {
            self.name = Cow::Borrowed(name);
            value.encode(self);
            self.name = Cow::Borrowed("");
            return;
        }
        let length = self.extend(name);
        value.encode(self);
        self.name.to_mut().truncate(length);
    }

    /// Writes a list of objects as a JSON array inside one parameter.
    pub fn json(&mut self, name: &'static str, elements: &[&dyn Encode]) {
        if elements.is_empty() {
            return;
        }
        let array: Vec<serde_json::Value> = elements.iter().map(|element| json_object(*element)).collect();
        self.field(name, &serde_json::Value::Array(array).to_string());
    }

    /// Adds parameters as they are.
    pub fn all(&mut self, others: &Parameters) {
        for (name, value) in &others.0 {
            self.parameters.put(name.clone(), value.clone());
        }
    }

    /// Sets the parameter that the writer stands at.
    pub fn text(&mut self, text: impl Into<String>) {
        self.parameters.set(self.name.clone(), text);
    }

    fn element(&mut self, index: usize, value: &dyn Encode) {
        let length = self.extend(&(index + 1).to_string());
        value.encode(self);
        self.name.to_mut().truncate(length);
    }

    /// Adds a segment to the name, and tells how long it was.
    fn extend(&mut self, segment: &str) -> usize {
        let length = self.name.len();
        if let Cow::Borrowed(name) = self.name {
            // Room for what follows, so that it grows once.
            let mut owned = String::with_capacity(64);
            owned.push_str(name);
            self.name = Cow::Owned(owned);
        }
        let name = self.name.to_mut();
        name.push('.');
        name.push_str(segment);
        length
    }
}

fn json_object(element: &dyn Encode) -> serde_json::Value {
    let mut fields = Parameters::new();
    element.encode(&mut Writer::new(&mut fields));
    fields.iter().map(|(name, value)| (name.to_owned(), serde_json::Value::from(value))).collect()
}

impl Encode for String {
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.text(self.as_str());
    }
}

impl Encode for i64 {
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.text(self.to_string());
    }
}

impl Encode for bool {
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.text(if *self { "true" } else { "false" });
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, writer: &mut Writer<'_>) {
        if let Some(value) = self {
            value.encode(writer);
        }
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, writer: &mut Writer<'_>) {
        for (index, value) in self.iter().enumerate() {
            writer.element(index, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Encode, Parameters, Writer};

    struct Filter {
        key: Option<String>,
        values: Vec<i64>,
    }

    impl Encode for Filter {
        fn encode(&self, writer: &mut Writer<'_>) {
            writer.field("Key", &self.key);
            writer.field("Value", &self.values);
        }
    }

    fn filter(key: &str, values: &[i64]) -> Filter {
        Filter { key: Some(key.to_owned()), values: values.to_vec() }
    }

    fn written(write: impl FnOnce(&mut Writer<'_>)) -> Vec<(String, String)> {
        let mut parameters = Parameters::new();
        write(&mut Writer::new(&mut parameters));
        parameters.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn names_are_sorted_by_bytes() {
        let parameters =
            Parameters::from([("bandwidth", "1"), ("Filter.2", "b"), ("Filter.10", "c"), ("Filter.1.", "a")]);
        let names: Vec<_> = parameters.iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["Filter.1.", "Filter.10", "Filter.2", "bandwidth"]);
    }

    #[test]
    fn a_later_value_takes_the_place() {
        let mut parameters = Parameters::from([("A", "1")]);
        parameters.set("A", "2");
        parameters.set(String::from("B"), "");
        parameters.set("D", "4");
        parameters.remove("D");
        parameters.remove("D");
        assert_eq!(
            (parameters.get("A"), parameters.get("B"), parameters.get("C")),
            (Some("2"), Some(""), None)
        );
        assert!(parameters.contains("B") && !parameters.contains("C"));
        assert_eq!((parameters.len(), parameters.is_empty()), (2, false));
    }

    #[test]
    fn lists_are_flattened_from_1() {
        let filters = vec![filter("Status", &[7, 8]), filter("Name", &[])];
        let found = written(|writer| {
            writer.field("Filter", &filters);
            writer.field("Size", &Some(-5_i64));
            writer.field("Flag", &Some(false));
            writer.field("Unset", &None::<String>);
            writer.field("Empty", &String::new());
        });
        assert_eq!(
            found,
            pairs(&[
                ("Empty", ""),
                ("Filter.1.Key", "Status"),
                ("Filter.1.Value.1", "7"),
                ("Filter.1.Value.2", "8"),
                ("Filter.2.Key", "Name"),
                ("Flag", "false"),
                ("Size", "-5"),
            ])
        );
    }

    #[test]
    fn a_json_list_is_one_parameter() {
        let found = written(|writer| {
            writer.json("Lines", &[&filter("a\"b", &[]), &Filter { key: None, values: vec![1] }]);
            writer.json("None", &[]);
        });
        assert_eq!(found, pairs(&[("Lines", r#"[{"Key":"a\"b"},{"Value.1":"1"}]"#)]));
    }

    #[test]
    fn others_are_added_as_they_are() {
        let found = written(|writer| {
            writer.field("A", &1_i64);
            writer.all(&Parameters::from([("A", "2"), ("Mtu", "8500")]));
        });
        assert_eq!(found, pairs(&[("A", "2"), ("Mtu", "8500")]));
    }
}
