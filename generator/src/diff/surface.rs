//! The public items of a generated crate, read from what the emitters write: whatever an emitter makes public is seen.

use crate::emit::{self, Codec};
use crate::model::Model;
use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use std::collections::BTreeMap;
use std::rc::Rc;
use syn::{
    Attribute, Fields, ImplItem, Item, ItemEnum, ItemImpl, ItemMacro, ItemStruct, Type, UseTree, Visibility,
};

/// Paths of public items, and their declarations without bodies and documentation.
pub(super) type Surface = BTreeMap<String, String>;

/// The public items of the crate that is generated from a model.
pub(super) fn surface(model: &Model) -> Surface {
    let files = emit::files(model, Codec::Streaming);
    let parsed = files
        .iter()
        .filter(|(path, _)| path.starts_with("src/"))
        // What does not parse is a mistake of an emitter, which the compiler shows at its place.
        .filter_map(|(path, text)| Some((path.clone(), Rc::new(syn::parse_file(text).ok()?))))
        .collect();
    let mut reader = Reader { files: parsed, surface: Surface::new() };
    reader.module("", "", None);
    reader.surface
}

struct Reader {
    files: BTreeMap<String, Rc<syn::File>>,
    surface: Surface,
}

impl Reader {
    /// Reads the items of a module, or the one of this name, under the path by which users reach them.
    fn module(&mut self, module: &str, public: &str, only: Option<&str>) {
        let Some(file) = self.file(module) else { return };
        let reads = |name: &str| only.is_none_or(|only| only == name);
        for item in &file.items {
            match item {
                Item::Struct(found) if is_public(&found.vis) && reads(&found.ident.to_string()) => {
                    self.add_struct(public, found);
                }
                Item::Enum(found) if is_public(&found.vis) && reads(&found.ident.to_string()) => {
                    self.add_enum(public, found);
                }
                Item::Impl(found) => {
                    let name = type_name(&found.self_ty);
                    if reads(&name) {
                        self.add_impl(&join(public, &name), found);
                    }
                }
                Item::Macro(found) => self.add_macro(public, found, reads),
                Item::Static(found) if is_public(&found.vis) && reads(&found.ident.to_string()) => {
                    let held = &found.ty;
                    self.add(join(public, &found.ident.to_string()), &quote! { static #held });
                }
                Item::Mod(found) if is_public(&found.vis) && only.is_none() => {
                    let name = found.ident.to_string();
                    let gates = gates(&found.attrs);
                    self.add(join(public, &name), &quote! { #(#gates)* mod });
                    self.module(&join(module, &name), &join(public, &name), None);
                }
                Item::Use(found) if is_public(&found.vis) && only.is_none() => {
                    self.add_use(module, public, &[], &found.tree);
                }
                _ => {}
            }
        }
    }

    fn file(&self, module: &str) -> Option<Rc<syn::File>> {
        let path = module.replace("::", "/");
        let names = match path.as_str() {
            "" => vec!["src/lib.rs".to_owned()],
            path => vec![format!("src/{path}.rs"), format!("src/{path}/mod.rs")],
        };
        names.iter().find_map(|name| self.files.get(name)).cloned()
    }

    fn add(&mut self, path: String, declaration: &TokenStream) {
        self.surface.insert(path, tidy(&declaration.to_string()));
    }

    fn add_struct(&mut self, public: &str, found: &ItemStruct) {
        let path = join(public, &found.ident.to_string());
        let open = is_open(&found.attrs);
        let is_tuple = matches!(found.fields, Fields::Unnamed(_));
        self.add(
            path.clone(),
            &if open {
                quote! { #[non_exhaustive] struct }
            } else {
                quote! { struct }
            },
        );
        self.add_derives(&path, &found.attrs);
        let mut names = Vec::new();
        for field in found.fields.iter().filter(|field| is_public(&field.vis)) {
            let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
            self.add(format!("{path}.{name}"), &field.ty.to_token_stream());
            names.push(name);
        }
        // A struct without private fields can be written as a literal, which must name every field.
        if !open && !is_tuple && names.len() == found.fields.len() {
            names.sort();
            self.surface.insert(format!("{path} {{}}"), format!("{{ {} }}", names.join(", ")));
        }
    }

    fn add_enum(&mut self, public: &str, found: &ItemEnum) {
        let path = join(public, &found.ident.to_string());
        let open = is_open(&found.attrs);
        self.add(
            path.clone(),
            &if open {
                quote! { #[non_exhaustive] enum }
            } else {
                quote! { enum }
            },
        );
        self.add_derives(&path, &found.attrs);
        let mut names = Vec::new();
        for variant in &found.variants {
            let (name, fields) = (variant.ident.to_string(), variant.fields.to_token_stream());
            self.add(format!("{path}::{name}"), &quote! { variant #fields });
            names.push(name);
        }
        // A closed enum can be matched without a last arm, which must name every variant.
        if !open {
            names.sort();
            self.surface.insert(format!("{path} {{}}"), format!("{{ {} }}", names.join(", ")));
        }
    }

    fn add_derives(&mut self, path: &str, attributes: &[Attribute]) {
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
            let _ = attribute.parse_nested_meta(|derived| {
                let name = derived.path.to_token_stream();
                self.add(format!("{path}: {}", tidy(&name.to_string())), &quote! { derive });
                Ok(())
            });
        }
    }

    fn add_impl(&mut self, path: &str, found: &ItemImpl) {
        let of_trait = found.trait_.as_ref().map(|(name, _)| tidy(&name.to_token_stream().to_string()));
        let gates = gates(&found.attrs);
        let mut types = Vec::new();
        for item in &found.items {
            match item {
                ImplItem::Fn(method) if of_trait.is_none() && is_public(&method.vis) => {
                    let signature = &method.sig;
                    self.add(format!("{path}::{}", signature.ident), &quote! { #(#gates)* #signature });
                }
                ImplItem::Const(value) if of_trait.is_none() && is_public(&value.vis) => {
                    let held = &value.ty;
                    self.add(format!("{path}::{}", value.ident), &quote! { #(#gates)* const #held });
                }
                ImplItem::Type(found) => {
                    let (name, is) = (&found.ident, &found.ty);
                    types.push(quote! { #name = #is });
                }
                _ => {}
            }
        }
        if let Some(of_trait) = of_trait {
            self.add(format!("{path}: {of_trait}"), &quote! { #(#gates)* impl #(#types)* });
        }
    }

    /// The runtime's macros declare a type, or give one its methods: the type is what they name last.
    fn add_macro(&mut self, public: &str, found: &ItemMacro, reads: impl Fn(&str) -> bool) {
        let named = found.mac.tokens.clone().into_iter().filter_map(|token| match token {
            TokenTree::Ident(name) => Some(name.to_string()),
            _ => None,
        });
        let Some(name) = named.last().filter(|name| reads(name)) else { return };
        let of = found.mac.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        let path = join(public, &name);
        let (path, declaration) = if of == "text_type" {
            (path, "struct(String)")
        } else {
            (format!("{path}: {of}"), "methods of the runtime")
        };
        self.surface.insert(path, declaration.to_owned());
    }

    /// A re-export: of a module below this one the items themselves, of anything else the name.
    fn add_use(&mut self, module: &str, public: &str, before: &[String], tree: &UseTree) {
        match tree {
            UseTree::Path(path) => {
                let before = [before, &[path.ident.to_string()]].concat();
                self.add_use(module, public, &before, &path.tree);
            }
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.add_use(module, public, before, tree));
            }
            UseTree::Name(found) => {
                let name = found.ident.to_string();
                match before {
                    [child] if self.file(&join(module, child)).is_some() => {
                        self.module(&join(module, child), public, Some(&name));
                    }
                    _ => {
                        let from = before.join("::");
                        self.surface.insert(join(public, &name), format!("pub use {from}::{name}"));
                    }
                }
            }
            UseTree::Glob(_) => {
                if let [child] = before {
                    self.module(&join(module, child), public, None);
                }
            }
            UseTree::Rename(found) => {
                let path = join(public, &found.rename.to_string());
                self.surface.insert(path, format!("pub use {}::{}", before.join("::"), found.ident));
            }
        }
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}::{name}") }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_open(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("non_exhaustive"))
}

fn gates(attributes: &[Attribute]) -> Vec<&Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect()
}

fn type_name(of: &Type) -> String {
    match of {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    }
    .unwrap_or_default()
}

/// Tokens as people write them.
fn tidy(tokens: &str) -> String {
    let pairs = [
        (" :: ", "::"),
        (" ,", ","),
        (",)", ")"),
        (" :", ":"),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        ("& ", "&"),
        ("# [", "#["),
        ("[ ", "["),
        (" ]", "]"),
        (",)", ")"),
    ];
    pairs.iter().fold(tokens.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::{Reader, Surface};
    use std::rc::Rc;

    fn surface(files: &[(&str, &str)]) -> Vec<String> {
        let files = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), Rc::new(syn::parse_file(text).unwrap())))
            .collect();
        let mut reader = Reader { files, surface: Surface::new() };
        reader.module("", "", None);
        reader.surface.into_iter().map(|(path, declared)| format!("{path} = {declared}")).collect()
    }

    #[test]
    fn items_stand_where_users_reach_them() {
        let files = [
            (
                "src/lib.rs",
                "mod hidden; pub mod group; pub mod types; pub use hidden::B; pub use aliyun_rpc::{X, Y as Z};",
            ),
            (
                "src/hidden.rs",
                "pub struct A; pub struct B { _b: i64 } impl B { pub fn b(&self) {} fn c(&self) {} }",
            ),
            ("src/group/mod.rs", "mod action; pub use action::*; pub use crate::types::Id;"),
            ("src/group/action.rs", "pub static S: i64 = 1; struct Private;"),
            ("src/types.rs", "aliyun_rpc::text_type! { /// An id.\n Id }"),
        ];
        assert_eq!(
            surface(&files),
            [
                "B = struct",
                "B::b = fn b(&self)",
                "X = pub use aliyun_rpc::X",
                "Z = pub use aliyun_rpc::Y",
                "group = mod",
                "group::Id = pub use crate::types::Id",
                "group::S = static i64",
                "types = mod",
                "types::Id = struct(String)",
            ]
        );
    }

    #[test]
    fn what_a_program_can_depend_on_is_declared() {
        let text = r#"
            #[derive(Clone, Default)]
            pub struct Open { pub a: Option<String>, b: i64 }
            pub struct Literal { pub b: Vec<A>, pub a: i64 }
            #[non_exhaustive]
            pub enum Known { A, B(String) }
            pub enum Closed { A }
            #[cfg(feature = "client")]
            impl Open { pub const K: &'static [Self] = &[]; pub async fn send(&self, c: &Client) -> Result<A, Error> {} }
            impl Request for Open { type Response = A; const ACTION: i64 = 1; fn encode(&self) {} }
            aliyun_rpc::request_methods!(Open);
        "#;
        assert_eq!(
            surface(&[("src/lib.rs", text)]),
            [
                "Closed = enum",
                "Closed {} = { A }",
                "Closed::A = variant",
                "Known = #[non_exhaustive] enum",
                "Known::A = variant",
                "Known::B = variant(String)",
                "Literal = struct",
                "Literal {} = { a, b }",
                "Literal.a = i64",
                "Literal.b = Vec<A>",
                "Open = struct",
                "Open.a = Option<String>",
                "Open: Clone = derive",
                "Open: Default = derive",
                "Open: Request = impl Response = A",
                "Open: request_methods = methods of the runtime",
                "Open::K = #[cfg(feature = \"client\")] const &'static [Self]",
                "Open::send = #[cfg(feature = \"client\")] async fn send(&self, c: &Client) -> Result<A, Error>",
            ]
        );
    }
}
