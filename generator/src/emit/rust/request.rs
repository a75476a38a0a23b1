//! A request: its type, how it is made, how it is encoded.

use super::{docs, filter, pages, scalar_type};
use crate::emit::docs::sentence;
use crate::emit::{Codec, example};
use crate::model::{Action, Limit, Model, Parameter, Rust, Scalar, Shape, Value};
use proc_macro2::TokenStream;
use quote::quote;

/// The request of an action, with the types that only it uses.
pub(super) fn request(model: &Model, action: &Action, codec: Codec) -> TokenStream {
    let name = &action.rust;
    let record = Record {
        name,
        documentation: docs(&documentation(model, action)),
        parameters: &action.parameters,
        needed: model.arguments(action),
        extra: true,
        codec,
    };
    let declaration = record.declaration();
    let methods = record.methods();
    let request_impl = request_impl(action, &record);
    let uses = codec.uses(action);
    let nested = nested(&action.parameters, codec);
    quote! {
        #declaration
        #methods
        #request_impl
        #uses
        #nested
    }
}

fn documentation(model: &Model, action: &Action) -> String {
    let mut text = format!("{}\n", action.summary);
    for note in &action.notes {
        text += &format!("\n{note}\n");
    }
    for (summary, code) in &action.limits {
        let code = code.as_ref().map(|code| format!(" Beyond it: `{code}`.")).unwrap_or_default();
        text += &format!("\nLimit: {summary}{code}\n");
    }
    if let Some(found) = action.examples.first() {
        text += &format!("\n# Example\n\n```\n{}\n```\n", example::doc_test(model, action, found));
    }
    text += &pages::documentation(model, action);
    text += "\n# Errors\n\nBesides errors of the gateway and of the connection:\n\n";
    for row in &action.errors {
        let copied = if row.copied { " (Nothing here is known to provoke it.)" } else { "" };
        text += &format!("- `{}` ({}): {}{copied}\n", row.code, row.http, row.message);
    }
    if action.errors.is_empty() {
        text += "- none that the reference lists\n";
    }
    text += &origin(model, action);
    text
}

/// Where it is written about.
fn origin(model: &Model, action: &Action) -> String {
    let named = |source: &String| model.sources.iter().find(|(name, _)| name == source);
    match action.source.as_ref().and_then(named) {
        Some((_, about)) if action.section.is_empty() => format!("\nFrom: {about}."),
        _ => format!("\nSection {} of the reference.", action.section),
    }
}

fn request_impl(action: &Action, record: &Record<'_>) -> TokenStream {
    let (name, response, schema) = (&action.rust, &action.response_type, &action.schema);
    let encode = record.encode_statements();
    let body = record.codec.encode_body(quote! { #encode writer.all(&self.extra); });
    quote! {
        impl Request for #name {
            type Response = #response;
            const ACTION: &'static Action = &schema::#schema;

            fn encode(&self, writer: &mut Writer<'_>) {
                #body
            }
        }

        aliyun_rpc::request_methods!(#name);

        #[cfg(any(feature = "client", feature = "blocking"))]
        impl #name {
            /// Checks, signs and sends the request, and waits for the answer: with a `Client`, await what it gives;
            /// with a `blocking::Client`, it gives the answer.
            ///
            /// # Errors
            /// When the request breaks a rule, cannot be sent, is refused by the service or is answered with something
            /// that cannot be read.
            #[inline]
            pub fn send<'a, C: Caller + ?Sized>(&'a self, client: &'a C) -> C::Sent<'a, #response> {
                client.send(self)
            }
        }
    }
}

/// Types of the objects and filters among the parameters.
fn nested(parameters: &[Parameter], codec: Codec) -> TokenStream {
    let items = parameters.iter().map(|parameter| match &parameter.shape {
        Shape::Objects { rust, fields, shared: false, .. } => object(rust, parameter, fields, codec),
        Shape::Filter(found) => filter::filter(found, codec),
        Shape::Objects { .. } | Shape::Value(_) | Shape::Values(..) => quote! {},
    });
    quote! { #(#items)* }
}

/// The type of an object that several actions share.
pub(super) fn shared_object(object: &Parameter, codec: Codec) -> TokenStream {
    match &object.shape {
        Shape::Objects { rust, fields, .. } => self::object(rust, object, fields, codec),
        Shape::Value(_) | Shape::Values(..) | Shape::Filter(_) => quote! {},
    }
}

/// Whether the constructor of an object takes a literal.
pub(super) fn has_literal(object: &Parameter) -> bool {
    match &object.shape {
        Shape::Objects { fields, .. } => wants_literal(&needed(fields)),
        Shape::Value(_) | Shape::Values(..) | Shape::Filter(_) => false,
    }
}

fn needed(fields: &[Parameter]) -> Vec<&Parameter> {
    fields.iter().filter(|field| field.is_needed()).collect()
}

fn object(name: &Rust, parameter: &Parameter, fields: &[Parameter], codec: Codec) -> TokenStream {
    let record = Record {
        name,
        documentation: docs(&parameter.summary),
        parameters: fields,
        needed: needed(fields),
        extra: false,
        codec,
    };
    let declaration = record.declaration();
    let methods = record.methods();
    let body = codec.encode_body(record.encode_statements());
    let nested = nested(fields, codec);
    quote! {
        #declaration
        #methods

        impl Encode for #name {
            fn encode(&self, writer: &mut Writer<'_>) {
                #body
            }
        }

        #nested
    }
}

/// A struct of parameters: a request, or an object in one.
struct Record<'a> {
    name: &'a Rust,
    documentation: TokenStream,
    parameters: &'a [Parameter],
    /// What `new` asks for.
    needed: Vec<&'a Parameter>,
    /// Whether parameters unknown to the spec can be added.
    extra: bool,
    codec: Codec,
}

impl Record<'_> {
    fn is_needed(&self, parameter: &Parameter) -> bool {
        self.needed.iter().any(|needed| needed.wire == parameter.wire)
    }

    fn declaration(&self) -> TokenStream {
        let (name, documentation, derives) = (self.name, &self.documentation, self.codec.request_derives());
        let fields = self.parameters.iter().map(|parameter| self.field(parameter));
        let default = self.needed.is_empty().then(|| quote! { , Default });
        let skipped = self.codec.skipped_field();
        let extra = self.extra.then(|| quote! { #skipped extra: Parameters });
        let open = (!self.extra).then(|| quote! { #[non_exhaustive] });
        quote! {
            #documentation
            #[derive(Clone, Debug, PartialEq #default)]
            #derives
            #open
            pub struct #name {
                #(#fields,)*
                #extra
            }
        }
    }

    fn field(&self, parameter: &Parameter) -> TokenStream {
        let (name, documentation) = (&parameter.rust, docs(&field_docs(parameter)));
        let attributes = self.codec.field(&parameter.wire);
        let held = self.held_type(parameter);
        quote! { #documentation #attributes pub #name: #held }
    }

    fn held_type(&self, parameter: &Parameter) -> TokenStream {
        let element = element_type(parameter);
        match &parameter.shape {
            Shape::Value(_) if self.is_needed(parameter) => element,
            Shape::Value(_) => quote! { Option<#element> },
            Shape::Values(..) | Shape::Objects { .. } | Shape::Filter(_) => quote! { Vec<#element> },
        }
    }

    /// `new` and the setters.
    fn methods(&self) -> TokenStream {
        let name = self.name;
        let literal = wants_literal(&self.needed).then(|| self.literal());
        let constructor = self.constructor();
        let setters = self.parameters.iter().filter(|parameter| !self.is_needed(parameter)).map(setter);
        quote! {
            #literal

            impl #name {
                #constructor
                #(#setters)*
            }
        }
    }

    fn constructor(&self) -> TokenStream {
        let others = self.empty_fields();
        let names: Vec<_> = self.needed.iter().map(|parameter| &parameter.rust).collect();
        if self.needed.is_empty() {
            return quote! {
                /// Nothing is required; set what you need.
                #[inline]
                #[must_use]
                pub fn new() -> Self {
                    Self::default()
                }
            };
        }
        if wants_literal(&self.needed) {
            let required = self.name.with("Required");
            return quote! {
                /// What is required; the rest is set afterwards.
                #[inline]
                #[must_use]
                pub fn new(required: #required) -> Self {
                    let #required { #(#names),* } = required;
                    Self { #(#names,)* #others }
                }
            };
        }
        let arguments = self.needed.iter().map(|parameter| argument_type(parameter));
        let fields = self.needed.iter().map(|parameter| initialised(parameter));
        quote! {
            /// What is required; the rest is set afterwards.
            #[inline]
            #[must_use]
            pub fn new(#(#names: #arguments),*) -> Self {
                Self { #(#fields,)* #others }
            }
        }
    }

    /// The type whose literal `new` takes.
    fn literal(&self) -> TokenStream {
        let required = self.name.with("Required");
        let documentation = docs(&format!(
            "What [`{}`] cannot do without. A literal names each value, so that none can be swapped.",
            self.name
        ));
        let fields = self.needed.iter().map(|parameter| {
            let (field, held) = (&parameter.rust, self.held_type(parameter));
            let documentation = docs(&field_docs(parameter));
            quote! { #documentation pub #field: #held }
        });
        quote! {
            #documentation
            #[derive(Clone, Debug, PartialEq)]
            pub struct #required {
                #(#fields,)*
            }
        }
    }

    fn empty_fields(&self) -> TokenStream {
        let others = self.parameters.iter().filter(|parameter| !self.is_needed(parameter)).map(|parameter| {
            let name = &parameter.rust;
            match &parameter.shape {
                Shape::Value(_) => quote! { #name: None },
                Shape::Values(..) | Shape::Objects { .. } | Shape::Filter(_) => quote! { #name: Vec::new() },
            }
        });
        let extra = self.extra.then(|| quote! { extra: Parameters::new() });
        quote! { #(#others,)* #extra }
    }

    fn encode_statements(&self) -> TokenStream {
        let statements = self.parameters.iter().map(|parameter| {
            let (wire, field) = (&parameter.wire, &parameter.rust);
            match &parameter.shape {
                Shape::Objects { json: true, .. } => quote! {
                    let elements: Vec<&dyn Encode> =
                        self.#field.iter().map(|element| element as &dyn Encode).collect();
                    writer.json(#wire, &elements);
                },
                _ => quote! { writer.field(#wire, &self.#field); },
            }
        });
        quote! { #(#statements)* }
    }
}

fn setter(parameter: &Parameter) -> TokenStream {
    let name = &parameter.rust;
    let documentation = docs(&setter_docs(parameter));
    let element = element_type(parameter);
    let (taken, statement) = match &parameter.shape {
        Shape::Value(value) if is_text(value) => {
            (quote! { impl Into<#element> }, quote! { self.#name = Some(#name.into()); })
        }
        Shape::Value(_) => (element, quote! { self.#name = Some(#name); }),
        Shape::Values(value, _) if is_text(value) => (
            quote! { impl IntoIterator<Item = impl Into<#element>> },
            quote! { self.#name = #name.into_iter().map(Into::into).collect(); },
        ),
        Shape::Values(..) | Shape::Objects { .. } => (
            quote! { impl IntoIterator<Item = #element> },
            quote! { self.#name = #name.into_iter().collect(); },
        ),
        Shape::Filter(_) => (element, quote! { self.#name.push(#name); }),
    };
    quote! {
        #documentation
        #[inline]
        #[must_use]
        pub fn #name(mut self, #name: #taken) -> Self {
            #statement
            self
        }
    }
}

/// The type of the value, or of an element of the list.
fn element_type(parameter: &Parameter) -> TokenStream {
    match &parameter.shape {
        Shape::Value(value) | Shape::Values(value, _) => scalar_type(&value.scalar, parameter.sensitive),
        Shape::Objects { rust, .. } => quote! { #rust },
        Shape::Filter(filter) => {
            let rust = &filter.rust;
            quote! { #rust }
        }
    }
}

fn argument_type(parameter: &Parameter) -> TokenStream {
    let element = element_type(parameter);
    match &parameter.shape {
        Shape::Value(value) if is_text(value) => quote! { impl Into<#element> },
        Shape::Value(_) => element,
        Shape::Values(..) | Shape::Objects { .. } | Shape::Filter(_) => quote! { Vec<#element> },
    }
}

/// A field of the struct literal in `new`.
fn initialised(parameter: &Parameter) -> TokenStream {
    let name = &parameter.rust;
    match &parameter.shape {
        Shape::Value(value) if is_text(value) => quote! { #name: #name.into() },
        _ => quote! { #name },
    }
}

/// Whether a value can be given as a text: then two of them side by side could be swapped.
pub(in crate::emit) fn is_text(value: &Value) -> bool {
    matches!(value.scalar, Scalar::String | Scalar::Id(_) | Scalar::Runtime(_))
}

/// Whether arguments would be too many or could be swapped.
pub(in crate::emit) fn wants_literal(needed: &[&Parameter]) -> bool {
    let kind = |parameter: &Parameter| match &parameter.shape {
        Shape::Value(value) if is_text(value) => "text".to_owned(),
        _ => element_type(parameter).to_string(),
    };
    needed.len() > 3 || needed.windows(2).any(|pair| matches!(pair, [a, b] if kind(a) == kind(b)))
}

fn setter_docs(parameter: &Parameter) -> String {
    let how = match &parameter.shape {
        Shape::Filter(_) => "\n\nAdds one filter; all filters must hold.",
        Shape::Values(..) | Shape::Objects { .. } => "\n\nReplaces the whole list.",
        Shape::Value(_) => "",
    };
    format!("{}{how}", field_docs(parameter))
}

fn field_docs(parameter: &Parameter) -> String {
    let mut text = format!("`{}`: {}", parameter.wire, parameter.summary);
    if let Some(unit) = &parameter.unit {
        text += &format!(" In {unit}.");
    }
    if let Shape::Value(value) | Shape::Values(value, _) = &parameter.shape {
        for check in &value.checks {
            // The values of an enum are in its own documentation.
            if !(matches!(check.limit, Limit::OneOf(_)) && matches!(value.scalar, Scalar::Enum(_))) {
                text += &format!(" {}", sentence(&check.limit));
            }
        }
    }
    if let Some(default) = &parameter.default {
        text += &format!(" Default: `{default}`.");
    }
    if parameter.required && !parameter.is_needed() {
        text += " The reference calls it required.";
    }
    text
}
