//! src/schema: the spec as static tables.

mod rule;

use super::{docs, file};
use crate::emit::work::Work;
use crate::model::{
    Action, Check, Endpoints, Field, FieldShape, Filter, Item, Items, Limit, Model, Pages, Resource, Row,
    Shape, Wire, list_limits,
};
use crate::spec::{Class, Condition, Effect, Signature};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

pub(super) fn emit<'a>(model: &'a Model, work: &mut Work<'a>) {
    work.add("src/schema/mod.rs", move || root(model));
    work.add("src/schema/errors.rs", move || errors(model));
    work.add("src/schema/lifecycles.rs", move || lifecycles(model));
    for action in model.actions() {
        work.add(format!("src/schema/{}.rs", action.module), move || action_file(action));
    }
}

fn root(model: &Model) -> String {
    let actions = model.actions().map(|action| {
        let (module, name, feature) = (&action.module, &action.schema, &action.group);
        quote! {
            #[cfg(feature = #feature)]
            mod #module;
            #[cfg(feature = #feature)]
            pub use #module::#name;
        }
    });
    let mut sorted: Vec<&Action> = model.actions().collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    let references = sorted.iter().map(|action| {
        let (name, feature) = (&action.schema, &action.group);
        quote! { #[cfg(feature = #feature)] &#name }
    });
    let (service, product, version) = (&model.service, &model.product, &model.version);
    let (endpoints, signature, region) = (endpoints(model), signature(model), &model.region_parameter);
    let dry_run_code = option(model.dry_run_code.as_ref());
    file(&quote! {
        //! What the spec says, as static tables: validation, error texts, command lines and emulators read them.

        mod errors;
        mod lifecycles;

        #(#actions)*

        /// The service: every action, every error code, every lifecycle.
        pub static SERVICE: aliyun_rpc::schema::Service = aliyun_rpc::schema::Service {
            name: #service,
            product: #product,
            version: #version,
            endpoints: #endpoints,
            signature: #signature,
            region_parameter: #region,
            dry_run_code: #dry_run_code,
            actions: &[#(#references),*],
            errors: errors::ERRORS,
            lifecycles: lifecycles::LIFECYCLES,
        };
    })
}

fn endpoints(model: &Model) -> TokenStream {
    let Endpoints { central, regional, vpc, exceptions, .. } = &model.endpoints;
    let exceptions = exceptions.iter().map(|(region, host)| quote! { (#region, #host) });
    quote! {
        aliyun_rpc::schema::Endpoints {
            central: #central,
            regional: #regional,
            vpc: #vpc,
            exceptions: &[#(#exceptions),*],
        }
    }
}

fn signature(model: &Model) -> TokenStream {
    match model.signature {
        Signature::V1 => quote! { aliyun_rpc::SignatureVersion::V1 },
        Signature::Acs3 => quote! { aliyun_rpc::SignatureVersion::Acs3 },
    }
}

fn errors(model: &Model) -> String {
    let rows = model.errors.iter().map(|error| {
        let (code, cause, remedy) = (&error.code, &error.cause, &error.remedy);
        let class = class(error.class);
        let condition = error.condition.map_or_else(
            || quote! { None },
            |condition| {
                let condition = condition_name(condition);
                quote! { Some(Condition::#condition) }
            },
        );
        quote! {
            ErrorCode {
                code: #code, class: #class, condition: #condition, cause: #cause, remedy: #remedy,
            }
        }
    });
    let quiet = quiet_if(model.errors.is_empty());
    file(&quote! {
        #quiet
        use aliyun_rpc::schema::{Condition, ErrorClass, ErrorCode};

        /// Every error code, sorted by code.
        pub(super) const ERRORS: &[ErrorCode] = &[#(#rows),*];
    })
}

fn condition_name(condition: Condition) -> TokenStream {
    match condition {
        Condition::Throttled => quote! { Throttled },
        Condition::NotFound => quote! { NotFound },
        Condition::Clock => quote! { Clock },
        Condition::Replayed => quote! { Replayed },
        Condition::Signature => quote! { Signature },
    }
}

fn lifecycles(model: &Model) -> String {
    let rows = model.resources.iter().map(lifecycle);
    let quiet = quiet_if(model.resources.is_empty());
    file(&quote! {
        #quiet
        use aliyun_rpc::schema::{Lifecycle, Lookup, State, Transition};

        /// Every lifecycle, sorted by resource.
        pub(super) const LIFECYCLES: &[Lifecycle] = &[#(#rows),*];
    })
}

/// What an empty table does not use is still imported.
fn quiet_if(is_empty: bool) -> Option<TokenStream> {
    is_empty.then(|| quote! { #[allow(unused_imports)] })
}

fn lifecycle(resource: &Resource) -> TokenStream {
    let (name, action, field) = (&resource.name, &resource.lookup_action, &resource.lookup_field);
    let (keys, select) = (&resource.lookup_keys, &resource.lookup_select);
    let states = resource.states.iter().map(|state| {
        let (name, also, transient, gone) = (&state.name, &state.also, state.transient, state.gone);
        quote! { State { name: #name, also: &[#(#also),*], transient: #transient, gone: #gone } }
    });
    let transitions = resource.transitions.iter().map(|transition| {
        let (from, needs) = (&transition.from, &transition.needs);
        let (action, to) = (option(transition.action.as_ref()), option(transition.to.as_ref()));
        quote! { Transition { from: &[#(#from),*], action: #action, to: #to, needs: &[#(#needs),*] } }
    });
    quote! {
        Lifecycle {
            resource: #name,
            lookup: Lookup { action: #action, keys: &[#(#keys),*], select: &[#(#select),*], field: #field },
            states: &[#(#states),*],
            transitions: &[#(#transitions),*],
        }
    }
}

fn action_file(action: &Action) -> String {
    let documentation = docs(&format!("What the spec says about `{}`.", action.name));
    let (static_name, name, group) = (&action.schema, &action.name, &action.group);
    let (summary, section, idempotency) =
        (&action.summary, &action.section, option(action.idempotency.as_ref()));
    let effect = match action.effect {
        Effect::Read => quote! { Read },
        Effect::Create => quote! { Create },
        Effect::Update => quote! { Update },
        Effect::Delete => quote! { Delete },
    };
    let dry_run = option(action.dry_run.as_ref());
    let pages = option(action.pages.as_ref().map(pages));
    let parameters = action.rows();
    let parameters = parameters.iter().map(parameter);
    let lists = list_limits(&action.parameters)
        .into_iter()
        .map(|(name, items)| list(&name, items))
        .collect::<Vec<_>>();
    let filters = action.parameters.iter().filter_map(|parameter| match &parameter.shape {
        Shape::Filter(found) => Some(filter(&parameter.wire, found)),
        _ => None,
    });
    let rules = action.rules.iter().map(rule::rule);
    let response = action.response.iter().map(field);
    let errors = action.errors.iter().map(error_row);
    file(&quote! {
        #[allow(unused_imports)]
        use aliyun_rpc::schema::{
            Action, Chars, Check, Content, Effect, ErrorClass, ErrorRow, Field, Filter, FilterKey, Format, Limit, ListLimit,
            PageStyle, Pages, Parameter, Presence, Rule, RuleKind, Values, When, Wire,
        };

        #documentation
        pub static #static_name: Action = Action {
            name: #name,
            service: &super::SERVICE,
            group: #group,
            summary: #summary,
            section: #section,
            effect: Effect::#effect,
            idempotency: #idempotency,
            dry_run: #dry_run,
            pages: #pages,
            parameters: &[#(#parameters),*],
            lists: &[#(#lists),*],
            filters: &[#(#filters),*],
            rules: &[#(#rules),*],
            response: &[#(#response),*],
            errors: &[#(#errors),*],
        };
    })
}

fn pages(pages: &Pages) -> TokenStream {
    let style = if pages.token.is_some() {
        quote! { Token }
    } else {
        quote! { Number }
    };
    let (parameter, size) = (&pages.parameter, option(pages.size.as_ref()));
    let (total, items) = (option(pages.total.as_ref().map(|total| &total.wire)), &pages.items.wire);
    quote! {
        Pages {
            style: PageStyle::#style, parameter: #parameter, size: #size, total: #total, items: #items,
        }
    }
}

fn parameter(row: &Row) -> TokenStream {
    let (name, sensitive) = (&row.name, row.sensitive);
    let wire = row.wire.map_or_else(|| quote! { Wire::Json }, wire);
    let presence = match (row.required, &row.relaxed, &row.unless) {
        (true, Some(_), _) => quote! { Relaxed },
        (true, None, Some(other)) => quote! { Unless(#other) },
        (true, None, None) if row.in_optional_list => quote! { InElement },
        (true, None, None) => quote! { Required },
        (false, ..) => quote! { Optional },
    };
    let checks = row.checks.iter().map(check);
    quote! {
        Parameter {
            name: #name, wire: #wire, presence: Presence::#presence, sensitive: #sensitive, checks: &[#(#checks),*],
        }
    }
}

fn check(check: &Check) -> TokenStream {
    let (limit, refused_as) = (limit(&check.limit), option(check.refused_as.as_ref()));
    quote! { Check { limit: #limit, refused_as: #refused_as } }
}

fn limit(limit: &Limit) -> TokenStream {
    match limit {
        Limit::Range(min, max) => quote! { Limit::Range { min: #min, max: #max } },
        Limit::Length(min, max) => {
            let (min, max) =
                (usize::try_from(*min).unwrap_or(0), usize::try_from(*max).unwrap_or(usize::MAX));
            quote! { Limit::Length { min: #min, max: #max } }
        }
        Limit::OneOf(values) => quote! { Limit::OneOf(&[#(#values),*]) },
        Limit::Prefix(prefix) => quote! { Limit::Prefix(#prefix) },
        Limit::FirstIn(classes) => {
            let classes = classes.iter().map(|class| chars(class));
            quote! { Limit::FirstIn(&[#(#classes),*]) }
        }
        Limit::Only(classes) => {
            let classes = classes.iter().map(|class| chars(class));
            quote! { Limit::Only(&[#(#classes),*]) }
        }
        Limit::NotPrefix(prefixes) => quote! { Limit::NotPrefix(&[#(#prefixes),*]) },
        Limit::NoneOf(values) => quote! { Limit::NoneOf(&[#(#values),*]) },
        Limit::Outside(networks) => quote! { Limit::Outside(&[#(#networks),*]) },
        Limit::PrefixLength(min, max) => {
            let (min, max) = (u8::try_from(*min).unwrap_or(0), u8::try_from(*max).unwrap_or(u8::MAX));
            quote! { Limit::PrefixLength { min: #min, max: #max } }
        }
        Limit::Format(name) => {
            let format = format_name(name);
            quote! { Limit::Format(Format::#format) }
        }
    }
}

fn chars(class: &str) -> TokenStream {
    match class {
        "letter" => quote! { Chars::Letter },
        "digit" => quote! { Chars::Digit },
        "han" => quote! { Chars::Han },
        "ascii" => quote! { Chars::Ascii },
        these => quote! { Chars::These(#these) },
    }
}

fn format_name(name: &str) -> TokenStream {
    match name {
        "timestamp" => quote! { Timestamp },
        "ipv4" => quote! { Ipv4 },
        "ipv6" => quote! { Ipv6 },
        "ip" => quote! { Ip },
        "cidr" => quote! { Cidr },
        "ipv4-mask" => quote! { Ipv4Mask },
        _ => quote! { Digits },
    }
}

fn list(name: &str, items: &Items) -> TokenStream {
    let (min, max) = items.bounds.unwrap_or((0, i64::MAX));
    let (min, max) = (usize::try_from(min).unwrap_or(0), usize::try_from(max).unwrap_or(usize::MAX));
    let refused_as = option(items.refused_as.as_ref());
    quote! { ListLimit { name: #name, min: #min, max: #max, refused_as: #refused_as } }
}

fn filter(name: &str, filter: &Filter) -> TokenStream {
    let refused_as = option(filter.refused_as.as_ref());
    let keys = filter.keys.iter().map(|key| {
        let wire = &key.wire;
        let checks = key.value.checks.iter().map(check);
        quote! { FilterKey { key: #wire, checks: &[#(#checks),*] } }
    });
    quote! { Filter { name: #name, keys: &[#(#keys),*], refused_as: #refused_as } }
}

fn field(field: &Field) -> TokenStream {
    let (name, always, sensitive) = (&field.wire, field.always, field.sensitive);
    let content = match &field.shape {
        FieldShape::Value(_, found) => {
            let found = wire(*found);
            quote! { Content::Value(#found) }
        }
        FieldShape::Object(structure) => {
            let fields = structure.fields.iter().map(self::field);
            quote! { Content::Object(&[#(#fields),*]) }
        }
        FieldShape::List { item: Item::Structure(structure), wrapper } => {
            let (fields, wrapper) = (structure.fields.iter().map(self::field), option(wrapper.as_ref()));
            quote! { Content::Objects { wrapper: #wrapper, fields: &[#(#fields),*] } }
        }
        FieldShape::List { item: Item::Value(_, found), wrapper } => {
            let (found, wrapper) = (wire(*found), option(wrapper.as_ref()));
            quote! { Content::Values { wrapper: #wrapper, wire: #found } }
        }
    };
    quote! { Field { name: #name, content: #content, always: #always, sensitive: #sensitive } }
}

fn error_row(row: &crate::model::ErrorRow) -> TokenStream {
    let (http, code, message) = (row.http, &row.code, &row.message);
    let (cause, remedy) = (option(row.cause.as_ref()), option(row.remedy.as_ref()));
    let (class, copied) = (option(row.class.map(class)), row.copied);
    quote! {
        ErrorRow {
            http: #http, code: #code, message: #message, cause: #cause, remedy: #remedy, class: #class, copied: #copied,
        }
    }
}

fn class(class: Class) -> TokenStream {
    match class {
        Class::Retry => quote! { ErrorClass::Retry },
        Class::Settle => quote! { ErrorClass::Settle },
        Class::Never => quote! { ErrorClass::Never },
    }
}

fn wire(wire: Wire) -> TokenStream {
    match wire {
        Wire::String => quote! { Wire::String },
        Wire::Integer => quote! { Wire::Integer },
        Wire::Long => quote! { Wire::Long },
        Wire::Boolean => quote! { Wire::Boolean },
    }
}

fn option(value: Option<impl ToTokens>) -> TokenStream {
    value.map_or_else(|| quote! { None }, |value| quote! { Some(#value) })
}
